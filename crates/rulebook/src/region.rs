//! Which regions lie in mainland China, by patterns and names that a rulebook lists (SPEC 3).

use crate::text::{folded, is_folded};

/// Where an instance runs, as far as filing is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locality {
    /// In mainland China (中国内地): what is served from there must be filed.
    Mainland,
    /// Elsewhere, Hong Kong, Macao and Taiwan included: no filing.
    Outside,
}

/// The regions that a rulebook knows. A whole name wins over a pattern, a longer pattern over a shorter one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// Folded names, sorted.
    names: Vec<(String, Locality)>,
    /// Folded beginnings (`cn-` of `cn-*`), longest first.
    beginnings: Vec<(String, Locality)>,
}

impl Regions {
    /// Takes patterns (a name, or a beginning and `*`) of regions in the mainland and outside it.
    /// A pattern that stands on both sides counts as outside; `lint` reports it.
    pub fn new<'a>(
        mainland: impl IntoIterator<Item = &'a str>,
        outside: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut regions = Self::default();
        let outside = outside.into_iter().map(|pattern| (pattern, Locality::Outside));
        let mainland = mainland.into_iter().map(|pattern| (pattern, Locality::Mainland));
        for (pattern, locality) in outside.chain(mainland) {
            let pattern = folded(pattern);
            match pattern.strip_suffix('*') {
                Some(beginning) => regions.beginnings.push((beginning.to_owned(), locality)),
                None => regions.names.push((pattern, locality)),
            }
        }
        regions.names.sort_by(|a, b| a.0.cmp(&b.0));
        regions.names.dedup_by(|later, first| later.0 == first.0);
        regions.beginnings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        regions.beginnings.dedup_by(|later, first| later.0 == first.0);
        regions
    }

    /// Where `region` lies. What matches nothing is unknown, never "abroad".
    pub fn locality(&self, region: &str) -> Option<Locality> {
        if is_folded(region) { self.of_folded(region) } else { self.of_folded(&folded(region)) }
    }

    fn of_folded(&self, region: &str) -> Option<Locality> {
        if let Ok(at) = self.names.binary_search_by(|(name, _)| name.as_str().cmp(region)) {
            return self.names.get(at).map(|(_, locality)| *locality);
        }
        let matching = self.beginnings.iter().find(|(beginning, _)| region.starts_with(beginning.as_str()));
        matching.map(|(_, locality)| *locality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        Regions::new(["cn-*", "华东1（杭州）"], ["ap-*", "cn-hongkong", "cn-hongkong-*", "中国香港"])
    }

    #[test]
    fn hong_kong_is_outside_although_its_id_begins_like_the_mainlands() {
        assert_eq!(regions().locality("cn-hangzhou"), Some(Locality::Mainland));
        assert_eq!(regions().locality("cn-hongkong"), Some(Locality::Outside));
        assert_eq!(regions().locality("CN-HongKong-b"), Some(Locality::Outside));
    }

    #[test]
    fn names_match_in_any_case_width_and_spacing() {
        for name in ["华东 1 (杭州)", "华东1（杭州）", "CN-HANGZHOU", "ｃｎ-hangzhou"] {
            assert_eq!(regions().locality(name), Some(Locality::Mainland), "{name}");
        }
    }

    #[test]
    fn a_region_that_nobody_listed_is_unknown_and_never_abroad() {
        for name in ["", "mars-1", "华东", "c", "cn", "xcn-hangzhou"] {
            assert_eq!(regions().locality(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_listed_on_both_sides_counts_as_outside() {
        assert_eq!(Regions::new(["x", "y-*"], ["x", "y-*"]).locality("x"), Some(Locality::Outside));
        assert_eq!(Regions::new(["x", "y-*"], ["x", "y-*"]).locality("y-1"), Some(Locality::Outside));
    }
}
