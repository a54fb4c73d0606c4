//! An operator records that an access ended or that a number was cancelled, where no order asked for it.

use super::{drops::Due, numbered::Numbered, turning::Turning, writing::Writing};
use crate::{
    Actor,
    clock::following,
    deed::{Setting, decided},
    failure::{Failed, Failure},
    ledger_entry::{entry, ours, row, theirs},
    orders,
    watch::{mend_by, today},
};
use filing::{
    checks::FilingNumber,
    registry::{Event, Illegal, Reason, Risk, State, Who},
};
use jiff::civil::Date;
use ledger::Entry;
use serde::{Deserialize, Serialize};
use store::{
    Tx, WebsiteId, entries,
    number_risks::{self, NumberRisk},
};

/// Why nothing is recorded. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing is filed here under that number.
    #[error("nothing is filed here under that number")]
    Unknown,
    /// It cannot happen to the number.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// What was typed to confirm are not the digits of the number.
    #[error("what was typed are not the digits of `{number}`")]
    NotConfirmed {
        /// The number.
        number: String,
    },
    /// Websites of the subject are hosted here still, so that it is not one that is hosted nowhere.
    #[error("`{}` are hosted here", .0.join("`, `"))]
    HostedHere(Vec<String>),
    /// Nothing is to be mended under the number or its subject's, so that no access ends for that.
    #[error("nothing was found untrue")]
    NothingUntrue,
    /// What was found untrue can still be mended on that day.
    #[error("it can be mended until `{0}`")]
    Mendable(Date),
    /// The owner was not warned of it: when it was recorded, something that is kept of the number could not be read.
    #[error("the owner was not warned")]
    NotWarned,
}

/// What became of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The number.
    pub number: String,
    /// What happened to it.
    #[serde(with = "event_word")]
    pub event: Event,
    /// Why.
    #[serde(with = "reason_word")]
    pub reason: Reason,
    /// Where it stands now.
    #[serde(with = "state_word")]
    pub state: State,
    /// The numbers of the websites that ended with it, where it is a subject's.
    pub websites: Vec<String>,
    /// How many places came back to quotas.
    pub restored: usize,
    /// Orders under way that name the number, by their ids: what ended can no longer be filed.
    #[serde(default)]
    pub under_way: Vec<String>,
}

/// Something that ends.
pub(super) struct Ending<'a> {
    pub(super) setting: &'a Setting,
    pub(super) actor: &'a Actor,
    pub(super) who: Who,
    pub(super) event: Event,
    pub(super) reason: Reason,
    /// The ledger's kind of the entry.
    pub(super) kind: &'static str,
    /// Why it fell due, where the desk ends it by itself.
    pub(super) due: Option<&'a Due>,
}

type Failing = Failed<Failure<NumberFault>>;

impl Ending<'_> {
    /// Ends it, with its entry.
    pub(super) async fn end(self, tx: &mut Tx<'_>, found: Numbered) -> Result<Ended, Failing> {
        let Self { setting, actor, who, event, reason, kind, due } = self;
        let edition = setting.ground.rulebook.in_force(setting.now).ok();
        let restores = setting.ground.restores_places(setting.now);
        let edition = edition.map(|edition| edition.id.as_str());
        let turning =
            Turning { who, reason: Some(reason), actor, order: None, edition, entry: setting.entry };
        let number = found.number().to_owned();
        let ids = [
            Some(theirs("number", &number)),
            Some(ours("subject", found.subject.id.uuid())),
            found.website.as_ref().map(|website| ours("website", website.id.uuid())),
        ];
        let mut writing = Writing::default();
        let state = turning.turn(found.machine(), found.state(), event).map_err(illegal)?.to;
        if reason == Reason::InformationUntrue {
            not_mended(tx, &found, today(setting.now)).await?;
        }
        let mut websites = Vec::new();
        match (event, found.website.clone()) {
            (Event::Cancel, None) => {
                let all = found.siblings(tx).await?;
                if reason == Reason::AccessDroppedTooLong {
                    hosted_nowhere(&all)?;
                }
                for website in all {
                    websites.push(website.number.clone());
                    writing.cancels(tx, &turning, website, restores).await?.map_err(illegal)?;
                }
                writing.turns_subject(&turning, found.subject, event).map_err(illegal)?;
            }
            (Event::Cancel, Some(website)) => {
                writing.cancels(tx, &turning, website, restores).await?.map_err(illegal)?;
            }
            (_, website) => {
                if let Some(website) = website {
                    writing.drops(tx, &turning, website).await?.map_err(illegal)?;
                }
            }
        }
        let at = following(setting.now, writing.followed())?.as_microsecond();
        let under_way = match FilingNumber::read(&number) {
            Ok(read) => orders::naming(tx, &setting.ground, &read).await?,
            Err(_) => Vec::new(),
        };
        let under_way = under_way.iter().map(ToString::to_string).collect();
        let ended = Ended { number, event, reason, state, websites, restored: writing.restored(), under_way };
        let names: Vec<_> = writing.names().map(|(name, id)| ours(name, id)).collect();
        let edition = edition.map(str::to_owned);
        writing.write(tx, &turning, at).await?;
        let entry = Entry {
            ids: ids.into_iter().flatten().chain(names).collect(),
            edition,
            decided: Some(decided(&ended, &due, Vec::new())?),
            ..entry(at, actor, kind)
        };
        tx.together(&[entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(ended)
    }
}

/// A subject is cancelled as one that is hosted nowhere only where that is so.
fn hosted_nowhere(websites: &[store::websites::Website]) -> Result<(), Failing> {
    let hosted: Vec<_> = websites
        .iter()
        .filter(|website| website.state == State::Active)
        .map(|website| website.number.clone())
        .collect();
    if hosted.is_empty() { Ok(()) } else { Err(because(NumberFault::HostedHere(hosted))) }
}

/// An access is dropped for what is untrue only where that is recorded, of the website or of its subject, its day has passed, and its
/// owner was warned of that day.
async fn not_mended(tx: &mut Tx<'_>, found: &Numbered, today: Date) -> Result<(), Failing> {
    let row = WebsiteId::new(found.subject.id.uuid());
    let own = mend_by(tx, row, found.number()).await?.map(|day| (day, found.number()));
    let number = &*found.subject.number;
    let subjects = mend_by(tx, row, number).await?.map(|day| (day, number));
    match own.into_iter().chain(subjects).min() {
        None => Err(because(NumberFault::NothingUntrue)),
        Some((day, _)) if day >= today => Err(because(NumberFault::Mendable(day))),
        Some((day, number)) => {
            let warned = Risk::Untrue { mend_by: day, hosted: true };
            let known = number_risks::of_number(tx, number).await?;
            let is_warned = |row: &NumberRisk| {
                row.risk == warned.word() && row.day == day.to_string() && row.told.is_some()
            };
            if known.iter().any(is_warned) { Ok(()) } else { Err(because(NumberFault::NotWarned)) }
        }
    }
}

/// What has that number, to somebody of the staff.
pub(super) async fn found(tx: &mut Tx<'_>, number: &str) -> Result<Numbered, Failing> {
    Numbered::find(tx, number).await?.ok_or_else(|| because(NumberFault::Unknown))
}

fn illegal(illegal: Illegal) -> Failing {
    because(NumberFault::Illegal(illegal))
}

pub(super) fn because(fault: NumberFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}

/// Words of the tables, as entries of the ledger carry them.
macro_rules! words {
    ($name:ident, $of:ty) => {
        mod $name {
            use serde::{Deserialize, Deserializer, Serializer, de::Error};

            pub(super) fn serialize<S: Serializer>(word: &$of, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(word.word())
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$of, D::Error> {
                let word = String::deserialize(from)?;
                <$of>::from_word(&word).ok_or_else(|| D::Error::custom("no such word"))
            }
        }
    };
}

words!(event_word, filing::registry::Event);
words!(reason_word, filing::registry::Reason);
words!(state_word, filing::registry::State);
