//! How fast an index answers, and what it takes: `cargo run --release -p gate --example lookups -- [domains]`.
//!
//! Every answer is held against what was put in.

use gate::{Answer, Builder, Index, Limits, Record, Standing, Why, read_snapshot, write_snapshot};
use jiff::Timestamp;
use ledger::Signer;
use std::{error::Error, fmt::Write as _, time::Instant};

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

fn main() -> Result<(), Box<dyn Error>> {
    let domains: u64 = std::env::args().nth(1).map_or(Ok(10_000_000), |number| number.parse())?;
    let at: Timestamp = "2026-11-30T08:00:00Z".parse()?;
    let signer = Signer::from_seed("kebei.example/gate", &[7; 32])?;

    let begun = Instant::now();
    let built = build(domains, at)?;
    println!(
        "built {domains} domains in {:.2?}, of which half a second or so is making names",
        begun.elapsed()
    );
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
    Ok(builder.finish(domains, at)?)
}

fn look_up(index: &Index, domains: u64, at: Timestamp) {
    let mut random = fastrand::Rng::with_seed(11);
    // Half of what is asked for was put in; the other half has numbers beyond.
    let numbers: Vec<u64> = (0..ASKED).map(|_| random.u64(0..domains * 2)).collect();
    let names: Vec<String> = numbers.iter().map(|nth| host(*nth)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rate = |begun: (Instant, f64)| {
        let million = |seconds: f64| names.len() as f64 / seconds / 1e6;
        let (all, ours) = (million(begun.0.elapsed().as_secs_f64()), million(on_processor() - begun.1));
        format!("{all:.1} million a second, {ours:.1} by the time this process had the core")
    };
    let begin = || (Instant::now(), on_processor());
    // The first round makes the kernel hand out the memory for answers, and is not counted.
    let mut answers = Vec::with_capacity(names.len());
    index.answers(&names, at, &mut answers);
    for _ in 0..3 {
        answers.clear();
        let begun = begin();
        answers.extend(names.iter().map(|name| index.answer(name, at)));
        println!("one by one: {}", rate(begun));
        check(&answers, &numbers, domains);
        answers.clear();
        let begun = begin();
        for batch in names.chunks(512) {
            index.answers(batch, at, &mut answers);
        }
        println!("in batches: {}", rate(begun));
        check(&answers, &numbers, domains);
    }
    let begun = begin();
    let read: usize = names
        .iter()
        .map(|name| domains::Name::read(name).map_or(0, |name| name.registrable_bytes().len()))
        .sum();
    println!("reading the names alone: {} ({read})", rate(begun));
}

/// Seconds for which this process has had a core, by the kernel's count.
fn on_processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|field| field.parse::<u64>().ok());
    nanoseconds.unwrap_or_default() as f64 / 1e9
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
        1 => {
            let _ = write!(name, "WWW.");
        }
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
