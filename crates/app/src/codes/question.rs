//! May these codes be issued? A question with all that its answer rests on, so that it can be answered again years later.

use super::{CodesAsked, ISSUED, IssueFault, REFUSED, held::words, places::codes_issued};
use crate::{
    Asker,
    accounts::is_name,
    clock::following,
    deed::{asked, decided},
    failure::{Damage, DeskError, Failed, Failure},
    ground::{Ground, Published},
    instances::facts_of,
};
use filing::{
    Refused,
    codes::{Asking, Issue, IssueRefusal, issue},
};
use jiff::Timestamp;
use ledger::{ActorKind, ActorRef, EntryRef, IdRef};
use rulebook::{Decision, Edition, Facts, Row, decide};
use serde::{Deserialize, Serialize};
use std::{num::NonZero, sync::Arc};
use store::{
    Tx,
    instances::{self, Asked},
};

/// May so many codes be issued on that instance, to whoever asks, at that time, by that edition?
#[derive(Clone, Debug)]
pub struct Question {
    edition: Arc<Edition>,
    rulebook: [u8; 32],
    at: Timestamp,
    kept: Kept,
}

/// What of a question only its entry in the ledger can keep; time, edition and rulebook stand in the entry itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    facts: Facts,
    asker: String,
    blacklisted: bool,
    count: NonZero<u32>,
}

/// Why an entry of the ledger does not bear out what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlikeDecided {
    /// It does not say what was decided on, or not in a form that can be read.
    #[error("what was decided on cannot be read: {0}")]
    Unreadable(String),
    /// The rulebook has no such edition, or is another than the entry names.
    #[error("edition `{0}` is not in that rulebook")]
    NoEdition(String),
    /// Another edition was in force at that time.
    #[error("edition `{0}` was not in force at that time")]
    NotInForce(String),
    /// It names another asker or another instance than its facts.
    #[error("it names another asker or another instance than its facts")]
    Misnamed,
    /// Its own facts lead to another decision.
    #[error("its facts lead to another decision")]
    Otherwise,
}

impl Question {
    /// The question that an entry of the ledger says was decided, by the rulebook that it names.
    pub fn recorded(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        Self::kept_in(entry, rulebook, asked(entry).map_err(UnlikeDecided::Unreadable)?)
    }

    /// The same, where an entry keeps more than the question.
    pub(crate) fn kept_in(
        entry: &EntryRef<'_>,
        rulebook: &Published,
        kept: Kept,
    ) -> Result<Self, UnlikeDecided> {
        let (edition, at) = basis(entry, rulebook)?;
        Ok(Self { edition, rulebook: *rulebook.digest(), at, kept })
    }

    /// The same, once it was decided again from the facts in the entry and came to the same, to the last byte.
    pub fn verified(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let question = Self::recorded(entry, rulebook)?;
        let Self { edition, kept, .. } = &question;
        if !rulebook.in_force(question.at).is_ok_and(|in_force| in_force.id == edition.id) {
            return Err(UnlikeDecided::NotInForce(edition.id.clone()));
        }
        let asker = ActorRef { kind: ActorKind::Account, id: IdRef::Text(&kept.asker) };
        let by_another =
            entry.actor.kind == ActorKind::Key && entry.ids.named("account").eq([IdRef::Text(&kept.asker)]);
        let named = entry.actor == asker || by_another;
        if !named || !entry.ids.named("instance").eq([IdRef::Text(&kept.facts.id)]) {
            return Err(UnlikeDecided::Misnamed);
        }
        let again = question.decide().map_err(|error| UnlikeDecided::Unreadable(error.to_string()))?;
        let named = u32::try_from(entry.ids.named("code").count());
        let (kind, codes) = match again.granted {
            Some(issue) => (ISSUED, issue.codes.get()),
            None => (REFUSED, 0),
        };
        let same = entry.decided == Some(again.record.as_slice()) && entry.kind == kind && named == Ok(codes);
        if same { Ok(question) } else { Err(UnlikeDecided::Otherwise) }
    }

    /// Answers it, and hands the decision and the answer to `tell`.
    pub fn judge<T>(
        &self,
        tell: impl FnOnce(&Decision<'_>, Result<Issue, Refused<IssueRefusal<'_>>>) -> T,
    ) -> T {
        self.asking(|asking| tell(asking.decision, issue(asking, self.kept.count)))
    }

    /// Decides, and hands to `tell` who asks on what.
    pub(crate) fn asking<T>(&self, tell: impl FnOnce(&Asking<'_>) -> T) -> T {
        let Kept { facts, asker, blacklisted, .. } = &self.kept;
        let decision = decide(&self.edition, facts, self.at, Some(asker));
        tell(&Asking { decision: &decision, blacklisted: *blacklisted })
    }

    /// What only its entry in the ledger can keep of it.
    pub(crate) const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Answers it for the ledger.
    pub(crate) fn decide(&self) -> Result<Verdict, DeskError> {
        self.judge(|decision, answer| {
            let record = decided(&self.kept, &decision.record(), words(answer.as_ref().err()))?;
            Ok(Verdict { granted: answer.ok(), record })
        })
    }

    /// The edition by which it is decided.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// SHA-256 of the rulebook of that edition.
    pub const fn rulebook(&self) -> &[u8; 32] {
        &self.rulebook
    }

    /// What is known of the instance, with the codes issued before.
    pub const fn facts(&self) -> &Facts {
        &self.kept.facts
    }

    /// When it is asked.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// How many codes are asked for.
    pub const fn count(&self) -> NonZero<u32> {
        self.kept.count
    }

    /// What the edition says of the product.
    pub(crate) fn row(&self) -> Option<&Row> {
        self.edition.row(&self.kept.facts.product)
    }
}

/// The edition and the time of what an entry of the ledger says was decided.
pub(crate) fn basis(
    entry: &EntryRef<'_>,
    rulebook: &Published,
) -> Result<(Arc<Edition>, Timestamp), UnlikeDecided> {
    let named = entry.edition.unwrap_or_default();
    let edition = rulebook.edition(named).ok().filter(|_| entry.rulebook == Some(rulebook.digest()));
    let edition = edition.ok_or_else(|| UnlikeDecided::NoEdition(named.to_owned()))?;
    let at = Timestamp::from_microsecond(entry.at);
    let at = at.map_err(|error| UnlikeDecided::Unreadable(error.to_string()))?;
    Ok((Arc::clone(edition), at))
}

/// What a question comes to.
pub(crate) struct Verdict {
    /// What may be issued; `None` when it is refused.
    pub(crate) granted: Option<Issue>,
    /// What the ledger keeps.
    pub(crate) record: Vec<u8>,
}

/// Reads what is known of the instance, and puts the question. The time is now, but later than all that the question follows,
/// `followed` included (in microseconds since 1970).
/// To anyone but its buyer an instance is not there.
pub(crate) async fn put(
    tx: &mut Tx<'_>,
    ground: &Ground,
    ask: &CodesAsked,
    now: Timestamp,
    followed: Option<i64>,
) -> Result<(Asked, Question), Failed<Failure<IssueFault>>> {
    let CodesAsked { asker, instance: name, count } = ask;
    let unknown = || Failed::Because(Failure::Because(IssueFault::UnknownInstance(name.clone())));
    let found = if is_name(name) { instances::asked(tx, name).await? } else { None };
    let found = found.filter(|found| is_buyers(found, asker)).ok_or_else(unknown)?;
    let desk = ground.same(found.desk)?;
    let places = [found.own, found.of_account].into_iter().flatten().map(|places| places.changed_at);
    let known = places.chain(found.blocked.changed()).chain([desk.changed_at, found.instance.changed_at]);
    let at = following(now, known.chain(followed))?;
    let edition = ground.rulebook.in_force(at);
    let edition = edition.map_err(|error| Failed::Because(Failure::Because(error.into())))?;
    let mut facts = facts_of(&found.instance)?;
    facts.codes_issued = codes_issued(edition.row(&facts.product), &found);
    let blacklisted = found.blocked.since.is_some();
    let kept = Kept { facts, asker: asker.name().to_owned(), blacklisted, count: *count };
    let question = Question { edition: Arc::clone(edition), rulebook: *ground.rulebook.digest(), at, kept };
    Ok((found, question))
}

/// Whether the instance is still there, and the asker's.
fn is_buyers(found: &Asked, asker: &Asker) -> bool {
    found.instance.gone_at.is_none() && found.instance.account == Some(asker.id())
}

/// The damage of an entry that cannot be told again.
pub(crate) fn damaged(id: store::EntryId, fault: &impl ToString) -> Damage {
    Damage::Entry { id, fault: fault.to_string() }
}
