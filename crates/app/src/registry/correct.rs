//! An operator corrects a number that was recorded with a slip of the keyboard: the bureau gave another. What is filed stays as it is,
//! and goes on under the number that it has in truth; the ledger keeps both.

use super::{
    numbered::{Numbered, all_of, tidied},
    revived::{CERTIFICATE, is_cancelled_of, is_cancelled_subject, is_cancelled_website},
    turning::Turning,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{Damage, DeskError, Failed},
    ledger_entry::{entry, ours, row, theirs},
    orders,
};
use filing::{
    checks::{FilingNumber, confirms},
    registry::{Event, Illegal, Machine, Who},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    OrderId, Tx, entries,
    numbers::{self, NumberStep, Renamed},
    subjects::{self, Mark, Subject},
    websites,
};

/// A number is to be corrected.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectNumber {
    /// Who records it.
    pub operator: Operator,
    /// As it was recorded: `浙ICP备12345678号`, or `浙ICP备12345678号-1`.
    pub number: String,
    /// As the bureau gave it. That of a website keeps the number of its subject.
    pub to: String,
    /// The digits of the number as it was recorded, where it is cancelled, to say that it is meant.
    pub confirmation: Option<String>,
}

/// Why a number is not corrected. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectFault {
    /// Nothing is filed here under that number.
    #[error("nothing is filed here under that number")]
    Unknown,
    /// It cannot happen to the number.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// The other cannot be what the bureau gave.
    #[error(transparent)]
    Unlike(#[from] Unlike),
    /// Something is filed here under the other number.
    #[error("something is filed here under `{0}`")]
    Taken(String),
    /// What goes on under the other number was cancelled under it, which is for ever.
    #[error("it was cancelled under `{0}`")]
    Revives(String),
    /// The number is cancelled, and its digits were not typed to confirm.
    #[error("what was typed are not the digits of `{0}`")]
    NotConfirmed(String),
    /// Orders under way name the number as it is: they are ended first.
    #[error("{} orders that are under way name the number", .0.len())]
    UnderWay(Vec<OrderId>),
}

/// Why a number cannot be what another was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unlike {
    /// It is no filing number.
    #[error("it is no filing number")]
    Unreadable,
    /// It is the same.
    #[error("it is the same number")]
    Same,
    /// One is that of a subject, the other that of a website; or one was filed and the other licensed.
    #[error("it is a number of another sort")]
    Sort,
    /// Another province gives such numbers.
    #[error("it is of another province")]
    Province,
    /// That of a website is of another subject.
    #[error("it is of another subject")]
    Subject,
}

/// What became of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// As it was recorded, and as it is now.
    pub number: (String, String),
    /// The same of the websites that went with their subject.
    pub websites: Vec<(String, String)>,
}

type Failing = Failed<Failure<CorrectFault>>;

impl Desk {
    /// Corrects a number, and with that of a subject those of its websites.
    pub async fn correct_number(
        &self,
        ask: CorrectNumber,
        key: IdempotencyKey,
    ) -> Result<Told<Corrected>, Failure<CorrectFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for CorrectNumber {
    const WORD: &'static str = "correct-number";
    type Ready = ();
    type Answer = Corrected;
    type Fault = CorrectFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = Numbered::find(tx, &self.number).await?.ok_or_else(|| because(CorrectFault::Unknown))?;
        let actor = self.actor();
        let turning = Turning {
            who: Who::Operator,
            reason: None,
            actor: &actor,
            order: None,
            edition: None,
            entry: setting.entry,
        };
        turning.turn(found.machine(), found.state(), Event::Correct).map_err(illegal)?;
        if found.state().is_final() && !self.is_confirmed(found.number()) {
            return Err(because(CorrectFault::NotConfirmed(found.number().to_owned())));
        }
        let corrected = self.corrected(tx, &found).await?;
        self.revives_none(tx, setting, &found, &corrected).await?;
        self.unnamed(tx, setting, found.number()).await?;
        let websites = all_of(tx, &found.subject).await?;
        let followed = websites.iter().map(|website| website.changed_at).chain([found.subject.changed_at]);
        let at = following(setting.now, followed)?.as_microsecond();
        write(tx, &turning, (&found, &corrected), at).await?;
        let ids = [
            Some(theirs("number", &corrected.number.0)),
            Some(theirs("number", &corrected.number.1)),
            Some(ours("subject", found.subject.id.uuid())),
            found.website.as_ref().map(|website| ours("website", website.id.uuid())),
        ];
        let entry = Entry {
            ids: ids.into_iter().flatten().collect(),
            decided: Some(decided(&corrected, &(), Vec::new())?),
            ..entry(at, &actor, "number.corrected")
        };
        tx.together(&[entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(corrected)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl CorrectNumber {
    /// What the number and those that go with it come to.
    async fn corrected(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Corrected, Failing> {
        let read = |number: &str| FilingNumber::read(&tidied(number)?).ok();
        let (Some(was), Some(to)) = (read(found.number()), read(&self.to)) else {
            return Err(because(Unlike::Unreadable.into()));
        };
        if let Some(unlike) = unlike(&was, &to) {
            return Err(because(unlike.into()));
        }
        let number = (found.number().to_owned(), to.to_string());
        let mut websites = Vec::new();
        if found.website.is_none() {
            for website in all_of(tx, &found.subject).await? {
                let nth = website.number.rsplit_once('-').map_or("", |(_, nth)| nth);
                websites.push((website.number.clone(), format!("{}-{nth}", to.subject)));
            }
        }
        for (_, to) in websites.iter().chain([&number]) {
            let taken =
                subjects::by_number(tx, to).await?.is_some() || websites::by_number(tx, to).await?.is_some();
            if taken {
                return Err(because(CorrectFault::Taken(to.clone())));
            }
        }
        Ok(Corrected { number, websites })
    }

    /// Refuses to bring back what was cancelled: filed anew under another number, it would come to its old one.
    async fn revives_none(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        found: &Numbered,
        corrected: &Corrected,
    ) -> Result<(), Failing> {
        let (subject, to) = (&found.subject, &corrected.number.1);
        if found.state().is_final() {
            return Ok(());
        }
        if found.website.is_none() && self.revives_subject(tx, subject, to).await? {
            return Err(because(CorrectFault::Revives(to.clone())));
        }
        for (was, to) in corrected.websites.iter().chain([&corrected.number]) {
            let Some(website) = websites::by_number(tx, was).await? else { continue };
            let domains = websites::domains(tx, website.id).await?;
            if is_cancelled_website(tx, &setting.ground, to, &domains).await? {
                return Err(because(CorrectFault::Revives(to.clone())));
            }
        }
        Ok(())
    }

    /// Whether a subject is one that was cancelled under its other number: by its certificate, and where none is known, by its account.
    async fn revives_subject(&self, tx: &mut Tx<'_>, subject: &Subject, to: &str) -> Result<bool, Failing> {
        let certificates = subjects::certificates(tx, subject.id).await?;
        if certificates.is_empty() {
            return Ok(is_cancelled_of(tx, to, subject.account, subject.id).await?);
        }
        let marks =
            certificates.into_iter().map(|mark| Mark { kind: CERTIFICATE, mark, subject: subject.id });
        Ok(is_cancelled_subject(tx, to, &marks.collect::<Vec<_>>()).await?)
    }

    fn is_confirmed(&self, number: &str) -> bool {
        self.confirmation.as_deref().is_some_and(|typed| confirms(typed, number))
    }

    /// Refuses while orders that are under way name the number: what is filled in for them is sealed, and would name nothing.
    async fn unnamed(&self, tx: &mut Tx<'_>, setting: &Setting, number: &str) -> Result<(), Failing> {
        let Ok(read) = FilingNumber::read(number) else { return Ok(()) };
        let under_way = orders::naming(tx, &setting.ground, &read).await?;
        if under_way.is_empty() { Ok(()) } else { Err(because(CorrectFault::UnderWay(under_way))) }
    }
}

/// Why the bureau cannot have given `to` for what was recorded as `was`.
fn unlike(was: &FilingNumber, to: &FilingNumber) -> Option<Unlike> {
    if was == to {
        Some(Unlike::Same)
    } else if was.is_filed != to.is_filed || was.website.is_some() != to.website.is_some() {
        Some(Unlike::Sort)
    } else if was.province != to.province {
        Some(Unlike::Province)
    } else if to.website.is_some() && was.subject != to.subject {
        Some(Unlike::Subject)
    } else {
        None
    }
}

/// Everything goes on under its new number, with what happened to it under the old one.
async fn write(
    tx: &mut Tx<'_>,
    turning: &Turning<'_>,
    (found, corrected): (&Numbered, &Corrected),
    at: i64,
) -> Result<(), Failing> {
    let turn = |machine, state| turning.turn(machine, state, Event::Correct).map_err(illegal);
    let step = |(was, is): &(String, String), turn| NumberStep {
        was: Some(was.clone()),
        ..turning.step(is, turn, at)
    };
    let mut steps = vec![step(&corrected.number, turn(found.machine(), found.state())?)];
    for named in &corrected.websites {
        let website = websites::by_number(tx, &named.0).await?;
        if let Some(website) = website {
            steps.push(step(named, turn(Machine::Website, website.state)?));
        }
    }
    let renamed = |(was, is)| Renamed::new(was, is, at);
    let itself = renamed((&corrected.number.0, &corrected.number.1));
    let below: Vec<_> = corrected.websites.iter().map(|(was, is)| renamed((was, is))).collect();
    let mut rows = vec![if found.website.is_some() { itself.website() } else { itself.subject() }];
    rows.extend(below.iter().map(Renamed::website));
    if tx.together(&rows).await?.contains(&0) {
        let fault = "its number changed meanwhile".to_owned();
        return Err(DeskError::from(Damage::Sealed { row: found.subject.id.uuid(), fault }).into());
    }
    // How many there were does not matter.
    let all: Vec<_> = std::iter::once(&itself).chain(&below).flat_map(Renamed::below).collect();
    tx.together(&all).await?;
    let steps: Vec<_> = steps.iter().map(NumberStep::write).collect();
    tx.together(&steps.iter().map(numbers::NewNumberStep::adding).collect::<Vec<_>>()).await?;
    Ok(())
}

fn illegal(illegal: Illegal) -> Failing {
    because(CorrectFault::Illegal(illegal))
}

fn because(fault: CorrectFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
