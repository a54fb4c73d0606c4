//! Numbers of ID cards (GB 11643). The numbers are made up; their check symbols are computed by hand or by another program.

use crate::{TODAY, faults, found, only_warned, speaks_both};
use filing::{
    checks::{IdCard, IdCardFault, Known},
    orders::{Certificate, Form, Kind, Person, Subject},
    tables::{INDIVIDUAL, RESIDENT_ID},
};
use jiff::civil::date;
use proptest::{prelude::*, test_runner::Config};

/// A person who files for himself, with that number.
fn person(number: &str) -> Form {
    let certificate = Certificate { kind: Some(RESIDENT_ID), number: Some(number.to_owned()) };
    Form {
        subject: Some(Subject {
            nature: Some(INDIVIDUAL),
            certificate: certificate.clone(),
            person: Person { certificate, ..Person::default() },
            ..Subject::default()
        }),
        ..Form::default()
    }
}

/// The codes of what is wrong with a number, where it stands as the subject's.
fn codes(number: &str) -> Vec<String> {
    let all = faults(Kind::FirstFiling, &person(number));
    all.iter()
        .filter_map(|fault| fault.strip_prefix("subject.certificate.number: ").map(str::to_owned))
        .collect()
}

#[test]
fn a_number_says_where_and_when_its_holder_was_born_and_what_they_are() {
    let card = IdCard::read("11010519491231002X", TODAY).unwrap();
    assert_eq!(card, IdCard { region: 110_105, born: date(1949, 12, 31), female: true });
    let card = IdCard::read("440524188001010014", TODAY).unwrap();
    assert_eq!((card.born, card.female), (date(1880, 1, 1), false));
}

#[test]
fn every_fault_is_found_and_told_at_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("11010519491231002X", &[]),
        ("11010519491231002x", &[]),
        ("１１０１０５ 19491231 002Ｘ", &[]),
        ("11010519491231002", &["id-card-length"]),
        ("110105491231002", &["id-card-length"]),
        ("1101051949123100200", &["id-card-length"]),
        ("1101051949123100Ａ2", &["id-card-symbol"]),
        ("X10105194912310021", &["id-card-symbol"]),
        ("110105194912310021", &["id-card-check"]),
        ("110105194921310021", &["id-card-born"]),
        ("11010519490229002X", &["id-card-born", "id-card-check"]),
        ("110105203001010020", &["id-card-born", "id-card-check"]),
        ("990105194912310027", &["id-card-province", "id-card-check"]),
    ];
    for (number, expected) in cases {
        assert_eq!(codes(number), *expected, "{number}");
    }
}

#[test]
fn a_county_that_is_one_no_more_is_none_to_complain_about_and_an_unknown_one_is_only_warned_of() {
    let chongwen = with_check("11010319800101001");
    assert_eq!(codes(&chongwen), Vec::<String>::new(), "{chongwen}");
    let unknown = with_check("11999919800101001");
    assert_eq!(codes(&unknown), ["id-card-county"], "{unknown}");
    assert!(only_warned("id-card-", Kind::FirstFiling, &person(&unknown), &Known::default()));
}

#[test]
fn the_number_of_another_certificate_is_not_looked_at() {
    let mut form = person("E12345678");
    let subject = form.subject.as_mut().unwrap();
    subject.certificate.kind = Some(7);
    subject.person.certificate.kind = Some(7);
    assert!(!faults(Kind::FirstFiling, &form).iter().any(|fault| fault.contains("id-card")));
}

#[test]
fn it_is_told_in_both_languages() {
    for number in [
        "110105491231002",
        "1",
        "1101051949123100A2",
        "11010519491231002A",
        "110105194912310021",
        "110105194921310021",
        "990105194912310027",
        &with_check("11999919800101001"),
    ] {
        let all = found(Kind::FirstFiling, &person(number), &Known::default());
        assert!(!all.is_empty(), "{number}");
        speaks_both(&all);
    }
}

/// Seventeen digits with the symbol that belongs to them, after ISO 7064 MOD 11-2, step by step.
fn with_check(digits: &str) -> String {
    let rest = digits.chars().fold(0, |rest, digit| (rest + digit.to_digit(10).unwrap()) * 2 % 11);
    let check = (12 - rest) % 11;
    format!("{digits}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

fn numbers() -> impl Strategy<Value = String> {
    (0..400_u32, 1900..2026_i16, 1..13_i8, 1..29_i8, 0..1000_u32).prop_map(
        |(county, year, month, day, serial)| {
            let region = 110_101 + county % 16;
            with_check(&format!("{region}{year}{month:02}{day:02}{serial:03}"))
        },
    )
}

proptest! {
    #![proptest_config(Config::with_cases(2_000))]

    #[test]
    fn one_wrong_digit_or_two_that_changed_places_are_always_found(number in numbers(), at in 0..17_usize, by in 1..10_u32) {
        prop_assert!(IdCard::read(&number, TODAY).is_ok(), "{number}");
        let mut symbols: Vec<char> = number.chars().collect();
        let other = (symbols[at].to_digit(10).unwrap() + by) % 10;
        symbols[at] = char::from_digit(other, 10).unwrap();
        let wrong: String = symbols.iter().collect();
        let faults = IdCard::read(&wrong, TODAY).unwrap_err();
        prop_assert!(faults.contains(&IdCardFault::Check), "{wrong}");
        let mut symbols: Vec<char> = number.chars().collect();
        if at < 16 && symbols[at] != symbols[at + 1] {
            symbols.swap(at, at + 1);
            let swapped: String = symbols.iter().collect();
            let faults = IdCard::read(&swapped, TODAY).unwrap_err();
            prop_assert!(faults.contains(&IdCardFault::Check), "{swapped}");
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_it_panic(number in ".{0,40}") {
        let _ = IdCard::read(&number, TODAY);
    }
}
