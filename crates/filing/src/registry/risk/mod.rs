//! What threatens a number unless somebody acts: computed from what is known today. It warns; it never ends anything.

mod coming;
mod watched;

pub use coming::{Coming, Next, WARNED_DAYS, Weight};
pub use watched::{Domain, ENDING_DAYS, Hosted, URGENT_DAYS, Watched, risks};

use jiff::civil::Date;
use rulebook::Lang;
use std::net::IpAddr;

/// Something that threatens a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Risk {
    /// The instance is gone: its access ends.
    Released {
        /// The instance.
        instance: String,
        /// Since which day.
        since: Date,
    },
    /// The term of the instance has ended: its access ends where it is not renewed.
    Expired {
        /// The instance.
        instance: String,
        /// On which day.
        since: Date,
    },
    /// What is filed was found untrue, inaccurate or missing, and is to be mended by a day.
    Untrue {
        /// The last day on which it can be mended.
        mend_by: Date,
        /// Whether the website, or one of the subject, is hosted here, so that there is an access to drop.
        hosted: bool,
    },
    /// The term of the domain has ended: it is deleted, and whoever registers it next can have the number cancelled.
    DomainEnded {
        /// The domain.
        domain: String,
        /// On which day.
        on: Date,
    },
    /// The domain is not there: every resolver that answers says so.
    DomainGone {
        /// The domain.
        domain: String,
        /// Since which day.
        since: Date,
    },
    /// The website is hosted nowhere here: the bureau cancels one that is hosted nowhere for long.
    HostedNowhere {
        /// Since which day.
        since: Date,
    },
    /// The domain leads to servers that are not ours.
    PointsElsewhere {
        /// The domain.
        domain: String,
        /// Since which day.
        since: Date,
        /// To which addresses it was seen to lead last.
        seen: Vec<IpAddr>,
    },
    /// The term of the instance ends soon.
    Ending {
        /// The instance.
        instance: String,
        /// On which day.
        on: Date,
    },
    /// The term of the domain ends soon.
    DomainEnding {
        /// The domain.
        domain: String,
        /// On which day.
        on: Date,
    },
    /// The number is not at the foot of the home page.
    NumberNotShown {
        /// Since which day.
        since: Date,
    },
    /// The instance no longer meets the rules in force.
    Unfit {
        /// The instance.
        instance: String,
    },
}

/// What a risk is kept as: its word, and what else it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its word.
    pub word: String,
    /// The instance or the domain; empty where it is about neither.
    pub what: String,
    /// Its day, and where it has none the day on which it was noticed.
    pub day: Date,
    /// Addresses that were seen.
    pub seen: Vec<IpAddr>,
}

impl Risk {
    /// The words of all, what is worst first.
    pub const WORDS: [&str; 11] = [
        "instance-released",
        "instance-expired",
        "information-untrue",
        "domain-ended",
        "domain-gone",
        "hosted-nowhere",
        "points-elsewhere",
        "instance-expiring",
        "domain-ending",
        "number-not-shown",
        "instance-unfit",
    ];

    /// As answers carry it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Released { .. } => "instance-released",
            Self::Expired { .. } => "instance-expired",
            Self::Untrue { .. } => "information-untrue",
            Self::DomainEnded { .. } => "domain-ended",
            Self::DomainGone { .. } => "domain-gone",
            Self::HostedNowhere { .. } => "hosted-nowhere",
            Self::PointsElsewhere { .. } => "points-elsewhere",
            Self::Ending { .. } => "instance-expiring",
            Self::DomainEnding { .. } => "domain-ending",
            Self::NumberNotShown { .. } => "number-not-shown",
            Self::Unfit { .. } => "instance-unfit",
        }
    }

    /// Whether it can threaten a number that is `hosted` here, or not: what comes of instances threatens what is hosted on them, and nothing
    /// that is hosted is hosted nowhere.
    pub const fn threatens(&self, hosted: bool) -> bool {
        match self {
            Self::Released { .. } | Self::Expired { .. } | Self::Ending { .. } | Self::Unfit { .. } => hosted,
            Self::HostedNowhere { .. } => !hosted,
            Self::Untrue { .. }
            | Self::DomainEnded { .. }
            | Self::DomainGone { .. }
            | Self::PointsElsewhere { .. }
            | Self::DomainEnding { .. }
            | Self::NumberNotShown { .. } => true,
        }
    }

    /// Sorts what is worst to the front.
    pub fn worst_first(risks: &mut [Self]) {
        risks.sort_by_key(Self::rank);
    }

    fn rank(&self) -> usize {
        Self::WORDS.iter().position(|word| *word == self.word()).unwrap_or(Self::WORDS.len())
    }

    /// The instance or the domain that it is about, where it is about one.
    pub fn what(&self) -> Option<&str> {
        match self {
            Self::Released { instance, .. }
            | Self::Expired { instance, .. }
            | Self::Ending { instance, .. }
            | Self::Unfit { instance } => Some(instance),
            Self::DomainEnded { domain, .. }
            | Self::DomainGone { domain, .. }
            | Self::PointsElsewhere { domain, .. }
            | Self::DomainEnding { domain, .. } => Some(domain),
            Self::Untrue { .. } | Self::HostedNowhere { .. } | Self::NumberNotShown { .. } => None,
        }
    }

    /// The day with which it begins or began, where there is one.
    pub const fn day(&self) -> Option<Date> {
        match self {
            Self::Released { since: day, .. }
            | Self::Expired { since: day, .. }
            | Self::DomainGone { since: day, .. }
            | Self::HostedNowhere { since: day }
            | Self::PointsElsewhere { since: day, .. }
            | Self::NumberNotShown { since: day }
            | Self::Untrue { mend_by: day, .. }
            | Self::DomainEnded { on: day, .. }
            | Self::Ending { on: day, .. }
            | Self::DomainEnding { on: day, .. } => Some(*day),
            Self::Unfit { .. } => None,
        }
    }

    /// The addresses that were seen, where it rests on some.
    pub fn seen(&self) -> &[IpAddr] {
        if let Self::PointsElsewhere { seen, .. } = self { seen } else { &[] }
    }

    /// As it is kept; `noticed` is the day on which it was noticed first.
    pub fn kept(&self, noticed: Date) -> Kept {
        Kept {
            word: self.word().to_owned(),
            what: self.what().unwrap_or_default().to_owned(),
            day: self.day().unwrap_or(noticed),
            seen: self.seen().to_vec(),
        }
    }

    /// The risk that was kept; `None` where its word is none. Whether its number is `hosted` here is not kept, but asked.
    pub fn of(kept: Kept, hosted: bool) -> Option<Self> {
        let Kept { word, what, day, seen } = kept;
        Some(match word.as_str() {
            "instance-released" => Self::Released { instance: what, since: day },
            "instance-expired" => Self::Expired { instance: what, since: day },
            "information-untrue" => Self::Untrue { mend_by: day, hosted },
            "domain-ended" => Self::DomainEnded { domain: what, on: day },
            "domain-gone" => Self::DomainGone { domain: what, since: day },
            "hosted-nowhere" => Self::HostedNowhere { since: day },
            "points-elsewhere" => Self::PointsElsewhere { domain: what, since: day, seen },
            "instance-expiring" => Self::Ending { instance: what, on: day },
            "domain-ending" => Self::DomainEnding { domain: what, on: day },
            "number-not-shown" => Self::NumberNotShown { since: day },
            "instance-unfit" => Self::Unfit { instance: what },
            _ => return None,
        })
    }

    /// What threatens, and what happens unless somebody acts.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh_risk::risk(self),
            Lang::En => super::en_risk::risk(self),
        }
    }

    /// What threatens in a few words, with its day, for lists.
    pub fn brief(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh_risk::brief(self),
            Lang::En => super::en_risk::brief(self),
        }
    }

    /// What to do about it.
    pub const fn suggestion(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh_risk::about_risk(self),
            Lang::En => super::en_risk::about_risk(self),
        }
    }
}
