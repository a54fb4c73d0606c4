//! The faults of a rulebook file: each at its line and column, all told at once, and nothing half-loaded.

use crate::desk::EXAMPLE_HOST;
use proptest::{prelude::*, sample::Index, test_runner::Config};
use rulebook::{ALIYUN, Expected, Fault, FaultKind, Lang, Rulebook, lint};

/// A file without fault, one entry a line, to be broken in one place.
const GOOD: &str = r#"id = "p"
name = { zh = "甲", en = "P" }
[documents]
d = { title = { zh = "文", en = "D" } }
[regions]
mainland = ["cn-*"]
outside = ["us-*"]
[[editions]]
id = "v1"
effective = 2020-01-01
source = ["d"]
restore_on_cancel = "never"
on_abandon = "release"
code_use = "granted"
[editions.products.a]
name = { zh = "产品甲", en = "A" }
source = ["d"]
billing = "subscription"
min_purchased_months = 3
quota = { codes = 5, per = "instance" }
[[editions]]
id = "v2"
effective = 2021-01-01
based_on = "v1"
source = ["d"]
[editions.products.a]
source = ["d"]
min_purchased_months = 6
[editions.products.b]
name = { zh = "产品乙", en = "B" }
source = ["d"]
"#;

/// The good file with the first `old` replaced by `new`.
fn broken(old: &str, new: &str) -> String {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1)
}

/// Asserts that replacing `old` by `new` gives this one fault, there.
#[track_caller]
fn one_fault(old: &str, new: &str, line: usize, column: usize, path: &str, kind: &FaultKind) {
    let faults = lint(&broken(old, new));
    let wanted = Fault { line, column, path: path.to_owned(), kind: kind.clone() };
    assert_eq!(faults, [wanted]);
}

/// Asserts that both languages tell a fault, each in its own way, with these words in both.
#[track_caller]
fn told(kind: FaultKind, words: &[&str]) {
    let fault = Fault { line: 1, column: 1, path: String::new(), kind };
    let [zh, en] = Lang::ALL.map(|lang| fault.message(lang));
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(zh.chars().any(is_han), "{zh}");
    assert!(!en.chars().any(is_han), "{en}");
    for message in [&zh, &en] {
        for word in words {
            assert!(message.contains(word), "{word} is missing in {message}");
        }
        for debris in ["Some(", "None", "Expected", "FaultKind", "  "] {
            assert!(!message.contains(debris), "{debris} in {message}");
        }
    }
}

#[test]
fn the_good_file_has_no_fault() {
    assert_eq!(lint(GOOD), []);
}

#[test]
fn what_is_no_toml_is_told_where_it_stops_being_one() {
    let faults = lint(&broken("min_purchased_months = 3", "min_purchased_months = "));
    assert_eq!((faults.len(), faults[0].line), (1, 19), "{faults:?}");
    assert!(matches!(faults[0].kind, FaultKind::Syntax(_)));
}

#[test]
fn a_key_that_stands_twice_is_told_where_it_stands_again() {
    let faults =
        lint(&broken("billing = \"subscription\"", "billing = \"subscription\"\nbilling = \"subscription\""));
    assert_eq!((faults.len(), faults[0].line, faults[0].column), (1, 19, 1), "{faults:?}");
    assert!(
        matches!(&faults[0].kind, FaultKind::Syntax(detail) if detail.contains("duplicate")),
        "{faults:?}"
    );
}

#[test]
fn a_table_that_stands_twice_is_told_where_it_stands_again() {
    let faults = lint(&broken("[regions]", "[documents]\n[regions]"));
    assert_eq!((faults.len(), faults[0].line), (1, 5), "{faults:?}");
}

#[test]
fn an_unknown_key_is_told_at_the_key_with_those_that_are_known() {
    let faults = lint(&broken("quota = {", "qouta = 1\nquota = {"));
    assert_eq!(
        (faults[0].line, faults[0].column, faults[0].path.as_str()),
        (20, 1, "editions.v1.products.a")
    );
    let FaultKind::UnknownKey { found, known } = &faults[0].kind else { panic!("{faults:?}") };
    assert!(found == "qouta" && known.contains(&"quota"));
}

#[test]
fn a_missing_key_is_told_with_what_it_would_hold() {
    let kind = FaultKind::Missing { key: "effective", expected: Expected::Day };
    one_fault("effective = 2020-01-01\n", "", 8, 1, "editions.v1", &kind);
}

#[test]
fn a_value_of_another_kind_is_told_with_what_was_found_and_expected() {
    let kind = FaultKind::Unexpected { found: "\"3\"".into(), expected: Expected::WholeNumber(1200) };
    one_fault(
        "min_purchased_months = 3",
        "min_purchased_months = \"3\"",
        19,
        24,
        "editions.v1.products.a.min_purchased_months",
        &kind,
    );
}

#[test]
fn a_column_counts_characters_and_not_bytes() {
    let kind = FaultKind::Unexpected { found: "1".into(), expected: Expected::Text };
    one_fault(
        "zh = \"产品甲\", en = \"A\"",
        "zh = \"产品甲\", en = 1",
        16,
        27,
        "editions.v1.products.a.name.en",
        &kind,
    );
}

#[test]
fn a_text_in_one_language_is_told_with_the_other() {
    for (text, missing) in [("{ zh = \"甲\" }", Lang::En), ("{ en = \"P\" }", Lang::Zh)] {
        one_fault("{ zh = \"甲\", en = \"P\" }", text, 2, 8, "name", &FaultKind::OneLanguage { missing });
    }
}

#[test]
fn a_second_edition_of_the_same_id_is_told_at_its_id() {
    let faults = lint(&broken("id = \"v2\"", "id = \"v1\""));
    assert_eq!(
        faults,
        [Fault {
            line: 22,
            column: 6,
            path: "editions[2].id".into(),
            kind: FaultKind::EditionTwice("v1".into())
        }]
    );
}

#[test]
fn an_edition_out_of_order_is_told_at_its_day() {
    for day in ["2020-01-01", "2019-12-31"] {
        let kind = FaultKind::OutOfOrder { before: "2020-01-01".into(), day: day.into() };
        one_fault("2021-01-01", day, 23, 13, "editions.v2.effective", &kind);
    }
}

#[test]
fn a_base_that_does_not_come_before_is_told_with_those_that_do() {
    let kind = FaultKind::UnknownBase { found: "v0".into(), earlier: vec!["v1".into()] };
    one_fault("based_on = \"v1\"", "based_on = \"v0\"", 24, 12, "editions.v2.based_on", &kind);
}

#[test]
fn a_product_that_the_edition_does_not_have_is_told() {
    let kind = FaultKind::UnknownProduct("z".into());
    one_fault(
        "source = [\"d\"]\nrestore",
        "stated_for = [\"z\"]\nsource = [\"d\"]\nrestore",
        11,
        15,
        "editions.v1.stated_for[1]",
        &kind,
    );
}

#[test]
fn a_product_that_was_never_there_cannot_be_withdrawn() {
    let kind = FaultKind::UnknownProduct("b".into());
    one_fault(
        "name = { zh = \"产品乙\", en = \"B\" }",
        "withdrawn = true",
        29,
        1,
        "editions.v2.products.b",
        &kind,
    );
}

#[test]
fn a_document_that_is_not_listed_is_told() {
    let kind = FaultKind::UnknownDocument("e".into());
    one_fault(
        "source = [\"d\"]\nbilling",
        "source = [\"d\", \"e\"]\nbilling",
        17,
        16,
        "editions.v1.products.a.source[2]",
        &kind,
    );
}

#[test]
fn a_name_that_two_products_share_is_told() {
    let kind = FaultKind::NameTwice { name: "产品 甲".into(), other: "a".into() };
    let faults = lint(&broken("产品乙", "产品 甲"));
    assert_eq!((faults.len(), &faults[0].kind), (1, &kind), "{faults:?}");
    assert_eq!(faults[0].path, "editions.v2.products.b.name.zh");
}

#[test]
fn a_condition_that_is_not_there_cannot_be_dropped() {
    let kind = FaultKind::NothingToDrop("public_ip".into());
    one_fault(
        "min_purchased_months = 6",
        "without = [\"public_ip\"]",
        28,
        12,
        "editions.v2.products.a.without[1]",
        &kind,
    );
}

#[test]
fn a_condition_that_is_not_there_cannot_be_confirmed() {
    let kind = FaultKind::NothingToConfirm("public_ip".into());
    one_fault(
        "min_purchased_months = 6",
        "confirms = [\"public_ip\"]",
        28,
        13,
        "editions.v2.products.a.confirms[1]",
        &kind,
    );
}

#[test]
fn a_purchased_term_without_billing_is_a_fault() {
    one_fault(
        "billing = \"subscription\"\n",
        "",
        15,
        1,
        "editions.v1.products.a",
        &FaultKind::TermWithoutBilling,
    );
}

#[test]
fn a_remaining_term_without_billing_is_a_fault() {
    let faults = lint(&broken("en = \"B\" }\n", "en = \"B\" }\nmin_remaining_months = 1\n"));
    assert_eq!(faults.iter().map(|f| &f.kind).collect::<Vec<_>>(), [&FaultKind::TermWithoutBilling]);
}

#[test]
fn a_term_whose_billing_was_dropped_in_a_later_edition_is_a_fault() {
    let kind = FaultKind::TermWithoutBilling;
    one_fault("min_purchased_months = 6", "without = [\"billing\"]", 26, 1, "editions.v2.products.a", &kind);
}

#[test]
fn a_first_purchase_or_an_amount_needs_no_billing() {
    let more = "en = \"B\" }\nmin_first_purchase_months = 1\nmin_order_amount = \"1.00\"\n";
    assert_eq!(lint(&broken("en = \"B\" }\n", more)), []);
}

#[test]
fn what_is_filed_elsewhere_has_no_quota() {
    let place = "en = \"B\" }\nverified_by = \"elsewhere\"\nwhere = { zh = \"那\", en = \"there\" }\n";
    assert_eq!(lint(&broken("en = \"B\" }\n", place)), []);
    let faults =
        lint(&broken("en = \"B\" }\n", &format!("{place}quota = {{ codes = 1, per = \"instance\" }}\n")));
    let kind = FaultKind::Contradiction { one: "verified_by = \"elsewhere\"", other: "quota" };
    assert_eq!(faults.iter().map(|f| &f.kind).collect::<Vec<_>>(), [&kind]);
}

#[test]
fn what_is_filed_elsewhere_must_say_where() {
    let kind = FaultKind::Needs { one: "verified_by = \"elsewhere\"", other: "where" };
    one_fault(
        "en = \"B\" }\n",
        "en = \"B\" }\nverified_by = \"elsewhere\"\n",
        29,
        1,
        "editions.v2.products.b",
        &kind,
    );
}

#[test]
fn a_host_password_needs_a_place_where_it_is_found() {
    let kind = FaultKind::Needs { one: "verified_by = \"host-password\"", other: "credentials_from" };
    one_fault(
        "en = \"B\" }\n",
        "en = \"B\" }\nverified_by = \"host-password\"\n",
        29,
        1,
        "editions.v2.products.b",
        &kind,
    );
}

#[test]
fn codes_made_on_purchase_need_a_quota() {
    let kind = FaultKind::Needs { one: "code_made = \"on-purchase\"", other: "quota" };
    one_fault(
        "en = \"B\" }\n",
        "en = \"B\" }\ncode_made = \"on-purchase\"\n",
        29,
        1,
        "editions.v2.products.b",
        &kind,
    );
}

#[test]
fn a_row_without_a_source_that_is_not_assumed_is_a_fault() {
    one_fault(
        "en = \"B\" }\nsource = [\"d\"]\n",
        "en = \"B\" }\n",
        29,
        1,
        "editions.v2.products.b",
        &FaultKind::NoSource,
    );
}

#[test]
fn a_row_that_is_assumed_needs_no_source() {
    assert_eq!(lint(&broken("en = \"B\" }\nsource = [\"d\"]\n", "en = \"B\" }\nassumed = true\n")), []);
}

#[test]
fn a_condition_with_an_empty_source_that_is_not_assumed_is_a_fault() {
    let faults =
        lint(&broken("min_purchased_months = 3", "min_purchased_months = { value = 3, source = [] }"));
    assert_eq!(faults.iter().map(|f| (f.line, &f.kind)).collect::<Vec<_>>(), [(19, &FaultKind::NoSource)]);
}

#[test]
fn a_region_on_both_sides_is_told() {
    one_fault(
        "outside = [\"us-*\"]",
        "outside = [\"CN-*\"]",
        7,
        12,
        "regions.outside[1]",
        &FaultKind::RegionTwice("cn-*".into()),
    );
}

#[test]
fn a_region_with_a_star_in_the_middle_is_told() {
    let kind = FaultKind::Unexpected { found: "\"c*n\"".into(), expected: Expected::Region };
    one_fault("\"cn-*\"", "\"c*n\"", 6, 13, "regions.mainland[1]", &kind);
}

#[test]
fn a_file_without_editions_is_told() {
    let head = GOOD.split("[[editions]]").next().unwrap();
    let wanted = Fault { line: 1, column: 1, path: String::new(), kind: FaultKind::NoEditions };
    assert_eq!(lint(head), [wanted]);
}

#[test]
fn too_large_a_file_is_not_read() {
    let text = format!("{GOOD}{}", "#".repeat(9 << 20));
    let faults = lint(&text);
    assert_eq!(faults.len(), 1);
    assert!(matches!(faults[0].kind, FaultKind::TooMany { .. }));
}

#[test]
fn a_value_nested_without_end_is_refused() {
    for (open, close) in [("[", "]"), ("{ a = ", " }")] {
        let nested = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(!lint(&broken("id = \"p\"", &format!("id = {nested}"))).is_empty());
        assert!(!lint(&broken("id = \"p\"", &format!("id = {}", open.repeat(100_000)))).is_empty());
    }
    let dotted = format!("a{} = 1", ".a".repeat(100_000));
    assert!(!lint(&broken("id = \"p\"", &dotted)).is_empty());
}

#[test]
fn too_many_products_are_not_read() {
    let rows = (0..5000).fold(String::new(), |rows, n| {
        format!(
            "{rows}[editions.products.p{n}]\nname = {{ zh = \"产{n}\", en = \"P{n}\" }}\nsource = [\"d\"]\n"
        )
    });
    let faults = lint(&format!("{GOOD}{rows}"));
    assert!(matches!(faults[0].kind, FaultKind::TooMany { found: 5002, .. }), "{:?}", faults[0]);
}

#[test]
fn figures_out_of_range_are_told() {
    for (old, new) in [
        ("min_purchased_months = 3", "min_purchased_months = 0"),
        ("min_purchased_months = 3", "min_purchased_months = 1201"),
        ("min_purchased_months = 3", "min_purchased_months = -1"),
        ("min_purchased_months = 3", "min_purchased_months = 3.0"),
        ("min_purchased_months = 3", "min_purchased_months = 99999999999999999999"),
        ("codes = 5", "codes = 0"),
        ("codes = 5", "codes = 1000001"),
        ("per = \"instance\"", "per = \"product\""),
        ("billing = \"subscription\"", "billing = \"pay-as-you-go\""),
        ("billing = \"subscription\"", "billing = \"subscription\"\nmin_order_amount = 99"),
        ("billing = \"subscription\"", "billing = \"subscription\"\nmin_order_amount = \"0.00\""),
        ("billing = \"subscription\"", "billing = \"subscription\"\nmin_order_amount = \"9.999\""),
        ("billing = \"subscription\"", "billing = \"subscription\"\npublic_ip = 1"),
        ("effective = 2020-01-01", "effective = \"2020-01-01\""),
        ("effective = 2020-01-01", "effective = 2020-01-01T00:00:00"),
        ("id = \"p\"", "id = \"p q\""),
        ("id = \"p\"", "id = \"\""),
    ] {
        let faults = lint(&broken(old, new));
        assert!(faults.iter().any(|f| matches!(f.kind, FaultKind::Unexpected { .. })), "{new}: {faults:?}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_file() {
    let text = broken("id = \"p\"", "id = 1")
        .replacen("\"d\"]\nbilling", "\"x\"]\nbilling", 1)
        .replacen("codes = 5", "codes = 0", 1)
        .replacen("based_on = \"v1\"", "based_on = \"v1\"\nwhat = 1", 1)
        .replacen("min_purchased_months = 6", "min_purchased_months = true", 1);
    let lines: Vec<_> = lint(&text).iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 17, 20, 25, 29]);
}

#[test]
fn what_only_follows_from_a_fault_in_the_edition_below_is_not_told() {
    // Without its name the first row cannot be read; the second edition builds on it all the same.
    let faults = lint(&broken("name = { zh = \"产品甲\", en = \"A\" }\n", ""));
    let wanted = FaultKind::Missing { key: "name", expected: Expected::BothLanguages };
    assert_eq!(faults.iter().map(|fault| (fault.line, &fault.kind)).collect::<Vec<_>>(), [(15, &wanted)]);
}

#[test]
fn a_fault_of_its_own_in_the_edition_above_a_faulty_one_is_told_as_well() {
    let text =
        broken("codes = 5", "codes = 0").replacen("min_purchased_months = 6", "min_purchased_months = 0", 1);
    assert_eq!(lint(&text).iter().map(|fault| fault.line).collect::<Vec<_>>(), [20, 28]);
}

#[test]
fn several_breaches_of_syntax_are_told_at_once() {
    let text = broken("id = \"p\"", "id = ").replacen("codes = 5", "codes = ", 1);
    let lines: Vec<_> = lint(&text).iter().map(|fault| fault.line).collect();
    assert!(lines.contains(&1) && lines.contains(&20), "{lines:?}");
}

#[test]
fn one_fault_at_the_very_end_refuses_the_whole_file() {
    assert!(Rulebook::parse(&format!("{GOOD}x = 1\n")).is_err());
}

#[test]
fn faults_read_as_line_column_path_and_sentence() {
    let faults = Rulebook::parse(&broken("codes = 5", "codes = 0")).unwrap_err();
    insta::assert_snapshot!(faults.to_string(), @"20:19: editions.v1.products.a.quota.codes: found 0; expected a whole number from 1 to 1000000");
}

#[test]
fn every_kind_of_fault_is_told_in_both_languages() {
    told(FaultKind::NotUtf8, &["UTF-8"]);
    told(FaultKind::Syntax("x".into()), &["TOML"]);
    told(FaultKind::UnknownKey { found: "qouta".into(), known: vec!["quota"] }, &["qouta", "quota"]);
    told(FaultKind::Missing { key: "id", expected: Expected::Id }, &["`id`"]);
    told(FaultKind::Unexpected { found: "7x".into(), expected: Expected::WholeNumber(12) }, &["7x", "12"]);
    told(FaultKind::OneLanguage { missing: Lang::Zh }, &["`zh`"]);
    told(FaultKind::OneLanguage { missing: Lang::En }, &["`en`"]);
    told(FaultKind::EditionTwice("v1".into()), &["`v1`"]);
    told(
        FaultKind::OutOfOrder { before: "2021-01-01".into(), day: "2020-01-01".into() },
        &["2021-01-01", "2020-01-01"],
    );
    told(
        FaultKind::UnknownBase { found: "v9".into(), earlier: vec!["v1".into(), "v2".into()] },
        &["v9", "v1", "v2"],
    );
    told(FaultKind::UnknownBase { found: "v9".into(), earlier: vec![] }, &["v9"]);
    told(FaultKind::UnknownProduct("ecs".into()), &["`ecs`"]);
    told(FaultKind::UnknownDocument("000".into()), &["`000`"]);
    told(FaultKind::NameTwice { name: "n1".into(), other: "ecs".into() }, &["`n1`", "`ecs`"]);
    told(FaultKind::NothingToDrop("quota".into()), &["`quota`"]);
    told(FaultKind::NothingToConfirm("quota".into()), &["`quota`"]);
    told(FaultKind::TermWithoutBilling, &["billing = \"subscription\""]);
    told(FaultKind::Contradiction { one: "k1", other: "k2" }, &["`k1`", "`k2`"]);
    told(FaultKind::Needs { one: "k1", other: "k2" }, &["`k1`", "`k2`"]);
    told(FaultKind::NoSource, &["source = [\"…\"]", "assumed = true"]);
    told(FaultKind::RegionTwice("cn-*".into()), &["`cn-*`"]);
    told(FaultKind::NoEditions, &["[[editions]]"]);
    told(FaultKind::TooMany { found: 5001, limit: 4096 }, &["5001", "4096"]);
    told(FaultKind::TooManyFaults { more: 77 }, &["77"]);
}

#[test]
fn no_text_in_a_sentence_begins_with_a_space() {
    for (expected, chinese) in
        [(Expected::Truth, "现为 7，应为`true` 或 `false`"), (Expected::Table, "现为 7，应为表")]
    {
        let kind = FaultKind::Unexpected { found: "7".into(), expected };
        let fault = Fault { line: 1, column: 1, path: String::new(), kind };
        assert_eq!(fault.message(Lang::Zh), chinese);
    }
}

#[test]
fn everything_that_may_be_expected_is_told_in_both_languages() {
    for (expected, word) in [
        (Expected::Table, ""),
        (Expected::Value, "value ="),
        (Expected::Editions, "[[editions]]"),
        (Expected::Text, ""),
        (Expected::BothLanguages, "zh ="),
        (Expected::Texts, "[\"…\""),
        (Expected::Day, "2020-10-16"),
        (Expected::Truth, "`true`"),
        (Expected::WholeNumber(77), "77"),
        (Expected::Amount, "99.00"),
        (Expected::OneOf(vec!["w1", "w2"]), "w1"),
        (Expected::Id, "`-`"),
        (Expected::Region, "`*`"),
    ] {
        told(FaultKind::Unexpected { found: "7x".into(), expected }, &["7x", word]);
    }
}

#[test]
fn a_byte_order_mark_and_dos_lines_do_no_harm() {
    assert_eq!(lint(&format!("\u{feff}{}", GOOD.replace('\n', "\r\n"))), []);
}

#[test]
fn positions_are_the_same_in_dos_lines() {
    let text = broken("codes = 5", "codes = 0").replace('\n', "\r\n");
    assert_eq!(lint(&text).iter().map(|f| (f.line, f.column)).collect::<Vec<_>>(), [(20, 19)]);
}

/// Something that goes wrong with a file.
#[derive(Clone, Debug)]
enum Mishap {
    Flip(Index, u8),
    Delete(Index),
    Twice(Index),
    Cut(Index),
    Swap(Index, Index),
    Insert(Index, &'static str),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let bits = ["\"", "{", "]", "=", "\n[", "é", "\u{0}", "'''", " = 1\n", "[[editions]]\n"];
    prop_oneof![
        (any::<Index>(), 1u8..128).prop_map(|(at, bits)| Mishap::Flip(at, bits)),
        any::<Index>().prop_map(Mishap::Delete),
        any::<Index>().prop_map(Mishap::Twice),
        any::<Index>().prop_map(Mishap::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mishap::Swap(a, b)),
        (any::<Index>(), proptest::sample::select(bits.to_vec()))
            .prop_map(|(at, bit)| Mishap::Insert(at, bit)),
    ]
}

fn after(text: &str, mishap: &Mishap) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut bytes = text.as_bytes().to_vec();
    let place =
        |at: &Index| (0..=text.len()).rev().find(|n| *n <= at.index(text.len()) && text.is_char_boundary(*n));
    match mishap {
        Mishap::Flip(at, bits) => {
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        Mishap::Delete(at) => drop(lines.remove(at.index(lines.len()))),
        Mishap::Twice(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Mishap::Cut(at) => return text[..place(at).unwrap()].to_owned(),
        Mishap::Swap(a, b) => lines.swap(a.index(text.lines().count()), b.index(text.lines().count())),
        Mishap::Insert(at, bit) => {
            let (before, behind) = text.split_at(place(at).unwrap());
            return format!("{before}{bit}{behind}");
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(Config::with_cases(3_000))]

    #[test]
    fn a_damaged_file_is_read_whole_or_refused_with_places_that_exist(
        whole in proptest::sample::select(vec![ALIYUN, EXAMPLE_HOST, GOOD]),
        mishaps in proptest::collection::vec(mishap(), 1..4),
    ) {
        let text = mishaps.iter().fold(whole.to_owned(), |text, mishap| if text.is_empty() { text } else { after(&text, mishap) });
        match Rulebook::parse(&text) {
            Ok(book) => prop_assert!(!book.editions.is_empty()),
            Err(faults) => {
                prop_assert!(!faults.0.is_empty());
                prop_assert!(faults.0.is_sorted_by_key(|fault| (fault.line, fault.column)));
                let lines: Vec<&str> = text.split('\n').collect();
                for fault in &faults.0 {
                    let line = lines.get(fault.line - 1);
                    prop_assert!(line.is_some(), "no line {} in {} lines", fault.line, lines.len());
                    let length = line.unwrap_or(&"").chars().count();
                    prop_assert!((1..=length + 1).contains(&fault.column), "no column {} in {line:?}", fault.column);
                    for lang in Lang::ALL {
                        prop_assert!(!fault.message(lang).is_empty());
                    }
                }
            }
        }
    }
}
