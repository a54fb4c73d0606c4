//! The region of the subject: six digits of a county of today (GB/T 2260), or of a city that has no counties below it, in a province
//! whose bureau files. Province, city and county belong together because the six digits name all three.

use super::{Checking, Found, Told};
use crate::tables::regions::{self, Region};
use rulebook::Lang;

/// What is wrong with a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionFault {
    /// It is not six digits.
    Form,
    /// No region has these digits, or had them.
    Unknown {
        /// They.
        digits: u32,
    },
    /// It is one no more.
    Old {
        /// Its name.
        name: &'static str,
        /// The region of today that has the same name in the same province, where there is just one.
        now: Option<u32>,
    },
    /// It has counties below it, one of which is meant.
    TooHigh {
        /// Its name.
        name: String,
    },
    /// No bureau of the mainland files there.
    NoBureau {
        /// Its name.
        name: &'static str,
    },
}

/// The number that six digits are.
pub(super) fn digits(region: &str) -> Option<u32> {
    if region.len() != 6 || !region.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    region.parse().ok()
}

/// The names of what a region is in, from the province down to itself, as they are written: `浙江省`, `杭州市`, `西湖区`.
pub(super) fn names(code: u32) -> Vec<&'static str> {
    let mut all: Vec<&Region> = regions::province(code).into_iter().chain(regions::city(code)).collect();
    all.extend(regions::find(code));
    all.dedup_by_key(|region| region.code);
    all.into_iter().filter(|region| region.is_written()).map(|region| region.name).collect()
}

/// Checks the region of the subject.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let region = asked.subject().and_then(|subject| subject.region.as_deref());
    if let Some(fault) = region.and_then(fault_of) {
        found.push("subject.region", fault);
    }
}

fn fault_of(region: &str) -> Option<RegionFault> {
    let Some(code) = digits(region) else { return Some(RegionFault::Form) };
    let Some(region) = regions::find(code) else { return Some(RegionFault::Unknown { digits: code }) };
    if !regions::files(code) {
        return Some(RegionFault::NoBureau { name: region.name });
    }
    if !region.today {
        return Some(RegionFault::Old { name: region.name, now: now(region) });
    }
    (!regions::is_lowest(code)).then(|| RegionFault::TooHigh { name: names(code).concat() })
}

/// The one region of today with the name of an old one in its province.
fn now(old: &Region) -> Option<u32> {
    let mut same = regions::all().iter().filter(|region| {
        region.today && region.name == old.name && region.code / 10_000 == old.code / 10_000
    });
    let first = same.next()?;
    same.next().is_none().then_some(first.code)
}

impl Told for RegionFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "region-form",
            Self::Unknown { .. } => "region-unknown",
            Self::Old { .. } => "region-old",
            Self::TooHigh { .. } => "region-too-high",
            Self::NoBureau { .. } => "region-no-bureau",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Old { name, now: Some(now) }) => {
                format!("{name}现在的代码是 {now:06}，请改选。")
            }
            (Lang::Zh, Self::Old { .. }) => "请选择该地址现在所属的区县。".to_owned(),
            (Lang::Zh, Self::NoBureau { .. }) => "请填写主体在内地的通信地址所在的区县。".to_owned(),
            (Lang::Zh, _) => "请依次选择省、市和区县。".to_owned(),
            (Lang::En, Self::Old { now: Some(now), .. }) => {
                format!("Its code of today is {now:06}: choose that.")
            }
            (Lang::En, Self::Old { .. }) => {
                "Choose the county to which the address belongs today.".to_owned()
            }
            (Lang::En, Self::NoBureau { .. }) => {
                "Choose the county on the mainland where letters reach the subject.".to_owned()
            }
            (Lang::En, _) => "Choose province, city and county one after the other.".to_owned(),
        }
    }
}

impl RegionFault {
    fn zh(&self) -> String {
        match self {
            Self::Form => "所在地区应为区县的 6 位行政区划代码。".to_owned(),
            Self::Unknown { digits } => format!("行政区划代码“{digits:06}”不存在。"),
            Self::Old { name, .. } => format!("“{name}”的这个行政区划代码已经撤销。"),
            Self::TooHigh { name } => format!("“{name}”下面还有区县，请选到区县一级。"),
            Self::NoBureau { name } => format!("“{name}”没有受理备案的通信管理局。"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Form => "The region is given by the six digits of a county.".to_owned(),
            Self::Unknown { digits } => format!("No region has the code {digits:06}."),
            Self::Old { .. } => {
                "The region has been dissolved or renumbered: its code is valid no more.".to_owned()
            }
            Self::TooHigh { .. } => "The region has counties below it, one of which is needed.".to_owned(),
            Self::NoBureau { .. } => "No bureau of the mainland takes filings from this region.".to_owned(),
        }
    }
}
