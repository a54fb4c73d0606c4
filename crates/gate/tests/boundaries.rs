//! Where answers turn: instants, ends of ranges, lengths of names, what wins over what.
#![cfg(test)]

use gate::{
    AddressRange, Answer, ApplyError, Builder, Change, Delta, Index, KeepError, MAX_REASON, MAX_WINDOWS,
    Position, RangeError, Record, Standing, Trust, WhenStale, Why, Window, WriteError, write_delta,
};
use jiff::{SignedDuration, Timestamp};
use ledger::Signer;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn standing(standing: Standing) -> Record {
    Record { standing, ..Record::default() }
}

fn window(from: Option<i64>, until: Option<i64>, reason: &str) -> Window {
    Window { from: from.map(at), until: until.map(at), reason: reason.to_owned() }
}

/// The position of a ledger of so many entries.
fn place(size: u64) -> Position {
    Position { size, last: u128::from(size) << 64 | 7 }
}

fn index(domains: &[(&str, Record)], ranges: &[(&str, &str)]) -> Index {
    let mut builder = Builder::new([1; 16], 0);
    for (domain, record) in domains {
        builder.put(domain, record).unwrap();
    }
    for (range, reason) in ranges {
        builder.put_range(range.parse().unwrap(), reason).unwrap();
    }
    builder.finish(place(7), at(1000)).unwrap()
}

#[test]
fn a_window_holds_from_its_first_instant_to_the_last_before_its_end() {
    let windows = vec![window(Some(10), Some(20), "short"), window(Some(15), Some(30), "long")];
    let index = index(&[("a.com", Record { windows, ..Record::default() })], &[]);
    let one = SignedDuration::from_micros(1);
    let told = |at| match index.answer("a.com", at).why {
        Why::WhiteListed { until, reason } => Some((until, reason)),
        _ => None,
    };
    assert_eq!(told(at(10) - one), None);
    assert_eq!(told(at(10)), Some((Some(at(20)), "short")));
    assert_eq!(told(at(15) - one), Some((Some(at(20)), "short")));
    assert_eq!(told(at(15)), Some((Some(at(30)), "long")), "the one that lasts longest is told");
    assert_eq!(told(at(30) - one), Some((Some(at(30)), "long")));
    assert_eq!(told(at(30)), None);
}

#[test]
fn a_window_with_open_ends_holds_always_and_one_that_ends_as_it_begins_never() {
    let open = Record { windows: vec![window(None, None, "open")], ..Record::default() };
    let none = Record { windows: vec![window(Some(5), Some(5), "none")], ..Record::default() };
    let index = index(&[("open.com", open), ("none.com", none)], &[]);
    for at in [Timestamp::MIN, at(5), Timestamp::MAX] {
        assert_eq!(index.answer("open.com", at).why, Why::WhiteListed { until: None, reason: "open" });
        assert_eq!(index.answer("none.com", at).why, Why::NotFiled);
    }
}

#[test]
fn the_blacklist_wins_over_everything_and_a_filing_over_a_window() {
    let windows = vec![window(None, None, "any")];
    let all = [
        (Standing::None, false, vec![], "not-filed"),
        (Standing::None, false, windows.clone(), "white-listed"),
        (Standing::Active, false, windows.clone(), "filed"),
        (Standing::AccessDropped, false, windows.clone(), "white-listed"),
        (Standing::AccessDropped, false, vec![], "not-hosted-here"),
        (Standing::Cancelled, false, vec![], "cancelled"),
        (Standing::Active, true, windows.clone(), "listed"),
        (Standing::None, true, windows, "listed"),
    ];
    for (standing, listed, windows, word) in all {
        let index = index(&[("a.com", Record { standing, listed, windows })], &[]);
        assert_eq!(index.answer("www.a.com", at(0)).why.word(), word);
    }
}

#[test]
fn names_on_either_side_of_what_a_slot_holds_are_told_apart() {
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}.com", "b".repeat(57));
    let names: Vec<String> = (1..=63).map(|len| format!("{}.com", "c".repeat(len))).collect();
    let active = standing(Standing::Active);
    let mut known: Vec<(&str, Record)> =
        names.iter().step_by(2).map(|name| (name.as_str(), active.clone())).collect();
    let registrable = format!("{}.com", "b".repeat(57));
    known.push((&registrable, active));
    let index = index(&known, &[]);
    for (nth, name) in names.iter().enumerate() {
        let expected = if nth.is_multiple_of(2) { "filed" } else { "not-filed" };
        assert_eq!(index.answer(name, at(0)).why.word(), expected, "{name}");
        assert_eq!(index.answer(&name.replace(".com", ".cn"), at(0)).why.word(), "not-filed");
    }
    assert_eq!(longest.len(), 253);
    assert_eq!(index.answer(&longest, at(0)).why, Why::Filed);
    assert_eq!(index.answer(&format!("{longest}."), at(0)).why, Why::Filed);
    assert_eq!(index.answer(&format!("a{longest}"), at(0)).why, Why::NoDomain);
}

#[test]
fn a_domain_of_another_script_is_one_in_either_form() {
    let index = index(&[("xn--fsqu00a.xn--fiqs8s", standing(Standing::Active))], &[]);
    for name in ["例子.中国", "www.例子.中国", "XN--FSQU00A.xn--fiqs8s.", "例子。中国"] {
        assert_eq!(index.answer(name, at(0)), Answer { serve: true, why: Why::Filed }, "{name}");
    }
    assert_eq!(index.answer("例.中国", at(0)).why, Why::NotFiled);
}

#[test]
fn a_range_holds_its_ends_and_the_narrowest_tells_its_reason() {
    let ranges = [
        ("10.0.0.0/8", "ours"),
        ("10.0.1.0/24", "lab"),
        ("10.0.1.250-10.0.2.5", "over both"),
        ("255.255.255.255", "last"),
        ("2001:db8::/32", "six"),
        ("::/127", "lowest"),
        ("::ffff:9.9.9.0/120", "mapped"),
    ];
    let index = index(&[], &ranges);
    let cases = [
        ("9.255.255.255", None),
        ("10.0.0.0", Some("ours")),
        ("10.255.255.255", Some("ours")),
        ("11.0.0.0", None),
        ("10.0.0.255", Some("ours")),
        ("10.0.1.0", Some("lab")),
        ("10.0.1.249", Some("lab")),
        ("10.0.1.250", Some("over both")),
        ("10.0.2.5", Some("over both")),
        ("10.0.2.6", Some("ours")),
        ("255.255.255.254", None),
        ("255.255.255.255", Some("last")),
        ("[2001:db8::1]", Some("six")),
        ("2001:db8::1", Some("six")),
        ("[2001:db7:ffff:ffff:ffff:ffff:ffff:ffff]", None),
        ("[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]", Some("six")),
        ("[2001:db9::]", None),
        ("[::1]", Some("lowest")),
        ("[::2]", None),
        ("[::ffff:10.0.1.7]", Some("lab")),
        ("9.9.9.255", Some("mapped")),
        ("9.9.10.0", None),
        ("[10.0.0.1]", None),
        ("010.0.0.1", None),
        ("10.0.1", None),
    ];
    for (name, reason) in cases {
        let expected = reason.map_or(Why::NoDomain, |reason| Why::AddressRange { reason });
        assert_eq!(index.answer(name, at(0)).why, expected, "{name}");
    }
}

#[test]
fn what_is_no_range_is_told_by_its_fault() {
    let cases = [
        ("10.0.0.1/8", RangeError::HostBits),
        ("10.0.0.0/33", RangeError::Form),
        ("10.0.0.0/", RangeError::Form),
        ("10.0.0.0/+8", RangeError::Form),
        ("::/129", RangeError::Form),
        ("10.0.0.2-10.0.0.1", RangeError::Order),
        ("10.0.0.1-::1", RangeError::Families),
        ("ten", RangeError::Form),
        ("", RangeError::Form),
    ];
    for (text, fault) in cases {
        assert_eq!(text.parse::<AddressRange>(), Err(fault), "{text}");
    }
    for text in ["0.0.0.0/0", "::/0", "10.0.0.0/32", "::1/128", "10.0.0.1-10.0.0.9"] {
        let range: AddressRange = text.parse().unwrap();
        assert_eq!(range.to_string().parse(), Ok(range), "{text}");
    }
}

#[test]
fn an_old_index_keeps_its_gravest_refusals_and_fails_as_it_was_told_for_the_rest() {
    let domains = [
        ("filed.com", standing(Standing::Active)),
        ("dropped.com", standing(Standing::AccessDropped)),
        ("listed.com", Record { listed: true, ..Record::default() }),
        ("white.com", Record { windows: vec![window(None, None, "")], ..Record::default() }),
    ];
    let index = index(&domains, &[("10.0.0.0/8", "")]);
    let max_age = SignedDuration::from_secs(60);
    let cases = [
        ("filed.com", "filed", "stale-closed"),
        ("white.com", "white-listed", "stale-closed"),
        ("10.0.0.1", "address-range", "stale-closed"),
        ("dropped.com", "stale-open", "stale-closed"),
        ("other.com", "stale-open", "stale-closed"),
        ("listed.com", "listed", "listed"),
        ("com", "no-domain", "no-domain"),
    ];
    for (name, open, closed) in cases {
        for (when_stale, word) in [(WhenStale::Open, open), (WhenStale::Closed, closed)] {
            let trust = Trust { max_age, when_stale };
            let weigh = |at| trust.weigh(index.answer(name, at), index.as_of(), at);
            let stale = weigh(index.as_of() + max_age + SignedDuration::from_nanos(1));
            assert_eq!(stale.why.word(), word, "{name}");
            let refused = matches!(word, "listed" | "no-domain" | "stale-closed");
            assert_eq!(stale.serve, !refused, "{name}");
            for fresh in [at(0), index.as_of(), index.as_of() + max_age] {
                assert_eq!(weigh(fresh), index.answer(name, fresh), "{name}");
            }
        }
    }
}

#[test]
fn a_delta_from_another_position_is_refused_with_both_and_an_empty_one_renews() {
    let index = index(&[("a.com", standing(Standing::Active))], &[]);
    let heartbeat =
        |from, to, as_of| Delta { from: place(from), to: place(to), as_of: at(as_of), changes: vec![] };
    let refused = index.applied(&heartbeat(8, 9, 2000)).unwrap_err();
    assert_eq!(refused, ApplyError::OtherPosition { at: place(7), from: place(8) });
    let told = format!("the delta is from position {}, the index is at {}", place(8), place(7));
    assert_eq!(refused.to_string(), told);
    let renewed = index.applied(&heartbeat(7, 7, 2000)).unwrap();
    assert_eq!((renewed.position(), renewed.as_of()), (place(7), at(2000)));
    assert_eq!(renewed.answer("a.com", at(0)).why, Why::Filed);
    // One that comes late would undo what is newer.
    let late = renewed.applied(&heartbeat(7, 8, 1999)).unwrap_err();
    assert_eq!(late, ApplyError::Older { known: at(2000), came: at(1999) });
    let back = index.changed(&[], place(6), at(2000)).unwrap_err();
    assert_eq!(back, KeepError::Position { now: place(7), asked: place(6) });
}

#[test]
fn a_ledger_that_went_on_elsewhere_is_another_however_long_it_is() {
    let index = index(&[("a.com", standing(Standing::Active))], &[]);
    let elsewhere = |size| Position { size, last: 1 };
    let of_another = Delta { from: elsewhere(7), to: elsewhere(8), as_of: at(2000), changes: vec![] };
    let refused = ApplyError::OtherPosition { at: place(7), from: elsewhere(7) };
    assert_eq!(index.applied(&of_another).unwrap_err(), refused);
    let to_another = Delta { from: place(7), to: elsewhere(7), ..of_another };
    let refused = KeepError::Position { now: place(7), asked: elsewhere(7) };
    assert_eq!(index.applied(&to_another).unwrap_err(), ApplyError::Keep(refused.clone()));
    let written = write_delta(
        &to_another,
        &Signer::from_seed("kebei.example/gate", &[7; 32]).unwrap(),
        &mut Vec::new(),
    );
    assert!(matches!(written, Err(WriteError::Keep(kept)) if kept == refused));
}

#[test]
fn what_changed_while_a_base_was_made_is_not_lost() {
    let active = standing(Standing::Active);
    let mut index =
        index(&[("a.com", active.clone()), ("b.com", active.clone()), ("c.com", active.clone())], &[]);
    let mut change = |domain: &str, record: &Record| {
        let size = index.position().size + 1;
        let change = Change::Domain { domain: domain.to_owned(), record: record.clone() };
        index = index.changed(&[change], place(size), at(2000)).unwrap();
        index.clone()
    };
    let white = Record { windows: vec![window(None, None, "a campaign")], ..Record::default() };
    change("a.com", &Record::default());
    let early = change("d.com", &white);
    let compacted = early.compacted();
    change("b.com", &Record::default());
    change("a.com", &active);
    change("e.com", &active);
    let changed = change("d.com", &Record { windows: vec![window(None, None, "another")], ..white.clone() });
    let rebased = changed.rebased(&compacted);
    assert_eq!((rebased.position(), rebased.as_of()), (changed.position(), changed.as_of()));
    for domain in ["a.com", "b.com", "c.com", "d.com", "e.com"] {
        assert_eq!(rebased.record(domain), changed.record(domain), "{domain}");
    }
    assert_eq!((rebased.based(), rebased.overlaid()), (3, 4), "what the new base has is not kept twice");
    assert_eq!(early.rebased(&compacted).overlaid(), 0);
    // A base of another index has nothing to do with it.
    let other = self::index(&[("z.com", active)], &[]);
    assert_eq!(changed.rebased(&other).record("b.com"), changed.record("b.com"));
    assert_eq!(changed.rebased(&other).answer("z.com", at(2000)).why, Why::NotFiled);
}

#[test]
fn what_is_forgotten_is_gone_and_the_index_before_stays_as_it_was() {
    let before = index(&[("a.com", standing(Standing::Active)), ("b.com", standing(Standing::Active))], &[]);
    let forget = Change::Domain { domain: "a.com".into(), record: Record::default() };
    let after = before.changed(&[forget], place(8), at(1001)).unwrap();
    assert_eq!(before.answer("a.com", at(0)).why, Why::Filed);
    for index in [&after, &after.compacted()] {
        assert_eq!(index.answer("a.com", at(0)).why, Why::NotFiled);
        assert_eq!(index.answer("b.com", at(0)).why, Why::Filed);
    }
    assert_eq!((after.based(), after.overlaid()), (2, 1));
    assert_eq!((after.compacted().based(), after.compacted().overlaid()), (1, 0));
}

#[test]
fn what_cannot_be_kept_is_refused() {
    let mut builder = Builder::new([1; 16], 0);
    let active = standing(Standing::Active);
    for domain in [
        "",
        "com",
        "A.com",
        "a..com",
        ".com",
        "a.com.",
        "例子.中国",
        "a_b.com",
        &format!("{}.com", "a".repeat(64)),
    ] {
        assert_eq!(
            builder.put(domain, &active),
            Err(KeepError::NotADomain { domain: domain.to_owned() }),
            "{domain}"
        );
    }
    let reason = |len| Record { windows: vec![window(None, None, &"r".repeat(len))], ..Record::default() };
    assert_eq!(builder.put("a.com", &reason(MAX_REASON)), Ok(()));
    let long = KeepError::Reason { of: "a.com".into(), found: MAX_REASON + 1 };
    assert_eq!(builder.put("a.com", &reason(MAX_REASON + 1)), Err(long));
    let windows = |count| Record { windows: vec![window(None, None, ""); count], ..Record::default() };
    assert_eq!(builder.put("a.com", &windows(MAX_WINDOWS)), Ok(()));
    let many = KeepError::Windows { domain: "a.com".into(), found: MAX_WINDOWS + 1 };
    assert_eq!(builder.put("a.com", &windows(MAX_WINDOWS + 1)), Err(many));
    let beyond = builder.finish(place(ledger::MAX_SIZE + 1), at(0)).unwrap_err();
    assert_eq!(beyond, KeepError::Position { now: Position::default(), asked: place(ledger::MAX_SIZE + 1) });
}

#[test]
fn a_range_is_written_as_a_network_where_it_is_one_and_is_read_again() {
    for (text, written) in [
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.0.0.0-10.255.255.255", "10.0.0.0/8"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("10.0.0.1-10.0.0.2", "10.0.0.1-10.0.0.2"),
        ("10.0.0.0-10.0.0.2", "10.0.0.0-10.0.0.2"),
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("::/0", "::/0"),
        ("2001:db8::1-2001:db8::2", "2001:db8::1-2001:db8::2"),
    ] {
        let range: AddressRange = text.parse().unwrap();
        assert_eq!(range.to_string(), written);
        assert_eq!(written.parse(), Ok(range));
    }
}
