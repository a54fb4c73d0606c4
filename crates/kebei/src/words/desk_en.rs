//! What the program says of a desk, in English.

use super::desk::{DeskSay, Examined};
use crate::desk::master_key::NoMasterKey;
use app::{DeskError, ledger::Conflict, rulebooks::Broken};
use keys::KeyState;
use rulebook::{Edition, Lang};
use store::StoreError;

pub(super) fn say(say: &DeskSay<'_>) -> String {
    match say {
        DeskSay::NoDesk { place } => {
            format!(
                "there is no desk at {place}; set one up with `kebei init`, or name its folder with --data"
            )
        }
        DeskSay::DeskThere { place } => {
            format!(
                "there is a desk at {place} already; nothing was changed. Name another folder with --data"
            )
        }
        DeskSay::Folder { folder, error } => format!(
            "the folder {} cannot be made or written: {error}. Name another with --data, or see to its rights",
            folder.display()
        ),
        DeskSay::MasterKey(fault) => master_key(fault),
        DeskSay::Store { place, error } => store(&place.to_string(), error),
        DeskSay::Desk { place, error } => desk(&place.to_string(), error),
        DeskSay::StoreIn { file, error } => store(&file.display().to_string(), error),
        DeskSay::DeskIn { file, error } => desk(&file.display().to_string(), error),
        DeskSay::Other { why } => (*why).to_owned(),
        DeskSay::NoChance { why } => format!("the operating system gives no random numbers: {why}"),
        DeskSay::BadOperator { name } => {
            format!(
                "--operator: `{name}` cannot be written into the ledger; use 1 to 128 bytes of plain text"
            )
        }
        DeskSay::SetUp { place, key, fingerprint, rulebook } => {
            set_up(&place.to_string(), *key, *fingerprint, rulebook)
        }
        DeskSay::Key { key, made } => {
            let state = match key.state {
                KeyState::Active => "active",
                KeyState::Retired => "retired",
            };
            let left =
                key.left.map(|left| format!("; values that still need it: {left}")).unwrap_or_default();
            format!("key {}, {}: {state}, since {made}{left}", key.id, purpose(key.purpose.word()))
        }
        DeskSay::Rotated { added: 0, resealed, deleted } => format!(
            "An earlier rotation was finished: {resealed} values sealed anew, {deleted} old keys deleted. Run it again for \
             new keys."
        ),
        DeskSay::Rotated { added, resealed, deleted } => {
            format!("{added} new keys are in use; {resealed} values sealed anew, {deleted} old keys deleted.")
        }
        DeskSay::UnknownPurpose { purpose } => {
            format!("--purpose: no keys are rotated for `{purpose}`; write code, code-lookup, ledger or user")
        }
        DeskSay::MasterChanged { file, keys, fingerprint } => format!(
            "{keys} keys are now wrapped under the master key in {} ({fingerprint}).\nRestart every process of the desk with \
             --master-key-file {0}; the old master key opens only backups made before now.",
            file.display(),
        ),
        DeskSay::MasterSame { file } => {
            format!("The master key in {} is in use already; nothing was changed.", file.display())
        }
        DeskSay::Published { digest, dry_run: false } => format!("Published: rulebook {digest}."),
        DeskSay::Published { digest, dry_run: true } => format!("It can be published: rulebook {digest}."),
        DeskSay::PublishedBefore => "This rulebook is the one in force; nothing was changed.".to_owned(),
        DeskSay::AddedEdition { id, day, now: true } => {
            format!("Edition {id}, effective {day}, decides from now on; what was decided before stays.")
        }
        DeskSay::AddedEdition { id, day, now: false } => format!("Edition {id} will decide from {day} on."),
        DeskSay::Breaks { file } => format!(
            "{file} changes what was published; nothing was published. Write changes as a new edition at the end."
        ),
        DeskSay::Broken(broken) => lines_of(broken),
        DeskSay::Sound { what } => format!("ok     {}", examined(*what)),
        DeskSay::UnsoundSetting { fault } => format!("fault  {fault}"),
        DeskSay::Warning { what } => format!("look   {what}"),
        DeskSay::Unsound { what, fault } => format!("fault  {}: {fault}", examined(*what)),
    }
}

/// What a key is for, with the word that `--purpose` takes.
fn purpose(word: &str) -> String {
    let what = match word {
        "code" => "to seal service codes",
        "code-lookup" => "to find service codes",
        "ledger" => "to seal the ledger's signing key",
        "user" => "to seal e-mail addresses and signing keys of users",
        _ => "for something that this version does not know",
    };
    format!("{what} ({word})")
}

fn examined(what: Examined<'_>) -> String {
    match what {
        Examined::Place(place) => format!("the desk is at {place}"),
        Examined::MasterKey => "the master key".to_owned(),
        Examined::Unreadable => "the database".to_owned(),
        Examined::Database(version) => format!("the database opens and is durable, schema version {version}"),
        Examined::Keys(keys) => format!("{keys} keys unwrap"),
        Examined::Codes(0) => "service codes: none yet to take a sample of".to_owned(),
        Examined::Codes(codes) => format!("a sample of {codes} codes opens"),
        Examined::Rulebook => "the rulebook in force".to_owned(),
        Examined::Ledger { placed, waiting: 0 } => {
            format!("the key of the ledger opens; {placed} entries have their places")
        }
        Examined::Ledger { placed, waiting } => format!(
            "the key of the ledger opens; {placed} entries have their places, {waiting} wait for them (`kebei ledger seal`)"
        ),
        Examined::Outside => "the database against the checkpoint outside it".to_owned(),
        Examined::NoOutside => {
            "no checkpoint outside yet to compare the database with; the desk writes it when it first runs"
                .to_owned()
        }
        Examined::Clock(now) => format!("the clock says {}", rulebook::calendar::rfc3339(now)),
        Examined::LastBackup(last) => format!("the last backup: {last}"),
    }
}

fn set_up(
    place: &str,
    key: Option<(&std::path::Path, bool)>,
    fingerprint: keys::Fingerprint,
    rulebook: &str,
) -> String {
    let kept = match key {
        Some((file, true)) => format!("A new master key was made: {} ({fingerprint}).", file.display()),
        Some((file, false)) => format!("The master key is the one in {} ({fingerprint}).", file.display()),
        None => format!("The master key is the one in KEBEI_MASTER_KEY ({fingerprint})."),
    };
    format!(
        "A desk was set up: {place}, with the rules of {rulebook}.\n{kept}\nKeep a copy of it apart from the database and its \
         backups. Without it nothing that the desk has sealed can ever be opened."
    )
}

fn master_key(fault: &NoMasterKey) -> String {
    match fault {
        NoMasterKey::File(file, error) => format!(
            "the master key {} cannot be read or made: {error}. Name its file with --master-key-file",
            file.display()
        ),
        NoMasterKey::NotAFile(file) => format!("the master key {} is no plain file", file.display()),
        NoMasterKey::Open(file, mode) => {
            format!("others may use the master key {0} (mode {mode:04o}); run: chmod 600 {0}", file.display())
        }
        NoMasterKey::Foreign(file) => format!(
            "the master key {0} belongs to somebody else; run as root: chown \"$(id -un)\" {0}, as the user who runs kebei",
            file.display()
        ),
        NoMasterKey::Wrong(file, error) => format!("{} has no master key: {error}", file.display()),
        NoMasterKey::Variable(error) => format!("KEBEI_MASTER_KEY is no master key: {error}"),
        NoMasterKey::NoChance => "the operating system gives no random numbers for a master key".to_owned(),
    }
}

fn desk(place: &str, error: &DeskError) -> String {
    match error {
        DeskError::Store(error) => store(place, error),
        DeskError::Damaged(app::Damage::NoDesk) => {
            format!("there is no desk at {place}; set one up with `kebei init`")
        }
        DeskError::Damaged(damage) => {
            format!("{place} is damaged: {damage}. Run `kebei doctor`; restore a backup if it says the same")
        }
        DeskError::WrongMasterKey { needed, given } => format!(
            "wrong master key: {place} needs {needed}, given was {given}. Name the right one with --master-key-file"
        ),
        DeskError::ReadOnly(conflict) => read_only(place, conflict),
        DeskError::Outside(error) => {
            format!(
                "the checkpoint outside the database failed: {error}; see to the rights of the file and its folder"
            )
        }
        DeskError::ClockBehind { now, followed } => {
            format!(
                "the clock says {now}, before something recorded at {followed}; set the clock right and try again"
            )
        }
        DeskError::Unwritable(fault) => format!("the ledger cannot hold it: {fault}"),
        DeskError::Busy => "too much is worked on at this moment; try again".to_owned(),
        DeskError::BrokeOff(fault) => format!("work broke off, which is a defect of this program: {fault}"),
        DeskError::Password(fault) => format!("a password could not be hashed: {fault}"),
        DeskError::Unrecognised(_) => "the key is no longer good; use another".to_owned(),
        DeskError::Unsettled(_) => {
            format!(
                "the keys or rules of {place} kept changing meanwhile; try again when nobody else changes them"
            )
        }
    }
}

/// Why nothing is written, and what an operator does about it.
fn read_only(place: &str, conflict: &Conflict) -> String {
    match conflict {
        Conflict::Older { database, outside } => format!(
            "the ledger of {place} has {database} entries, but {outside} by the checkpoint outside it: an older copy was \
             restored, or entries were taken away. It is read-only; look into it, then accept it with `kebei ledger accept`"
        ),
        Conflict::Rewritten { database, outside } => format!(
            "the ledger of {place} ({database} entries) is not that of the checkpoint outside it ({outside} entries): it was \
             rewritten, or is another copy. It is read-only; look into it, then accept it with `kebei ledger accept`"
        ),
        Conflict::Foreign(fault) => format!(
            "the checkpoint outside is none of the ledger of {place}: {fault}. It is read-only; make sure the folder is the \
             right one, then accept it with `kebei ledger accept`"
        ),
        Conflict::Missing { file, since } => format!(
            "the checkpoint outside {place} is missing: {} is not there, although one is kept since {}; without it nobody sees that \
             entries were rewritten or lost. It is read-only; find out who removed the file, or whether --data names the right \
             folder, and put the file back (the desk's other machines and its backups have copies), or go on without it with \
             `kebei ledger accept`",
            file.display(),
            rulebook::calendar::rfc3339(*since)
        ),
        Conflict::Unsound(fault) => format!(
            "the ledger of {place} does not add up: {fault}. It is read-only; run `kebei ledger verify`, and restore a backup"
        ),
    }
}

fn store(place: &str, error: &StoreError) -> String {
    match error {
        StoreError::InUse(_) => {
            format!("{place} is in use by another process; stop it first, or use PostgreSQL")
        }
        StoreError::NotWritable { .. } => {
            format!("{place} cannot be written; see to the rights of the folder, or name another with --data")
        }
        StoreError::Newer { found, known } => format!(
            "{place} was written by a newer kebei (schema version {found}, this one knows {known}); use the newer one"
        ),
        StoreError::Older { found, known } => format!("{place} was written by an older kebei (schema version {found}, this one reads {known}); it is brought up to date when it is next opened for writing"),
        StoreError::ReadOnly => "the database is open for reading only: another process writes it".to_owned(),
        StoreError::NotReadable { path, source } => format!("{} cannot be read: {source}", path.display()),
        StoreError::NoConnection(why) => {
            format!(
                "{place} cannot be reached: {why}. Is the server running, and are address and password right?"
            )
        }
        StoreError::Address(_) => "the address of the database cannot be used; write postgres://USER:PASSWORD@HOST/DATABASE, in --database or \
             KEBEI_DATABASE, and look at --database-ca".to_owned(),
        StoreError::NotDurable { setting, found, wanted } => {
            format!("{place} could lose what it acknowledged: `{setting}` is `{found}`; set it to `{wanted}`")
        }
        StoreError::Damaged(_) => damaged(place, ""),
        error if error.is_damage() => damaged(place, &format!(" ({error})")),
        error => format!("{place} failed: {error}"),
    }
}

fn damaged(place: &str, why: &str) -> String {
    format!(
        "{place} is damaged{why}. Stop the desk, keep its files elsewhere, and put the last backup in their place with kebei restore"
    )
}

fn lines_of(broken: &Broken) -> String {
    match broken {
        Broken::Missing(edition) => format!("edition {} is missing", edition.id),
        Broken::Region(pattern) => format!("the region `{pattern}` would lie elsewhere than before"),
        Broken::Changed { before, after } => {
            let mut text = format!("edition {} is changed:", before.id);
            for line in changes(before, after) {
                text.push_str("\n  - ");
                text.push_str(&line);
            }
            text
        }
    }
}

fn changes(before: &Edition, after: &Edition) -> Vec<String> {
    let mut found = Vec::new();
    if before.effective != after.effective {
        found.push(format!("Effective {} instead of {}.", after.effective, before.effective));
    }
    found.extend(rulebook::diff(before, after).iter().map(|change| change.message(Lang::En)));
    if found.is_empty() {
        found.push("Its sources, notes or marks of what is assumed.".to_owned());
    }
    found
}
