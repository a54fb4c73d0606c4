//! Issuing service codes: all of them or none, once for each idempotency key, never beyond the quota.

use super::{
    CodesAsked, CodesAskedBy, IssueFault, IssuedCode,
    held::open_all,
    making::{Made, make_all},
    places::takes,
    question::{self, Question, damaged},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::{Damage, DeskError, Failed},
    ledger_entry::{entry, ours, row, theirs},
};
use filing::codes::{Illegal, MOST_AT_ONCE, Move, Stored, apply};
use ledger::{Entry, EntryRef};
use store::{Tx, Write, codes::NewCode, entries, instances::Asked, quotas::Take};

/// The ledger's kind of an entry about codes that were issued.
pub(crate) const ISSUED: &str = "code.issued";
/// The ledger's kind of an entry about codes that were asked for and refused.
pub(crate) const REFUSED: &str = "code.refused";

/// What became of codes that were asked for.
#[derive(Clone, Debug)]
pub struct Issuing {
    /// What was asked, from which every reason and remedy is told.
    pub question: Question,
    /// The codes in the order in which they were made; `None` when they were refused.
    pub codes: Option<Vec<IssuedCode>>,
}

impl Desk {
    /// The same for an account by whoever acts in its name.
    pub async fn issue_codes_for(
        &self,
        ask: CodesAskedBy,
        key: IdempotencyKey,
    ) -> Result<Told<Issuing>, Failure<IssueFault>> {
        self.once(Some(key), ask).await
    }

    /// Issues codes, or refuses them with every reason. The same key and question again give the first answer again.
    pub async fn issue_codes(
        &self,
        ask: CodesAsked,
        key: IdempotencyKey,
    ) -> Result<Told<Issuing>, Failure<IssueFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for CodesAsked {
    const WORD: &'static str = "issue-codes";
    type Ready = Vec<Made>;
    type Answer = Issuing;
    type Fault = IssueFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Vec<Made>, DeskError> {
        // More than may be issued at once are refused anyway.
        let count = if self.count > MOST_AT_ONCE { 0 } else { self.count.get() };
        make_all(count, setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, made: &Vec<Made>) -> Done<Self> {
        self.issued(tx, setting, made, &self.actor()).await
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        told_again(tx, setting, entry).await
    }
}

impl Deed for CodesAskedBy {
    const WORD: &'static str = "issue-codes-for";
    type Ready = Vec<Made>;
    type Answer = Issuing;
    type Fault = IssueFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Vec<Made>, DeskError> {
        self.ask.prepare(setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, made: &Vec<Made>) -> Done<Self> {
        self.ask.issued(tx, setting, made, &self.by).await
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        told_again(tx, setting, entry).await
    }
}

impl CodesAsked {
    /// Issues them, or refuses them, for the account that asks or for whoever asks in its name.
    async fn issued(&self, tx: &mut Tx<'_>, setting: &Setting, made: &[Made], by: &Actor) -> Done<Self> {
        let (found, question) = question::put(tx, &setting.ground, self, setting.now, None).await?;
        let verdict = question.decide()?;
        let made = if verdict.granted.is_some() { made } else { &[] };
        let entry = ledger_row((self, by), setting, &found, &question, made, verdict.record)?;
        if verdict.granted.is_none() {
            tx.together(&[entries::adding(&entry)]).await?;
            return Ok(Issuing { question, codes: None });
        }
        let takes = takes(&found, question.row(), self.count.get(), question.at().as_microsecond());
        let codes: Vec<NewCode> =
            made.iter().map(|made| stored(made, &found, &question)).collect::<Result<_, _>>()?;
        let taking = takes.iter().map(Take::taking);
        let writes: Vec<Write<'_>> =
            taking.chain(codes.iter().map(NewCode::adding)).chain([entries::adding(&entry)]).collect();
        if tx.together(&writes).await?.contains(&0) {
            return Err(Damage::Quota { instance: found.instance.name }.into());
        }
        let codes = made.iter().map(|made| made.issued.clone()).collect();
        Ok(Issuing { question, codes: Some(codes) })
    }
}

/// What was told before, from the entry that says it.
async fn told_again(tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<CodesAsked> {
    let damage = |fault: String| Failed::Desk(damaged(setting.entry, &fault).into());
    let rulebook = setting.ground.rulebook_of(tx, entry).await?;
    let question = Question::recorded(entry, &rulebook).map_err(|unlike| damage(unlike.to_string()))?;
    let codes =
        if entry.kind == REFUSED { None } else { Some(open_all(tx, setting, entry).await?.map_err(damage)?) };
    Ok(Issuing { question, codes })
}

fn stored(made: &Made, found: &Asked, question: &Question) -> Result<NewCode, Damage> {
    let illegal = |error: Illegal| Damage::Code { id: made.issued.id, fault: error.to_string() };
    let bound = apply(None::<Stored>, Move::Issue).map_err(illegal)?;
    Ok(NewCode::new(made.row_on(found, bound, question.at().as_microsecond())))
}

fn ledger_row(
    (ask, by): (&CodesAsked, &Actor),
    setting: &Setting,
    found: &Asked,
    question: &Question,
    made: &[Made],
    record: Vec<u8>,
) -> Result<entries::EntryRow, DeskError> {
    let kind = if made.is_empty() { REFUSED } else { ISSUED };
    let instance = [theirs("instance", &found.instance.name), ours("instance_id", found.instance.id.uuid())];
    // Where the account does not ask itself, it is named beside whoever does.
    let account = (ask.actor() != *by).then(|| theirs("account", ask.asker.name()));
    let codes = made.iter().map(|made| ours("code", made.issued.id.uuid()));
    let entry = Entry {
        ids: instance.into_iter().chain(account).chain(codes).collect(),
        edition: Some(question.edition().id.clone()),
        rulebook: Some(*question.rulebook()),
        decided: Some(record),
        ..entry(question.at().as_microsecond(), by, kind)
    };
    row(setting.entry, &entry)
}
