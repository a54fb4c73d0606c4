//! What proposals look like in JSON.

use crate::answer::time;
use app::two_people::{Extent, Measure, Outcome, ProposalInShort, ThingKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of thing is on the blacklist.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BlacklistThing {
    /// A registrable domain (域名).
    Domain,
    /// The certificate of a subject (证件号码).
    Certificate,
    /// The name of a subject (主体名称).
    SubjectName,
    /// The name of a website (网站名称).
    WebsiteName,
}

impl From<ThingKind> for BlacklistThing {
    fn from(kind: ThingKind) -> Self {
        match kind {
            ThingKind::Domain => Self::Domain,
            ThingKind::Certificate => Self::Certificate,
            ThingKind::SubjectName => Self::SubjectName,
            ThingKind::WebsiteName => Self::WebsiteName,
        }
    }
}

/// What is done once a second person agrees.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MeasureKind {
    /// Something is put on the blacklist (列入黑名单).
    List,
    /// Something is taken off it (移出黑名单).
    Unlist,
    /// A number is cancelled by order of an authority (主管部门要求注销).
    Cancel,
}

/// What is proposed. What belongs to another kind is null.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureBody {
    /// What is done.
    kind: MeasureKind,
    /// What kind of thing comes on the blacklist or off it.
    thing: Option<BlacklistThing>,
    /// The entry that is taken off it.
    entry: Option<String>,
    /// Why: `by-authority`, `unlawful-content` or `false-information`; `by-authority` or `mistake` where something is taken off;
    /// always `by-authority` where a number is cancelled.
    #[schema(example = "unlawful-content")]
    reason: &'static str,
    /// The number that is cancelled.
    #[schema(example = "浙ICP备12345678号-1")]
    number: Option<String>,
    /// Whether it is a serious case: the subject ends with all its websites, and its certificate and the names of the websites
    /// concerned go on the blacklist.
    serious: bool,
    /// Whether their domains do too.
    domains: bool,
}

impl From<&Measure> for MeasureBody {
    fn from(measure: &Measure) -> Self {
        let none = |kind, reason| Self {
            kind,
            thing: None,
            entry: None,
            reason,
            number: None,
            serious: false,
            domains: false,
        };
        match measure {
            Measure::List { thing, reason } => {
                Self { thing: Some((*thing).into()), ..none(MeasureKind::List, reason.word()) }
            }
            Measure::Unlist { entry, thing, reason } => Self {
                thing: Some((*thing).into()),
                entry: Some(entry.to_string()),
                ..none(MeasureKind::Unlist, reason.word())
            },
            Measure::Cancel { number, extent } => Self {
                number: Some(number.clone()),
                serious: matches!(extent, Extent::Serious { .. }),
                domains: matches!(extent, Extent::Serious { domains: true }),
                ..none(MeasureKind::Cancel, "by-authority")
            },
        }
    }
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProposalOutcome {
    /// Somebody else agreed, and it was done.
    Agreed,
    /// It was declined, or taken back.
    Declined,
}

impl From<Outcome> for ProposalOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Agreed => Self::Agreed,
            Outcome::Declined => Self::Declined,
        }
    }
}

/// A proposal that waits for a second person. What it names is told of one alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenProposal {
    /// Its id.
    pub(super) id: String,
    /// What is proposed.
    measure: MeasureBody,
    /// Who proposed it.
    #[schema(example = "qian")]
    proposed_by: String,
    /// When.
    #[schema(format = DateTime)]
    proposed_at: String,
}

impl From<ProposalInShort> for OpenProposal {
    fn from(proposal: ProposalInShort) -> Self {
        Self {
            id: proposal.id.to_string(),
            measure: (&proposal.measure).into(),
            proposed_by: proposal.proposed_by,
            proposed_at: time(proposal.proposed_at),
        }
    }
}
