//! What can go wrong with what two people decide, as problems.

use super::{Fault, Kind, Problem};
use crate::{answer::minute, api::orders::shapes::FaultBody, words::Say};
use app::two_people::{
    AgreeFault, HeldFault, LONGEST_NOTE, Outcome, ProposeFault, SeeProposalFault, ThingFault, ThingKind,
};
use rulebook::Lang;

impl Fault for HeldFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown => Problem::new(Kind::NotFound, lang).saying(Say::UnknownProposal.to_text(lang)),
            Self::Decided { outcome, by, himself, at } => {
                let at = &minute(*at);
                let say = match outcome {
                    Outcome::Agreed => Say::ProposalAgreed { by, at },
                    Outcome::Declined if *himself => Say::ProposalTakenBack { by, at },
                    Outcome::Declined => Say::ProposalDeclined { by, at },
                };
                Problem::against(lang, "", "decided", say, Say::ProposeAnew)
            }
        }
    }
}

impl Fault for SeeProposalFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NotAllowed => Problem::new(Kind::Forbidden, lang),
            Self::Held(fault) => fault.problem(lang),
        }
    }
}

impl Fault for AgreeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Held(fault) => fault.problem(lang),
            Self::OwnProposal => {
                Problem::against(lang, "", "own-proposal", Say::OwnProposal, Say::HaveAnotherAgree)
            }
            Self::NotConfirmed { number } => {
                let (say, what) = (Say::NumberNotConfirmed, Say::TypeDigitsOf { number });
                Problem::invalid(lang, "confirmation", "cancellation-not-confirmed", say, what)
            }
            Self::File(fault) => fault.problem(lang),
        }
    }
}

/// Paths are those below the one of the three things that is proposed.
impl Fault for ProposeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Thing(fault) => fault.problem(lang),
            Self::Note => {
                let say = Say::BadNote { most: LONGEST_NOTE };
                Problem::invalid(lang, "note", "note", say, Say::ShortenNote)
            }
            Self::ListedAlready { entry } => {
                let entry = entry.to_string();
                let say = Say::ListedAlready { entry: &entry };
                Problem::against(lang, "value", "listed-already", say, Say::LeaveListed)
            }
            Self::NotListed => Problem::against(lang, "", "not-listed", Say::NotListed, Say::SeeBlacklist),
            Self::NothingFiled(_) => {
                Problem::against(lang, "number", "nothing-filed", Say::NothingFiledThere, Say::CompareNumber)
            }
        }
    }
}

impl Fault for ThingFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unreadable(kind) => {
                let domain = *kind == ThingKind::Domain;
                let what = if domain { Say::WriteRegistrableDomain } else { Say::WriteItInFull };
                Problem::invalid(lang, "value", "unreadable", Say::NothingToCompare, what)
            }
            Self::NoSuchCertificate(_) => {
                let [say, what] = [Say::NoSuchWord, Say::GiveCertificateKind];
                Problem::invalid(lang, "certificate_kind", "certificate-kind", say, what)
            }
            Self::BadNumber(faults) => {
                faults.iter().fold(Problem::new(Kind::Invalid, lang), |told, fault| {
                    let fault = FaultBody::of_check(fault, lang);
                    told.with("value", fault.code, fault.message, fault.suggestion)
                })
            }
        }
    }
}
