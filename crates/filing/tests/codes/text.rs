//! How a code is made, written, read and kept.

use filing::codes::{Malformed, ServiceCode};
use proptest::{prelude::*, test_runner::Config};
use rulebook::Lang;
use std::collections::HashSet;

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SAMPLES: [&str; 3] = ["00000-00000-00000-00000", "01234-56789-ABCDE-FGHJW", "7ZQ4M-2X9K1-C8V5T-3B6NZ"];

fn symbols(code: &ServiceCode) -> Vec<char> {
    code.to_string().chars().filter(|c| *c != '-').collect()
}

fn read(symbols: &[char]) -> Result<ServiceCode, Malformed> {
    ServiceCode::parse(&symbols.iter().collect::<String>())
}

/// Σ αⁱ·sᵢ, told from the definition: each power by long multiplication, without Horner's rule.
fn sum(symbols: &[char]) -> u32 {
    let product = |a: u32, b: u32| {
        let raw = (0..5).filter(|bit| b >> bit & 1 == 1).fold(0, |sum, bit| sum ^ a << bit);
        (5..10)
            .rev()
            .fold(raw, |rest, bit| if rest >> bit & 1 == 1 { rest ^ 0b10_0101 << (bit - 5) } else { rest })
    };
    let mut power = 1;
    let mut total = 0;
    for symbol in symbols {
        let value = u32::try_from(ALPHABET.find(*symbol).unwrap()).unwrap();
        total ^= product(power, value);
        power = product(power, 0b10);
    }
    total
}

/// Every other symbol at every place, and every swap of two different ones.
fn every_slip(code: &ServiceCode) -> Vec<Vec<char>> {
    let right = symbols(code);
    let mut slips = Vec::new();
    for at in 0..right.len() {
        for wrong in ALPHABET.chars().filter(|wrong| *wrong != right[at]) {
            let mut slip = right.clone();
            slip[at] = wrong;
            slips.push(slip);
        }
        for other in (at + 1..right.len()).filter(|other| right[*other] != right[at]) {
            let mut slip = right.clone();
            slip.swap(at, other);
            slips.push(slip);
        }
    }
    slips
}

#[test]
fn the_samples_of_the_specification_are_well_formed_and_written_as_they_were_read() {
    for sample in SAMPLES {
        let code = ServiceCode::parse(sample).unwrap();
        assert_eq!(code.to_string(), sample);
        assert_eq!(sum(&symbols(&code)), 0);
    }
}

#[test]
fn a_code_is_read_however_people_type_it() {
    let code = ServiceCode::parse("01234-56789-ABCDE-FGHJW").unwrap();
    for typed in [
        "0123456789ABCDEFGHJW",
        "01234-56789-abcde-fghjw",
        " 01234 56789\tABCDE\nFGHJW ",
        "o1234-56789-abcde-fghjw",
        "OI234-56789-ABCDE-FGHJW",
        "ol234-56789-ABCDE-FGHJW",
        "０１２３４－５６７８９－ＡＢＣＤＥ－ＦＧＨＪＷ",
        "ｏｌ２３４　５６７８９　ａｂｃｄｅ　ｆｇｈｊｗ",
        "01234—56789–ABCDE‐FGHJW",
        "01234−56789——ABCDE―FGHJW",
        "\u{FEFF}01234\u{200B}-56789\u{A0}ABCDE\u{AD}FGHJW\u{202C}",
        "0-1-2-3-4-5-6-7-8-9-A-B-C-D-E-F-G-H-J-W",
    ] {
        assert_eq!(typed.parse::<ServiceCode>(), Ok(code.clone()), "{typed:?}");
    }
}

#[test]
fn a_wrong_length_is_told_with_what_was_found() {
    for (typed, symbols) in [
        ("", 0),
        (" - － ", 0),
        ("0123456789ABCDEFGHJ", 19),
        ("01234-56789-ABCDE-FGHJW-0", 21),
        (&"0".repeat(100_000), 100_000),
    ] {
        assert_eq!(ServiceCode::parse(typed), Err(Malformed::Length { symbols }), "{symbols}");
    }
    let message = Malformed::Length { symbols: 19 }.message(Lang::Zh);
    assert!(
        message.contains("应为 20 位") && message.contains("19 位") && message.contains("少了 1 位"),
        "{message}"
    );
}

#[test]
fn a_wrong_character_is_told_with_its_place() {
    for (typed, at, found) in [
        ("U1234-56789-ABCDE-FGHJW", 1, 'U'),
        ("01234-5678ｕ-ABCDE-FGHJW", 10, 'ｕ'),
        ("01234-56789-ABCDE-FGHJ*", 20, '*'),
        ("备案服务号01234", 1, '备'),
        ("01234_56789", 6, '_'),
        // Characters whose upper case is a letter of the alphabet are none themselves.
        ("ſ1234-56789-ABCDE-FGHJW", 1, 'ſ'),
        ("\u{212A}1234-56789-ABCDE-FGHJW", 1, '\u{212A}'),
        ("01234\u{0}", 6, '\u{0}'),
        ("٣1234", 1, '٣'),
    ] {
        assert_eq!(ServiceCode::parse(typed), Err(Malformed::Character { at, found }), "{typed:?}");
    }
    let message = Malformed::Character { at: 6, found: '\u{0}' }.message(Lang::Zh);
    assert!(message.contains("第 6 位的“U+0000”"), "{message}");
}

#[test]
fn every_slip_of_some_codes_is_found() {
    let some = SAMPLES.map(|sample| ServiceCode::parse(sample).unwrap());
    let more = [[0xFF; 12], [0xA5; 12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]].map(ServiceCode::generate);
    let mut found = 0;
    for code in some.iter().chain(&more) {
        for slip in every_slip(code) {
            assert_eq!(read(&slip), Err(Malformed::Check), "{slip:?}");
            found += 1;
        }
    }
    assert!(found > 6 * 20 * 31, "{found} slips were tried");
}

#[test]
fn the_highest_bit_alone_makes_no_difference_and_every_other_does() {
    let zero = ServiceCode::generate([0; 12]);
    assert_eq!(zero.to_string(), SAMPLES[0]);
    let mut seen = HashSet::from([zero.clone()]);
    for bit in 0..95 {
        let mut random = [0; 12];
        random[11 - bit / 8] = 1 << (bit % 8);
        assert!(seen.insert(ServiceCode::generate(random)), "bit {bit}");
    }
    let mut highest = [0; 12];
    highest[0] = 0x80;
    assert_eq!(ServiceCode::generate(highest), zero);
}

#[test]
fn a_code_is_not_printed_by_accident() {
    let code = ServiceCode::parse(SAMPLES[2]).unwrap();
    let debug = format!("{code:?} {:?} {code:#?}", Some(&code));
    for group in SAMPLES[2].split('-') {
        assert!(!debug.contains(group), "{debug}");
    }
    assert_eq!(code.masked().to_string(), "7ZQ4M-•••••-•••••-•••••");
}

#[test]
fn bytes_that_were_not_kept_by_us_are_no_code() {
    for bytes in [
        &b""[..],
        b"01234-56789-ABCDE-FGHJW",
        b"0123456789abcdefghjw",
        b"O123456789ABCDEFGHJW",
        b"0123456789ABCDEFGHJX",
    ] {
        assert_eq!(ServiceCode::from_bytes(bytes), None);
    }
    let code = ServiceCode::parse(SAMPLES[1]).unwrap();
    assert_eq!(&code.to_bytes(), b"0123456789ABCDEFGHJW");
}

proptest! {
    #![proptest_config(Config::with_cases(250))]

    #[test]
    fn every_slip_of_any_code_is_found(random: [u8; 12]) {
        for slip in every_slip(&ServiceCode::generate(random)) {
            prop_assert_eq!(read(&slip), Err(Malformed::Check));
        }
    }

    #[test]
    fn a_code_is_read_back_from_whatever_it_was_written_as(random: [u8; 12]) {
        let code = ServiceCode::generate(random);
        prop_assert_eq!(sum(&symbols(&code)), 0);
        let written = code.to_string();
        let wide: String =
            written.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for text in [&written, &written.to_lowercase(), &written.replace('-', ""), &wide] {
            prop_assert_eq!(&ServiceCode::parse(text), &Ok(code.clone()));
        }
        prop_assert_eq!(ServiceCode::from_bytes(&code.to_bytes()), Some(code));
    }

    #[test]
    fn any_text_is_a_code_or_told_why_not(text in "[0-9A-Za-z０-９－ \\-—\\PC]{0,60}") {
        match ServiceCode::parse(&text) {
            Ok(code) => prop_assert_eq!(code.to_string().len(), 23),
            Err(error) => for lang in Lang::ALL {
                prop_assert!(!error.message(lang).is_empty());
            },
        }
    }
}
