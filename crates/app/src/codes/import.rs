//! Taking in a code that another system made or that came with the purchase. Where none is named, the desk makes it.

use super::{
    making::{Made, made_of},
    places::{codes_issued, in_scope, takes},
    question::{UnlikeDecided, basis, damaged},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    accounts::is_name,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{Damage, DeskError, Failed},
    ground::Published,
    instances::facts_of,
    ledger_entry::{code_ids, entry, ours, row, theirs},
};
use filing::{
    Refusal, Refused,
    codes::{Arrival, Arriving, Import, ImportRefusal, ServiceCode, State, Stored, import},
};
use jiff::Timestamp;
use ledger::{Entry, EntryRef};
use rulebook::{Decision, Edition, Facts, NoEdition, Row, decide};
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;
use store::{
    CodeId, Tx, Write,
    codes::{self, Held, NewCode},
    entries,
    instances::{self, Asked},
    quotas::Take,
};

/// The ledger's kind of an entry about a code that was taken in.
pub(crate) const IMPORTED: &str = "code.imported";
/// The ledger's kind of an entry about a code that had been taken in before, on the same instance.
pub(crate) const REPEATED: &str = "code.import-repeated";
/// The ledger's kind of an entry about a code that was not taken in.
pub(crate) const IMPORT_REFUSED: &str = "code.import-refused";

/// A code is to be taken in.
#[derive(Clone, Debug, Serialize)]
pub struct ImportCode {
    /// Who hands it in: staff, another system, or Kebei itself. Never a customer.
    pub actor: Actor,
    /// For which instance, as its seller names it.
    pub instance: String,
    /// The code; `None` when the desk is to make it, because it comes with the purchase.
    #[serde(serialize_with = "as_text")]
    pub code: Option<ServiceCode>,
}

/// Why it cannot even be asked whether a code is taken in.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ImportFault {
    /// The desk does not know the instance, or it is gone.
    #[error("there is no instance `{0}`")]
    UnknownInstance(String),
    /// A customer asked.
    #[error("customers do not import service codes")]
    NotForCustomers,
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
}

/// What became of a code that was to be taken in.
#[derive(Clone, Debug)]
pub struct Importing {
    /// What was asked, from which every reason is told.
    pub arrived: Arrived,
    /// The code's id; `None` when it was refused. The code itself is for its owner's eyes.
    pub code: Option<CodeId>,
}

/// A code arrived for that instance, at that time, under that edition: may it be taken in?
#[derive(Clone, Debug)]
pub struct Arrived {
    edition: Arc<Edition>,
    rulebook: [u8; 32],
    at: Timestamp,
    facts: Facts,
    taken: u32,
    code: Arriving,
}

/// What of it only its entry in the ledger can keep.
#[derive(Serialize, Deserialize)]
struct Kept {
    facts: Facts,
    taken: u32,
    /// Whether a code was named.
    named: bool,
    known: Option<Known>,
}

/// What was known of the code that was named.
#[derive(Serialize, Deserialize)]
struct Known {
    state: String,
    counted: bool,
    here: bool,
}

impl Desk {
    /// Takes in a code, or refuses it with every reason. The same code on the same instance again changes nothing and is
    /// answered alike, with a key or without; without code and key each request is a new one.
    pub async fn import_code(
        &self,
        ask: ImportCode,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Importing>, Failure<ImportFault>> {
        match ask.actor {
            Actor::Account(_) => Err(Failure::Because(ImportFault::NotForCustomers)),
            Actor::Staff(_) | Actor::Partner(_) | Actor::Kebei => self.once(key, ask).await,
        }
    }
}

impl Arrived {
    /// What an entry of the ledger says was decided, by the rulebook that it names.
    pub fn recorded(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let kept: Kept = asked(entry).map_err(UnlikeDecided::Unreadable)?;
        let (edition, at) = basis(entry, rulebook)?;
        let code = kept.code().map_err(UnlikeDecided::Unreadable)?;
        let Kept { facts, taken, .. } = kept;
        Ok(Self { edition, rulebook: *rulebook.digest(), at, facts, taken, code })
    }

    /// The same, once it was decided again from the facts in the entry and came to the same, to the last byte.
    pub fn verified(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let arrived = Self::recorded(entry, rulebook)?;
        let again = arrived.decide().map_err(|error| UnlikeDecided::Unreadable(error.to_string()))?;
        let codes = usize::from(again.granted.is_some());
        let same = entry.decided == Some(again.record.as_slice())
            && entry.kind == kind(again.granted)
            && entry.ids.named("code").count() == codes;
        if same { Ok(arrived) } else { Err(UnlikeDecided::Otherwise) }
    }

    /// Answers it, and hands the decision on the instance and the answer to `tell`.
    pub fn judge<T>(
        &self,
        tell: impl FnOnce(&Decision<'_>, Result<Import, Refused<ImportRefusal<'_>>>) -> T,
    ) -> T {
        let decision = decide(&self.edition, &self.facts, self.at, self.facts.account.as_deref());
        tell(&decision, import(&Arrival { decision: &decision, taken: self.taken, code: self.code }))
    }

    /// Answers it for the ledger.
    fn decide(&self) -> Result<Verdict, DeskError> {
        self.judge(|decision, answer| {
            let refused = answer.as_ref().err().map(Refused::reasons).unwrap_or_default();
            let words = refused.iter().map(Refusal::word).collect();
            let record = decided(&self.kept(), &decision.record(), words)?;
            Ok(Verdict { granted: answer.ok(), record })
        })
    }

    /// What is known of the instance. What was issued of it counts codes used where they come with the purchase.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// When it arrived.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    fn row(&self) -> Option<&Row> {
        self.edition.row(&self.facts.product)
    }

    fn kept(&self) -> Kept {
        let known = match self.code {
            Arriving::Unmade | Arriving::New => None,
            Arriving::Known { stored, here } => {
                Some(Known { state: stored.state().word().to_owned(), counted: stored.counted(), here })
            }
        };
        let named = self.code != Arriving::Unmade;
        Kept { facts: self.facts.clone(), taken: self.taken, named, known }
    }
}

impl Kept {
    fn code(&self) -> Result<Arriving, String> {
        match &self.known {
            None => Ok(if self.named { Arriving::New } else { Arriving::Unmade }),
            Some(Known { state, counted, here }) => {
                let stored = State::from_word(state).and_then(|state| Stored::new(state, *counted));
                let stored = stored.ok_or_else(|| format!("no code is `{state}` and counted {counted}"))?;
                Ok(Arriving::Known { stored, here: *here })
            }
        }
    }
}

/// What it comes to.
struct Verdict {
    /// What becomes of the code; `None` when it is refused.
    granted: Option<Import>,
    /// What the ledger keeps.
    record: Vec<u8>,
}

/// The ledger's word for it.
const fn kind(granted: Option<Import>) -> &'static str {
    match granted {
        Some(Import::Taken(_)) => IMPORTED,
        Some(Import::Before) => REPEATED,
        None => IMPORT_REFUSED,
    }
}

impl Deed for ImportCode {
    const WORD: &'static str = "import-code";
    type Ready = Made;
    type Answer = Importing;
    type Fault = ImportFault;

    fn actor(&self) -> Actor {
        self.actor.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Made, DeskError> {
        let code = self.code.clone().unwrap_or_else(|| ServiceCode::generate(draw.bytes()));
        made_of(code, setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, ready: &Made) -> Done<Self> {
        let AtHand { found, known, arrived } = put(tx, setting, self, ready).await?;
        let verdict = arrived.decide()?;
        let code = verdict.granted.map(|granted| match (granted, known) {
            (Import::Before, Some(known)) => known,
            (Import::Taken(_) | Import::Before, _) => ready.issued.id,
        });
        let entry = ledger_row(self, setting, &found, &arrived, &verdict, code)?;
        let (mut places, mut codes) = (Vec::new(), Vec::new());
        if let Some(Import::Taken(stored)) = verdict.granted {
            let at = arrived.at.as_microsecond();
            places.extend(takes(&found, arrived.row(), 1, at));
            codes.push(NewCode::new(ready.row_on(&found, stored, at)));
        }
        let taking = places.iter().map(Take::taking);
        let writes: Vec<Write<'_>> =
            taking.chain(codes.iter().map(NewCode::adding)).chain([entries::adding(&entry)]).collect();
        if tx.together(&writes).await?.contains(&0) {
            return Err(Damage::Quota { instance: found.instance.name }.into());
        }
        Ok(Importing { arrived, code })
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let rulebook = setting.ground.rulebook_of(tx, entry).await?;
        let arrived = Arrived::recorded(entry, &rulebook);
        let arrived = arrived.map_err(|unlike| damaged(setting.entry, &unlike))?;
        Ok(Importing { arrived, code: code_ids(entry).next() })
    }
}

/// What was found of the instance and the code.
struct AtHand {
    found: Asked,
    known: Option<CodeId>,
    arrived: Arrived,
}

/// Reads what is known of instance and code, and puts the question. The time is now, but later than all that it follows.
async fn put(
    tx: &mut Tx<'_>,
    setting: &Setting,
    ask: &ImportCode,
    ready: &Made,
) -> Result<AtHand, Failed<Failure<ImportFault>>> {
    let (ground, name) = (&setting.ground, &ask.instance);
    let because = |fault| Failed::Because(Failure::Because(fault));
    let found = if is_name(name) { instances::asked(tx, name).await? } else { None };
    let found = found.filter(|found| found.instance.gone_at.is_none());
    let found = found.ok_or_else(|| because(ImportFault::UnknownInstance(name.clone())))?;
    let desk = ground.same(found.desk)?;
    let known = match &ask.code {
        Some(_) => codes::held_by_lookup(tx, &ready.lookup().pair()).await?.map(|Held { code, .. }| code),
        None => None,
    };
    let places = [found.own, found.of_account].into_iter().flatten().map(|places| places.changed_at);
    let known_at = known.as_ref().map(|known| known.changed_at);
    let followed = places.chain([desk.changed_at, found.instance.changed_at]).chain(known_at);
    let at = following(setting.now, followed)?;
    let edition = ground.rulebook.in_force(at).map_err(|error| because(error.into()))?;
    let mut facts = facts_of(&found.instance)?;
    let row = edition.row(&facts.product);
    facts.codes_issued = codes_issued(row, &found);
    let taken = u32::try_from(in_scope(row, &found).taken).unwrap_or(u32::MAX);
    let code = match &known {
        Some(known) => {
            Arriving::Known { stored: known.stored, here: known.instance == Some(found.instance.id) }
        }
        None if ask.code.is_some() => Arriving::New,
        None => Arriving::Unmade,
    };
    let (edition, rulebook) = (Arc::clone(edition), *ground.rulebook.digest());
    let arrived = Arrived { edition, rulebook, at, facts, taken, code };
    Ok(AtHand { found, known: known.map(|known| known.id), arrived })
}

fn ledger_row(
    ask: &ImportCode,
    setting: &Setting,
    found: &Asked,
    arrived: &Arrived,
    verdict: &Verdict,
    code: Option<CodeId>,
) -> Result<entries::EntryRow, DeskError> {
    let instance = [theirs("instance", &found.instance.name), ours("instance_id", found.instance.id.uuid())];
    let code = code.map(|code| ours("code", code.uuid()));
    let entry = Entry {
        ids: instance.into_iter().chain(code).collect(),
        edition: Some(arrived.edition.id.clone()),
        rulebook: Some(arrived.rulebook),
        decided: Some(verdict.record.clone()),
        ..entry(arrived.at.as_microsecond(), &ask.actor, kind(verdict.granted))
    };
    row(setting.entry, &entry)
}

/// What was asked is digested, so that the same request is known again; the digest alone is kept.
#[expect(clippy::ref_option, reason = "serde calls it so")]
fn as_text<S: Serializer>(code: &Option<ServiceCode>, to: S) -> Result<S::Ok, S::Error> {
    match code {
        Some(code) => to.collect_str(code),
        None => to.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rulebook::ALIYUN;

    const EDITION: &str = "2020-10-16";

    /// What the ledger says of a code that arrived, with so many places taken, of which `told` is said.
    fn said(code: Arriving, taken: u32, told: &str) -> (Vec<u8>, Published) {
        let rulebook = Published::read(ALIYUN.as_bytes()).unwrap();
        let facts = Facts {
            id: "js-1".to_owned(),
            product: "jushita-ecs".to_owned(),
            account: Some("acc-7".to_owned()),
            ..Facts::default()
        };
        let at = "2020-11-01T01:00:00Z".parse().unwrap();
        let edition = Arc::clone(rulebook.edition(EDITION).unwrap());
        let arrived = Arrived { edition, rulebook: *rulebook.digest(), at, facts, taken, code };
        let verdict = arrived.decide().unwrap();
        let record = String::from_utf8(verdict.record).unwrap().replace("\"taken\":4", told);
        let code = verdict.granted.map(|_| ours("code", uuid::Uuid::from_u128(7)));
        let entry = Entry {
            ids: code.into_iter().collect(),
            edition: Some(EDITION.to_owned()),
            rulebook: Some(*rulebook.digest()),
            decided: Some(record.into_bytes()),
            ..entry(at.as_microsecond(), &Actor::Kebei, kind(verdict.granted))
        };
        (entry.encode().unwrap(), rulebook)
    }

    #[test]
    fn what_the_ledger_says_of_an_import_is_decided_again_to_the_last_byte() {
        let known = Stored::ALL.into_iter().flat_map(|stored| [true, false].map(|here| (stored, here)));
        let known = known.map(|(stored, here)| Arriving::Known { stored, here });
        for code in known.chain([Arriving::New, Arriving::Unmade]) {
            for taken in [4, 5] {
                let (entry, rulebook) = said(code, taken, "\"taken\":4");
                let arrived = Arrived::verified(&EntryRef::decode(&entry).unwrap(), &rulebook).unwrap();
                assert_eq!((arrived.code, arrived.taken), (code, taken));
            }
        }
    }

    #[test]
    fn an_import_that_its_own_facts_do_not_bear_out_is_found() {
        let (entry, rulebook) = said(Arriving::New, 4, "\"taken\":5");
        let told = Arrived::verified(&EntryRef::decode(&entry).unwrap(), &rulebook).unwrap_err();
        assert_eq!(told, UnlikeDecided::Otherwise);
    }
}
