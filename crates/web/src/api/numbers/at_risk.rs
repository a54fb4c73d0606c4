//! `GET /api/v1/numbers/at-risk`: what threatens numbers, by its day, a page at a time.

use super::shapes::RiskBody;
use crate::{
    answer::time,
    api::page::{Page, Paged},
    body::Query,
    caller::{May, ReadNumbers},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::watch::{AtRisk, Behind};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::{IntoParams, ToSchema};

/// The address of the list.
const ADDRESS: &str = "/api/v1/numbers/at-risk";

/// What may threaten a number.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RiskWord {
    /// The instance is gone.
    InstanceReleased,
    /// The term of the instance has ended.
    InstanceExpired,
    /// What is filed was found untrue.
    InformationUntrue,
    /// The term of a domain has ended.
    DomainEnded,
    /// No resolver finds a domain.
    DomainGone,
    /// The website is hosted nowhere here.
    HostedNowhere,
    /// A domain leads to servers that are not ours.
    PointsElsewhere,
    /// The term of the instance ends soon.
    InstanceExpiring,
    /// The term of a domain ends soon.
    DomainEnding,
    /// The number is not at the foot of the home page.
    NumberNotShown,
    /// The instance no longer meets the rules.
    InstanceUnfit,
}

impl RiskWord {
    const fn word(self) -> &'static str {
        match self {
            Self::InstanceReleased => "instance-released",
            Self::InstanceExpired => "instance-expired",
            Self::InformationUntrue => "information-untrue",
            Self::DomainEnded => "domain-ended",
            Self::DomainGone => "domain-gone",
            Self::HostedNowhere => "hosted-nowhere",
            Self::PointsElsewhere => "points-elsewhere",
            Self::InstanceExpiring => "instance-expiring",
            Self::DomainEnding => "domain-ending",
            Self::NumberNotShown => "number-not-shown",
            Self::InstanceUnfit => "instance-unfit",
        }
    }
}

/// Which page of the list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AtRiskAsked {
    /// Only risks of that kind.
    #[param(inline)]
    risk: Option<RiskWord>,
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<String>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
}

/// Something that threatens a number, as the last round of the watch found it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AtRiskBody {
    /// The number.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// The account, as inventories name it.
    #[schema(example = "acc-7")]
    account: Option<String>,
    #[serde(flatten)]
    risk: RiskBody,
    /// When it was noticed.
    #[schema(format = DateTime)]
    noticed_at: String,
    /// When its owner was warned last; null where he was not.
    #[schema(format = DateTime)]
    told_at: Option<String>,
    #[serde(skip)]
    cursor: Cursor,
}

impl AtRiskBody {
    fn of(found: AtRisk, lang: Lang) -> Self {
        let AtRisk { behind, number, account, risk, next, weight, noticed_at, told_at } = found;
        Self {
            number,
            account,
            risk: RiskBody::of(&risk, weight, next, lang),
            noticed_at: time(noticed_at),
            told_at: told_at.map(time),
            cursor: Cursor(behind),
        }
    }
}

/// A place in the list: a day and a risk, `2026-11-30.01929b3e-…`.
#[derive(Clone, Debug)]
struct Cursor(Behind);

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_once('.').ok_or(())?;
        day.parse::<jiff::civil::Date>().map_err(|_| ())?;
        Ok(Self((day.to_owned(), id.parse().map_err(|_| ())?)))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self((day, id)) = self;
        write!(f, "{day}.{id}")
    }
}

/// Numbers at risk
///
/// What threatens numbers of every account unless somebody acts, the earliest day first, as the last round of the watch found it. That
/// somebody looked is recorded.
#[utoipa::path(
    get,
    path = "/api/v1/numbers/at-risk",
    tag = "numbers",
    params(AtRiskAsked),
    responses(
        (status = 200, description = "A page of risks", body = Page<AtRiskBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["read-numbers"])),
)]
pub(crate) async fn list_numbers_at_risk(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ReadNumbers>,
    Query(AtRiskAsked { risk, cursor, limit }): Query<AtRiskAsked>,
) -> Result<Page<AtRiskBody>, Problem> {
    let after: Option<Cursor> = cursor
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|()| Problem::new(Kind::Unreadable, lang).saying(Say::BadCursor.to_text(lang)))?;
    let (word, paged) = (risk.map(RiskWord::word), Paged::new(limit, lang));
    let after = after.map(|Cursor(behind)| behind);
    let found = site.desk.numbers_at_risk(&by, word, after, paged.most() + 1).await.or_told(lang)?;
    let mut items: Vec<_> = found.into_iter().map(|one| AtRiskBody::of(one, lang)).collect();
    let more = items.len() > paged.most() as usize;
    items.truncate(paged.most() as usize);
    let next = items.last().filter(|_| more).map(|item| item.cursor.to_string());
    let repeated: Vec<_> = word.map(|word| ("risk", word.to_owned())).into_iter().collect();
    Ok(paged.going_on(items, next, ADDRESS, &repeated))
}
