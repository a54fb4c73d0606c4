//! Binding a code that was made beforehand to an instance: it takes one place of the quota, like a code that is issued.

use super::{
    CodesAsked, IssueFault,
    held::{self, HeldThen, Which},
    places::takes,
    question::{self, Question, damaged},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{Damage, DeskError},
    ledger_entry::{entry, ours, row, theirs},
};
use filing::{
    Refusal, Refused,
    codes::{BindRefusal, Stored, bind},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use std::num::NonZero;
use store::{
    Tx,
    codes::{self, Change, StoredCode},
    entries,
    instances::Asked,
    quotas::Take,
};

/// The ledger's kind of an entry about a code that was bound.
pub(crate) const BOUND: &str = "code.bound";
/// The ledger's kind of an entry about a code that was not.
pub(crate) const BIND_REFUSED: &str = "code.bind-refused";

/// A code is to be bound to an instance.
#[derive(Clone, Debug, Serialize)]
pub struct BindCode {
    /// Who asks.
    pub asker: Asker,
    /// Which code.
    pub code: Which,
    /// To which instance, as its seller names it.
    pub instance: String,
}

/// May this code be bound to that instance? With all that the answer rests on.
#[derive(Clone, Debug)]
pub struct Binding {
    question: Question,
    held: Option<HeldThen>,
}

/// What of it only its entry in the ledger can keep.
#[derive(Serialize, Deserialize)]
struct Kept<Q> {
    instance: Q,
    code: Option<HeldThen>,
}

impl Binding {
    /// What was asked of the instance.
    pub const fn question(&self) -> &Question {
        &self.question
    }

    /// Answers it, and hands the answer to `tell`.
    pub fn judge<T>(&self, tell: impl FnOnce(Result<Stored, Refused<BindRefusal<'_>>>) -> T) -> T {
        let held = self.held.as_ref().map(HeldThen::as_held);
        self.question.asking(|asking| tell(bind(asking, held.as_ref())))
    }

    /// The row of the code afterwards, if it may be bound, and what the ledger keeps.
    fn decide(&self) -> Result<(Option<Stored>, Vec<u8>), DeskError> {
        let (bound, words) = self.judge(|answer| {
            let reasons = answer.as_ref().err().map(Refused::reasons).unwrap_or_default();
            let words: Vec<_> = reasons.iter().map(Refusal::word).collect();
            (answer.ok(), words)
        });
        let kept = Kept { instance: self.question.kept(), code: self.held.clone() };
        let record = self.question.asking(|asking| decided(&kept, &asking.decision.record(), words))?;
        Ok((bound, record))
    }

    /// What an entry of the ledger says was decided, by the rulebook that it names.
    pub fn recorded(entry: &EntryRef<'_>, rulebook: &crate::Published) -> Result<Self, super::UnlikeDecided> {
        let Kept { instance, code } = asked(entry).map_err(super::UnlikeDecided::Unreadable)?;
        Ok(Self { question: Question::kept_in(entry, rulebook, instance)?, held: code })
    }

    /// The same, once it was decided again from what stands in the entry and came to the same, to the last byte.
    pub fn verified(entry: &EntryRef<'_>, rulebook: &crate::Published) -> Result<Self, super::UnlikeDecided> {
        let binding = Self::recorded(entry, rulebook)?;
        let again = binding.decide();
        let (bound, record) = again.map_err(|error| super::UnlikeDecided::Unreadable(error.to_string()))?;
        let same = entry.decided == Some(record.as_slice()) && bound.is_some() == (entry.kind == BOUND);
        if same { Ok(binding) } else { Err(super::UnlikeDecided::Otherwise) }
    }
}

impl Desk {
    /// Binds a code to an instance, or refuses with every reason.
    pub async fn bind_code(
        &self,
        ask: BindCode,
        key: IdempotencyKey,
    ) -> Result<Told<Binding>, Failure<IssueFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for BindCode {
    const WORD: &'static str = "bind-code";
    type Ready = ();
    type Answer = Binding;
    type Fault = IssueFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let held = held::find(tx, setting, &self.code).await?;
        let one = CodesAsked {
            asker: self.asker.clone(),
            instance: self.instance.clone(),
            count: NonZero::<u32>::MIN,
        };
        let followed = held.as_ref().map(|held| held.code.changed_at);
        let (found, question) = question::put(tx, &setting.ground, &one, setting.now, followed).await?;
        let binding = Binding { question, held: held.as_ref().map(HeldThen::now) };
        let (bound, record) = binding.decide()?;
        self.write(tx, setting, &found, &binding, held.zip(bound), record).await?;
        Ok(binding)
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let rulebook = setting.ground.rulebook_of(tx, entry).await?;
        Binding::recorded(entry, &rulebook).map_err(|unlike| damaged(setting.entry, &unlike).into())
    }
}

impl BindCode {
    /// Writes the code with its places where it is bound, and the entry in any case.
    async fn write(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        found: &Asked,
        binding: &Binding,
        bound: Option<(codes::Held, Stored)>,
        record: Vec<u8>,
    ) -> Result<(), DeskError> {
        let question = &binding.question;
        let at = question.at().as_microsecond();
        let code = bound.as_ref().map(|(held, _)| ours("code", held.code.id.uuid()));
        let instance =
            [theirs("instance", &found.instance.name), ours("instance_id", found.instance.id.uuid())];
        let entry = Entry {
            ids: instance.into_iter().chain(code).collect(),
            edition: Some(question.edition().id.clone()),
            rulebook: Some(*question.rulebook()),
            decided: Some(record),
            ..entry(at, &self.actor(), if bound.is_some() { BOUND } else { BIND_REFUSED })
        };
        let entry = row(setting.entry, &entry)?;
        let takes = if bound.is_some() { takes(found, question.row(), 1, at) } else { Vec::new() };
        let change = bound.map(|(held, stored)| {
            let before = held.code;
            let after = StoredCode {
                instance: Some(found.instance.id),
                owner: Some(self.asker.id()),
                product: Some(found.instance.product.clone()),
                stored,
                changed_at: at,
                ..before.clone()
            };
            Change::new(&before, after)
        });
        let taking = takes.iter().map(Take::taking);
        let writes: Vec<_> =
            taking.chain(change.iter().map(Change::changing)).chain([entries::adding(&entry)]).collect();
        if tx.together(&writes).await?.contains(&0) {
            return Err(Damage::Quota { instance: found.instance.name.clone() }.into());
        }
        Ok(())
    }
}
