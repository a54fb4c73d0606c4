//! Which verdict wins, and what is told beside it.

use super::*;

fn abroad(f: &mut Facts) {
    f.region = Some("us-west-1".into());
}

#[test]
fn not_required_comes_before_elsewhere() {
    let told = ask(E, "shop", abroad);
    assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
}

#[test]
fn not_required_comes_before_ineligible() {
    let told = ask(E, "ecs", |f| {
        abroad(f);
        f.billing = Some(Billing::PayAsYouGo);
        f.public_bandwidth_mbps = Some(0);
        f.codes_issued = 9;
    });
    assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
}

#[test]
fn not_required_comes_before_undetermined() {
    let told = ask(E, "ecs", |f| {
        abroad(f);
        f.expires_at = None;
        f.billing = None;
    });
    assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
}

#[test]
fn not_required_comes_before_eligible() {
    assert_eq!(ask(E, "ecs", abroad).verdict, Verdict::NotRequired);
}

#[test]
fn elsewhere_comes_before_ineligible() {
    let told = ask(E, "shop", |f| f.expires_at = Some(day("2020-10-01")));
    assert_eq!((told.verdict, told.codes), (Verdict::Elsewhere, vec![Code::FiledElsewhere]));
}

#[test]
fn elsewhere_comes_before_undetermined() {
    let told = ask(E, "shop", |f| {
        f.region = None;
        f.expires_at = None;
    });
    assert_eq!((told.verdict, told.codes), (Verdict::Elsewhere, vec![Code::FiledElsewhere]));
}

#[test]
fn ineligible_comes_before_undetermined() {
    let told = ask(E, "ecs", |f| {
        f.public_ips = None;
        f.codes_issued = 5;
    });
    assert_eq!(
        (told.verdict, told.codes),
        (Verdict::Ineligible, vec![Code::QuotaExhausted, Code::UnknownFact])
    );
}

#[test]
fn undetermined_comes_before_eligible() {
    assert_eq!(ask(E, "ecs", |f| f.public_ips = None).verdict, Verdict::Undetermined);
}

#[test]
fn another_account_stays_beside_not_required_without_changing_it() {
    let mut facts = good("ecs");
    abroad(&mut facts);
    let told = decided(E, &facts, NOW, Some("acc-8"));
    assert_eq!(
        (told.verdict, told.codes),
        (Verdict::NotRequired, vec![Code::OtherAccount, Code::OutsideMainland])
    );
}

#[test]
fn another_account_stays_beside_elsewhere_without_changing_it() {
    let told = decided(E, &good("shop"), NOW, Some("acc-8"));
    assert_eq!(
        (told.verdict, told.codes),
        (Verdict::Elsewhere, vec![Code::OtherAccount, Code::FiledElsewhere])
    );
}

#[test]
fn an_unknown_buyer_is_not_told_beside_not_required_or_elsewhere() {
    let told = ask(E, "shop", |f| f.account = None);
    assert_eq!(told.codes, [Code::FiledElsewhere]);
    let told = ask(E, "ecs", |f| {
        abroad(f);
        f.account = None;
    });
    assert_eq!(told.codes, [Code::OutsideMainland]);
}

#[test]
fn an_unknown_product_is_ineligible_whatever_the_region() {
    for region in [None, Some("us-west-1"), Some("mars-1"), Some("cn-hangzhou")] {
        let told = ask(E, "toaster", |f| f.region = region.map(Into::into));
        assert_eq!(
            (told.verdict, told.codes),
            (Verdict::Ineligible, vec![Code::ProductNotFileable]),
            "{region:?}"
        );
    }
}

#[test]
fn an_unknown_product_has_only_another_account_beside_it() {
    let mut facts = good("toaster");
    facts.expires_at = None;
    facts.billing = Some(Billing::PayAsYouGo);
    facts.codes_issued = 99;
    let told = decided(E, &facts, NOW, Some("acc-8"));
    assert_eq!(told.codes, [Code::ProductNotFileable, Code::OtherAccount]);
    facts.account = None;
    assert_eq!(decided(E, &facts, NOW, Some("acc-8")).codes, [Code::ProductNotFileable]);
}

#[test]
fn an_unknown_product_has_no_way_of_verification_no_quota_and_no_source() {
    let told = ask(E, "toaster", |_| ());
    assert_eq!((&told.json["verified_by"], &told.json["quota"]), (&Value::Null, &Value::Null));
    assert_eq!(told.finding(Code::ProductNotFileable)["source"], json!([]));
}

#[test]
fn a_product_of_a_later_edition_is_not_fileable_yet() {
    assert_eq!(ask("2020-01-01", "iot-package", |_| ()).codes, [Code::ProductNotFileable]);
    assert_eq!(ask("2018-05-21", "nat-gateway", |_| ()).codes, [Code::ProductNotFileable]);
}

#[test]
fn a_quota_is_told_beside_not_required_as_well() {
    assert_eq!(ask(E, "ecs", abroad).json["quota"]["limit"], 5);
}

#[test]
fn exactly_three_findings_do_not_block() {
    let free: Vec<_> = Code::ALL.into_iter().filter(|code| !code.blocks()).collect();
    assert_eq!(free, [Code::OutsideMainland, Code::FiledElsewhere, Code::UnknownFact]);
}

#[test]
fn outside_the_mainland_is_told_with_the_region_and_nothing_to_do() {
    let told = ask(E, "ecs", abroad);
    let finding = told.finding(Code::OutsideMainland);
    assert_eq!((&finding["actual"], &finding["blocking"]), (&json!("us-west-1"), &json!(false)));
    assert_eq!(finding["remedy"], json!({ "action": "none-needed" }));
}

#[test]
fn another_account_does_not_hide_what_else_is_wrong() {
    let mut facts = good("ecs");
    facts.codes_issued = 5;
    assert_eq!(decided(E, &facts, NOW, Some("acc-8")).codes, [Code::OtherAccount, Code::QuotaExhausted]);
}

#[test]
fn nobody_asking_is_not_another_account() {
    assert_eq!(decided(E, &good("ecs"), NOW, None).verdict, Verdict::Eligible);
}

#[test]
fn the_buyer_is_not_named_to_another_account() {
    let told = decided(E, &good("ecs"), NOW, Some("acc-8"));
    assert!(!told.json.to_string().contains("acc-7"), "{}", told.json);
}

#[test]
fn accounts_are_compared_to_the_letter() {
    assert_eq!(decided(E, &good("ecs"), NOW, Some("ACC-7")).codes, [Code::OtherAccount]);
}
