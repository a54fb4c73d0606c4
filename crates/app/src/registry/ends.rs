//! An operator records that an access ended or that a number was cancelled, where no order asked for it.

use super::{
    drops::Due, known_better::contradiction, numbered::Numbered, turning::Turning, writing::Writing,
};
use crate::{
    Actor,
    clock::following,
    deed::{Setting, decided},
    failure::{Failed, Failure},
    ledger_entry::{entry, ours, row, theirs},
    orders,
};
use filing::{
    checks::FilingNumber,
    registry::{Event, Illegal, Reason, State, Who},
};
use jiff::{Timestamp, civil::Date};
use ledger::Entry;
use serde::{Deserialize, Serialize};
use store::{Tx, entries};

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
    /// Other providers host the website, or websites of the subject, as somebody said, so that it is not one that is hosted nowhere.
    #[error("other providers host `{}`", .0.join("`, `"))]
    HostedElsewhere(Vec<String>),
    /// Nothing is to be mended under the number or its subject's, so that no access ends for that.
    #[error("nothing was found untrue")]
    NothingUntrue,
    /// What was found untrue can still be mended on that day.
    #[error("it can be mended until `{0}`")]
    Mendable(Date),
    /// The owner was not warned of it: when it was recorded, something that is kept of the number could not be read.
    #[error("the owner was not warned")]
    NotWarned,
    /// It is to end as its instance is no more, and is hosted on one that runs.
    #[error("`{instance}` runs")]
    Runs {
        /// The instance, as its seller names it.
        instance: String,
        /// Until when; `None` where it is paid for as it is used.
        until: Option<Timestamp>,
    },
    /// It is to end as somebody else holds its domain, and the registration of each of its domains runs.
    #[error("`{domain}` is registered until `{until}`")]
    Held {
        /// One of its domains.
        domain: String,
        /// The last day of its registration, as somebody said.
        until: Date,
    },
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
        if let Some(fault) = contradiction(tx, &found, reason, setting.now).await? {
            return Err(because(fault));
        }
        let mut websites = Vec::new();
        match (event, found.website.clone()) {
            (Event::Cancel, None) => {
                for website in found.siblings(tx).await? {
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
