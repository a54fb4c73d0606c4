//! The white list: a domain may be served for a time without being filed, for a stated reason. It may be put there and taken away again;
//! what is on the blacklist is not served all the same.

use super::{
    reason::{LONGEST_REASON, is_reason},
    whose::{LONGEST_CALLER, is_caller_or_none, may_end},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row},
    orders::mark_of,
};
use filing::checks::{Wanted, registrable};
use gate::MAX_WINDOWS;
use jiff::Timestamp;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    GateWindowId, Tx, blacklist, entries, gate_changes,
    gate_windows::{self, GateWindow},
};

/// Domains are to be put on the white list: all of them, or none.
#[derive(Clone, Debug, Serialize)]
pub struct AddWindow {
    /// Who does it.
    pub by: Actor,
    /// The system of the provider for which it is asked; empty where a person does.
    pub caller: String,
    /// Names of hosts, whose registrable domains are meant; from 1 to [`MOST_AT_ONCE`].
    pub names: Vec<String>,
    /// From when on; `None` at once.
    pub from: Option<Timestamp>,
    /// Until before when; `None` until it is taken away.
    pub until: Option<Timestamp>,
    /// Why; it goes into the ledger and to every edge, and must name nobody.
    pub reason: String,
}

/// Names that are put on the white list at once, at most.
pub const MOST_AT_ONCE: usize = 100;

/// Entries that are taken away at once, at most: so many ids fit into one entry of the ledger.
pub const MOST_ENDED: usize = 1000;

/// Ids that an entry of the ledger names at most, as it has room for; what was decided has all of them.
const MOST_NAMED: usize = 64;

/// Something of the white list is to be taken away before its time.
#[derive(Clone, Debug, Serialize)]
pub struct EndWindow {
    /// Who does it.
    pub by: Actor,
    /// Which.
    pub what: Ended,
}

/// What is taken away.
#[derive(Clone, Debug, Serialize)]
pub enum Ended {
    /// One entry.
    One(#[serde(with = "by_text")] GateWindowId),
    /// Of these names' domains every entry that he may take away.
    OfNames(Vec<String>),
}

/// Why nothing is changed. Nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowFault {
    /// No name, or more than [`MOST_AT_ONCE`].
    #[error("1 to {MOST_AT_ONCE} names are taken at once")]
    Count,
    /// A name is none that can be filed.
    #[error("`{name}` is no name of a host below a public suffix")]
    NoDomain {
        /// It, as it was given.
        name: String,
        /// Its place in the list, from 0.
        at: usize,
    },
    /// The system has no name by which a system may call itself.
    #[error("a system's name has 1 to {LONGEST_CALLER} letters, digits, `-`, `_` and `.`")]
    Caller,
    /// The time ends before it begins, or is over.
    #[error("the time would be over before it begins")]
    Time,
    /// There is no reason, or it is longer than [`LONGEST_REASON`], or more than a line that everybody sees.
    #[error("a reason has 1 to {LONGEST_REASON} characters in one line")]
    Reason,
    /// A domain has as many entries as it may have.
    #[error("`{domain}` has {MAX_WINDOWS} entries, which is all that it may have")]
    TooMany {
        /// Which.
        domain: String,
    },
    /// There is no such entry, or it is over.
    #[error("there is no such entry")]
    Unknown,
    /// Others made it, and whoever asks may only take away his own.
    #[error("others have made it")]
    MadeByOthers,
    /// More entries than [`MOST_ENDED`] are meant.
    #[error("at most {MOST_ENDED} entries are taken away at once")]
    Many,
}

/// Entries of the white list that were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowKept {
    ids: Vec<Named>,
    /// From when on.
    pub from: Option<Timestamp>,
    /// Until before when.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// For which system.
    pub caller: String,
}

/// An id as the ledger has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Named(#[serde(with = "by_text")] GateWindowId);

impl WindowKept {
    /// Their ids, in the order of the names.
    pub fn ids(&self) -> impl Iterator<Item = GateWindowId> {
        self.ids.iter().map(|Named(id)| *id)
    }
}

/// Entries of the white list that were taken away. What they were, the ledger says where they were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowsEnded {
    ids: Vec<Named>,
}

impl WindowsEnded {
    /// Their ids.
    pub fn ids(&self) -> impl Iterator<Item = GateWindowId> {
        self.ids.iter().map(|Named(id)| *id)
    }
}

impl Desk {
    /// Puts domains on the white list.
    pub async fn add_window(
        &self,
        ask: AddWindow,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<WindowKept>, Failure<WindowFault>> {
        let domains = domains(&ask.names).map_err(Failure::Because)?;
        let AddWindow { by, caller, from, until, reason, .. } = ask;
        let reason = reason.trim().to_owned();
        if !is_caller_or_none(&caller) {
            return Err(Failure::Because(WindowFault::Caller));
        }
        if !is_reason(&reason) {
            return Err(Failure::Because(WindowFault::Reason));
        }
        // As they are kept: what is shorter than a microsecond is no time.
        let starts = from.map_or(i64::MIN, Timestamp::as_microsecond).max(self.now().as_microsecond());
        if until.is_some_and(|until| until.as_microsecond() <= starts) {
            return Err(Failure::Because(WindowFault::Time));
        }
        self.once(key, Adding { by, caller, domains, from, until, reason }).await
    }

    /// Takes entries of the white list away before their time.
    pub async fn end_window(
        &self,
        ask: EndWindow,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<WindowsEnded>, Failure<WindowFault>> {
        let EndWindow { by, what } = ask;
        let what = match what {
            Ended::One(id) => Ended::One(id),
            Ended::OfNames(names) => Ended::OfNames(domains(&names).map_err(Failure::Because)?),
        };
        self.once(key, EndWindow { by, what }).await
    }
}

/// The registrable domains of names, each once.
fn domains(names: &[String]) -> Result<Vec<String>, WindowFault> {
    if names.is_empty() || names.len() > MOST_AT_ONCE {
        return Err(WindowFault::Count);
    }
    let mut domains = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let domain = registrable(name).map_err(|_| WindowFault::NoDomain { name: name.clone(), at })?;
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

#[derive(Debug, Serialize)]
struct Adding {
    by: Actor,
    caller: String,
    domains: Vec<String>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    reason: String,
}

impl Adding {
    fn row(&self, setting: &Setting, id: GateWindowId, domain: &str, at: i64) -> GateWindow {
        GateWindow {
            id,
            domain: domain.to_owned(),
            mark: mark_of(&setting.ground, &Wanted::Domain(domain.to_owned())).1,
            from_at: self.from.map(Timestamp::as_microsecond),
            until_at: self.until.map(Timestamp::as_microsecond),
            reason: self.reason.clone(),
            caller: self.caller.clone(),
            made_by: self.by.to_string(),
            made_at: at,
            ended: None,
        }
    }
}

impl Deed for Adding {
    const WORD: &'static str = "add-gate-window";
    type Ready = Vec<GateWindowId>;
    type Answer = WindowKept;
    type Fault = WindowFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Self::Ready, DeskError> {
        Ok(self.domains.iter().map(|_| draw.id(setting.now)).collect())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, ids: &Self::Ready) -> Done<Self> {
        setting.ground.check(tx).await?;
        let at = setting.now.as_microsecond();
        let most = i64::try_from(MAX_WINDOWS).unwrap_or(i64::MAX);
        let mut rows = Vec::with_capacity(ids.len());
        for (id, domain) in ids.iter().zip(&self.domains) {
            if gate_windows::of_domain(tx, domain, at, most).await?.len() >= MAX_WINDOWS {
                return Err(because(WindowFault::TooMany { domain: domain.clone() }));
            }
            let row = self.row(setting, *id, domain, at);
            // Whoever lists the domain meanwhile notes nothing of a window that he does not see: one of both is tried again.
            blacklist::find(tx, mark_of(&setting.ground, &Wanted::Domain(domain.clone())).0, &row.mark)
                .await?;
            rows.push(row);
        }
        let kept = WindowKept {
            ids: ids.iter().copied().map(Named).collect(),
            from: self.from,
            until: self.until,
            reason: self.reason.clone(),
            caller: self.caller.clone(),
        };
        let entry = Entry {
            ids: kept.ids().take(MOST_NAMED).map(|id| ours("window", id.uuid())).collect(),
            decided: Some(decided(&kept, &(), Vec::new())?),
            ..entry(at, &self.by, "gate.window-added")
        };
        let entry = row(setting.entry, &entry)?;
        let notes = self.domains.iter().map(|domain| gate_changes::adding(&setting.entry, domain, &at));
        let writes = rows.iter().map(GateWindow::adding).chain(notes).chain([entries::adding(&entry)]);
        tx.together(&writes.collect::<Vec<_>>()).await?;
        Ok(kept)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl EndWindow {
    /// The entries that are meant and not over, which whoever asks may take away.
    async fn meant(
        &self,
        tx: &mut Tx<'_>,
        now: i64,
    ) -> Result<Vec<GateWindow>, Failed<Failure<WindowFault>>> {
        let mut meant = Vec::new();
        match &self.what {
            Ended::One(id) => meant.extend(gate_windows::by_id(tx, *id).await?),
            Ended::OfNames(domains) => {
                let most = i64::try_from(MAX_WINDOWS).unwrap_or(i64::MAX);
                for domain in domains {
                    meant.extend(gate_windows::of_domain(tx, domain, now, most).await?);
                }
            }
        }
        meant.retain(|row| row.ended.is_none() && row.until_at.is_none_or(|until| until > now));
        if meant.is_empty() {
            return Err(because(WindowFault::Unknown));
        }
        meant.retain(|row| may_end(&self.by, &row.made_by));
        match meant.len() {
            0 => Err(because(WindowFault::MadeByOthers)),
            many if many > MOST_ENDED => Err(because(WindowFault::Many)),
            _ => Ok(meant),
        }
    }
}

impl Deed for EndWindow {
    const WORD: &'static str = "end-gate-window";
    type Ready = ();
    type Answer = WindowsEnded;
    type Fault = WindowFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let meant = self.meant(tx, setting.now.as_microsecond()).await?;
        let made = meant.iter().map(|row| row.made_at);
        let at = following(setting.now, made)?.as_microsecond();
        let kept = WindowsEnded { ids: meant.iter().map(|row| Named(row.id)).collect() };
        let entry = Entry {
            ids: kept.ids().take(MOST_NAMED).map(|id| ours("window", id.uuid())).collect(),
            decided: Some(decided(&kept, &(), Vec::new())?),
            ..entry(at, &self.by, "gate.window-ended")
        };
        let (entry, by) = (row(setting.entry, &entry)?, self.by.to_string());
        let notes = meant.iter().map(|row| gate_changes::adding(&setting.entry, &row.domain, &at));
        let ends = meant.iter().map(|row| gate_windows::ending(&row.id, &by, &at));
        tx.together(&ends.chain(notes).chain([entries::adding(&entry)]).collect::<Vec<_>>()).await?;
        Ok(kept)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

fn because(fault: WindowFault) -> Failed<Failure<WindowFault>> {
    Failed::Because(Failure::Because(fault))
}
