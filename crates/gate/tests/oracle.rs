//! An index against a naive reading of the same rules, through every way that it can take.
#![cfg(test)]

use gate::{
    AddressRange, Builder, Change, Delta, Index, Limits, Position, Record, Standing, Why, Window, read_delta,
    read_snapshot, write_delta, write_snapshot,
};
use jiff::Timestamp;
use ledger::Signer;
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::{collections::BTreeMap, net::IpAddr};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The position of a ledger of so many entries.
fn place(size: u64) -> Position {
    Position { size, last: u128::from(size) << 64 | 7 }
}

/// What is known, in maps.
#[derive(Clone, Debug, Default)]
struct Naive {
    domains: BTreeMap<String, Record>,
    ranges: BTreeMap<AddressRange, String>,
}

impl Naive {
    fn take(&mut self, changes: &[Change]) {
        for change in changes.iter().cloned() {
            match change {
                Change::Domain { domain, record } => drop(self.domains.insert(domain, record)),
                Change::Range { range, reason: Some(reason) } => drop(self.ranges.insert(range, reason)),
                Change::Range { range, reason: None } => drop(self.ranges.remove(&range)),
                Change::NoRanges => self.ranges.clear(),
            }
        }
    }

    /// The word of the answer, and the reason that it gives.
    fn answer(&self, name: &str, now: Timestamp) -> (&'static str, Option<&str>) {
        let bare = name.strip_suffix('.').unwrap_or(name);
        let inner = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let address =
            inner.map_or(bare, |inner| if inner.contains(':') { inner } else { bare }).parse::<IpAddr>();
        if let Ok(address) = address {
            return self.address(address.to_canonical());
        }
        let Ok(domain) = domains::registrable(name) else { return ("no-domain", None) };
        let record = self.domains.get(&domain).cloned().unwrap_or_default();
        if record.listed {
            return ("listed", None);
        }
        if record.standing == Standing::Active {
            return ("filed", None);
        }
        let holds = |window: &&Window| {
            window.from.is_none_or(|from| from <= now) && window.until.is_none_or(|until| now < until)
        };
        if let Some(known) = self.domains.get(&domain)
            && known.windows.iter().any(|window| holds(&window))
        {
            return ("white-listed", None);
        }
        match record.standing {
            Standing::AccessDropped => ("not-hosted-here", None),
            Standing::Cancelled => ("cancelled", None),
            Standing::Active | Standing::None => ("not-filed", None),
        }
    }

    fn address(&self, address: IpAddr) -> (&'static str, Option<&str>) {
        let number = |ip: IpAddr| match ip {
            IpAddr::V4(v4) => u128::from(u32::from(v4)),
            IpAddr::V6(v6) => v6.into(),
        };
        let holding = self.ranges.iter().filter(|(range, _)| {
            range.first().is_ipv4() == address.is_ipv4()
                && range.first() <= address
                && address <= range.last()
        });
        let narrowest =
            holding.min_by_key(|(range, _)| (number(range.last()) - number(range.first()), **range));
        narrowest.map_or(("no-domain", None), |(_, reason)| ("address-range", Some(reason)))
    }
}

fn window() -> impl Strategy<Value = Window> {
    (option::of(0_i64..20), option::of(0_i64..20), "[a-z]{0,8}").prop_map(|(from, until, reason)| Window {
        from: from.map(at),
        until: until.map(at),
        reason,
    })
}

fn record() -> impl Strategy<Value = Record> {
    let standing = select(vec![
        Standing::None,
        Standing::None,
        Standing::Active,
        Standing::AccessDropped,
        Standing::Cancelled,
    ]);
    (standing, prop::bool::weighted(0.2), vec(window(), 0..3))
        .prop_map(|(standing, listed, windows)| Record { standing, listed, windows })
}

/// Few domains, so that they come again, on either side of what a slot holds.
fn domain() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        3 => "[a-c]{1,2}",
        1 => select(vec!["a".repeat(13), "a".repeat(14), "a".repeat(15), "a".repeat(63), "xn--fsqu00a".to_owned()]),
    ];
    let suffix = select(vec!["com", "cn", "com.cn", "xn--fiqs8s", "co.uk", "b.ck", "city", "xn--55qx5d.cn"]);
    (label, suffix).prop_map(|(label, suffix)| format!("{label}.{suffix}"))
}

fn range() -> impl Strategy<Value = AddressRange> {
    let v4 = (0_u8..8, 0_u8..8).prop_map(|(a, b)| format!("10.0.0.{}-10.0.0.{}", a.min(b), a.max(b)));
    let v6 = (0_u8..8, 0_u8..8).prop_map(|(a, b)| format!("2001:db8::{}-2001:db8::{}", a.min(b), a.max(b)));
    let fixed = select(vec!["::/0", "0.0.0.0/0", "10.0.0.4/30", "::ffff:10.0.0.2", "255.255.255.255"]);
    prop_oneof![3 => v4, 3 => v6, 1 => fixed.prop_map(str::to_owned)].prop_map(|text| text.parse().unwrap())
}

fn changes(most: usize) -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        6 => (domain(), record()).prop_map(|(domain, record)| Change::Domain { domain, record }),
        2 => (range(), option::of("[a-z]{0,8}")).prop_map(|(range, reason)| Change::Range { range, reason }),
        1 => Just(Change::NoRanges),
    ];
    vec(change, 0..most)
}

fn asked() -> impl Strategy<Value = Vec<(String, i64)>> {
    let below =
        (select(vec!["", "www.", "A.b."]), domain()).prop_map(|(below, domain)| format!("{below}{domain}"));
    let fixed = select(vec![
        "10.0.0.0",
        "10.0.0.7",
        "10.0.0.8",
        "[2001:db8::3]",
        "2001:db8::7",
        "[::ffff:10.0.0.2]",
        "255.255.255.255",
        "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]",
        "com",
        "",
        "[10.0.0.1]",
        "10.0.0.1.",
        "例子.中国",
        "a.b.c.ck",
        "a b",
    ]);
    vec((prop_oneof![6 => below, 2 => fixed.prop_map(str::to_owned)], 0_i64..21), 1..80)
}

fn built(changes: &[Change]) -> Index {
    let mut builder = Builder::new([3; 16], 0);
    for change in changes {
        match change {
            Change::Domain { domain, record } => builder.put(domain, record).unwrap(),
            Change::Range { range, reason: Some(reason) } => builder.put_range(*range, reason).unwrap(),
            Change::Range { .. } | Change::NoRanges => {}
        }
    }
    builder.finish(place(5), at(0)).unwrap()
}

fn signer() -> Signer {
    Signer::from_seed("kebei.example/gate", &[7; 32]).unwrap()
}

fn read_again(index: &Index) -> Index {
    let mut bytes = Vec::new();
    write_snapshot(index, &signer(), &mut bytes).unwrap();
    read_snapshot(&mut bytes.as_slice(), signer().verifying_key(), &Limits::default()).unwrap()
}

fn agrees(index: &Index, naive: &Naive, asked: &[(String, i64)]) -> Result<(), TestCaseError> {
    for (domain, record) in &naive.domains {
        prop_assert_eq!(&index.record(domain), record);
    }
    for (name, second) in asked {
        let answer = index.answer(name, at(*second));
        let (word, reason) = naive.answer(name, at(*second));
        prop_assert_eq!(answer.why.word(), word, "{} at {}", name, second);
        prop_assert_eq!(answer.serve, matches!(word, "filed" | "white-listed" | "address-range"));
        if let Why::AddressRange { reason: told } = answer.why {
            prop_assert_eq!(Some(told), reason);
        }
    }
    let names: Vec<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
    let mut together = Vec::new();
    index.answers(&names, at(7), &mut together);
    let alone: Vec<_> = names.iter().map(|name| index.answer(name, at(7))).collect();
    prop_assert_eq!(together, alone);
    let ranges: BTreeMap<_, _> = index.ranges().map(|(range, reason)| (range, reason.to_owned())).collect();
    prop_assert_eq!(&ranges, &naive.ranges);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_index_answers_as_a_naive_reading_does_by_whatever_way_it_came(
        first in changes(120), later in vec(changes(30), 0..4), asked in asked(),
    ) {
        let mut naive = Naive::default();
        let kept: Vec<Change> = first
            .into_iter()
            .filter(|change| !matches!(change, Change::Range { reason: None, .. } | Change::NoRanges))
            .collect();
        naive.take(&kept);
        let (mut index, mut before) = (built(&kept), Vec::new());
        agrees(&index, &naive, &asked)?;
        for (changes, nth) in later.into_iter().zip(1_i64..) {
            naive.take(&changes);
            let delta = Delta {
                from: index.position(),
                to: place(index.position().size + 2),
                as_of: at(nth),
                changes,
            };
            let mut bytes = Vec::new();
            write_delta(&delta, &signer(), &mut bytes).unwrap();
            let read = read_delta(&mut bytes.as_slice(), signer().verifying_key(), &Limits::default()).unwrap();
            prop_assert_eq!(&read, &delta);
            let next = index.applied(&read).unwrap();
            prop_assert_eq!(next.position(), place(index.position().size + 2));
            prop_assert_eq!(next.as_of(), at(nth));
            before.push(index);
            index = next;
            agrees(&index, &naive, &asked)?;
        }
        // A base that was made of any state before it.
        for early in &before {
            agrees(&index.rebased(&early.compacted()), &naive, &asked)?;
        }
        let compacted = index.compacted();
        prop_assert_eq!(compacted.overlaid(), 0);
        let kept = naive.domains.values().filter(|record| **record != Record::default()).count();
        prop_assert_eq!(compacted.based(), kept);
        agrees(&compacted, &naive, &asked)?;
        agrees(&read_again(&index), &naive, &asked)?;
        agrees(&read_again(&compacted), &naive, &asked)?;
    }

    #[test]
    fn many_suffixes_and_long_labels_are_kept_as_any(
        labels in vec(("[a-z]{1,30}", "[a-z]{1,2}"), 1..600),
    ) {
        let mut builder = Builder::new([9; 16], 3);
        let active = Record { standing: Standing::Active, ..Record::default() };
        let domains: Vec<String> = labels.iter().map(|(label, tail)| format!("{label}.{tail}")).collect();
        for domain in &domains {
            builder.put(domain, &active).unwrap();
        }
        let index = read_again(&builder.finish(place(1), at(0)).unwrap());
        for domain in &domains {
            prop_assert_eq!(&index.record(domain), &active);
            let other = format!("{}{}", "q", domain);
            prop_assert_eq!(index.record(&other) == active, domains.contains(&other));
        }
    }
}
