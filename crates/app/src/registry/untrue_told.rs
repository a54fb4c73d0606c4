//! All that was ever found untrue under a number, as it is told: what is to be mended, and what has come of the rest.

use super::{known_better::warned_of, numbered::Numbered, untrue::untrue_text};
use crate::{
    failure::{Damage, DeskError},
    ground::Ground,
    orders::moment,
};
use jiff::Timestamp;
use ledger::{EntryRef, IdRef};
use rulebook::Lang;
use store::{
    EntryId, Tx, entries,
    numbers::{self, NumberStep},
    untrue::{self, Untrue},
};

/// Something that is filed and was found untrue, inaccurate or missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrueTold {
    /// The number under which it was recorded: the one that is asked about, or its subject's.
    pub number: String,
    /// What, to its owner and to whoever may read what is personal; `None` to others, and once it was erased.
    pub what: Option<String>,
    /// The last day on which it can be mended, or could be, as it was given.
    pub mend_by: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who found it, as the ledger names him.
    pub by: String,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
    /// Whether its owner was warned of that day, for which no access ends before he is; `None` once it ended.
    pub is_warned: Option<bool>,
    /// How it ended; `None` while it is to be mended.
    pub ended: Option<UntrueEnded>,
}

/// How something that was untrue ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrueEnded {
    /// How.
    pub how: HowEnded,
    /// When.
    pub at: Timestamp,
    /// Who recorded that, as the ledger names him.
    pub by: String,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
}

/// How something that was untrue can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HowEnded {
    /// It was mended.
    Mended,
    /// The number was cancelled, and nothing is filed under it any more.
    Cancelled,
}

impl HowEnded {
    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::Cancelled => "cancelled",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Mended, Lang::Zh) => "已改正",
            (Self::Mended, Lang::En) => "mended",
            (Self::Cancelled, Lang::Zh) => "备案号已注销，不再需要改正",
            (Self::Cancelled, Lang::En) => "the number was cancelled; nothing is left to mend",
        }
    }
}

/// All that was found untrue under a number, oldest first; under that of its subject, too, as long as a website was one of his. What it
/// was may name people, and is told `in_clear` alone.
pub(super) async fn of_number(
    tx: &mut Tx<'_>,
    ground: &Ground,
    found: &Numbered,
    history: &[NumberStep],
    in_clear: bool,
) -> Result<Vec<UntrueTold>, DeskError> {
    let cancelled = cancelled(history);
    let own = untrue::of_number(tx, found.number()).await?;
    let mut all: Vec<_> = own.into_iter().map(|untrue| (cancelled, untrue)).collect();
    if found.website.is_some() {
        let of_subject = untrue::of_number(tx, &found.subject.number).await?;
        if !of_subject.is_empty() {
            let ended = self::cancelled(&numbers::of_number(tx, &found.subject.number).await?);
            let was_his = |untrue: &Untrue| cancelled.is_none_or(|step| untrue.recorded_at <= step.0);
            all.extend(of_subject.into_iter().filter(was_his).map(|untrue| (ended, untrue)));
        }
    }
    all.sort_by_key(|(_, untrue)| (untrue.recorded_at, untrue.id));
    let mut told = Vec::with_capacity(all.len());
    for (cancelled, untrue) in all {
        let what = if in_clear { untrue_text(tx, ground, &found.subject, &untrue).await? } else { None };
        told.push(tells(tx, untrue, what, cancelled).await?);
    }
    Ok(told)
}

/// When a number was cancelled, in microseconds since 1970, and the entry that says so.
fn cancelled(history: &[NumberStep]) -> Option<(i64, EntryId)> {
    history.iter().find(|step| step.state.is_final()).map(|step| (step.at, step.entry))
}

async fn tells(
    tx: &mut Tx<'_>,
    untrue: Untrue,
    what: Option<String>,
    cancelled: Option<(i64, EntryId)>,
) -> Result<UntrueTold, DeskError> {
    let Untrue { number, mend_by, recorded_at, entry, mended, .. } = untrue;
    let mended = mended.map(|when| (HowEnded::Mended, when));
    let ended = match mended.or_else(|| cancelled.map(|when| (HowEnded::Cancelled, when))) {
        Some((how, (at, entry))) => {
            Some(UntrueEnded { how, at: moment(at), by: actor(tx, entry).await?, entry })
        }
        None => None,
    };
    let is_warned = match &ended {
        Some(_) => None,
        None => Some(warned_of(tx, &number, &mend_by).await?.is_some()),
    };
    let (recorded_at, by) = (moment(recorded_at), actor(tx, entry).await?);
    Ok(UntrueTold { number, what, mend_by, recorded_at, by, entry, is_warned, ended })
}

/// Who did what an entry says, as steps of numbers name him.
async fn actor(tx: &mut Tx<'_>, id: EntryId) -> Result<String, DeskError> {
    let bytes = entries::by_id(tx, id).await?.map(|row| row.bytes).unwrap_or_default();
    let read = EntryRef::decode(&bytes);
    let actor = read.map_err(|error| Damage::Entry { id, fault: error.to_string() })?.actor;
    Ok(match actor.id {
        IdRef::Text(name) => format!("{}:{name}", actor.kind.word()),
        IdRef::Bytes(_) => actor.kind.word().to_owned(),
    })
}
