//! Terms are counted in calendar months on the days of Shanghai.

use super::*;

fn purchased(from: &str, to: &str) -> Vec<Code> {
    ask(E, "swas", |f| zoned(f, from, to)).codes
}

const SHORT: [Code; 1] = [Code::PurchasedTermShort];

#[test]
fn the_same_day_of_the_month_suffices_and_the_day_before_does_not() {
    assert_eq!(purchased("2020-08-15T10:00:00+08:00", "2020-11-15T10:00:00+08:00"), []);
    assert_eq!(purchased("2020-08-15T10:00:00+08:00", "2020-11-14T23:59:59+08:00"), SHORT);
}

#[test]
fn the_time_of_day_does_not_count() {
    assert_eq!(purchased("2020-08-15T23:59:59+08:00", "2020-11-15T00:00:00+08:00"), []);
}

#[test]
fn a_day_begins_at_midnight_in_shanghai() {
    assert_eq!(purchased("2020-08-15T00:00:00+08:00", "2020-11-15T00:00:00+08:00"), []);
    assert_eq!(purchased("2020-08-14T23:59:59+08:00", "2020-11-14T00:00:00+08:00"), []);
    assert_eq!(purchased("2020-08-15T00:00:00+08:00", "2020-11-14T23:59:59+08:00"), SHORT);
}

#[test]
fn an_instant_that_is_the_day_before_in_greenwich_counts_by_its_day_in_shanghai() {
    // Both are the 14th in UTC; the expiry is the 15th in Shanghai.
    assert_eq!(purchased("2020-08-14T17:00:00Z", "2020-11-14T16:00:00Z"), []);
    assert_eq!(purchased("2020-08-14T17:00:00Z", "2020-11-14T15:59:59Z"), SHORT);
}

#[test]
fn months_end_on_the_last_day_where_the_day_of_purchase_does_not_exist() {
    assert_eq!(purchased("2020-11-30T10:00:00+08:00", "2021-02-28T00:00:00+08:00"), []);
    assert_eq!(purchased("2020-11-30T10:00:00+08:00", "2021-02-27T23:59:59+08:00"), SHORT);
    assert_eq!(purchased("2019-11-30T10:00:00+08:00", "2021-02-28T00:00:00+08:00"), []);
}

#[test]
fn a_leap_day_counts() {
    let now = "2020-01-02T00:00:00+08:00";
    let told = |to| {
        let mut facts = good("swas");
        zoned(&mut facts, "2019-11-30T10:00:00+08:00", to);
        decided(E, &facts, now, None).codes
    };
    assert_eq!(told("2020-02-29T00:00:00+08:00"), []);
    assert_eq!(told("2020-02-28T23:59:59+08:00"), SHORT);
}

#[test]
fn months_are_counted_from_the_start_and_not_chained_through_a_short_month() {
    // 31 January + 3 months is 30 April; chained through 28 February it would be the 28th.
    let told = |to| {
        let mut facts = good("swas");
        zoned(&mut facts, "2021-01-31T10:00:00+08:00", to);
        decided(E, &facts, "2021-02-01T00:00:00+08:00", None).codes
    };
    assert_eq!(told("2021-04-30T00:00:00+08:00"), []);
    assert_eq!(told("2021-04-29T23:59:59+08:00"), SHORT);
}

#[test]
fn the_remaining_term_is_counted_from_today_whatever_the_hour() {
    let told = |now, to| {
        let mut facts = good("swas");
        zoned(&mut facts, "2019-01-01T00:00:00+08:00", to);
        decided(R, &facts, now, None).codes
    };
    assert_eq!(told("2020-11-01T23:59:59+08:00", "2021-02-01T00:00:00+08:00"), []);
    assert_eq!(told("2020-11-01T00:00:00+08:00", "2021-01-31T23:59:59+08:00"), [Code::RemainingTermShort]);
    assert_eq!(told("2020-11-02T00:00:00+08:00", "2021-02-01T23:59:59+08:00"), [Code::RemainingTermShort]);
    assert_eq!(told("2020-11-01T15:59:59Z", "2021-02-01T00:00:00+08:00"), []);
    assert_eq!(told("2020-11-01T16:00:00Z", "2021-02-01T00:00:00+08:00"), [Code::RemainingTermShort]);
}

#[test]
fn the_actual_months_are_the_whole_ones_reached() {
    let actual =
        |from, to| ask(E, "swas", |f| zoned(f, from, to)).finding(Code::PurchasedTermShort)["actual"].clone();
    assert_eq!(actual("2020-08-15T10:00:00+08:00", "2020-11-14T10:00:00+08:00"), 2);
    assert_eq!(actual("2020-10-15T10:00:00+08:00", "2020-11-14T10:00:00+08:00"), 0);
    assert_eq!(actual("2020-10-15T10:00:00+08:00", "2020-11-15T10:00:00+08:00"), 1);
}

#[test]
fn a_purchase_in_the_future_is_decided_as_given() {
    assert_eq!(purchased("2020-12-01T00:00:00+08:00", "2021-03-01T00:00:00+08:00"), []);
    assert_eq!(purchased("2021-12-01T00:00:00+08:00", "2021-03-01T00:00:00+08:00"), SHORT);
}
