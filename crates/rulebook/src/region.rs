//! Which regions lie in mainland China, by patterns and names that a rulebook lists.

use crate::{
    facts::Facts,
    text::{folded, is_folded},
};

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
    /// Sorted by text, a beginning before the whole name of the same text.
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Folded; of a beginning (`cn-*`) what stands before the `*`.
    pub(crate) text: String,
    /// [`head`] of the text: most comparisons end there and need not look for the text itself.
    head: u64,
    pub(crate) whole: bool,
    pub(crate) locality: Locality,
}

impl Regions {
    /// Takes patterns (a name, or a beginning and `*`) of regions in the mainland and outside it.
    /// A pattern that stands on both sides counts as outside; `lint` reports it.
    pub fn new<'a>(
        mainland: impl IntoIterator<Item = &'a str>,
        outside: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let outside = outside.into_iter().map(|pattern| (pattern, Locality::Outside));
        let mainland = mainland.into_iter().map(|pattern| (pattern, Locality::Mainland));
        let mut patterns: Vec<Pattern> = outside
            .chain(mainland)
            .map(|(pattern, locality)| {
                let mut text = folded(pattern);
                let whole = !text.ends_with('*');
                if !whole {
                    text.pop();
                }
                Pattern { head: head(&text), text, whole, locality }
            })
            .collect();
        patterns.sort_by(|a, b| a.text.cmp(&b.text).then(a.whole.cmp(&b.whole)));
        patterns.dedup_by(|later, first| later.text == first.text && later.whole == first.whole);
        Self { patterns }
    }

    /// Where `region` lies. What matches nothing is unknown, never "abroad".
    pub fn locality(&self, region: &str) -> Option<Locality> {
        if is_folded(region) { self.of_folded(region) } else { self.of_folded(&folded(region)) }
    }

    /// Where the instance of `facts` runs; `None` where its region is unknown.
    pub(crate) fn of(&self, facts: &Facts) -> Option<Locality> {
        facts.region.as_deref().and_then(|region| self.locality(region))
    }

    /// Whether every region that `earlier` knows lies where it lay: patterns may be added, none may go, and none added may
    /// place elsewhere what an earlier one placed. The pattern that breaks this, if one does.
    pub fn keeps(&self, earlier: &Self) -> Result<(), String> {
        let gone = earlier.patterns.iter().find(|pattern| !self.patterns.contains(pattern));
        let moves = |pattern: &&Pattern| {
            // A beginning places what is longer than itself; a name of the same text is another pattern.
            let end = if pattern.whole { "" } else { "\u{10ffff}" };
            let before = earlier.of_folded(&format!("{}{end}", pattern.text));
            before.is_some_and(|before| before != pattern.locality)
        };
        match gone.or_else(|| {
            self.patterns.iter().filter(|pattern| !earlier.patterns.contains(pattern)).find(moves)
        }) {
            None => Ok(()),
            Some(Pattern { text, whole, .. }) => Err(format!("{text}{}", if *whole { "" } else { "*" })),
        }
    }

    /// The patterns, sorted by text, a beginning before the whole name of the same text.
    pub(crate) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn of_folded(&self, region: &str) -> Option<Locality> {
        // Whatever matches sorts at or before `region`, and nearer to it the longer it is.
        let sought = head(region);
        let after = self.patterns.partition_point(|pattern| {
            pattern.head < sought || (pattern.head == sought && pattern.text.as_str() <= region)
        });
        let mut before = self.patterns.get(..after).unwrap_or_default().iter().rev();
        before.find(|pattern| pattern.matches(region)).map(|pattern| pattern.locality)
    }
}

impl Pattern {
    fn matches(&self, region: &str) -> bool {
        region.starts_with(&self.text) && (!self.whole || region.len() == self.text.len())
    }
}

/// The first eight bytes of `text` as a number that sorts as they do.
fn head(text: &str) -> u64 {
    let mut head = [0; 8];
    for (to, byte) in head.iter_mut().zip(text.bytes()) {
        *to = byte;
    }
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    fn regions() -> Regions {
        Regions::new(["cn-*", "华东1（杭州）"], ["ap-*", "cn-hongkong", "cn-hongkong-*", "中国香港"])
    }

    #[test]
    fn regions_may_be_added_and_none_that_is_known_may_move() {
        let before = Regions::new(["cn-*"], ["ap-*", "cn-hongkong"]);
        let after = |mainland: &[&str], outside: &[&str]| {
            Regions::new(mainland.iter().copied(), outside.iter().copied()).keeps(&before)
        };
        assert_eq!(after(&["cn-*", "华东9"], &["ap-*", "cn-hongkong", "us-*", "ap-south-*"]), Ok(()));
        assert_eq!(after(&["cn-*"], &["ap-*"]), Err("cn-hongkong".to_owned()), "one is missing");
        assert_eq!(after(&["cn-*"], &["ap-*", "cn-hongkong", "cn-wulan"]), Err("cn-wulan".to_owned()));
        let longer = after(&["cn-*"], &["ap-*", "cn-hongkong", "cn-hongkong*"]);
        assert_eq!(longer, Err("cn-hongkong*".to_owned()), "cn-hongkong-b lay in the mainland");
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

    proptest! {
        #[test]
        fn the_search_finds_what_reading_every_pattern_would(
            patterns in vec(("[ab-]{0,3}", any::<bool>(), any::<bool>()), 0..12),
            region in "[ab-]{0,5}",
        ) {
            let listed = |side: bool| {
                let of_side = patterns.iter().filter(move |(.., outside)| *outside == side);
                of_side.map(|(text, whole, _)| if *whole { text.clone() } else { format!("{text}*") })
            };
            let longest = patterns
                .iter()
                .filter(|(text, whole, _)| if *whole { region == *text } else { region.starts_with(text) })
                .max_by_key(|(text, whole, outside)| (*whole, text.len(), *outside));
            let expected =
                longest.map(|(.., outside)| if *outside { Locality::Outside } else { Locality::Mainland });
            let (mainland, outside) = (listed(false).collect::<Vec<_>>(), listed(true).collect::<Vec<_>>());
            let regions = Regions::new(mainland.iter().map(String::as_str), outside.iter().map(String::as_str));
            prop_assert_eq!(regions.locality(&region), expected);
        }
    }
}
