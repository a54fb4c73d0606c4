//! What has a number: a subject, or one of its websites.

use crate::{Actor, failure::DeskError};
use filing::{
    orders::{FiledNumber, Form},
    registry::{Machine, State},
};
use store::{
    Tx, WebsiteId, numbers,
    subjects::{self, Subject},
    websites::{self, Website},
};
use uuid::Uuid;

/// Websites of one subject that are read at once.
const AT_ONCE: i64 = 200;

/// What has a number, whoever's and wherever it stands.
#[derive(Clone, Debug)]
pub(crate) struct Numbered {
    pub(crate) subject: Subject,
    /// The website whose number it is; `None` where it is the subject's.
    pub(crate) website: Option<Website>,
}

impl Numbered {
    /// What has that number, whichever way it was typed; `None` where nothing has.
    pub(crate) async fn find(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Self>, DeskError> {
        let Some(number) = tidied(typed) else { return Ok(None) };
        Ok(match websites::by_number(tx, &number).await? {
            Some(website) => {
                let subject = subjects::by_id(tx, website.subject).await?;
                subject.map(|subject| Self { subject, website: Some(website) })
            }
            None => subjects::by_number(tx, &number).await?.map(|subject| Self { subject, website: None }),
        })
    }

    /// What has that number, or was recorded under it before that was corrected, whichever way it was typed: what has it now comes first,
    /// then what was corrected last. Whoever asks what happened to a number is led to where it goes on.
    pub(crate) async fn find_ever(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Self>, DeskError> {
        let mut all: Vec<_> = Self::find(tx, typed).await?.into_iter().collect();
        let Some(number) = tidied(typed) else { return Ok(all) };
        for now in numbers::corrected_to(tx, &number).await? {
            all.extend(Self::find(tx, &now).await?);
        }
        Ok(all)
    }

    pub(crate) const fn machine(&self) -> Machine {
        match self.website {
            Some(_) => Machine::Website,
            None => Machine::Subject,
        }
    }

    pub(crate) fn number(&self) -> &str {
        self.website.as_ref().map_or(&self.subject.number, |website| &website.number)
    }

    pub(crate) fn state(&self) -> State {
        self.website.as_ref().map_or(self.subject.state, |website| website.state)
    }

    /// Whether somebody may say of it what nobody tells the desk by itself: an account of its own numbers, staff of all.
    pub(crate) fn is_spoken_of_by(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Account(asker) => asker.id() == self.subject.account,
            Actor::Staff(_) | Actor::Partner(_) | Actor::Kebei => true,
        }
    }

    /// The websites that the number is about, but those that are cancelled.
    pub(crate) async fn concerned(&self, tx: &mut Tx<'_>) -> Result<Vec<Website>, DeskError> {
        match &self.website {
            Some(website) => Ok(vec![website.clone()]),
            None => self.siblings(tx).await,
        }
    }

    /// Whether the website, or one of the subject, is hosted here.
    pub(crate) async fn is_hosted(&self, tx: &mut Tx<'_>) -> Result<bool, DeskError> {
        Ok(self.concerned(tx).await?.iter().any(|website| website.state == State::Active))
    }

    /// All websites of the subject, but those that are cancelled.
    pub(crate) async fn siblings(&self, tx: &mut Tx<'_>) -> Result<Vec<Website>, DeskError> {
        let mut all = all_of(tx, &self.subject).await?;
        all.retain(|website| !website.state.is_final());
        Ok(all)
    }
}

/// All websites of a subject, cancelled ones too, by their numbers. None is left out: what ends with a subject ends all of them.
pub(crate) async fn all_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Website>, DeskError> {
    let (mut all, mut after) = (Vec::new(), WebsiteId::new(Uuid::nil()));
    loop {
        let page = websites::of_subject(tx, subject.id, after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        all.extend(page);
    }
    // `…-10` comes after `…-9`.
    all.sort_by(|one, other| (one.number.len(), &one.number).cmp(&(other.number.len(), &other.number)));
    Ok(all)
}

/// A number as it is kept: without spaces, and with narrow digits.
pub(super) fn tidied(typed: &str) -> Option<String> {
    let target = Some(FiledNumber { number: Some(typed.to_owned()) });
    Form { target, ..Form::default() }.tidied().target?.number
}
