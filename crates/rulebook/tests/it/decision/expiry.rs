//! When an instance has expired, to the instant.

use super::*;

fn told(expires: &str, now: &str) -> Vec<Code> {
    let mut facts = good("swas");
    facts.purchased_at = Some(day("2019-01-01"));
    facts.expires_at = Some(at(expires));
    decided(E, &facts, now, None).codes
}

#[test]
fn an_expiry_at_this_very_instant_has_expired() {
    assert_eq!(told("2020-11-01T12:00:00+08:00", "2020-11-01T12:00:00+08:00"), [Code::Expired]);
}

#[test]
fn an_expiry_a_second_from_now_has_not() {
    assert_eq!(told("2020-11-01T12:00:01+08:00", "2020-11-01T12:00:00+08:00"), []);
}

#[test]
fn an_expiry_a_nanosecond_from_now_has_not() {
    assert_eq!(told("2020-11-01T12:00:00.000000001+08:00", "2020-11-01T12:00:00+08:00"), []);
}

#[test]
fn instants_are_compared_and_not_clocks() {
    assert_eq!(told("2020-11-01T05:00:00Z", "2020-11-01T12:00:00+08:00"), []);
    assert_eq!(told("2020-11-01T04:00:00Z", "2020-11-01T12:00:00+08:00"), [Code::Expired]);
}

#[test]
fn what_has_expired_is_not_also_told_to_have_nothing_left() {
    let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-01"));
    assert_eq!(told.codes, [Code::Expired]);
}

#[test]
fn what_has_expired_is_also_told_to_have_been_bought_for_too_short() {
    let told = ask(R, "swas", |f| term(f, "2020-09-01", "2020-10-01"));
    assert_eq!(told.codes, [Code::PurchasedTermShort, Code::Expired]);
}

#[test]
fn what_expires_later_today_has_less_than_a_month_left_and_has_not_expired() {
    let mut facts = good("swas");
    zoned(&mut facts, "2019-01-01T00:00:00+08:00", "2020-11-01T23:00:00+08:00");
    assert_eq!(decided(R, &facts, NOW, None).codes, [Code::RemainingTermShort]);
}

#[test]
fn an_expired_instance_shows_the_instant_in_shanghai() {
    let told = ask(E, "swas", |f| f.expires_at = Some(at("2020-10-31T17:00:00Z")));
    let finding = told.finding(Code::Expired);
    assert_eq!(
        (&finding["required"], &finding["actual"]),
        (&Value::Null, &json!("2020-11-01T01:00:00+08:00"))
    );
}

#[test]
fn an_instance_of_a_row_without_any_condition_must_not_have_expired_either() {
    let told = ask(E, "premium-hosting", |f| f.expires_at = Some(day("2020-10-31")));
    assert_eq!(told.codes, [Code::Expired]);
}
