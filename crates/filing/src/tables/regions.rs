//! Regions (GB/T 2260): provinces, cities and counties by their six digits, as of June 2023, and the counties of earlier years, which
//! still begin the numbers of ID cards.
//!
//! `data/regions.txt` has one a line, in the order of the digits: `330106 西湖区`; with ` -` behind where it is one no more.

use super::PROVINCES;
use std::{cmp::Reverse, sync::LazyLock};

/// A region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its six digits.
    pub code: u32,
    /// Its name.
    pub name: &'static str,
    /// Whether it is one today.
    pub today: bool,
}

/// How far down a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A province, or a city, region or special region of that rank: `330000`.
    Province,
    /// A city or what is of its rank: `330100`.
    City,
    /// A county, a district, or a city without districts of that rank: `330106`.
    County,
}

impl Level {
    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
        }
    }
}

/// What only groups counties has a name that nobody writes.
const GROUPS: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

impl Region {
    /// Whether its name stands in addresses: `市辖区` only groups counties.
    pub fn is_written(&self) -> bool {
        !GROUPS.contains(&self.name)
    }

    /// Whether it is one of those that a subject says it is in: of today, with no other below it, where a bureau files.
    pub fn is_taken(&self) -> bool {
        self.today && is_lowest(self.code) && files(self.code)
    }
}

static REGIONS: LazyLock<Vec<Region>> =
    LazyLock::new(|| include_str!("../../data/regions.txt").lines().filter_map(read).collect());

fn read(line: &'static str) -> Option<Region> {
    let (code, rest) = line.split_once(' ')?;
    let today = rest.strip_suffix(" -");
    Some(Region { code: code.parse().ok()?, name: today.unwrap_or(rest), today: today.is_none() })
}

/// Every region, by its digits.
pub fn all() -> &'static [Region] {
    &REGIONS
}

/// The region with those digits, today or earlier.
pub fn find(code: u32) -> Option<&'static Region> {
    let at = REGIONS.binary_search_by_key(&code, |region| region.code).ok()?;
    REGIONS.get(at)
}

/// The name of the region with those digits, today or earlier.
pub fn name(code: u32) -> Option<&'static str> {
    find(code).map(|region| region.name)
}

/// The province that those digits begin with.
pub fn province(code: u32) -> Option<&'static Region> {
    find(code / 10_000 * 10_000)
}

/// The city that those digits begin with; `None` where there is none between the province and the county.
pub fn city(code: u32) -> Option<&'static Region> {
    find(code / 100 * 100).filter(|city| city.code % 10_000 != 0)
}

/// The regions of today right below that one: the cities of a province, the counties of a city; with 0 the provinces.
pub fn below(code: u32) -> impl Iterator<Item = &'static Region> {
    let level = if code == 0 { None } else { Some(level(code)) };
    REGIONS
        .iter()
        .filter(move |region| region.today && region.code != code && is_below(region.code, code, level))
}

/// Whether no region of today is below that one, which is no province.
pub fn is_lowest(code: u32) -> bool {
    level(code) != Level::Province && below(code).next().is_none()
}

/// Whether a bureau files in the province that those digits begin with.
pub fn files(code: u32) -> bool {
    let province = code / 10_000 * 10_000;
    PROVINCES.iter().any(|known| known.region == province)
}

fn is_below(code: u32, above: u32, level: Option<Level>) -> bool {
    match level {
        None => code.is_multiple_of(10_000),
        // Counties that no city is above, of Hainan or Xinjiang, stand right below the province.
        Some(Level::Province) => {
            code / 10_000 == above / 10_000 && (code.is_multiple_of(100) || find(code / 100 * 100).is_none())
        }
        Some(Level::City) => code / 100 == above / 100,
        Some(Level::County) => false,
    }
}

/// How far down the region with those digits is.
pub const fn level(code: u32) -> Level {
    match (code % 10_000, code % 100) {
        (0, _) => Level::Province,
        (_, 0) => Level::City,
        _ => Level::County,
    }
}

/// The beginning of an address that names a province, a city and a county, each in the one before, as far as it does:
/// `浙江省杭州市西湖区` of `浙江省杭州市西湖区文三路 9 号`.
pub fn named_by(address: &str) -> &str {
    let (mut rest, mut above) = (address, None);
    while let Some(region) = first_of(rest, above) {
        rest = rest.strip_prefix(region.name).unwrap_or(rest);
        above = Some(region);
    }
    address.strip_suffix(rest).unwrap_or_default()
}

/// The region that a text begins with, of those in the one above: the one with the longest name, and a city rather than the county of
/// earlier years that it was.
fn first_of(text: &str, above: Option<&Region>) -> Option<&'static Region> {
    let begins = REGIONS.iter().filter(|region| region.is_written() && text.starts_with(region.name));
    let within = begins.filter(|region| above.is_none_or(|above| is_in(region.code, above.code)));
    within.max_by_key(|region| (region.name.len(), Reverse(level(region.code))))
}

/// Whether a region is in another, however far below.
const fn is_in(code: u32, above: u32) -> bool {
    match level(above) {
        Level::Province => code != above && code / 10_000 == above / 10_000,
        Level::City => code != above && code / 100 == above / 100,
        Level::County => false,
    }
}
