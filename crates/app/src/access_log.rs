//! The access log: who looked at what. The ledger holds decisions and changes; looking goes here.
//!
//! Whoever is shown something by a use case that is recorded gets his answer only once its line is durable. Lines are never
//! changed, and forgotten once their time is over ([`retention`](crate::retention)). They name ids and filing numbers alone: what somebody typed, and found nothing by, is not in them.

use crate::{
    Desk,
    access::{Principal, Right},
    failure::{DeskError, Failed},
    personal::Purpose,
};
use jiff::Timestamp;
use store::{
    AccessLineId, CodeId, OrderId, ProposalId, Tx, Unit,
    access_log::{self, Line},
};
use uuid::Uuid;

/// How many lines a page has at most.
pub const MOST_ACCESS_LINES: u32 = 200;

/// A kind of looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Looking {
    /// Why something is not possible, for an instance, a code, an account, a number or an order.
    WhyNot,
    /// The same, for something that was not found.
    WhyNotUnknown,
    /// The access log itself.
    AccessLog,
    /// An instance of somebody's account, with its decision.
    Instance,
    /// A page of the list of instances.
    Instances,
    /// A filing number with everything that happened to it.
    Number,
    /// What is filled in for an order, in clear.
    Order,
    /// A picture of an order.
    Picture,
    /// What a proposal would put on the blacklist, in clear.
    Proposal,
}

impl Looking {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::WhyNot,
        Self::WhyNotUnknown,
        Self::AccessLog,
        Self::Instance,
        Self::Instances,
        Self::Number,
        Self::Order,
        Self::Picture,
        Self::Proposal,
    ];

    /// As lines carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WhyNot => "why-not",
            Self::WhyNotUnknown => "why-not-unknown",
            Self::AccessLog => "access-log",
            Self::Instance => "instance",
            Self::Instances => "instances",
            Self::Number => "number",
            Self::Order => "order",
            Self::Picture => "order-picture",
            Self::Proposal => "proposal",
        }
    }
}

/// What is looked at: ids and filing numbers, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) instance: Option<String>,
    pub(crate) code: Option<CodeId>,
    pub(crate) account: Option<String>,
    pub(crate) as_of: Option<Timestamp>,
    pub(crate) order: Option<OrderId>,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) proposal: Option<ProposalId>,
    pub(crate) number: Option<String>,
}

/// A line of the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLine {
    /// Its id, behind which the next page begins.
    pub id: AccessLineId,
    /// When it was looked.
    pub at: Timestamp,
    /// Who looked: the name with which he signs in, or by which the system is known.
    pub who: String,
    /// The word of the kind of [`Looking`]; one that this program does not know is from a newer one.
    pub what: String,
    /// The instance that was looked at, as its seller names it.
    pub instance: Option<String>,
    /// The id of the code that was looked at.
    pub code: Option<CodeId>,
    /// The account that was looked at, by its id in inventories.
    pub account: Option<String>,
    /// As of when; `None` where it was asked about the present.
    pub as_of: Option<Timestamp>,
    /// The order that was looked at.
    pub order: Option<OrderId>,
    /// The word of the [`Purpose`] for which what is personal was looked at.
    pub purpose: Option<String>,
    /// The proposal that was looked at.
    pub proposal: Option<ProposalId>,
    /// The filing number that was looked at. It stands on home pages, so that it names nobody who is not named there.
    pub number: Option<String>,
}

/// Why the access log is not read.
#[derive(Debug, thiserror::Error)]
pub enum AccessLogError {
    /// Whoever asks may not read it.
    #[error("the right `{}` is needed", Right::ReadAccessLog)]
    NotAllowed,
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Lines of the access log, newest first, those that one process wrote in one microsecond as well, before the line `before`, no more than `most` and [`MOST_ACCESS_LINES`]. Reading
    /// it leaves one line itself, which is not among those.
    pub async fn access_log(
        &self,
        by: &Principal,
        before: Option<AccessLineId>,
        most: u32,
    ) -> Result<Vec<AccessLine>, AccessLogError> {
        if !by.may(Right::ReadAccessLog) {
            return Err(AccessLogError::NotAllowed);
        }
        let before = before.unwrap_or(AccessLineId::new(Uuid::max()));
        let most = most.min(MOST_ACCESS_LINES).into();
        let found = self.read::<_, DeskError>(|_| Ok(ReadLines { before, most })).await?;
        self.note_looking(by, Looking::AccessLog, About::default()).await?;
        Ok(found)
    }

    /// The same from the newest line on, no more than `most`, which leaves one line itself however many they are.
    pub async fn whole_access_log(
        &self,
        by: &Principal,
        most: usize,
    ) -> Result<Vec<AccessLine>, AccessLogError> {
        if !by.may(Right::ReadAccessLog) {
            return Err(AccessLogError::NotAllowed);
        }
        let mut found: Vec<AccessLine> = Vec::new();
        while found.len() < most {
            let before = found.last().map_or(AccessLineId::new(Uuid::max()), |line| line.id);
            let page = MOST_ACCESS_LINES.into();
            let page = self.read::<_, DeskError>(|_| Ok(ReadLines { before, most: page })).await?;
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        found.truncate(most);
        self.note_looking(by, Looking::AccessLog, About::default()).await?;
        Ok(found)
    }

    /// Writes that `by` looked. Called before what was seen is told: where this fails, nothing is.
    pub(crate) async fn note_looking(
        &self,
        by: &Principal,
        what: Looking,
        about: About,
    ) -> Result<(), DeskError> {
        let now = self.now();
        let About { instance, code, account, as_of, order, purpose, proposal, number } = about;
        let line = Line {
            id: self.chance().id_in_order(now),
            at: now.as_microsecond(),
            who: by.name().to_owned(),
            what: what.word().to_owned(),
            instance,
            code,
            account,
            as_of: as_of.map(Timestamp::as_microsecond),
            order,
            purpose: purpose.map(|purpose| purpose.word().to_owned()),
            proposal,
            number,
        };
        self.write::<_, DeskError>(|_| Ok(AddLine(line.clone()))).await
    }
}

struct AddLine(Line);

impl Unit for AddLine {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        Ok(access_log::add(tx, &self.0).await?)
    }
}

struct ReadLines {
    before: AccessLineId,
    most: i64,
}

impl Unit for ReadLines {
    type Output = Vec<AccessLine>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = access_log::before(tx, self.before, self.most).await?;
        Ok(found.into_iter().map(told).collect())
    }
}

fn told(line: Line) -> AccessLine {
    let Line { id, at, who, what, instance, code, account, as_of, order, purpose, proposal, number } = line;
    let moment = |at| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX);
    let (at, as_of) = (moment(at), as_of.map(moment));
    AccessLine { id, at, who, what, instance, code, account, as_of, order, purpose, proposal, number }
}
