//! A purchase that was derived is used and marked.

use super::*;

const HINTS: [&str; 2] = ["可能更短", "may be shorter"];

fn purchase(f: &mut Facts) {
    f.derived = [Fact::PurchasedAt].into_iter().collect();
}

#[test]
fn a_derived_purchase_is_used_and_an_eligible_instance_may_really_have_a_shorter_term() {
    let told = ask(E, "swas", purchase);
    assert_eq!((told.verdict, &told.json["derived"]), (Verdict::Eligible, &json!(["purchased_at"])));
    for (summary, hint) in told.summary.iter().zip(HINTS) {
        assert!(summary.contains(hint), "{summary}");
    }
}

#[test]
fn a_derived_purchase_is_told_with_a_short_term() {
    let told = ask(E, "swas", |f| {
        purchase(f);
        term(f, "2020-10-15", "2020-11-15");
    });
    assert!(told.message(Code::PurchasedTermShort).contains(HINTS[0]));
}

#[test]
fn a_derived_purchase_is_told_once_whatever_else_stands_in_the_way() {
    for change in [
        (|f: &mut Facts| f.codes_issued = 5) as fn(&mut Facts),
        |f| f.region = None,
        |f| term(f, "2020-10-15", "2020-11-15"),
        |f| f.expires_at = Some(day("2020-11-01")),
    ] {
        let told = ask(E, "swas", |f| {
            purchase(f);
            change(f);
        });
        let all = format!("{}{}", told.summary[0], told.json);
        assert_eq!(all.matches(HINTS[0]).count(), 1, "{all}");
    }
}

#[test]
fn a_derived_purchase_that_no_condition_looks_at_raises_no_doubt() {
    let hosts = ask(E, "premium-hosting", purchase);
    let abroad = ask(E, "swas", |f| {
        purchase(f);
        f.region = Some("us-west-1".into());
    });
    let on_demand = ask(E, "swas", |f| {
        purchase(f);
        f.billing = Some(Billing::PayAsYouGo);
    });
    for told in [hosts, abroad, on_demand] {
        assert_eq!(told.json["derived"], json!(["purchased_at"]));
        assert!(!told.summary[0].contains(HINTS[0]), "{}", told.summary[0]);
    }
}
