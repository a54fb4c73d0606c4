//! Issuing service codes: all of them or none, once for each idempotency key, never beyond the quota.

use super::question::{self, Question};
use crate::{
    Asker, Desk, IdempotencyKey,
    chance::Draw,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
    idempotency::digest,
    ledger_entry::{entry, ours, row, theirs},
};
use filing::codes::{MOST_AT_ONCE, Move, ServiceCode, apply};
use jiff::Timestamp;
use ledger::{Entry, EntryRef, IdRef};
use rulebook::{NoEdition, Scope};
use std::{num::NonZero, sync::Arc};
use store::{
    CodeId, EntryId, Tx, Unit, Write,
    codes::{self, StoredCode},
    entries::{self, EntryRow},
    instances::Asked,
    quotas::{self, Take},
    requests::{self, Request},
};
use uuid::Uuid;

/// The ledger's kind of an entry about codes that were issued.
const ISSUED: &str = "code.issued";
/// The ledger's kind of an entry about codes that were asked for and refused.
const REFUSED: &str = "code.refused";

/// Codes are asked for.
#[derive(Clone, Debug)]
pub struct IssueCodes {
    /// Who asks.
    pub asker: Asker,
    /// On which instance, as its seller names it.
    pub instance: String,
    /// How many.
    pub codes: NonZero<u32>,
    /// By which the caller asks again without asking for more; kept for ever.
    pub key: IdempotencyKey,
}

/// What became of it. It is durable, and in the ledger.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The entry of the ledger that says it.
    pub entry: EntryId,
    /// What was asked, from which every reason and remedy is told.
    pub question: Question,
    /// The codes in the order in which they were made; none when they were refused.
    pub codes: Vec<IssuedCode>,
}

/// A code that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedCode {
    /// Its id.
    pub id: CodeId,
    /// The code itself, for its owner's eyes.
    pub code: ServiceCode,
}

/// Why there is no answer. Nothing was changed, and nothing is in the ledger.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The desk knows no such instance, or it is gone.
    #[error("no instance `{0}`")]
    UnknownInstance(String),
    /// The key was used for another question.
    #[error("the idempotency key `{0}` was used for another request")]
    KeyUsed(String),
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Issues codes, or refuses them with every reason. The same key and question again give the first answer again.
    pub async fn issue_codes(&self, ask: IssueCodes) -> Result<Answer, IssueError> {
        let ask = Arc::new(ask);
        let now = self.now();
        let entry = self.chance().draw(|draw| draw.id(now));
        let told = self.write(|ground| {
            let made = self.chance().draw(|draw| make(&ground, ask.codes.min(MOST_AT_ONCE), now, draw))?;
            Ok(Issue { ground, ask: Arc::clone(&ask), now, entry, made })
        });
        match told.await? {
            Told::Now(answer) => Ok(*answer),
            Told::Before(entry, codes) => Ok(self.again(&entry, codes).await?),
        }
    }

    /// The answer that an entry of the ledger gives.
    async fn again(&self, entry: &EntryRow, codes: Vec<IssuedCode>) -> Result<Answer, DeskError> {
        let id = entry.id;
        let damage = |fault: String| Damage::Entry { id, fault };
        let read = EntryRef::decode(&entry.bytes).map_err(|error| damage(error.to_string()))?;
        let digest = read.rulebook.ok_or_else(|| damage("it names no rulebook".to_owned()))?;
        let rulebook = self.rulebook(*digest).await?;
        let question = Question::of_entry(&read, &rulebook).map_err(|error| damage(error.to_string()))?;
        Ok(Answer { entry: id, question, codes })
    }
}

/// A code made for the case that it may be issued, with all that takes time already done.
struct Made {
    issued: IssuedCode,
    lookup: Vec<u8>,
    sealed: Vec<u8>,
}

fn make(
    ground: &Ground,
    codes: NonZero<u32>,
    now: Timestamp,
    draw: &mut Draw<'_>,
) -> Result<Vec<Made>, DeskError> {
    let mut one = || {
        let (id, code) = (draw.id(now), ServiceCode::generate(draw.bytes()));
        let lookup = ground.secrets.lookup(&code).current.to_vec();
        let sealed = ground.secrets.seal(id, &code, draw.0)?;
        Ok(Made { issued: IssuedCode { id, code }, lookup, sealed })
    };
    (0..codes.get()).map(|_| one()).collect()
}

/// Decides, takes the places, writes codes, entry and request.
struct Issue {
    ground: Arc<Ground>,
    ask: Arc<IssueCodes>,
    now: Timestamp,
    entry: EntryId,
    made: Vec<Made>,
}

/// What a unit tells.
enum Told {
    /// It was answered now.
    Now(Box<Answer>),
    /// It was answered before: the entry that says it, and the codes that the entry names.
    Before(EntryRow, Vec<IssuedCode>),
}

impl Unit for Issue {
    type Output = Told;
    type Error = Failed<IssueError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Told, Self::Error> {
        let Self { ground, ask, .. } = self;
        let IssueCodes { asker, instance, codes, key } = &**ask;
        let asks: [&[u8]; 2] = [instance.as_bytes(), &codes.get().to_be_bytes()];
        let request = Request { digest: digest("issue-codes", &asks), entry: self.entry };
        let now = self.now.as_microsecond();
        if !requests::remember(tx, asker.id, key.as_str(), &request, now).await? {
            ground.check(tx).await?;
            return self.before(tx, &request).await;
        }
        let (asked, question) = question::read(tx, ground, instance, asker, *codes, self.now).await?;
        self.answer(tx, &asked, question).await
    }
}

impl Issue {
    /// Writes what the question comes to.
    async fn answer(
        &self,
        tx: &mut Tx<'_>,
        asked: &Asked,
        question: Question,
    ) -> Result<Told, Failed<IssueError>> {
        let at = question.at().as_microsecond();
        let mut made: &[Made] = &[];
        if question.judge(|_, answer| answer.is_ok()) {
            self.take_places(tx, asked, &question, at).await?;
            made = &self.made;
        }
        let codes: Vec<StoredCode> =
            made.iter().map(|made| self.stored(made, asked, at)).collect::<Result<_, _>>()?;
        let entry = self.entry(asked, &question, made, at)?;
        let writes: Vec<Write<'_>> =
            codes.iter().map(codes::adding).chain([entries::adding(&entry)]).collect();
        tx.together(&writes).await?;
        let codes = made.iter().map(|made| made.issued.clone()).collect();
        Ok(Told::Now(Box::new(Answer { entry: self.entry, question, codes })))
    }

    /// Takes the places in the instance's scope and in its account's, so that both are right whichever an edition counts.
    async fn take_places(
        &self,
        tx: &mut Tx<'_>,
        asked: &Asked,
        question: &Question,
        at: i64,
    ) -> Result<(), Failed<IssueError>> {
        let quota = question.row().and_then(rulebook::Row::quota);
        let limit_of =
            |scope: Scope| quota.filter(|quota| quota.per == scope).map(|quota| quota.codes.get().into());
        let places = self.ask.codes.get().into();
        let product = &asked.instance.product;
        for (scope, limit) in [
            (quotas::Scope::of_instance(asked.instance.id, product), limit_of(Scope::Instance)),
            (quotas::Scope::of_account(self.ask.asker.id, product), limit_of(Scope::Account)),
        ] {
            if !quotas::take(tx, &scope, Take { places, limit, at }).await? {
                return Err(Damage::Quota { instance: asked.instance.name.clone() }.into());
            }
        }
        Ok(())
    }

    fn stored(&self, made: &Made, asked: &Asked, at: i64) -> Result<StoredCode, Damage> {
        let Made { issued: IssuedCode { id, .. }, lookup, sealed } = made;
        let illegal = |error: filing::codes::Illegal| Damage::Code { id: *id, fault: error.to_string() };
        let bound = apply(None, Move::Issue).map_err(illegal)?;
        Ok(StoredCode {
            id: *id,
            instance: Some(asked.instance.id),
            owner: Some(self.ask.asker.id),
            grantee: None,
            state: bound.state().word().to_owned(),
            counted: bound.counted().into(),
            lookup: lookup.clone(),
            sealed: sealed.clone(),
            changed_at: at,
        })
    }

    fn entry(&self, asked: &Asked, question: &Question, made: &[Made], at: i64) -> Result<EntryRow, Damage> {
        let kind = if made.is_empty() { REFUSED } else { ISSUED };
        let instance =
            [theirs("instance", &asked.instance.name), ours("instance_id", asked.instance.id.uuid())];
        let codes = made.iter().map(|made| ours("code", made.issued.id.uuid()));
        row(
            self.entry,
            &Entry {
                ids: instance.into_iter().chain(codes).collect(),
                edition: Some(question.edition().id.clone()),
                rulebook: Some(*question.rulebook()),
                decided: Some(question.decided()?),
                ..entry(at, self.ask.asker.actor(), kind)
            },
        )
    }

    /// What the same request was answered before.
    async fn before(&self, tx: &mut Tx<'_>, request: &Request) -> Result<Told, Failed<IssueError>> {
        let key = self.ask.key.as_str();
        let first = requests::find(tx, self.ask.asker.id, key).await?;
        let first = first.filter(|first| first.digest == request.digest);
        let first = first.ok_or_else(|| Failed::Because(IssueError::KeyUsed(key.to_owned())))?;
        let id = first.entry;
        let damage = |fault: String| Damage::Entry { id, fault };
        let entry = entries::by_id(tx, id).await?.ok_or_else(|| damage("it is missing".to_owned()))?;
        let read = EntryRef::decode(&entry.bytes).map_err(|error| damage(error.to_string()))?;
        let mut found = Vec::new();
        for code in read.ids.named("code") {
            let id = code_id(code).ok_or_else(|| damage("it names a code by no id".to_owned()))?;
            // Opened here, with the keys of the generation that was read: a moment later they may be replaced and deleted.
            if let Some(stored) = codes::by_id(tx, id).await? {
                found.push(IssuedCode { id, code: self.ground.secrets.open(&stored)? });
            }
        }
        Ok(Told::Before(entry, found))
    }
}

fn code_id(id: IdRef<'_>) -> Option<CodeId> {
    match id {
        IdRef::Bytes(bytes) => Uuid::from_slice(bytes).ok().map(CodeId::new),
        IdRef::Text(_) => None,
    }
}
