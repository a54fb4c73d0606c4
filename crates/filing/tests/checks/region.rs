//! The region of the subject.

use crate::{builders::of_a_person, found, only};
use filing::{checks::Known, orders::Kind, tables::regions};
use rulebook::Lang;

fn codes(region: &str) -> Vec<String> {
    let mut form = of_a_person();
    form.subject.as_mut().unwrap().region = Some(region.to_owned());
    only("region-", Kind::FirstFiling, &form, &Known::default())
}

#[test]
fn a_county_of_today_or_a_city_without_counties_is_taken_and_each_fault_is_told() {
    let cases: &[(&str, Option<&str>)] = &[
        ("440305", None),
        ("４４０３０５", None),
        ("441900", None),
        ("460400", None),
        ("429004", None),
        ("44030", Some("region-form")),
        ("4403050", Some("region-form")),
        ("深圳市", Some("region-form")),
        ("+44030", Some("region-form")),
        ("440399", Some("region-unknown")),
        ("000000", Some("region-unknown")),
        ("330103", Some("region-old")),
        ("440300", Some("region-too-high")),
        ("440000", Some("region-too-high")),
        ("110100", Some("region-too-high")),
        ("710000", Some("region-no-bureau")),
        ("810000", Some("region-no-bureau")),
    ];
    for (region, expected) in cases {
        let expected: Vec<String> = expected.iter().map(|code| format!("subject.region: {code}")).collect();
        assert_eq!(codes(region), expected, "{region}");
    }
}

#[test]
fn an_old_code_is_told_with_the_one_that_its_place_has_today() {
    let mut form = of_a_person();
    let cases = [
        ("110103", "请选择该地址现在所属的区县。"),
        ("230106", "香坊区现在的代码是 230110，请改选。"),
        // Two cities of its province have a 市中区 today.
        ("370802", "请选择该地址现在所属的区县。"),
        ("440300", "请依次选择省、市和区县。"),
    ];
    for (old, told) in cases {
        form.subject.as_mut().unwrap().region = Some(old.to_owned());
        let all = found(Kind::FirstFiling, &form, &Known::default());
        let fault = all.iter().find(|fault| fault.path == "subject.region").unwrap();
        assert_eq!(fault.what.suggestion(Lang::Zh), told, "{old}");
    }
}

#[test]
fn the_regions_that_a_form_offers_are_those_that_the_check_takes() {
    let mut taken = 0;
    for region in regions::all() {
        assert_eq!(region.is_taken(), codes(&format!("{:06}", region.code)).is_empty(), "{region:?}");
        taken += usize::from(region.is_taken());
    }
    assert!(taken > 2_800, "{taken}");
}

#[test]
fn every_region_that_is_taken_is_reached_from_the_provinces_down() {
    let mut found = 0;
    let mut above: Vec<_> = regions::below(0).collect();
    while let Some(region) = above.pop() {
        found += usize::from(region.is_taken());
        above.extend(regions::below(region.code));
    }
    assert_eq!(found, regions::all().iter().filter(|region| region.is_taken()).count());
}
