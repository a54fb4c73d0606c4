//! Numbers of certificates other than ID cards. All are made up but those that standards and public registers print; check symbols
//! are computed here by other means than in the product.

use crate::filled::{eighteen, of_organisation, of_person};
use filing::checks::{CreditCode, CreditCodeFault};
use proptest::{prelude::*, test_runner::Config};

type Cases = &'static [(u16, &'static str, &'static [&'static str])];

#[test]
fn residence_permits_have_the_form_of_an_id_card_with_regions_of_their_own() {
    let cases: Cases = &[
        (41, "810000199408230021", &[]),
        (42, "830000199201300022", &[]),
        (41, "81000019940823002", &["residence-permit-length"]),
        (41, "H12345678", &["residence-permit-length"]),
        (41, "8100001994082300A1", &["residence-permit-symbol"]),
        (41, "81000019940823002A", &["residence-permit-symbol"]),
        (41, "830000199201300022", &["residence-permit-region"]),
        (42, "810000199408230021", &["residence-permit-region"]),
        (41, "11010519491231002X", &["residence-permit-region"]),
        (42, "830000199201300023", &["residence-permit-check"]),
        (41, "810000199413230021", &["residence-permit-born", "residence-permit-check"]),
        (2, "810000199408230021", &["residence-permit-as-id-card"]),
    ];
    for (kind, number, expected) in cases {
        assert_eq!(of_person(*kind, number), *expected, "{kind} {number}");
    }
    assert_eq!(of_person(41, &eighteen("82000019940823002")), Vec::<&str>::new());
}

#[test]
fn permanent_residents_have_old_and_new_cards() {
    let new = eighteen("91184019900101001");
    for (number, expected) in [
        (new.as_str(), &[] as &[_]),
        ("CAN110086010101", &[]),
        ("CAN11008601010", &["permanent-resident-length"]),
        ("CA1110086010101", &["permanent-resident-before"]),
        ("CAN11008601010A", &["permanent-resident-before"]),
        ("11010519491231002X", &["permanent-resident-first"]),
        ("9118401990010100A1", &["permanent-resident-symbol"]),
        ("91184019900101001A", &["permanent-resident-symbol"]),
        (&eighteen("91184019901301001"), &["permanent-resident-born"]),
        (&eighteen("91184020300101001"), &["permanent-resident-born"]),
        (&other_last(&new), &["permanent-resident-check"]),
    ] {
        assert_eq!(of_person(30, number), expected, "{number}");
    }
}

#[test]
fn passes_and_passports_have_the_form_of_their_kind() {
    let cases: Cases = &[
        (14, "H12345678", &[]),
        (14, "m1234567801", &[]),
        (14, "H1234567", &["pass-hong-kong-macao"]),
        (14, "H123456780", &["pass-hong-kong-macao"]),
        (14, "C12345678", &["pass-hong-kong-macao"]),
        (14, "H1234567A", &["pass-hong-kong-macao"]),
        (11, "12345678", &[]),
        (11, "1234567801", &["pass-older-taiwan"]),
        (11, "1234567801（B）", &["pass-older-taiwan"]),
        (11, "T12345678", &["pass-older-taiwan"]),
        (11, "1234567", &["pass-taiwan"]),
        (11, "台胞1234567", &["pass-taiwan"]),
        (7, "E12345678", &[]),
        (7, "12345", &[]),
        (7, "1234", &["passport-number"]),
        (7, "E1234567890123456789", &[]),
        (7, "E12345678901234567890", &["passport-number"]),
        (7, "E1234567_", &["passport-number"]),
    ];
    for (kind, number, expected) in cases {
        assert_eq!(of_person(*kind, number), *expected, "{kind} {number}");
    }
}

#[test]
fn credit_codes_are_read_symbol_by_symbol() {
    let code = CreditCode::read("91110000600037341L").unwrap();
    assert_eq!(
        (code.register.as_str(), code.region, code.organisation.as_str()),
        ("91", 110_000, "600037341")
    );
    for (number, expected) in [
        ("91110000600037341l", &[] as &[_]),
        ("9111 0000 6000 3734 1L", &[]),
        (&credit("91100000600037341"), &[]),
        (&credit("92330106600037341"), &[]),
        ("911100006000373410L", &["business-licence-length"]),
        ("911100006000373OIL", &["credit-code-symbol"]),
        ("9111000060003734１V", &["credit-code-symbol"]),
        ("9A110000600037341L", &["credit-code-symbol"]),
        ("9111000A600037341L", &["credit-code-symbol"]),
        (&credit("B1110000600037341"), &["credit-code-register"]),
        (&credit("91990000600037341"), &["credit-code-province"]),
        ("91110000600037341M", &["credit-code-check"]),
        ("91110000600037340L", &["credit-code-check"]),
        (&credit("94110000600037341"), &["credit-code-body"]),
        (&credit("91110000600037342"), &["credit-code-organisation"]),
        (&credit("12110000600037341"), &["credit-code-other"]),
    ] {
        assert_eq!(of_organisation(4, 1, number), expected, "{number}");
    }
}

#[test]
fn a_broken_code_says_in_which_half_the_mistake_is() {
    let at = |number| CreditCode::read(number).unwrap_err();
    assert_eq!(at("91110000600037351L"), [CreditCodeFault::Check { in_organisation: true }]);
    assert_eq!(at("91110100600037341L"), [CreditCodeFault::Check { in_organisation: false }]);
    assert_eq!(at("911100006000373IIL"), [CreditCodeFault::Symbol { at: 16, instead: Some('1') }]);
}

#[test]
fn which_kind_carries_which_number_is_as_the_table_says() {
    let institution = credit("12110000600037341");
    for (nature, kind, number, expected) in [
        (3, 15, institution.as_str(), &[] as &[_]),
        (3, 15, "123", &["credit-code-length"]),
        (3, 4, &institution, &[]),
        (3, 4, "事证第110000000001号", &[]),
        (2, 13, &institution, &["credit-code-other"]),
        (19, 43, &credit("N2110000600037341"), &[]),
        (11, 21, "31110000E00016183A", &["credit-code-check"]),
        (11, 21, "23101200010000001", &[]),
        (17, 38, "PDY00000-1110000", &[]),
        (17, 38, "12", &["certificate-number-length"]),
        (17, 38, "PDY#00001", &["certificate-number-symbol"]),
        (17, 38, &"1".repeat(65), &["certificate-number-length"]),
        (1, 5, "第 12345 部队", &[]),
    ] {
        assert_eq!(of_organisation(nature, kind, number), expected, "{kind} {number}");
    }
    assert_eq!(of_person(8, "军字第1234567号"), Vec::<&str>::new());
}

#[test]
fn organisation_codes_have_a_check_symbol_of_their_own() {
    for (number, expected) in [
        ("60003734-1", &[] as &[_]),
        ("D2143569-X", &[]),
        ("d2143569x", &[]),
        ("6000373-1", &["organisation-code-length"]),
        ("91110000600037341L", &["organisation-code-length"]),
        ("6000373*1", &["organisation-code-symbol"]),
        ("60003734A", &["organisation-code-symbol"]),
        ("60003734X", &["organisation-code-check"]),
        ("60003743-1", &["organisation-code-check"]),
    ] {
        assert_eq!(of_organisation(4, 12, number), expected, "{number}");
    }
}

#[test]
fn old_licences_have_fifteen_digits() {
    for (number, expected) in [
        (licence("11010800000001").as_str(), &[] as &[_]),
        ("110108000000016", &[]),
        (&licence("10000000000001"), &[]),
        ("11010800000001", &["business-licence-length"]),
        ("11010800000001A", &["business-licence-symbol"]),
        (&licence("99010800000001"), &["business-licence-province"]),
        ("110108000000017", &["business-licence-check"]),
    ] {
        assert_eq!(of_organisation(4, 1, number), expected, "{number}");
    }
}

fn other_last(number: &str) -> String {
    let (most, last) = number.split_at(17);
    format!("{most}{}", if last == "1" { "2" } else { "1" })
}

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Seventeen symbols with the one that belongs to them, by the table of weights that GB 32100 prints.
fn credit(symbols: &str) -> String {
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: usize = symbols.chars().zip(weights).map(|(c, weight)| ALPHABET.find(c).unwrap() * weight).sum();
    let check = (31 - sum % 31) % 31;
    format!("{symbols}{}", &ALPHABET[check..=check])
}

/// Eight symbols with the one that belongs to them, after GB 11714.
fn organisation(symbols: &str) -> String {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = symbols.chars().zip(weights).map(|(c, weight)| c.to_digit(36).unwrap() * weight).sum();
    match 11 - sum % 11 {
        10 => format!("{symbols}X"),
        11 => format!("{symbols}0"),
        check => format!("{symbols}{check}"),
    }
}

/// Fourteen digits with the one that belongs to them, after ISO 7064 MOD 11,10: the one that makes the sum 1 modulo 10.
fn licence(digits: &str) -> String {
    let product = digits.chars().fold(10, |product, digit| {
        let sum = (product + digit.to_digit(10).unwrap()) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    format!("{digits}{}", (11 - product) % 10)
}

fn symbols(many: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(0..31_usize, many)
        .prop_map(|all| all.into_iter().map(|at| &ALPHABET[at..=at]).collect())
}

fn with(number: &str, at: usize, symbol: char) -> String {
    number.chars().enumerate().map(|(nth, c)| if nth == at { symbol } else { c }).collect()
}

fn swapped(number: &str, at: usize) -> String {
    let mut symbols: Vec<char> = number.chars().collect();
    symbols.swap(at, at + 1);
    symbols.into_iter().collect()
}

proptest! {
    #![proptest_config(Config::with_cases(1_000))]

    #[test]
    fn one_wrong_symbol_of_a_credit_code_or_two_that_changed_places_are_always_found(
        of_organisation in symbols(8), at in 8..18_usize, by in 1..31_usize,
    ) {
        let number = credit(&format!("91330106{}", organisation(&of_organisation)));
        prop_assert!(CreditCode::read(&number).is_ok(), "{number}");
        let old = ALPHABET.find(number.chars().nth(at).unwrap()).unwrap();
        let wrong = with(&number, at, ALPHABET.chars().nth((old + by) % 31).unwrap());
        let faults = CreditCode::read(&wrong).unwrap_err();
        prop_assert!(matches!(faults[..], [CreditCodeFault::Check { .. }]), "{wrong}");
        if at < 17 && swapped(&number, at) != number {
            let faults = CreditCode::read(&swapped(&number, at)).unwrap_err();
            prop_assert!(matches!(faults[..], [CreditCodeFault::Check { .. }]), "{number} {at}");
        }
    }

    #[test]
    fn one_wrong_digit_of_an_organisation_code_is_always_found(
        eight in 0..100_000_000_u32, at in 0..8_usize, by in 1..10_u32,
    ) {
        let number = organisation(&format!("{eight:08}"));
        prop_assert!(of_organisation(4, 12, &number).is_empty(), "{number}");
        let old = number.chars().nth(at).unwrap().to_digit(10).unwrap();
        let wrong = with(&number, at, char::from_digit((old + by) % 10, 10).unwrap());
        prop_assert_eq!(of_organisation(4, 12, &wrong), ["organisation-code-check"], "{}", wrong);
    }

    #[test]
    fn one_wrong_digit_of_an_old_licence_is_always_found(
        serial in 0..100_000_000_u32, at in 6..15_usize, by in 1..10_u32,
    ) {
        let number = licence(&format!("330106{serial:08}"));
        prop_assert!(of_organisation(4, 1, &number).is_empty(), "{number}");
        let old = number.chars().nth(at).unwrap().to_digit(10).unwrap();
        let wrong = with(&number, at, char::from_digit((old + by) % 10, 10).unwrap());
        prop_assert_eq!(of_organisation(4, 1, &wrong), ["business-licence-check"], "{}", wrong);
    }

    #[test]
    fn one_wrong_digit_of_a_permit_is_always_found(
        year in 1900..2026_u32, day in 1..29_u32, serial in 0..1000_u32, at in 14..17_usize, by in 1..10_u32,
    ) {
        let number = eighteen(&format!("830000{year}02{day:02}{serial:03}"));
        let minor = year > 2008;
        prop_assert_eq!(of_person(42, &number), if minor { vec!["certificate-minor"] } else { vec![] }, "{}", number);
        let old = number.chars().nth(at).unwrap().to_digit(10).unwrap();
        let wrong = with(&number, at, char::from_digit((old + by) % 10, 10).unwrap());
        prop_assert_eq!(of_person(42, &wrong), ["residence-permit-check"], "{}", wrong);
    }

    #[test]
    fn nothing_that_is_typed_makes_it_panic(number in ".{0,24}", nth in 0..39_usize) {
        let kind = filing::tables::CERTIFICATES[nth];
        let _ = of_organisation(kind.nature, kind.entry.id, &number);
    }
}
