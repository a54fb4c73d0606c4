//! Which regions are in the mainland.

use super::*;

fn verdict(region: &str) -> Verdict {
    ask(E, "swas", |f| f.region = Some(region.into())).verdict
}

#[test]
fn mainland_regions_are_known_by_id_and_by_chinese_name() {
    for region in [
        "cn-hangzhou",
        "cn-qingdao",
        "cn-beijing",
        "cn-shanghai",
        "cn-wulanchabu",
        "CN-Hangzhou",
        "cn-hangzhou-b",
        "华东1（杭州）",
        "华东 1（杭州）",
        "华东1(杭州)",
        "华北2（北京）",
        "华南1（深圳）",
        "西南1（成都）",
    ] {
        assert_eq!(verdict(region), Verdict::Eligible, "{region}");
    }
}

#[test]
fn regions_outside_the_mainland_are_known_by_id_and_by_name() {
    for region in [
        "cn-hongkong",
        "CN-HONGKONG",
        "cn-hongkong-b",
        "ap-southeast-1",
        "AP-northeast-1",
        "us-west-1",
        "eu-central-1",
        "me-east-1",
        "中国香港",
        "中国（香港）",
        "中国(香港)",
        "中国香港（可用区 B）",
        "新加坡",
        "China (Hong Kong)",
        "China (Hong Kong) Zone B",
        "China (Taiwan)",
        "China (Macao)",
    ] {
        assert_eq!(verdict(region), Verdict::NotRequired, "{region}");
    }
}

#[test]
fn a_region_that_matches_nothing_is_unknown_and_never_abroad() {
    for region in ["", " ", "mars-1", "cn", "hangzhou-cn", "中国", "ap", "us", "全球", "xx-us-west-1"] {
        assert_eq!(verdict(region), Verdict::Undetermined, "{region:?}");
    }
}

#[test]
fn the_longer_pattern_wins_and_a_whole_name_wins_over_both() {
    let regions = Regions::new(["a-*", "a-b-c"], ["a-b-*"]);
    assert_eq!(regions.locality("a-x"), Some(Locality::Mainland));
    assert_eq!(regions.locality("a-b-x"), Some(Locality::Outside));
    assert_eq!(regions.locality("a-b-c"), Some(Locality::Mainland));
    assert_eq!(regions.locality("a-b-cd"), Some(Locality::Outside));
}

#[test]
fn many_names_and_patterns_are_all_found() {
    let names: Vec<String> = (0..50).map(|n| format!("r{n:02}")).collect();
    let regions = Regions::new(names.iter().map(String::as_str), ["s*", "sa*", "t*"]);
    assert!(names.iter().all(|name| regions.locality(name) == Some(Locality::Mainland)));
    assert_eq!(regions.locality("r5"), None);
    assert_eq!(regions.locality("t1"), Some(Locality::Outside));
}
