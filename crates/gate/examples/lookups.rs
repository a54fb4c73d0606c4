//! How fast an index answers, and what it takes: `cargo run --release -p gate --example lookups -- [domains]`.
//!
//! Every answer is held against what was put in.

use gate::{
    Answer, Builder, Change, Index, Limits, Position, Record, Standing, Why, read_snapshot, write_snapshot,
};
use jiff::Timestamp;
use ledger::Signer;
use std::{
    error::Error,
    time::{Duration, Instant},
};

const SUFFIXES: [(&str, u64); 10] = [
    ("com", 42),
    ("cn", 30),
    ("com.cn", 8),
    ("net", 6),
    ("xn--fiqs8s", 2),
    ("org.cn", 1),
    ("net.cn", 2),
    ("org", 2),
    ("top", 5),
    ("vip", 2),
];

/// Names asked for at once: more than any cache has, few enough to keep their texts in memory.
const ASKED: usize = 2_000_000;

/// Changes before a new base is made.
const CHANGES: u64 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let domains: u64 = std::env::args().nth(1).map_or(Ok(10_000_000), |number| number.parse())?;
    let at: Timestamp = "2026-11-30T08:00:00Z".parse()?;
    let signer = Signer::from_seed("kebei.example/gate", &[7; 32])?;

    let begun = Instant::now();
    let built = build(domains, at)?;
    println!("{domains} domains made and put in in {:.2?}", begun.elapsed());
    println!("tables take {} MiB, resident {} MiB", built.bytes() >> 20, resident("VmRSS"));

    let begun = Instant::now();
    let path = std::env::temp_dir().join(format!("gate-lookups-{}", std::process::id()));
    write_snapshot(&built, &signer, &mut std::fs::File::create(&path)?)?;
    println!("snapshot of {} MiB written in {:.2?}", std::fs::metadata(&path)?.len() >> 20, begun.elapsed());
    drop(built);

    let begun = Instant::now();
    let index = read_snapshot(&mut std::fs::File::open(&path)?, signer.verifying_key(), &Limits::default())?;
    println!("snapshot read in {:.2?}, resident {} MiB", begun.elapsed(), resident("VmRSS"));
    std::fs::remove_file(&path)?;

    look_up(&index, domains, at);
    follow(index, domains, at)?;
    println!("resident {} MiB, at most {} MiB", resident("VmRSS"), resident("VmHWM"));
    Ok(())
}

fn build(domains: u64, at: Timestamp) -> Result<Index, Box<dyn Error>> {
    let expected = usize::try_from(domains)?;
    let mut builder = Builder::new([7; 16], expected);
    let mut name = String::new();
    for nth in 0..domains {
        name.clear();
        domain(nth, &mut name);
        builder.put(&name, &record(nth))?;
    }
    Ok(builder.finish(Position { size: domains, last: 7 }, at)?)
}

/// How long it takes until what changed is known: one change after another, as many as there are before a new base is made; and that one,
/// which is made beside them.
fn follow(index: Index, domains: u64, at: Timestamp) -> Result<(), Box<dyn Error>> {
    let mut changed = index;
    let (begun, mut longest) = (Instant::now(), Duration::ZERO);
    for nth in 0..CHANGES {
        let mut name = String::new();
        domain(nth * 97, &mut name);
        let change =
            Change::Domain { domain: name.clone(), record: Record { listed: true, ..Record::default() } };
        let position = Position { size: changed.position().size + 1, last: nth.into() };
        let begun = Instant::now();
        changed = changed.changed(&[change], position, at)?;
        longest = longest.max(begun.elapsed());
        assert_eq!(changed.answer(&name, at).why, Why::Listed, "{name}");
    }
    println!("{CHANGES} changes one after another in {:.2?}, the longest {longest:.2?}", begun.elapsed());
    let begun = Instant::now();
    let compacted = changed.compacted();
    println!("a new base made in {:.2?}", begun.elapsed());
    let begun = Instant::now();
    let rebased = changed.rebased(&compacted);
    assert_eq!((rebased.overlaid(), rebased.position()), (0, changed.position()));
    assert!(u64::try_from(rebased.based())? >= domains.min(CHANGES), "nothing is lost");
    println!("taken in {:.2?}", begun.elapsed());
    Ok(())
}

fn look_up(index: &Index, domains: u64, at: Timestamp) {
    let mut random = fastrand::Rng::with_seed(11);
    // Half of what is asked for was put in; the other half has numbers beyond.
    let numbers: Vec<u64> = (0..ASKED).map(|_| random.u64(0..domains * 2)).collect();
    let names: Vec<String> = numbers.iter().map(|nth| host(*nth)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // The first round makes the kernel hand out the memory for answers, and is not counted.
    let mut answers = Vec::with_capacity(names.len());
    index.answers(&names, at, &mut answers);
    for _ in 0..3 {
        answers.clear();
        let begun = Begun::now();
        answers.extend(names.iter().map(|name| index.answer(name, at)));
        println!("one by one: {}", begun.rate(names.len()));
        check(&answers, &numbers, domains);
        answers.clear();
        let begun = Begun::now();
        for batch in names.chunks(512) {
            index.answers(batch, at, &mut answers);
        }
        println!("in batches: {}", begun.rate(names.len()));
        check(&answers, &numbers, domains);
    }
    let begun = Begun::now();
    let read: usize = names
        .iter()
        .map(|name| domains::Name::read(name).map_or(0, |name| name.registrable_bytes().len()))
        .sum();
    println!("reading the names alone: {} ({read})", begun.rate(names.len()));
    memory(index.bytes(), &mut random);
}

/// What the memory of this machine gives at best: one read of a slot at random places of as many bytes, each place known early, or told
/// by the read before.
fn memory(bytes: usize, random: &mut fastrand::Rng) {
    let slots: Vec<[u64; 2]> = (0..bytes / 16).map(|_| [random.u64(..), 0]).collect();
    let places: Vec<usize> = (0..ASKED).map(|_| random.usize(..slots.len())).collect();
    let begun = Instant::now();
    let all = places.iter().fold(0, |all, place| all ^ slots.get(*place).map_or(0, |slot| slot[0]));
    let early = begun.elapsed().as_nanos() / ASKED as u128;
    let begun = Instant::now();
    let count = slots.len() as u128;
    // The number of the step is mixed in, or the steps would soon go round in a circle that is near.
    let last = (0..ASKED).fold(all, |last, nth| {
        let place = usize::try_from(
            (u128::from(last ^ (nth as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)) * count) >> 64,
        )
        .unwrap_or_default();
        slots.get(place).map_or(0, |slot| slot[0])
    });
    let told = begun.elapsed().as_nanos() / ASKED as u128;
    println!(
        "a read at random: {early} ns where the place is known early, {told} ns where it is not ({last})"
    );
}

/// When something began, by the clock of the wall and by how long this process had had a core.
struct Begun {
    wall: Instant,
    core: u128,
}

impl Begun {
    fn now() -> Self {
        Self { wall: Instant::now(), core: on_core() }
    }

    /// How fast so many things were done since.
    fn rate(&self, count: usize) -> String {
        let thousands = |nanoseconds: u128| count as u128 * 1_000_000 / nanoseconds.max(1);
        let (wall, core) = (thousands(self.wall.elapsed().as_nanos()), thousands(on_core() - self.core));
        format!("{wall} thousand a second, {core} thousand a second of a core")
    }
}

/// Nanoseconds for which this process has had a core, by the kernel's count.
fn on_core() -> u128 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or_default()
}

fn check(answers: &[Answer<'_>], numbers: &[u64], domains: u64) {
    assert_eq!(answers.len(), numbers.len());
    for (answer, nth) in answers.iter().zip(numbers) {
        let expected = if *nth < domains { why(*nth) } else { Why::NotFiled };
        assert_eq!(answer.why, expected, "{}", host(*nth));
    }
}

fn record(nth: u64) -> Record {
    let standing = if nth % 50 == 49 { Standing::AccessDropped } else { Standing::Active };
    Record { standing, listed: nth.is_multiple_of(1000), windows: vec![] }
}

const fn why(nth: u64) -> Why<'static> {
    match nth {
        nth if nth.is_multiple_of(1000) => Why::Listed,
        nth if nth % 50 == 49 => Why::NotHostedHere,
        _ => Why::Filed,
    }
}

/// The domain of a number: another for each, with a label of 4 to 22 letters, short ones more often.
fn domain(nth: u64, into: &mut String) {
    let mut mixed = nth.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^= mixed >> 32;
    // The number itself, in letters and digits; what follows makes it longer.
    let mut rest = nth;
    let mut len = 0;
    while rest > 0 || len < 4 {
        let digit = u8::try_from(rest % 34).unwrap_or_default();
        into.push(char::from(if digit < 24 { b'a' + digit } else { b'0' + digit - 24 }));
        (rest, len) = (rest / 34, len + 1);
    }
    into.push('z');
    let longest = (4 + mixed % 10).max(4 + mixed / 16 % 19 * u64::from(mixed & 0x300 == 0));
    while len + 1 < longest {
        mixed = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ len;
        into.push(char::from(b'a' + u8::try_from((mixed >> 40) % 24).unwrap_or_default()));
        len += 1;
    }
    into.push('.');
    let mut chance = nth.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32;
    chance %= 100;
    let suffix = SUFFIXES.iter().find(|(_, share)| {
        let here = chance < *share;
        chance = chance.saturating_sub(*share);
        here
    });
    into.push_str(suffix.map_or("com", |(suffix, _)| suffix));
}

/// A name as browsers ask for it.
fn host(nth: u64) -> String {
    let mut name = String::new();
    match nth % 4 {
        0 => name.push_str("www."),
        1 => name.push_str("WWW."),
        2 => name.push_str("img3.static."),
        _ => {}
    }
    domain(nth, &mut name);
    if nth.is_multiple_of(8) { name.to_ascii_uppercase() } else { name }
}

/// What the kernel says of this process, in MiB.
fn resident(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kib = found.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.unwrap_or_default() >> 10
}
