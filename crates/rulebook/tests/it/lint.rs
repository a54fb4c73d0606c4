//! What linting promises: no real fault hides behind another, none is told twice, and no file costs much.

use rulebook::{Expected, Fault, FaultKind, Lang, MAX_BYTES, Rulebook, Stated, lint};
use std::fmt::Write;

/// Everything above the first edition.
const HEAD: &str = r#"id = "p"
name = { zh = "甲", en = "P" }
[documents]
d = { title = { zh = "文", en = "D" } }
[regions]
mainland = ["cn-*"]
outside = ["us-*"]
"#;

/// A first edition with one product, and what a second one is based on.
const V1: &str = r#"[[editions]]
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
"#;

const V2: &str = r#"[[editions]]
id = "v2"
effective = 2021-01-01
based_on = "v1"
source = ["d"]
"#;

/// Rows that are wrong by themselves, whatever the edition below says: five faults.
const WRONG: &str = r#"[editions.products.term]
name = { zh = "期限", en = "Term" }
source = ["d"]
min_purchased_months = 3
[editions.products.clash]
name = { zh = "矛盾", en = "Clash" }
source = ["d"]
credentials_from = { zh = "那", en = "there" }
[editions.products.place]
name = { zh = "去处", en = "Place" }
source = ["d"]
verified_by = "elsewhere"
[editions.products.password]
name = { zh = "密码", en = "Password" }
source = ["d"]
verified_by = "host-password"
[editions.products.nameless]
source = ["d"]
"#;

/// A file of these editions, the first `old` in it replaced by `new`.
fn file(editions: &[&str], old: &str, new: &str) -> String {
    let text = format!("{HEAD}{}", editions.concat());
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

fn kinds(text: &str) -> Vec<FaultKind> {
    lint(text).into_iter().map(|fault| fault.kind).collect()
}

/// The line and column at which `text` first has `part`.
fn place(text: &str, part: &str) -> (usize, usize) {
    let before = &text[..text.find(part).unwrap()];
    (before.split('\n').count(), before.rsplit('\n').next().unwrap().chars().count() + 1)
}

fn places(faults: &[Fault]) -> Vec<(usize, usize)> {
    faults.iter().map(|fault| (fault.line, fault.column)).collect()
}

/// The faults of [`WRONG`].
fn wrong() -> Vec<FaultKind> {
    vec![
        FaultKind::TermWithoutBilling,
        FaultKind::Contradiction {
            one: "credentials_from",
            other: "verified_by other than \"host-password\"",
        },
        FaultKind::Needs { one: "verified_by = \"elsewhere\"", other: "where" },
        FaultKind::Needs { one: "verified_by = \"host-password\"", other: "credentials_from" },
        FaultKind::Missing { key: "name", expected: Expected::BothLanguages },
    ]
}

#[test]
fn the_parts_make_a_file_without_fault() {
    let row = "[editions.products.a]\nsource = [\"d\"]\nmin_purchased_months = 6\n";
    assert_eq!(lint(&file(&[V1, V2, row], "v1", "v1")), []);
}

#[test]
fn an_unrelated_fault_below_hides_no_fault_of_a_new_product() {
    for (old, new) in [
        ("effective = 2020-01-01", "effective = 2020-01-01\nestimated = \"yes\""),
        ("effective = 2020-01-01", "effective = \"long ago\""),
        ("on_abandon = \"release\"", "on_abandon = \"keep\""),
        ("min_purchased_months = 3", "min_purchased_months = 0"),
        ("name = { zh = \"产品甲\", en = \"A\" }\n", ""),
        (
            "[editions.products.a]\nname = { zh = \"产品甲\", en = \"A\" }",
            "[editions.products]\na = 3\n[what]\nis = 1",
        ),
        ("based_on = \"v1\"", "based_on = \"v0\""),
    ] {
        let told = kinds(&file(&[V1, V2, WRONG], old, new));
        for fault in wrong() {
            assert!(told.contains(&fault), "{new} hides {fault:?}: {told:?}");
        }
    }
}

#[test]
fn one_wrong_word_below_leaves_six_faults_and_not_two() {
    let text = file(&[V1, V2, WRONG], "source", "estimated = \"yes\"\nsource");
    assert_eq!(lint(&text).len(), 6, "{:?}", lint(&text));
}

#[test]
fn what_a_row_writes_itself_is_held_against_it_whatever_is_wrong_below() {
    let row = "[editions.products.a]\nsource = [\"d\"]\nverified_by = \"host-password\"\n\
               without = [\"qouta\"]\nconfirms = [\"min_purchased_months\"]\nmin_purchased_months = 6\n";
    let told = kinds(&file(&[V1, V2, row], "billing = \"subscription\"", "billing = 1"));
    let own = [
        FaultKind::NothingToDrop("qouta".into()),
        FaultKind::NothingToConfirm("min_purchased_months".into()),
        FaultKind::Needs { one: "verified_by = \"host-password\"", other: "credentials_from" },
    ];
    for fault in own {
        assert!(told.contains(&fault), "{fault:?}: {told:?}");
    }
    assert!(
        !told.contains(&FaultKind::TermWithoutBilling),
        "billing may be there once it can be read: {told:?}"
    );
}

#[test]
fn a_key_that_cannot_be_read_below_is_not_missed_above() {
    let billing =
        "[editions.products.a]\nsource = [\"d\"]\nconfirms = [\"billing\"]\nmin_purchased_months = 6\n";
    let told = kinds(&file(&[V1, V2, billing], "billing = \"subscription\"", "billing = 1"));
    assert_eq!(told.len(), 1, "{told:?}");
    let policy = kinds(&file(&[V1, V2, "products = {}\n"], "code_use = \"granted\"", "code_use = 7"));
    assert_eq!(policy.len(), 1, "{policy:?}");
}

#[test]
fn a_row_that_cannot_be_read_below_may_be_changed_confirmed_and_withdrawn_above() {
    for row in [
        "withdrawn = true",
        "confirms = [\"quota\"]",
        "without = [\"public_ip\"]",
        "min_remaining_months = 1",
    ] {
        let row = format!("[editions.products.a]\nsource = [\"d\"]\n{row}\n");
        let told = kinds(&file(&[V1, V2, &row], "name = { zh = \"产品甲\", en = \"A\" }\n", ""));
        assert_eq!(told, [FaultKind::Missing { key: "name", expected: Expected::BothLanguages }], "{row}");
    }
}

#[test]
fn a_contradiction_is_told_in_the_edition_that_makes_it_and_not_again_above() {
    let touched = "[editions.products.a]\nsource = [\"d\"]\npublic_ip = true\n";
    let told = lint(&file(&[V1, V2, touched], "billing = \"subscription\"\n", ""));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].path, "editions.v1.products.a");
}

#[test]
fn a_name_taken_in_an_edition_is_told_there_and_not_again_above() {
    let twin = "[editions.products.b]\nname = { zh = \"产品甲\", en = \"B\" }\nsource = [\"d\"]\n";
    let touched = "[editions.products.a]\nsource = [\"d\"]\n";
    let told = lint(&file(&[V1, twin, V2, touched], "v1", "v1"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].path, "editions.v1.products.b.name.zh");
}

#[test]
fn what_an_assumed_row_says_is_assumed() {
    let row = "[editions.products.b]\nname = { zh = \"产品乙\", en = \"B\" }\nassumed = true\n\
               billing = \"subscription\"\nmin_purchased_months = { value = 3, source = [\"d\"] }\n\
               min_remaining_months = { value = 3, note = { zh = \"注\", en = \"note\" } }\n\
               quota = { codes = 5, per = \"instance\" }\ncode_made = \"elsewhere\"\n\
               where = { zh = \"那\", en = \"there\" }\n";
    let book = Rulebook::parse(&file(&[V1, row], "v1", "v1")).unwrap();
    let row = book.editions[0].row("b").unwrap();
    for condition in &row.conditions {
        let stated = condition.source == ["d"];
        assert_eq!(condition.assumed, !stated, "{condition:?}");
    }
    assert!(row.code_made.assumed && row.verified_by.assumed);
    assert!(row.place.as_ref().is_some_and(|place| place.assumed && place.source.is_empty()));
}

#[test]
fn what_an_assumed_row_confirms_is_no_longer_stated() {
    let row = "[editions.products.a]\nassumed = true\nconfirms = [\"billing\"]\n";
    let book = Rulebook::parse(&file(&[V1, V2, row], "v1", "v1")).unwrap();
    let conditions = &book.editions[1].row("a").unwrap().conditions;
    assert!(
        conditions.iter().all(|Stated { source, assumed, .. }| *assumed == source.is_empty()),
        "{conditions:?}"
    );
}

#[test]
fn a_name_that_is_taken_is_told_where_it_is_written() {
    for (name, aliases, at, path) in [
        ("{ zh = \"产品 甲\", en = \"B\" }", "[]", "\"产品 甲\"", "name.zh"),
        ("{ zh = \"产品乙\", en = \"a\" }", "[]", "\"a\" }\naliases", "name.en"),
        ("{ zh = \"产品乙\", en = \"B\" }", "[\"b2\", \"Ａ\"]", "\"Ａ\"", "aliases[2]"),
    ] {
        let row = format!("[editions.products.b]\nsource = [\"d\"]\nname = {name}\naliases = {aliases}\n");
        let text = file(&[V1, V2, &row], "v1", "v1");
        let told = lint(&text);
        assert_eq!(places(&told), [place(&text, at)], "{told:?}");
        assert_eq!(told[0].path, format!("editions.v2.products.b.{path}"));
        assert!(matches!(&told[0].kind, FaultKind::NameTwice { other, .. } if *other == "a"), "{told:?}");
    }
}

#[test]
fn an_id_that_another_product_goes_by_is_told_at_its_row() {
    let row = "[editions.products.b1]\nsource = [\"d\"]\nname = { zh = \"产品乙\", en = \"B\" }\n\
               aliases = [\"b2\"]\n[editions.products.b2]\nsource = [\"d\"]\nname = { zh = \"产品丙\", en = \"C\" }\n";
    let text = file(&[V1, V2, row], "v1", "v1");
    let told = lint(&text);
    assert_eq!(places(&told), [place(&text, "[editions.products.b2]")], "{told:?}");
}

#[test]
fn an_edition_must_name_a_document() {
    let text = file(&[V1], "source = [\"d\"]\nrestore", "source = []\nrestore");
    let told = lint(&text);
    assert_eq!(told.iter().map(|fault| &fault.kind).collect::<Vec<_>>(), [&FaultKind::NoSource]);
    assert_eq!(places(&told), [place(&text, "[]\nrestore")]);
}

#[test]
fn a_place_to_go_is_for_what_is_done_elsewhere() {
    let text = file(&[V1], "min_purchased", "where = { zh = \"那\", en = \"there\" }\nmin_purchased");
    let other = "verified_by and code_made other than \"elsewhere\"";
    assert_eq!(kinds(&text), [FaultKind::Contradiction { one: "where", other }]);
}

#[test]
fn a_product_that_comes_home_drops_the_place_and_the_credentials() {
    for (before, key) in [
        ("verified_by = \"elsewhere\"\nwhere", "where"),
        ("verified_by = \"host-password\"\ncredentials_from", "credentials_from"),
    ] {
        let before = format!(
            "[editions.products.b]\nsource = [\"d\"]\nname = {{ zh = \"乙\", en = \"B\" }}\n{before} = {{ zh = \"那\", en = \"there\" }}\n"
        );
        let after = format!(
            "[editions.products.b]\nsource = [\"d\"]\nverified_by = \"service-code\"\nwithout = [\"{key}\"]\n"
        );
        let book = Rulebook::parse(&file(&[V1, &before, V2, &after], "v1", "v1")).unwrap();
        let row = book.editions[1].row("b").unwrap();
        assert!(row.place.is_none() && row.credentials_from.is_none());
        let never = file(
            &[V1, V2, &format!("[editions.products.a]\nsource = [\"d\"]\nwithout = [\"{key}\"]\n")],
            "v1",
            "v1",
        );
        assert_eq!(kinds(&never), [FaultKind::NothingToDrop(key.into())]);
    }
}

#[test]
fn what_a_file_says_reaches_no_terminal_unescaped_and_at_no_length() {
    let long = "x".repeat(5000);
    for hostile in ["a\\u001b[31m", "a\\u0007\\u009b", "a\\u202eb", long.as_str()] {
        for text in [
            format!("\"{hostile}\" = 1\n{}", file(&[V1], "v1", "v1")),
            file(&[V1], "source = [\"d\"]\nrestore", &format!("source = [\"{hostile}\"]\nrestore")),
            file(&[V1], "\"us-*\"", &format!("\"{hostile}\", \"{hostile}\"")),
            file(&[V1], "effective", &format!("stated_for = [\"{hostile}\"]\neffective")),
            file(&[V1], "min_purchased", &format!("without = [\"{hostile}\"]\nmin_purchased")),
            file(&[V1], "min_purchased", &format!("confirms = [\"{hostile}\"]\nmin_purchased")),
            file(&[V1], "products.a]", &format!("products.\"{hostile}\"]")),
            file(&[V1, V2, "products = {}\n"], "based_on = \"v1\"", &format!("based_on = \"{hostile}\"")),
            file(
                &[V1],
                "name = { zh = \"产品甲\"",
                &format!("aliases = [\"{hostile}\"]\nname = {{ zh = \"{hostile}\""),
            ),
            file(&[V1], "id = \"v1\"", &format!("id = \"{hostile}\"")).replace("code_use", "code_used"),
        ] {
            for fault in lint(&text) {
                assert!(fault.path.chars().count() < 120, "{}", fault.path);
                for told in Lang::ALL.map(|lang| format!("{}{}", fault.path, fault.message(lang))) {
                    assert!(!told.contains(|c: char| c.is_control() || c == '\u{202e}'), "{told:?}");
                    assert!(!told.contains(&"x".repeat(61)), "{told}");
                }
            }
        }
    }
}

#[test]
fn a_text_of_sixty_characters_is_told_whole_and_a_longer_one_is_cut() {
    for (length, told) in [(60, "x".repeat(60)), (61, format!("{}…", "x".repeat(60)))] {
        let text = format!("{} = 1\n{}", "x".repeat(length), file(&[V1], "v1", "v1"));
        let faults = lint(&text);
        assert!(
            matches!(&faults[0].kind, FaultKind::UnknownKey { found, .. } if *found == told.as_str()),
            "{faults:?}"
        );
    }
}

#[test]
fn too_many_editions_are_not_read() {
    let mut text = file(&[V1], "v1", "v1");
    for n in 2..=300 {
        let day = jiff::civil::date(2020, 1, 1).saturating_add(jiff::Span::new().days(n));
        write!(
            text,
            "[[editions]]\nid = \"e{n}\"\neffective = {day}\nbased_on = \"v1\"\nsource = [\"d\"]\nproducts = {{}}\n"
        )
        .unwrap();
    }
    assert_eq!(kinds(&text), [FaultKind::TooMany { found: 300, limit: 256 }]);
}

/// A hundred editions, each based on the one before, on top of a first one with `rows` besides its own.
fn tower(rows: &str) -> String {
    let mut text = file(&[V1, rows], "v1", "v1");
    for n in 2..=100 {
        let day = jiff::civil::date(2020, 1, 1).saturating_add(jiff::Span::new().days(n));
        let base = if n == 2 { "v1".to_owned() } else { format!("e{}", n - 1) };
        write!(
            text,
            "[[editions]]\nid = \"e{n}\"\neffective = {day}\nbased_on = \"{base}\"\nsource = [\"d\"]\nproducts = {{}}\n"
        )
        .unwrap();
    }
    text
}

#[test]
fn editions_that_repeat_too_many_rows_are_not_read() {
    let rows = (0..2000).fold(String::new(), |rows, n| {
        format!(
            "{rows}[editions.products.p{n}]\nname = {{ zh = \"产{n}\", en = \"P{n}\" }}\nsource = [\"d\"]\n"
        )
    });
    let told = kinds(&tower(&rows));
    assert!(matches!(told[..], [FaultKind::TooMany { limit: 65_536, .. }]), "{told:?}");
}

#[test]
fn editions_that_repeat_too_much_text_are_not_read() {
    let place = "x".repeat(3 << 20);
    let row = format!(
        "[editions.products.b]\nname = {{ zh = \"乙\", en = \"B\" }}\nsource = [\"d\"]\ncode_made = \"elsewhere\"\n\
         where = {{ zh = \"那\", en = \"{place}\" }}\n"
    );
    let told = kinds(&tower(&row));
    assert!(matches!(told[..], [FaultKind::TooMany { .. }]), "{told:?}");
}

#[test]
fn only_the_first_two_hundred_faults_are_told_and_the_rest_counted() {
    let mut text = file(&[V1], "v1", "v1");
    let head = text.split_once("[documents]").unwrap().0.lines().count();
    let unknown = (0..20_000).fold(String::new(), |keys, n| format!("{keys}k{n} = 1\n"));
    text = text.replacen("[documents]", &format!("{unknown}[documents]"), 1);
    let told = lint(&text);
    assert_eq!(told.len(), 201);
    for (n, fault) in told.iter().take(200).enumerate() {
        assert!(
            matches!(&fault.kind, FaultKind::UnknownKey { found, .. } if *found == format!("k{n}").as_str())
        );
        assert_eq!((fault.line, fault.column), (head + n + 1, 1));
    }
    assert_eq!(told[200].kind, FaultKind::TooManyFaults { more: 19_800 });
    assert_eq!(told[200].line, told[199].line);
}

#[test]
fn the_first_faults_of_the_file_are_told_and_not_the_first_that_are_found() {
    // Unknown keys of the file as a whole are found last.
    let rows =
        (0..300).fold(String::new(), |rows, n| format!("{rows}[editions.products.p{n}]\nsource = [\"d\"]\n"));
    let told = lint(&format!("what = 1\n{}", file(&[V1, &rows], "v1", "v1")));
    assert!(
        matches!(&told[0].kind, FaultKind::UnknownKey { found, .. } if *found == "what"),
        "{:?}",
        told[0]
    );
    assert_eq!(told[200].kind, FaultKind::TooManyFaults { more: 101 });
}

#[test]
fn a_file_in_another_encoding_is_refused_at_the_first_byte_that_is_not_utf_8() {
    let good = file(&[V1], "v1", "v1");
    assert!(Rulebook::parse_bytes(good.as_bytes()).is_ok());
    let (before, behind) = good.split_once("产品甲").unwrap();
    // The same three characters in GBK.
    let gbk = [before.as_bytes(), b"\xb2\xfa\xc6\xb7\xbc\xd7", behind.as_bytes()].concat();
    let faults = Rulebook::parse_bytes(&gbk).unwrap_err().0;
    let (line, column) = place(&good, "产品甲");
    assert_eq!(faults, [Fault { line, column, path: String::new(), kind: FaultKind::NotUtf8 }]);
    let cut = &good.as_bytes()[..before.len() + 4];
    let faults = Rulebook::parse_bytes(cut).unwrap_err().0;
    assert_eq!(places(&faults), [(line, column + 1)]);
}

#[test]
fn bytes_beyond_the_limit_are_not_read() {
    let faults = Rulebook::parse_bytes(&vec![0xff; MAX_BYTES + 1]).unwrap_err().0;
    let kind = FaultKind::TooMany { found: MAX_BYTES + 1, limit: MAX_BYTES };
    assert_eq!(faults, [Fault { line: 1, column: 1, path: String::new(), kind }]);
}

#[test]
fn what_is_wrong_with_the_syntax_is_told_in_chinese_to_who_reads_chinese() {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    for (wrong, chinese) in [
        ("x = ", "缺少值"),
        ("x = 1\nx = 2", "同一个键或表出现了两次"),
        ("x = \"a", "文本的写法有误：缺少引号，或有不允许的字符"),
        ("x = [1, 2", "列表缺少结尾的 `]`"),
        ("x = [1 = 2]", "多了一个 `=`"),
        ("x = [1,, 2]", "多了一个逗号"),
        ("x = hello", "文本没有加引号"),
        ("x = 01", "数字的写法有误"),
        ("x = 2020-99-99", "日期或时间的写法有误"),
        ("x", "键后缺少 `= 值`"),
        ("[x", "表头缺少结尾的 `]`"),
        ("= 1", "缺少键名"),
        ("[x] 1", "此处有多余的内容"),
        ("a b = 1", "键后缺少 `= 值`"),
        ("产品 = 1", "键里有必须加引号的字符"),
        ("x = {a = 1", "行内表缺少结尾的 `}`"),
    ] {
        let faults = lint(&format!("{wrong}\n"));
        let syntax: Vec<_> =
            faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Syntax(_))).collect();
        assert!(!syntax.is_empty(), "{wrong}: {faults:?}");
        for fault in &syntax {
            let message = fault.message(Lang::Zh);
            let rest = message.strip_prefix("不符合 TOML 语法").unwrap().replace("`true` 或 `false`", "");
            assert!(!rest.contains(is_latin), "{wrong}: {message}");
        }
        let told: Vec<_> = syntax.iter().map(|fault| (&fault.kind, fault.message(Lang::Zh))).collect();
        assert!(told.iter().any(|(_, message)| message.contains(chinese)), "{wrong}: {told:?}");
    }
}
