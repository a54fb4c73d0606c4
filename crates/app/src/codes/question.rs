//! May these codes be issued? A question with all that its answer rests on, so that it can be answered again years later.

use super::issue::IssueError;
use crate::{
    Asker,
    clock::following,
    failure::{Damage, Failed},
    ground::{Ground, Published},
    instances::facts_of,
};
use filing::codes::{Asking, Issue, IssueRefusal, Refusal, Refused, issue};
use jiff::Timestamp;
use ledger::EntryRef;
use rulebook::{CodeMade, Decision, Edition, Facts, Finding, Row, Scope, VerifiedBy, decide};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};
use std::{num::NonZero, sync::Arc};
use store::{
    Tx,
    instances::{self, Asked},
};

/// May `codes` codes be issued on that instance, to whoever asks, at that time, by that edition?
#[derive(Clone, Debug)]
pub struct Question {
    edition: Arc<Edition>,
    rulebook: [u8; 32],
    facts: Facts,
    at: Timestamp,
    asker: String,
    codes: NonZero<u32>,
}

/// What the ledger keeps of a question and its answer, as JSON: everything from which the answer can be found again.
#[derive(Serialize)]
struct Decided<'q> {
    facts: &'q Facts,
    asker: &'q str,
    codes: NonZero<u32>,
    verdict: &'static str,
    findings: Vec<Found<'q>>,
    refused: Vec<&'static str>,
}

/// A finding with its figures; sentences may be worded better tomorrow, figures stand.
struct Found<'q>(Finding<'q>);

impl Serialize for Found<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(finding) = self;
        let mut map = to.serialize_struct("Finding", 3)?;
        map.serialize_field("code", finding.code.word())?;
        map.serialize_field("required", &finding.required)?;
        map.serialize_field("actual", &finding.actual)?;
        map.end()
    }
}

/// The question part of [`Decided`].
#[derive(Deserialize)]
struct Recorded {
    facts: Facts,
    asker: String,
    codes: NonZero<u32>,
}

/// An entry of the ledger that does not say what its own facts lead to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlikeDecided {
    /// It does not say what was decided on, or not in a form that can be read.
    #[error("it does not say what was decided on: {0}")]
    Unreadable(String),
    /// The rulebook has no such edition.
    #[error("the rulebook has no edition `{0}`")]
    NoEdition(String),
    /// Its facts lead to another decision today.
    #[error("its facts lead to another decision")]
    Otherwise,
}

impl Question {
    /// The question that an entry of the ledger says was decided, once its answer was found again from its own facts, to
    /// the last byte. `rulebook` is the one that the entry names.
    pub fn of_entry(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let unreadable = |fault: &str| UnlikeDecided::Unreadable(fault.to_owned());
        let decided = entry.decided.ok_or_else(|| unreadable("nothing is there"))?;
        let Recorded { facts, asker, codes } =
            serde_json::from_slice(decided).map_err(|error| unreadable(&error.to_string()))?;
        let edition = entry.edition.ok_or_else(|| unreadable("it names no edition"))?;
        let edition = rulebook.edition(edition).map_err(|_| UnlikeDecided::NoEdition(edition.to_owned()))?;
        let at = Timestamp::from_microsecond(entry.at).map_err(|error| unreadable(&error.to_string()))?;
        let digest = *rulebook.digest();
        let question = Self { edition: Arc::clone(edition), rulebook: digest, facts, at, asker, codes };
        let again = question.decided().map_err(|damage| unreadable(&damage.to_string()))?;
        if again == decided && entry.rulebook == Some(&digest) {
            Ok(question)
        } else {
            Err(UnlikeDecided::Otherwise)
        }
    }

    /// Answers it, and hands the decision and the answer to `tell`.
    pub fn judge<T>(
        &self,
        tell: impl FnOnce(&Decision<'_>, Result<Issue, Refused<IssueRefusal<'_>>>) -> T,
    ) -> T {
        let decision = decide(&self.edition, &self.facts, self.at, Some(&self.asker));
        // The desk knows no subjects yet, so none that is on a blacklist.
        let asking = Asking { decision: &decision, blacklisted: false };
        tell(&decision, issue(&asking, self.codes))
    }

    /// What the ledger keeps of it.
    pub(crate) fn decided(&self) -> Result<Vec<u8>, Damage> {
        let json = self.judge(|decision, answer| {
            let refused = answer.err();
            let reasons = refused.iter().flat_map(Refused::reasons);
            serde_json::to_vec(&Decided {
                facts: &self.facts,
                asker: &self.asker,
                codes: self.codes,
                verdict: decision.verdict().word(),
                findings: decision.findings().map(Found).collect(),
                refused: reasons.map(Refusal::word).collect(),
            })
        });
        json.map_err(|error| Damage::Facts { instance: self.facts.id.clone(), fault: error.to_string() })
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
        &self.facts
    }

    /// When it is asked.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// How many codes are asked for.
    pub const fn codes(&self) -> NonZero<u32> {
        self.codes
    }

    /// What the edition says of the product.
    pub(crate) fn row(&self) -> Option<&Row> {
        self.edition.row(&self.facts.product)
    }
}

/// Reads what is known of an instance, and asks whether `asker` gets `codes` codes on it. The time is now, but later than all
/// that the question follows.
pub(crate) async fn read(
    tx: &mut Tx<'_>,
    ground: &Ground,
    instance: &str,
    asker: &Asker,
    codes: NonZero<u32>,
    now: Timestamp,
) -> Result<(Asked, Question), Failed<IssueError>> {
    let found = instances::asked(tx, instance).await?.filter(|found| found.instance.gone_at.is_none());
    let found = found.ok_or_else(|| Failed::Because(IssueError::UnknownInstance(instance.to_owned())))?;
    let desk = ground.same(found.desk)?;
    let changes = [found.own, found.of_account].into_iter().flatten().map(|places| places.changed_at);
    let at = following(now, changes.chain([desk.changed_at]));
    let edition = ground.rulebook.in_force(at).map_err(|error| Failed::Because(error.into()))?;
    let mut facts = facts_of(&found.instance)?;
    facts.codes_issued = codes_issued(edition.row(&facts.product), &found);
    let question = Question {
        edition: Arc::clone(edition),
        rulebook: *ground.rulebook.digest(),
        facts,
        at,
        asker: asker.name.clone(),
        codes,
    };
    Ok((found, question))
}

/// The fact `codes_issued` (SPEC 3.2): places taken in the quota's scope, or places in use for products whose codes are
/// made with the purchase or that need none.
fn codes_issued(row: Option<&Row>, asked: &Asked) -> u32 {
    let per_account = row.and_then(Row::quota).is_some_and(|quota| quota.per == Scope::Account);
    let places = if per_account { asked.of_account } else { asked.own }.unwrap_or_default();
    let by_use = row.is_some_and(|row| {
        row.verified_by.value == VerifiedBy::HostPassword || row.code_made.value == CodeMade::OnPurchase
    });
    u32::try_from(if by_use { places.used } else { places.taken }).unwrap_or(u32::MAX)
}
