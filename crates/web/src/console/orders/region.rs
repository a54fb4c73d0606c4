//! A region as people write it, 广东省深圳市南山区 or 南山区, found among those that a subject can be in.

use filing::tables::regions;
use std::sync::LazyLock;

/// What was found for what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One region, by its six digits.
    One(String),
    /// Several are called so: their names in full.
    Several(Vec<String>),
    /// None.
    None,
}

/// Names that are told at most where several fit.
const MOST_TOLD: usize = 8;

/// Every region that a subject can be in, with its name in full.
static TAKEN: LazyLock<Vec<(u32, String)>> = LazyLock::new(|| {
    let taken = regions::all().iter().filter(|region| region.is_taken());
    taken.map(|region| (region.code, in_full(region.code))).collect()
});

/// The region that `typed` names: by its digits, by its name in full, or by the end of it.
pub(super) fn find(typed: &str) -> Found {
    let typed: String = typed.chars().map(rulebook::half_width).filter(|c| !c.is_whitespace()).collect();
    if typed.is_empty() || typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return if typed.len() == 6 { Found::One(typed) } else { Found::None };
    }
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<&(u32, String)> {
        TAKEN.iter().filter(|(_, name)| fits(name)).collect()
    };
    let exact = named(&|name| name == typed);
    let found = if exact.is_empty() { named(&|name| name.ends_with(&typed)) } else { exact };
    match &*found {
        [] => Found::None,
        [(code, _)] => Found::One(format!("{code:06}")),
        several => Found::Several(several.iter().take(MOST_TOLD).map(|(_, name)| name.clone()).collect()),
    }
}

/// The name of a region from the province down.
pub(super) fn in_full(code: u32) -> String {
    let above = [regions::province(code), regions::city(code)].into_iter().flatten();
    let above = above.filter(|region| region.code != code && region.is_written()).map(|region| region.name);
    above.chain(regions::name(code)).collect()
}

/// What a field shows for the digits in the form; whatever else was typed as it was.
pub(super) fn shown(digits: &str) -> String {
    let code = digits.parse().ok().filter(|_| digits.len() == 6);
    code.filter(|code| regions::find(*code).is_some()).map_or_else(|| digits.to_owned(), in_full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_by_its_name_in_full_by_its_end_and_by_its_digits() {
        for (typed, found) in [
            ("广东省深圳市南山区", Found::One("440305".to_owned())),
            ("广东省 深圳市 南山区", Found::One("440305".to_owned())),
            ("深圳市南山区", Found::One("440305".to_owned())),
            ("440305", Found::One("440305".to_owned())),
            ("４４０３０５", Found::One("440305".to_owned())),
            ("北京市海淀区", Found::One("110108".to_owned())),
            ("东莞市", Found::One("441900".to_owned())),
            ("不存在区", Found::None),
            ("", Found::None),
        ] {
            assert_eq!(find(typed), found, "{typed}");
        }
        let Found::Several(names) = find("鼓楼区") else { panic!("there are four of them") };
        assert!(names.contains(&"江苏省南京市鼓楼区".to_owned()) && names.len() > 2, "{names:?}");
    }

    #[test]
    fn every_region_that_is_taken_is_found_by_what_is_shown_of_it() {
        for region in regions::all().iter().filter(|region| region.is_taken()) {
            let digits = format!("{:06}", region.code);
            assert_eq!(find(&shown(&digits)), Found::One(digits));
        }
    }
}
