//! Every renewal of a decision is the same, and the fewest months that suffice.

use super::*;

fn renewals(told: &Outcome) -> Vec<Value> {
    let findings = told.json["findings"].as_array().unwrap();
    let remedies = findings.iter().map(|finding| finding["remedy"].clone());
    remedies.filter(|remedy| remedy["action"] == "renew").collect()
}

fn renew(months: u32, until: &str) -> Value {
    json!({ "action": "renew", "months": months, "until": until })
}

#[test]
fn a_renewal_is_the_fewest_months_that_make_up_the_purchased_term() {
    let told = ask(E, "swas", |f| term(f, "2020-10-15", "2020-11-15"));
    assert_eq!(renewals(&told), [renew(2, "2021-01-15T10:00:00+08:00")]);
}

#[test]
fn a_day_short_takes_a_whole_month() {
    let told = ask(E, "swas", |f| term(f, "2020-08-15", "2020-11-14"));
    assert_eq!(renewals(&told), [renew(1, "2020-12-14T10:00:00+08:00")]);
}

#[test]
fn a_renewal_makes_up_the_remaining_term() {
    let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-12-01"));
    assert_eq!(renewals(&told), [renew(2, "2021-02-01T10:00:00+08:00")]);
}

#[test]
fn every_renewal_of_a_decision_is_the_same_and_serves_all_of_them() {
    // The purchased term alone would take one month, the remaining term two.
    let told = ask(R, "swas", |f| term(f, "2020-09-20", "2020-12-10"));
    assert_eq!(told.codes, [Code::PurchasedTermShort, Code::RemainingTermShort]);
    let both = renew(2, "2021-02-10T10:00:00+08:00");
    assert_eq!(renewals(&told), [both.clone(), both]);
}

#[test]
fn renewing_an_expired_instance_makes_its_terms_good_as_well() {
    // One month would revive it, but three must remain.
    let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-15"));
    assert_eq!(renewals(&told), [renew(4, "2021-02-15T10:00:00+08:00")]);
}

#[test]
fn where_only_the_expiry_counts_a_renewal_reaches_beyond_now() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(day("2020-08-15")));
    assert_eq!(renewals(&told), [renew(3, "2020-11-15T10:00:00+08:00")]);
}

#[test]
fn a_renewal_that_would_end_this_very_instant_takes_a_month_more() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-01T12:00:00+08:00")));
    assert_eq!(renewals(&told), [renew(2, "2020-12-01T12:00:00+08:00")]);
}

#[test]
fn a_renewal_that_would_end_a_second_from_now_suffices() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-01T12:00:01+08:00")));
    assert_eq!(renewals(&told), [renew(1, "2020-11-01T12:00:01+08:00")]);
}

#[test]
fn an_instance_that_expired_today_is_renewed_by_one_month_at_least() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at(NOW)));
    assert_eq!(renewals(&told), [renew(1, "2020-12-01T12:00:00+08:00")]);
}

#[test]
fn months_are_added_to_the_old_expiry_in_one_go() {
    // 31 October + 4 months = 28 February; chained through November it would be lost sooner.
    let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-31"));
    assert_eq!(renewals(&told), [renew(4, "2021-02-28T10:00:00+08:00")]);
}

#[test]
fn a_term_whose_purchase_is_unknown_is_left_out_of_the_renewal() {
    let told = ask(E, "swas", |f| {
        f.purchased_at = None;
        f.expires_at = Some(day("2020-10-15"));
    });
    assert_eq!(told.codes, [Code::Expired, Code::UnknownFact]);
    assert_eq!(renewals(&told), [renew(1, "2020-11-15T10:00:00+08:00")]);
}

#[test]
fn the_new_expiry_keeps_the_clock_of_shanghai() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-30T16:30:15Z")));
    assert_eq!(renewals(&told), [renew(1, "2020-11-30T00:30:15+08:00")]);
}
