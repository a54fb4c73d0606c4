//! A move of an order as it is written: the order, the step, and the entry of the ledger that says it.

use super::course;
use crate::{
    Actor,
    clock::following,
    codes::damaged,
    deed::{Setting, asked, decided},
    failure::{Damage, DeskError, Failed, Failure},
    ledger_entry::{entry, ours, row},
};
use filing::orders::{Kind, Move, State, Step};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    OrderId, Tx, Write, entries,
    orders::{Change, Order, StepTaken},
};
use uuid::Uuid;

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which order.
    pub order: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// What happened to it.
    pub by: Move,
    /// Where it stands now.
    pub state: State,
    /// Its version now.
    pub version: i64,
}

/// What the ledger keeps of a move: no word of what is filled in.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    order: String,
    kind: String,
    by: String,
    from: Option<String>,
    to: String,
    version: i64,
    round: i64,
}

/// A move that is to be written.
pub(super) struct Moving<'a> {
    pub(super) actor: &'a Actor,
    pub(super) by: Move,
    /// The order before; `None` where the move makes it.
    pub(super) before: Option<&'a Order>,
    /// The order afterwards, but for its version and times.
    pub(super) after: Order,
    /// When the last of what this follows changed, in microseconds since 1970, beside the order itself.
    pub(super) followed: Vec<i64>,
    /// What else the entry names and commits to.
    pub(super) names: Names,
}

/// What an entry names beside the order.
#[derive(Default)]
pub(super) struct Names {
    pub(super) ids: Vec<(&'static str, Uuid)>,
    pub(super) commitments: Vec<(&'static str, [u8; 32])>,
}

impl<'a> Moving<'a> {
    /// A step of an order that nothing else takes with it; `after` is the order afterwards, but for its state.
    pub(super) fn alone(actor: &'a Actor, step: &Step, before: &'a Order, after: Order) -> Self {
        let after = Order { state: step.to, ..after };
        Self {
            actor,
            by: step.by,
            before: Some(before),
            after,
            followed: Vec::new(),
            names: Names::default(),
        }
    }

    /// The same, with an entry that commits to something.
    pub(super) fn committing(mut self, name: &'static str, to: [u8; 32]) -> Self {
        self.names.commitments.push((name, to));
        self
    }

    /// When it happens, in microseconds since 1970: now, but later than all that it follows.
    pub(super) fn at(&self, setting: &Setting) -> Result<i64, DeskError> {
        let followed = self.followed.iter().copied().chain(self.before.map(|before| before.changed_at));
        Ok(following(setting.now, followed)?.as_microsecond())
    }

    /// Writes it together with `writes`, each of which must change a row. The order, as it is now.
    pub(super) async fn write(
        self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        writes: Vec<Write<'_>>,
    ) -> Result<(Order, Moved), DeskError> {
        let at = self.at(setting)?;
        let Self { actor, by, before, after, names, .. } = self;
        let version = before.map_or(1, |before| before.version + 1);
        let stays = before.is_some_and(|before| before.state == after.state);
        let since_at = if stays { after.since_at } else { at };
        let after = course::timed(Order { version, changed_at: at, since_at, ..after }, setting.now);
        let moved = Moved { order: after.id, kind: after.kind, by, state: after.state, version };
        let kept = Kept {
            order: after.id.to_string(),
            kind: after.kind.word().to_owned(),
            by: by.word().to_owned(),
            from: before.map(|before| before.state.word().to_owned()),
            to: after.state.word().to_owned(),
            version,
            round: after.round,
        };
        let entry = Entry {
            ids: std::iter::once(("order", after.id.uuid()))
                .chain(names.ids)
                .map(|(name, id)| ours(name, id))
                .collect(),
            decided: Some(decided(&kept, &(), Vec::new())?),
            commitments: names.commitments.into_iter().map(|(name, to)| (name.into(), to)).collect(),
            ..entry(at, actor, word_of(by))
        };
        let entry = row(setting.entry, &entry)?;
        let step =
            StepTaken { version, by, state: after.state, actor: actor.to_string(), at, entry: entry.id };
        let step = step.of(after.id);
        let (adding, changing) = (after.adding(), Change::new(version - 1, &after));
        let order = if before.is_some() { changing.changing() } else { adding.write() };
        let mut all = vec![order];
        all.extend(writes);
        all.extend([step.adding(), entries::adding(&entry)]);
        if tx.together(&all).await?.contains(&0) {
            let fault = "it, or what goes with it, changed meanwhile".to_owned();
            return Err(Damage::Order { id: after.id, fault }.into());
        }
        Ok((after, moved))
    }
}

/// The ledger's kind of an entry about a move.
const fn word_of(by: Move) -> &'static str {
    match by {
        Move::Open => "order.opened",
        Move::Save => "order.saved",
        Move::Submit => "order.submitted",
        Move::Return => "order.returned",
        Move::Approve => "order.approved",
        Move::Send => "order.sent",
        Move::ConfirmSms => "order.sms-confirmed",
        Move::MissSms => "order.sms-missed",
        Move::File => "order.filed",
        Move::Reject => "order.rejected",
        Move::Withdraw => "order.withdrawn",
        Move::Lapse => "order.lapsed",
        Move::Force => "order.forced",
    }
}

impl Moved {
    /// What became of an order the first time, for the deed that is told again.
    pub(super) fn again<F>(setting: &Setting, entry: &EntryRef<'_>) -> Result<Self, Failed<Failure<F>>> {
        Self::recorded(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }

    /// What an entry of the ledger says became of an order; or what is wrong with the entry.
    fn recorded(entry: &EntryRef<'_>) -> Result<Self, String> {
        let kept: Kept = asked(entry)?;
        let unknown = |word: &str| format!("it says `{word}`, which no order does");
        Ok(Self {
            order: kept.order.parse().map_err(|_| unknown(&kept.order))?,
            kind: Kind::from_word(&kept.kind).ok_or_else(|| unknown(&kept.kind))?,
            by: Move::from_word(&kept.by).ok_or_else(|| unknown(&kept.by))?,
            state: State::from_word(&kept.to).ok_or_else(|| unknown(&kept.to))?,
            version: kept.version,
        })
    }
}
