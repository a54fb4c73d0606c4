//! Everything that threatens numbers, by its day: what an operator looks through in the morning.

use super::{keep::risk_of, risks::today};
use crate::{
    Desk,
    access::Principal,
    access_log::{About, Looking},
    failure::{DeskError, Failed},
    orders::moment,
    registry::Numbered,
};
use filing::registry::{Next, Risk, WatchRule, Weight};
use jiff::Timestamp;
use store::{
    Tx, Unit, accounts,
    number_risks::{self, Behind, NumberRisk},
};

/// How many a page has at most.
pub const MOST_AT_RISK: u32 = 200;

/// Something that threatens a number, as the last round found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// Behind which the next page begins.
    pub behind: Behind,
    /// The number.
    pub number: String,
    /// The account, by its id in inventories.
    pub account: Option<String>,
    /// What threatens it.
    pub risk: Risk,
    /// What happens next unless somebody acts.
    pub next: Next,
    /// How much it weighs.
    pub weight: Weight,
    /// When it was noticed.
    pub noticed_at: Timestamp,
    /// When its owner was warned last.
    pub told_at: Option<Timestamp>,
}

impl Desk {
    /// What threatens numbers of every account, of one kind where `risk` is its word, by day, behind `after`, no more than `most` and
    /// [`MOST_AT_RISK`]. That somebody looked is in the access log before it is told.
    pub async fn numbers_at_risk(
        &self,
        by: &Principal,
        risk: Option<&str>,
        after: Option<Behind>,
        most: u32,
    ) -> Result<Vec<AtRisk>, DeskError> {
        let (risk, most) = (risk.map(str::to_owned), most.min(MOST_AT_RISK).into());
        let after = after.unwrap_or_else(|| (String::new(), store::RiskId::new(uuid::Uuid::nil())));
        let (rule, now) = (self.watch_rule(), self.now());
        let list = || List { rule, now, risk: risk.clone(), after: after.clone(), most };
        let found = self.read::<_, DeskError>(|_| Ok(list())).await?;
        self.note_looking(by, Looking::Number, About::default()).await?;
        Ok(found)
    }

    /// How many risks of each kind there are.
    pub async fn risk_counts(&self) -> Result<Vec<(String, i64)>, DeskError> {
        self.read::<_, DeskError>(|_| Ok(Counts)).await
    }
}

struct List {
    rule: WatchRule,
    now: Timestamp,
    risk: Option<String>,
    after: Behind,
    most: i64,
}

impl Unit for List {
    type Output = Vec<AtRisk>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let mut told = Vec::new();
        for row in number_risks::by_day(tx, self.risk.as_deref(), &self.after, self.most).await? {
            let (account, hosted) = match Numbered::find(tx, &row.number).await? {
                Some(found) => {
                    (accounts::by_id(tx, found.subject.account).await?, found.is_hosted(tx).await?)
                }
                None => (None, false),
            };
            let Some(risk) = risk_of(&row, hosted)? else { continue };
            let NumberRisk { id, number, day, weight, noticed_at, told: warned, warned_at, .. } = row;
            let next = risk.next(&self.rule, today(warned_at.map_or(self.now, moment)));
            told.push(AtRisk {
                behind: (day, id),
                number,
                account: account.map(|account| account.name),
                risk,
                next,
                weight,
                noticed_at: moment(noticed_at),
                told_at: warned.map(|(at, _)| moment(at)),
            });
        }
        Ok(told)
    }
}

struct Counts;

impl Unit for Counts {
    type Output = Vec<(String, i64)>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(number_risks::counts(tx).await?)
    }
}
