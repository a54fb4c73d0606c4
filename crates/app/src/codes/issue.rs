//! Issuing service codes: all of them or none, once for each idempotency key, never beyond the quota.

use super::{
    CodesAsked, IssueFault, IssuedCode,
    question::{self, Question, damaged},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::{Damage, DeskError, Failed},
    ledger_entry::{code_ids, entry, ours, row, theirs},
};
use filing::codes::{Illegal, MOST_AT_ONCE, Move, ServiceCode, Stored, apply};
use ledger::{Entry, EntryRef};
use rulebook::{Row, Scope};
use store::{
    Tx, Write,
    codes::{self, NewCode, StoredCode},
    entries,
    instances::Asked,
    quotas::{self, Take},
};

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
    /// Issues codes, or refuses them with every reason. The same key and question again give the first answer again.
    pub async fn issue_codes(
        &self,
        ask: CodesAsked,
        key: IdempotencyKey,
    ) -> Result<Told<Issuing>, Failure<IssueFault>> {
        self.once(Some(key), ask).await
    }
}

/// A code made for the case that it may be issued, with all that takes time already done.
pub(crate) struct Made {
    issued: IssuedCode,
    lookup: Vec<u8>,
    sealed: Vec<u8>,
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
        (0..count).map(|_| make(setting, draw)).collect()
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, made: &Vec<Made>) -> Done<Self> {
        let (found, question) = question::put(tx, &setting.ground, self, setting.now).await?;
        let verdict = question.decide()?;
        let made = if verdict.granted.is_some() { made.as_slice() } else { &[] };
        let entry = ledger_row(self, setting, &found, &question, made, verdict.record)?;
        if verdict.granted.is_none() {
            tx.together(&[entries::adding(&entry)]).await?;
            return Ok(Issuing { question, codes: None });
        }
        let takes = places(&found, &question, self);
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

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let damage = |fault: String| Failed::Desk(damaged(setting.entry, &fault).into());
        let rulebook =
            setting.ground.rulebook(tx, entry.rulebook.map(<[u8; 32]>::as_slice).unwrap_or_default()).await?;
        let question = Question::recorded(entry, &rulebook).map_err(|unlike| damage(unlike.to_string()))?;
        if entry.kind == REFUSED {
            return Ok(Issuing { question, codes: None });
        }
        let mut told = Vec::new();
        for id in code_ids(entry) {
            let held = codes::held(tx, id).await?.ok_or_else(|| damage(format!("code {id} is missing")))?;
            told.push(IssuedCode { id, code: setting.ground.secrets.open(&held.code)? });
        }
        Ok(Issuing { question, codes: Some(told) })
    }
}

fn make(setting: &Setting, draw: &mut Draw) -> Result<Made, DeskError> {
    let secrets = &setting.ground.secrets;
    let (id, code) = (draw.id(setting.now), ServiceCode::generate(draw.bytes()));
    let lookup = secrets.lookup(&code).current.to_vec();
    let sealed = secrets.seal(id, &code, &mut draw.0)?;
    Ok(Made { issued: IssuedCode { id, code }, lookup, sealed })
}

/// The places that the codes take: in the instance's scope and in its account's, so that both are right whichever an edition
/// counts. The one that counts is guarded by its limit.
fn places(found: &Asked, question: &Question, ask: &CodesAsked) -> [Take; 2] {
    let quota = question.row().and_then(Row::quota);
    let limit = |scope: Scope| quota.filter(|quota| quota.per == scope).map(|quota| quota.codes.get());
    let (count, at) = (question.count().get(), question.at().as_microsecond());
    let own = quotas::Scope::of_instance(found.instance.id);
    let of_account = quotas::Scope::of_account(ask.asker.id(), &found.instance.product);
    [
        Take::new(own, count, limit(Scope::Instance), at),
        Take::new(of_account, count, limit(Scope::Account), at),
    ]
}

fn stored(made: &Made, found: &Asked, question: &Question) -> Result<NewCode, Damage> {
    let Made { issued: IssuedCode { id, .. }, lookup, sealed } = made;
    let illegal = |error: Illegal| Damage::Code { id: *id, fault: error.to_string() };
    Ok(NewCode::new(StoredCode {
        id: *id,
        instance: Some(found.instance.id),
        owner: found.instance.account,
        grantee: None,
        product: Some(found.instance.product.clone()),
        stored: apply(None::<Stored>, Move::Issue).map_err(illegal)?,
        lookup: lookup.clone(),
        sealed: sealed.clone(),
        changed_at: question.at().as_microsecond(),
    }))
}

fn ledger_row(
    ask: &CodesAsked,
    setting: &Setting,
    found: &Asked,
    question: &Question,
    made: &[Made],
    record: Vec<u8>,
) -> Result<entries::EntryRow, DeskError> {
    let kind = if made.is_empty() { REFUSED } else { ISSUED };
    let instance = [theirs("instance", &found.instance.name), ours("instance_id", found.instance.id.uuid())];
    let codes = made.iter().map(|made| ours("code", made.issued.id.uuid()));
    let entry = Entry {
        ids: instance.into_iter().chain(codes).collect(),
        edition: Some(question.edition().id.clone()),
        rulebook: Some(*question.rulebook()),
        decided: Some(record),
        ..entry(question.at().as_microsecond(), &ask.actor(), kind)
    };
    row(setting.entry, &entry)
}
