//! Numbers of ID cards and credit codes, compared with what python-stdnum says of them. `scripts/interop-numbers` installs and runs
//! it. Where the two differ by design, each difference is named and counted; any other one fails.

use crate::TODAY;
use filing::{
    checks::{CreditCode, CreditCodeFault, IdCard, IdCardFault},
    tables::regions,
};
use proptest::{
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::{
    collections::BTreeMap,
    env,
    io::{BufWriter, Write as _},
    process::{Command, Stdio},
};

const PROGRAM: &str = include_str!("stdnum.py");
/// Values of each kind.
const VALUES: usize = 100_000;
const BOTH_ACCEPT: &str = "both accept";
const BOTH_REFUSE: &str = "both refuse, for the same reason";

#[test]
#[ignore = "needs python-stdnum from the package index: run scripts/interop-numbers"]
fn python_stdnum_says_the_same_of_id_cards_but_for_what_differs_by_design() {
    compare("ric", id_cards(), id_card);
}

#[test]
#[ignore = "needs python-stdnum from the package index: run scripts/interop-numbers"]
fn python_stdnum_says_the_same_of_credit_codes_but_for_what_differs_by_design() {
    compare("uscc", credit_codes(), credit_code);
}

/// How what both say of an ID card compares; `Err` where they contradict each other.
fn id_card(number: &str, theirs: &str) -> Result<&'static str, String> {
    use IdCardFault::{Born, Check, Length, Province, Symbol};
    let ours = IdCard::read(number, TODAY);
    match (&ours, theirs) {
        (Ok(card), "ok") if regions::name(card.region).is_some() => Ok(BOTH_ACCEPT),
        (Ok(_), "ok") => Ok("both accept, we warn of the county: it is in our list of no year"),
        (Ok(card), "component") if regions::name(card.region).is_none() => {
            Ok("we warn, they refuse: the county is in no list")
        }
        (Ok(_), "component") => {
            Ok("we accept, they refuse: the county is in their list of no year, or not of that of birth")
        }
        (Err(faults), _) => match (&faults[..], theirs) {
            // To them a last symbol that is no digit and no X is one that does not fit.
            ([Length { .. }], "length")
            | ([Symbol { at: 1..=17 }], "format")
            | ([Symbol { at: 18 }], "checksum") => Ok(BOTH_REFUSE),
            (faults, "checksum") if faults.contains(&Check) => Ok(BOTH_REFUSE),
            ([Born { .. } | Province { .. }, ..], "component") if !faults.contains(&Check) => Ok(BOTH_REFUSE),
            ([Born { digits }], "ok") if *digits >= 20_260_602 => {
                Ok("we refuse, they accept: born after today")
            }
            ([Born { digits }], "ok") if *digits < 18_000_000 => {
                Ok("we refuse, they accept: born before 1800")
            }
            _ => Err(format!("{ours:?}")),
        },
        _ => Err(format!("{ours:?}")),
    }
}

/// How what both say of a credit code compares.
fn credit_code(number: &str, theirs: &str) -> Result<&'static str, String> {
    use CreditCodeFault::{Check, Length, Province, Register, Symbol};
    let ours = CreditCode::read(number);
    let letter = number.starts_with(|first: char| first.is_ascii_uppercase());
    match (&ours, theirs) {
        (Ok(_), "ok") => Ok(BOTH_ACCEPT),
        (Ok(_), "format") if letter => {
            Ok("we accept, they refuse: registers A, N and Y of the amendment of 2016")
        }
        (Err(faults), _) => match (&faults[..], theirs) {
            ([Length { .. }], "length") | ([Symbol { .. }], "format") => Ok(BOTH_REFUSE),
            (faults, "checksum") if faults.iter().any(|fault| matches!(fault, Check { .. })) => {
                Ok(BOTH_REFUSE)
            }
            (_, "format") if letter => {
                Ok("both refuse, for another reason: they know no register with a letter")
            }
            ([Register, ..], "ok") => Ok("we refuse, they accept: nobody registers under the first symbol"),
            ([Province { .. }], "ok") => Ok("we refuse, they accept: no province has the digits"),
            _ => Err(format!("{ours:?}")),
        },
        _ => Err(format!("{ours:?}")),
    }
}

fn compare(
    kind: &str,
    numbers: impl Strategy<Value = String>,
    judge: impl Fn(&str, &str) -> Result<&'static str, String>,
) {
    let numbers = drawn(numbers);
    let said = asked(kind, &numbers);
    assert_eq!(said.len(), numbers.len());
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut contradictions = Vec::new();
    for (number, theirs) in numbers.iter().zip(&said) {
        match judge(number, theirs) {
            Ok(how) => *counts.entry(how).or_default() += 1,
            Err(ours) => contradictions.push(format!("{number}: {ours}, but they say {theirs}")),
        }
    }
    println!("{kind}: {} values", numbers.len());
    for (how, many) in &counts {
        println!("{many:8}  {how}");
    }
    println!("{:8}  contradictions", contradictions.len());
    assert!(contradictions.is_empty(), "{}", contradictions[..contradictions.len().min(20)].join("\n"));
    assert!(counts.get(BOTH_ACCEPT).is_some_and(|many| *many > VALUES / 20), "hardly any is right");
}

/// The same values at each run.
fn drawn(numbers: impl Strategy<Value = String>) -> Vec<String> {
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    (0..VALUES).map(|_| numbers.new_tree(&mut runner).unwrap().current()).collect()
}

fn asked(kind: &str, numbers: &[String]) -> Vec<String> {
    let python =
        env::var_os("KEBEI_STDNUM_PYTHON").expect("KEBEI_STDNUM_PYTHON names a Python that has stdnum");
    let mut running = Command::new(python)
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = BufWriter::new(running.stdin.take().unwrap());
    for number in numbers {
        writeln!(questions, "{kind} {number}").unwrap();
    }
    drop(questions);
    let done = running.wait_with_output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn id_cards() -> impl Strategy<Value = String> {
    let known: Vec<u32> = regions::all().iter().map(|region| region.code).collect();
    let region = prop_oneof![8 => select(known), 1 => 110_000..660_000_u32, 1 => 0..1_000_000_u32];
    let year = prop_oneof![8 => 1940..2027_u32, 1 => 1790..2040_u32, 1 => 0..10_000_u32];
    let month = prop_oneof![12 => 1..13_u32, 1 => 0..20_u32];
    let day = prop_oneof![12 => 1..29_u32, 2 => 28..33_u32];
    let digits = (region, year, month, day, 0..1000_u32).prop_map(|(region, year, month, day, serial)| {
        format!("{region:06}{year:04}{month:02}{day:02}{serial:03}")
    });
    (digits, any::<u8>(), slips("0123456789X")).prop_map(|(digits, other, slips)| {
        // One in ten has some last symbol, which is right once in a while.
        let last = if other < 26 { usize::from(other) % 11 } else { last_of(&digits, &ID_CARD, 11) };
        slipped(&format!("{digits}{}", &"10X98765432"[last..=last]), slips)
    })
}

const ID_CARD: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The weighed sum of symbols, modulo.
fn last_of(symbols: &str, weights: &[usize], modulo: usize) -> usize {
    let value = |symbol| ALPHABET.find(symbol).unwrap();
    symbols.chars().zip(weights).map(|(symbol, weight)| value(symbol) * weight).sum::<usize>() % modulo
}

fn credit_codes() -> impl Strategy<Value = String> {
    let register = prop_oneof![
        8 => select(vec!["91", "92", "93", "11", "12", "51", "52", "N2", "Y1", "A1"]).prop_map(str::to_owned),
        2 => (0..31_usize, 0..10_u32).prop_map(|(first, body)| format!("{}{body}", &ALPHABET[first..=first])),
    ];
    let known: Vec<u32> = regions::all().iter().map(|region| region.code).collect();
    let region = prop_oneof![8 => select(known), 2 => 0..1_000_000_u32];
    let organisation = prop::collection::vec(0..31_usize, 9)
        .prop_map(|all| all.into_iter().map(|at| &ALPHABET[at..=at]).collect::<String>());
    (register, region, organisation, any::<u8>(), slips(ALPHABET)).prop_map(
        |(register, region, organisation, other, slips)| {
            let symbols = format!("{register}{region:06}{organisation}");
            let right = (31 - last_of(&symbols, &CREDIT, 31)) % 31;
            let last = if other < 26 { usize::from(other) % 31 } else { right };
            slipped(&format!("{symbols}{}", &ALPHABET[last..=last]), slips)
        },
    )
}

/// A slip of the keyboard.
#[derive(Clone, Debug)]
enum Slip {
    Wrong(usize, char),
    Swapped(usize),
    Missing(usize),
    Doubled(usize),
}

/// None mostly, or one or two.
fn slips(symbols: &'static str) -> impl Strategy<Value = Vec<Slip>> {
    let letters = "ABIOSVXZ";
    let symbol = prop_oneof![6 => select(symbols.chars().collect::<Vec<_>>()), 1 => select(letters.chars().collect::<Vec<_>>())];
    let slip = prop_oneof![
        4 => (0..18_usize, symbol).prop_map(|(at, symbol)| Slip::Wrong(at, symbol)),
        2 => (0..17_usize).prop_map(Slip::Swapped),
        1 => (0..18_usize).prop_map(Slip::Missing),
        1 => (0..18_usize).prop_map(Slip::Doubled),
    ];
    prop_oneof![1 => Just(Vec::new()), 1 => prop::collection::vec(slip, 1..3)]
}

fn slipped(number: &str, slips: Vec<Slip>) -> String {
    let mut symbols: Vec<char> = number.chars().collect();
    for slip in slips {
        match slip {
            Slip::Wrong(at, symbol) if at < symbols.len() => symbols[at] = symbol,
            Slip::Swapped(at) if at + 1 < symbols.len() => symbols.swap(at, at + 1),
            Slip::Missing(at) if at < symbols.len() => {
                symbols.remove(at);
            }
            Slip::Doubled(at) if at < symbols.len() => symbols.insert(at, symbols[at]),
            _ => {}
        }
    }
    symbols.into_iter().collect()
}
