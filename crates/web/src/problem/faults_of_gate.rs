//! What can go wrong with the gate, as problems.

use super::{Fault, Kind, Problem};
use crate::words::Say;
use app::gate::{
    DeltaFault, LONGEST_REASON, MOST_AT_ONCE, MOST_ENDED, RangeFault, SnapshotFault, WindowFault,
};
use rulebook::Lang;

/// Seconds after which a snapshot may be asked for again, where many are being fetched.
const AGAIN_AFTER: u64 = 5;

impl Fault for WindowFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Count => {
                let say = Say::GateNames { most: MOST_AT_ONCE };
                Problem::invalid(lang, "names", "names", say, Say::CompareWithDocument)
            }
            Self::NoDomain { name, at } => {
                let path = format!("names[{at}]");
                Problem::invalid(lang, &path, "no-domain", Say::NoHostName { name }, Say::WriteHostName)
            }
            Self::Caller => {
                Problem::invalid(lang, "caller", "caller", Say::GateCaller, Say::CompareWithDocument)
            }
            Self::Time => Problem::invalid(lang, "until", "over", Say::WindowOver, Say::GiveLaterTime),
            Self::Reason => {
                let say = Say::GateReason { most: LONGEST_REASON };
                Problem::invalid(lang, "reason", "reason-length", say, Say::GiveReasonInALine)
            }
            Self::TooMany { domain } => Problem::against(
                lang,
                "names",
                "windows-full",
                Say::WindowsFull { domain },
                Say::EndWindowsFirst,
            ),
            Self::Unknown => Problem::new(Kind::NotFound, lang),
            Self::MadeByOthers => made_by_others(lang),
            Self::Many => {
                let say = Say::GateEntries { most: MOST_ENDED };
                Problem::invalid(lang, "names", "entries", say, Say::CompareWithDocument)
            }
        }
    }
}

/// Others put it there, and whoever asks may only take away his own.
fn made_by_others(lang: Lang) -> Problem {
    Problem::new(Kind::Forbidden, lang).saying(Say::GateMadeByOthers.to_text(lang))
}

impl Fault for RangeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Caller => {
                Problem::invalid(lang, "caller", "caller", Say::GateCaller, Say::CompareWithDocument)
            }
            Self::Reason => {
                let say = Say::GateReason { most: LONGEST_REASON };
                Problem::invalid(lang, "reason", "reason-length", say, Say::GiveReasonInALine)
            }
            Self::Already => Problem::against(lang, "range", "range-there", Say::RangeThere, Say::RangeOnce),
            Self::Unknown => Problem::new(Kind::NotFound, lang),
            Self::MadeByOthers => made_by_others(lang),
            Self::TooMany => Problem::against(lang, "range", "ranges-full", Say::RangesFull, Say::JoinRanges),
        }
    }
}

impl Fault for SnapshotFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Desk(error) => error.problem(lang),
            Self::NotReady => Problem::new(Kind::Busy, lang).again_after(1),
            Self::Busy => Problem::new(Kind::Busy, lang).again_after(AGAIN_AFTER),
            Self::Io(_) | Self::Unwritten(_) | Self::Unreadable(_) => {
                tracing::error!(event = "gate.no_snapshot", error = %self);
                Problem::new(Kind::Fault, lang)
            }
        }
    }
}

impl Fault for DeltaFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Desk(error) => error.problem(lang),
            Self::NotReady | Self::Behind => Problem::new(Kind::Busy, lang).again_after(1),
            Self::Elsewhere { from } => {
                let say = Say::GateElsewhere { size: from.size };
                Problem::against(lang, "from", "elsewhere", say, Say::FetchSnapshot)
            }
            Self::TooOld => Problem::against(lang, "from", "too-old", Say::GateTooOld, Say::FetchSnapshot),
        }
    }
}
