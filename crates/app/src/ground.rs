//! What a process keeps of the desk in memory: the rulebook in force and the keys, of one generation.

use crate::{
    access::{Email, TotpSecret},
    failure::{Damage, DeskError, Failed},
    hex,
};
use filing::codes::ServiceCode;
use jiff::Timestamp;
use keys::{
    Keyring, Lookup, LookupError, MasterKey, Place, Purpose, StoredKey, UnlockError, UnwrapError,
    sealed_prefix,
};
use ledger::{EntryRef, Signer};
use rulebook::{RestoreOnCancel, Rulebook};
use sha2::{Digest, Sha256};
use std::{ops::Deref, sync::Arc};
use store::{
    ApiKeyId, CodeId, Sealed, Tx, Unit, UserId,
    codes::{Prefix, Resealed, StoredCode},
    data_keys,
    desk::{self, Generation},
    ledger_key::{self, LedgerKeyRow},
    rulebooks,
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The keys under which service codes are sealed.
pub(crate) const CODES: Purpose = Purpose::new("code");
/// The keys by which service codes are found.
pub(crate) const CODE_LOOKUP: Purpose = Purpose::new("code-lookup");
/// The keys under which the key of the ledger is sealed.
pub(crate) const LEDGER: Purpose = Purpose::new("ledger");

/// The keys under which is sealed what belongs to users: their e-mail addresses, and the secrets of their signing keys. A desk
/// that was set up before there were users has none until one is needed.
pub(crate) const USERS: Purpose = Purpose::new("user");

/// The keys under which the keys of subjects are sealed. As with those of users, an older desk has none until one is needed.
pub(crate) const SUBJECTS: Purpose = Purpose::new("subject");

/// What a unit needs of the desk beside its rows. It holds for one generation, and every unit compares.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) generation: i64,
    pub(crate) rulebook: Arc<Published>,
    pub(crate) secrets: Secrets,
    /// Signs checkpoints of the ledger; the same in every generation.
    pub(crate) signer: Signer,
}

impl Ground {
    /// Refuses to go on when the desk has another generation than this ground.
    pub(crate) fn same<E>(&self, desk: Generation) -> Result<Generation, Failed<E>> {
        if desk.generation == self.generation { Ok(desk) } else { Err(Failed::Moved) }
    }

    /// Begins the next generation, under the same rulebook: something else that processes keep in memory is no longer true.
    /// Moved where it was begun meanwhile.
    pub(crate) async fn moves_on<E>(&self, tx: &mut Tx<'_>, at: i64) -> Result<(), Failed<E>> {
        let begun = desk::next_generation(tx, self.generation, at, self.rulebook.digest()).await?;
        if begun { Ok(()) } else { Err(Failed::Moved) }
    }

    /// Whether the edition in force then gives the places of codes back when their website is cancelled.
    pub(crate) fn restores_places(&self, now: Timestamp) -> bool {
        let edition = self.rulebook.in_force(now);
        edition.is_ok_and(|edition| edition.policy.restore_on_cancel.value == RestoreOnCancel::Restore)
    }

    /// The rulebook with that SHA-256: the one in force, or one before it.
    pub(crate) async fn rulebook(&self, tx: &mut Tx<'_>, digest: &[u8]) -> Result<Arc<Published>, DeskError> {
        if self.rulebook.digest == *digest {
            Ok(Arc::clone(&self.rulebook))
        } else {
            published(tx, digest).await
        }
    }

    /// The rulebook that an entry of the ledger names.
    pub(crate) async fn rulebook_of(
        &self,
        tx: &mut Tx<'_>,
        entry: &EntryRef<'_>,
    ) -> Result<Arc<Published>, DeskError> {
        self.rulebook(tx, entry.rulebook.map(<[u8; 32]>::as_slice).unwrap_or_default()).await
    }

    /// The same, for a unit that does not read the generation on its way.
    pub(crate) async fn check<E>(&self, tx: &mut Tx<'_>) -> Result<Generation, Failed<E>> {
        self.same(desk::generation(tx).await?.ok_or(Damage::NoDesk)?)
    }
}

/// A rulebook that was published, with its digest.
#[derive(Debug)]
pub struct Published {
    rulebook: Rulebook,
    digest: [u8; 32],
}

impl Published {
    /// Reads the text of one; `None` when it is no sound rulebook.
    pub fn read(text: &[u8]) -> Option<Self> {
        let rulebook = Rulebook::parse_bytes(text).ok()?;
        Some(Self { rulebook, digest: Sha256::digest(text).into() })
    }

    /// SHA-256 of its text, as the ledger names it.
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

impl Deref for Published {
    type Target = Rulebook;

    fn deref(&self) -> &Rulebook {
        &self.rulebook
    }
}

/// The published rulebook with that SHA-256.
pub(crate) async fn published(tx: &mut Tx<'_>, digest: &[u8]) -> Result<Arc<Published>, DeskError> {
    let text = rulebooks::text(tx, digest).await?;
    let read = text.as_deref().and_then(Published::read).filter(|read| read.digest.as_slice() == digest);
    Ok(read.map(Arc::new).ok_or_else(|| Damage::Rulebook { digest: hex(digest) })?)
}

/// The keys of the desk, ready to use.
#[derive(Debug)]
pub(crate) struct Secrets {
    codes: Keyring,
    lookup: Lookup,
    ledger: Keyring,
    users: Option<Keyring>,
    subjects: Option<Keyring>,
}

impl Secrets {
    /// Unlocks the keys of the database.
    pub(crate) fn unlock(master: &MasterKey, stored: &[StoredKey]) -> Result<Self, DeskError> {
        let codes = Keyring::unlock(master, &CODES, stored).map_err(|error| locked(&CODES, error))?;
        let lookup = Lookup::unlock(master, &CODE_LOOKUP, stored).map_err(|error| match error {
            LookupError::Unlock(error) => locked(&CODE_LOOKUP, error),
            error @ LookupError::TooManyGenerations { .. } => damaged(&CODE_LOOKUP, &error),
        })?;
        let ledger = Keyring::unlock(master, &LEDGER, stored).map_err(|error| locked(&LEDGER, error))?;
        let later = |purpose: &Purpose| {
            let there = stored.iter().any(|key| key.purpose == *purpose);
            let unlocked = there.then(|| Keyring::unlock(master, purpose, stored)).transpose();
            unlocked.map_err(|error| locked(purpose, error))
        };
        Ok(Self { codes, lookup, ledger, users: later(&USERS)?, subjects: later(&SUBJECTS)? })
    }

    /// How sealed codes begin that need no new sealing.
    pub(crate) fn prefix(&self) -> Prefix {
        sealed_prefix(self.codes.active())
    }

    /// The row's code under the active keys: sealed anew, and hashed anew with it. Whether a hash is of the active key cannot
    /// be seen; so a new lookup key always comes with a new sealing key, and one tells for both.
    pub(crate) fn reseal(
        &self,
        stored: StoredCode,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Resealed, Damage> {
        let code = self.open(&stored)?;
        let StoredCode { id, sealed: before, .. } = stored;
        let lookup = self.lookup(&code).current.to_vec();
        Ok(Resealed { id, before, sealed: self.seal(id, &code, rng)?, lookup })
    }

    /// How a code is found: what a new row stores, and what an old one may store.
    pub(crate) fn lookup(&self, code: &ServiceCode) -> keys::Hashes {
        self.lookup.hashes("codes.lookup", &code.to_bytes())
    }

    /// A code as its row keeps it.
    pub(crate) fn seal(
        &self,
        id: CodeId,
        code: &ServiceCode,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        let sealed = self.codes.seal(place(&id), &code.to_bytes(), rng);
        sealed.map_err(|error| Damage::Code { id, fault: error.to_string() })
    }

    /// The code that a row keeps.
    pub(crate) fn open(&self, stored: &StoredCode) -> Result<ServiceCode, Damage> {
        let id = stored.id;
        let damage = |fault: String| Damage::Code { id, fault };
        let plain = self.codes.open(place(&id), &stored.sealed).map_err(|error| damage(error.to_string()))?;
        ServiceCode::from_bytes(&plain).ok_or_else(|| damage("what was sealed is no code".to_owned()))
    }
}

impl Secrets {
    /// How the sealed key of the ledger begins when it needs no new sealing.
    pub(crate) fn signer_prefix(&self) -> Prefix {
        sealed_prefix(self.ledger.active())
    }

    /// The key of the ledger as its row keeps it.
    pub(crate) fn seal_signer(
        &self,
        signer: &Signer,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<LedgerKeyRow, Damage> {
        let public = signer.verifying_key();
        let sealed = self.ledger.seal(signer_place(public.name()), signer.seed().as_slice(), rng);
        let sealed = sealed.map_err(|error| unusable(&error))?;
        Ok(LedgerKeyRow { name: public.name().to_owned(), public: public.to_string(), sealed })
    }

    /// The key of the ledger that a row keeps, if its public half belongs to it.
    pub(crate) fn open_signer(&self, row: &LedgerKeyRow) -> Result<Signer, Damage> {
        let seed =
            self.ledger.open(signer_place(&row.name), &row.sealed).map_err(|error| unusable(&error))?;
        let seed: &[u8; 32] =
            seed.as_slice().try_into().map_err(|_| unusable(&"what was sealed is no key"))?;
        let signer = Signer::from_seed(&row.name, seed).map_err(|error| unusable(&error))?;
        if signer.verifying_key().to_string() == row.public {
            Ok(signer)
        } else {
            Err(unusable(&"its public half is another"))
        }
    }
}

/// What is sealed beside codes and the key of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The e-mail addresses of users.
    Emails,
    /// The secrets of their signing keys.
    SigningKeys,
    /// The keys of subjects.
    SubjectKeys,
    /// What the apps of users make codes of.
    SecondFactors,
    /// From where users signed in.
    SessionAddresses,
}

impl Kept {
    /// All of it.
    pub(crate) const ALL: [Self; 5] =
        [Self::Emails, Self::SigningKeys, Self::SubjectKeys, Self::SecondFactors, Self::SessionAddresses];

    fn place(self, row: &Uuid) -> Place<'_> {
        match self {
            Self::Emails => Place { table: "users", column: "email", row: row.as_bytes() },
            Self::SigningKeys => Place { table: "api_keys", column: "sealed", row: row.as_bytes() },
            Self::SubjectKeys => Place { table: "subject_keys", column: "sealed", row: row.as_bytes() },
            Self::SecondFactors => Place { table: "second_factors", column: "sealed", row: row.as_bytes() },
            Self::SessionAddresses => Place { table: "sessions", column: "address", row: row.as_bytes() },
        }
    }

    /// Under which keys.
    const fn purpose(self) -> Purpose {
        match self {
            Self::Emails | Self::SigningKeys | Self::SecondFactors | Self::SessionAddresses => USERS,
            Self::SubjectKeys => SUBJECTS,
        }
    }
}

impl Secrets {
    /// Whether there are keys of that purpose, of those that older desks have none of.
    pub(crate) fn has(&self, purpose: &Purpose) -> bool {
        self.later(purpose).is_some()
    }

    fn later(&self, purpose: &Purpose) -> Option<&Keyring> {
        if *purpose == SUBJECTS { self.subjects.as_ref() } else { self.users.as_ref() }
    }

    fn keyring(&self, what: Kept) -> Result<&Keyring, Damage> {
        let purpose = what.purpose();
        let fault = || Damage::Keys { purpose: purpose.word().to_owned(), fault: "there is none".to_owned() };
        self.later(&purpose).ok_or_else(fault)
    }

    /// How what is kept begins when it needs no new sealing; `None` where nothing of it can be sealed yet.
    pub(crate) fn kept_prefix(&self, what: Kept) -> Option<Prefix> {
        self.later(&what.purpose()).map(|keyring| sealed_prefix(keyring.active()))
    }

    /// A value as its row keeps it.
    pub(crate) fn seal_kept(
        &self,
        what: Kept,
        row: Uuid,
        plain: &[u8],
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        let sealed = self.keyring(what)?.seal(what.place(&row), plain, rng);
        sealed.map_err(|error| Damage::Sealed { row, fault: error.to_string() })
    }

    /// The value that a row keeps.
    pub(crate) fn open_kept(
        &self,
        what: Kept,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Damage> {
        let opened = self.keyring(what)?.open(what.place(&row), sealed);
        opened.map_err(|error| Damage::Sealed { row, fault: error.to_string() })
    }

    /// The value of a row under the active key.
    pub(crate) fn reseal_kept(
        &self,
        what: Kept,
        before: &Sealed,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        let anew = self.keyring(what)?.reseal(what.place(&before.id), &before.sealed, rng);
        anew.map_err(|error| Damage::Sealed { row: before.id, fault: error.to_string() })
    }

    /// An e-mail address as its row keeps it.
    pub(crate) fn seal_email(
        &self,
        of: UserId,
        email: &Email,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        self.seal_kept(Kept::Emails, of.uuid(), email.reveal().as_bytes(), rng)
    }

    /// The e-mail address that a row keeps.
    pub(crate) fn open_email(&self, of: UserId, sealed: &[u8]) -> Result<Email, Damage> {
        let row = of.uuid();
        let plain = self.open_kept(Kept::Emails, row, sealed)?;
        let email = std::str::from_utf8(&plain).ok().and_then(|text| Email::parse(text).ok());
        email.ok_or_else(|| Damage::Sealed { row, fault: "what was sealed is no e-mail address".to_owned() })
    }

    /// The secret of a signing key as its row keeps it.
    pub(crate) fn seal_signing(
        &self,
        of: ApiKeyId,
        secret: &str,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        self.seal_kept(Kept::SigningKeys, of.uuid(), secret.as_bytes(), rng)
    }

    /// The secret of a signing key that a row keeps.
    pub(crate) fn open_signing(&self, of: ApiKeyId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Damage> {
        self.open_kept(Kept::SigningKeys, of.uuid(), sealed)
    }

    /// What the app of a user makes codes of.
    pub(crate) fn open_totp(&self, of: UserId, sealed: &[u8]) -> Result<TotpSecret, Damage> {
        let row = of.uuid();
        let plain = self.open_kept(Kept::SecondFactors, row, sealed)?;
        let damage = || Damage::Sealed { row, fault: "what was sealed is no secret".to_owned() };
        TotpSecret::from_slice(&plain).ok_or_else(damage)
    }

    /// A ticket, which stands in no row: it is handed out and comes back.
    pub(crate) fn seal_ticket(
        &self,
        plain: &[u8],
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Damage> {
        let fault = || Damage::Keys { purpose: USERS.word().to_owned(), fault: "there is none".to_owned() };
        let sealed = self.users.as_ref().ok_or_else(fault)?.seal(TICKET, plain, rng);
        sealed.map_err(|error| Damage::Keys { purpose: USERS.word().to_owned(), fault: error.to_string() })
    }

    /// What a ticket says; `None` where it is none of ours, or the key under which it was sealed is gone.
    pub(crate) fn open_ticket(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.users.as_ref()?.open(TICKET, sealed).ok()
    }

    /// By what tries are counted whose subject nobody is to read from the database. It is the key by which codes are found,
    /// for another field.
    pub(crate) fn tries_subject(&self, subject: &[u8]) -> [u8; 32] {
        self.lookup.hashes("tries.subject", subject).current
    }
}

/// Where tickets stand: nowhere, so that nothing that is kept is ever taken for one.
const TICKET: Place<'static> = Place { table: "", column: "ticket", row: &[] };

/// Where the sealed key of the ledger stands.
fn signer_place(name: &str) -> Place<'_> {
    Place { table: "ledger_key", column: "sealed", row: name.as_bytes() }
}

/// The key of the ledger is not to be had.
pub(crate) fn unusable(fault: &dyn std::fmt::Display) -> Damage {
    Damage::Ledger { fault: format!("its key cannot be used: {fault}") }
}

/// Why keys do not unlock: the operator can do something about the wrong master key only.
fn locked(purpose: &Purpose, error: UnlockError) -> DeskError {
    match error {
        UnlockError::Unwrap(UnwrapError::WrongMasterKey { wrapped_under: needed, given, .. }) => {
            DeskError::WrongMasterKey { needed, given }
        }
        error => damaged(purpose, &error),
    }
}

fn damaged(purpose: &Purpose, fault: &dyn std::fmt::Display) -> DeskError {
    Damage::Keys { purpose: purpose.word().to_owned(), fault: fault.to_string() }.into()
}

/// Where the sealed code of a row stands.
fn place(id: &CodeId) -> Place<'_> {
    Place { table: "codes", column: "sealed", row: id.as_bytes() }
}

/// Reads the ground of the present generation.
pub(crate) struct ReadGround {
    pub(crate) master: MasterKey,
    /// A rulebook that was read before, and need not be read again where it is still in force.
    pub(crate) known: Option<Arc<Published>>,
}

impl Unit for ReadGround {
    type Output = Ground;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ground, Self::Error> {
        let desk = desk::find(tx).await?.ok_or(Damage::NoDesk)?;
        let stored = data_keys::all(tx).await?;
        let key = ledger_key::find(tx).await?;
        let key = key.ok_or_else(|| unusable(&"it is missing"))?;
        let secrets = Secrets::unlock(&self.master, &stored)?;
        let rulebook = match self.known.as_ref().filter(|known| known.digest.as_slice() == desk.rulebook) {
            Some(known) => Arc::clone(known),
            None => published(tx, &desk.rulebook).await?,
        };
        Ok(Ground { generation: desk.generation, rulebook, signer: secrets.open_signer(&key)?, secrets })
    }
}
