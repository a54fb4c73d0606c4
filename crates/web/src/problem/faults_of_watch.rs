//! What can go wrong with what is recorded for the watch of numbers, as problems.

use super::{Fault, Kind, Problem};
use crate::words::Say;
use app::registry::{DomainTermFault, ElsewhereFault, LONGEST_UNTRUE, UntrueFault};
use rulebook::Lang;

impl Fault for UntrueFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Number(fault) => fault.problem(lang),
            Self::Cancelled => {
                Problem::against(lang, "", "cancelled", Say::NumberCancelled, Say::CheckNumber)
            }
            Self::Erased => Problem::against(lang, "", "erased", Say::SubjectErased, Say::NothingToRecord),
            Self::What => {
                let say = Say::UntrueLength { most: LONGEST_UNTRUE };
                Problem::invalid(lang, "what", "untrue-length", say, Say::NameWhatIsUntrue)
            }
            Self::Passed(day) => {
                let day = &day.to_string();
                Problem::invalid(lang, "mend_by", "day-passed", Say::DayPassed { day }, Say::GiveLaterDay)
            }
            Self::TooFar(day) => {
                let day = &day.to_string();
                Problem::invalid(lang, "mend_by", "day-too-far", Say::DayTooFar { day }, Say::GiveEarlierDay)
            }
            Self::Already(day) => {
                let say = Say::ToMendAlready { day };
                Problem::against(lang, "", "to-mend-already", say, Say::RecordMendedFirst)
            }
            Self::Nothing => {
                Problem::against(lang, "", "nothing-to-mend", Say::NothingUntrue, Say::CheckNumber)
            }
        }
    }
}

impl Fault for ElsewhereFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Number(fault) => fault.problem(lang),
            Self::Already => Problem::against(
                lang,
                "hosted",
                "recorded-so-already",
                Say::RecordedSoAlready,
                Say::CheckNumber,
            ),
        }
    }
}

impl Fault for DomainTermFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Number(fault) => fault.problem(lang),
            Self::Domain => Problem::new(Kind::NotFound, lang).saying(Say::NoSuchDomain.to_text(lang)),
            Self::Day { first, last } => {
                let (first, last) = (&*first.to_string(), &*last.to_string());
                let say = Say::NoSuchTerm { first, last };
                Problem::invalid(lang, "expires_on", "no-such-term", say, Say::CompareWithRegistrar)
            }
        }
    }
}
