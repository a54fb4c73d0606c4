//! The addresses of the subject.

use crate::{builders::of_a_person, only, only_warned};
use filing::{checks::Known, orders::Kind};

#[test]
fn an_address_goes_down_to_the_door_and_leaves_the_region_out() {
    let long = "路".repeat(200) + "1号";
    let cases: &[(&str, &[&str])] = &[
        ("科技园路9号2栋301室", &[]),
        ("王家村五组", &[]),
        ("碧海家园三单元", &[]),
        ("中山路88-302", &[]),
        ("中山路88#302", &[]),
        ("阳光花园小区", &["address-no-door"]),
        ("科技园路", &["address-no-door"]),
        ("9号", &["address-short"]),
        ("路", &["address-short", "address-no-door"]),
        (&long, &["address-long"]),
        ("广东省深圳市南山区科技园路9号", &["address-repeats"]),
        ("深圳市南山区科技园路9号", &["address-repeats"]),
        ("南山区科技园路9号", &["address-repeats"]),
    ];
    for (address, expected) in cases {
        let mut form = of_a_person();
        form.subject.as_mut().unwrap().address = Some((*address).to_owned());
        let expected: Vec<String> = expected.iter().map(|code| format!("subject.address: {code}")).collect();
        assert_eq!(only("address-", Kind::FirstFiling, &form, &Known::default()), expected, "{address}");
    }
}

#[test]
fn what_repeats_the_region_is_only_warned_of() {
    let mut form = of_a_person();
    form.subject.as_mut().unwrap().address = Some("南山区科技园路9号".to_owned());
    assert!(only_warned("address-", Kind::FirstFiling, &form, &Known::default()));
    form.subject.as_mut().unwrap().address = Some("科技园路".to_owned());
    assert!(!only_warned("address-", Kind::FirstFiling, &form, &Known::default()));
}

#[test]
fn an_address_without_a_door_is_only_warned_of_where_a_remark_says_why() {
    let mut form = of_a_person();
    let subject = form.subject.as_mut().unwrap();
    subject.address = Some("阳光花园小区".to_owned());
    assert!(!only_warned("address-no-door", Kind::FirstFiling, &form, &Known::default()));
    form.subject.as_mut().unwrap().remark = Some("已是最详细地址".to_owned());
    assert_eq!(only("address-no-door", Kind::FirstFiling, &form, &Known::default()).len(), 1);
    assert!(only_warned("address-no-door", Kind::FirstFiling, &form, &Known::default()));
}

#[test]
fn the_address_of_the_certificate_needs_no_door_and_may_name_the_region() {
    let mut form = of_a_person();
    form.subject.as_mut().unwrap().certificate_address = Some("广东省深圳市南山区科技园".to_owned());
    assert!(only("address-", Kind::FirstFiling, &form, &Known::default()).is_empty());
    form.subject.as_mut().unwrap().certificate_address = Some("南山".to_owned());
    let faults = only("address-", Kind::FirstFiling, &form, &Known::default());
    assert_eq!(faults, ["subject.certificate_address: address-short"]);
}
