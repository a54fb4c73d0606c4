//! What can go wrong with rulebooks that two people publish, as problems.

use super::{Fault, Kind, Problem};
use crate::words::Say;
use app::rulebooks::{
    PublishError,
    proposed::{
        AgreeToRulebookFault, DeclineRulebookFault, LONGEST_REASON, MOST_OPEN, ProposeRulebookFault, Stale,
    },
};
use rulebook::Lang;

impl Fault for ProposeRulebookFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Publish(fault) => fault.problem(lang),
            Self::InForce => {
                Problem::against(lang, "", "in-force", Say::RulebookInForce, Say::NothingToPropose)
            }
            Self::TooMany => {
                let say = Say::TooManyProposals { most: MOST_OPEN };
                Problem::against(lang, "", "too-many-proposals", say, Say::DecideSomeProposals)
            }
            Self::ProposedAlready { proposal, by } => {
                let proposal = &proposal.to_string();
                let say = Say::RulebookProposedAlready { by, proposal };
                Problem::against(lang, "", "proposed-already", say, Say::DecideThatOne)
            }
        }
    }
}

impl Fault for Stale {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            // What was kept is at fault, and not what is sent.
            Self::Publish(PublishError::Faulty(faults)) => {
                faults.0.iter().fold(Problem::new(Kind::Refused, lang), |told, fault| {
                    let suggestion = Say::ProposeDraftAnew.to_text(lang);
                    let told = told.with(&fault.path, "rulebook-fault", fault.message(lang), suggestion);
                    told.at(fault.line, fault.column)
                })
            }
            Self::Publish(fault) => fault.problem(lang),
            Self::Meanwhile => Problem::against(
                lang,
                "",
                "published-meanwhile",
                Say::PublishedMeanwhile,
                Say::ProposeDraftAnew,
            ),
            Self::DayCame { edition, effective } => {
                let day = &effective.to_string();
                let say = Say::EditionDayCame { id: edition, day };
                Problem::against(lang, edition, "day-came", say, Say::ProposeDraftAnew)
            }
        }
    }
}

impl Fault for AgreeToRulebookFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Held(fault) => fault.problem(lang),
            Self::OwnProposal => {
                Problem::against(lang, "", "own-proposal", Say::OwnProposal, Say::HaveAnotherOperatorAgree)
            }
            Self::Stale(stale) => stale.problem(lang),
        }
    }
}

impl Fault for DeclineRulebookFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Held(fault) => fault.problem(lang),
            Self::NoReason => Problem::invalid(
                lang,
                "reason",
                "reason-missing",
                Say::DeclineWithoutReason,
                Say::GiveReasonToDecline,
            ),
            Self::Reason => {
                let say = Say::BadNote { most: LONGEST_REASON };
                Problem::invalid(lang, "reason", "reason", say, Say::ShortenNote)
            }
        }
    }
}
