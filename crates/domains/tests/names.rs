//! Names, read fast and slowly.
#![cfg(test)]

use domains::{Fault, Name, ascii, registrable};
use proptest::{collection::vec, prelude::*, sample::select};

#[test]
fn the_registrable_domain_is_one_label_below_the_icann_suffix() {
    let cases = [
        ("example.com", "example.com"),
        ("WWW.Example.COM.CN.", "example.com.cn"),
        ("example.com。", "example.com"),
        ("a.b.c.example.co.uk", "example.co.uk"),
        ("somebody.github.io", "github.io"),
        ("a.b.blogspot.com", "blogspot.com"),
        ("www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck"),
        ("a.b.c.kawasaki.jp", "b.c.kawasaki.jp"),
        ("a.city.kawasaki.jp", "city.kawasaki.jp"),
        ("例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("XN--FSQU00A.XN--FIQS8S", "xn--fsqu00a.xn--fiqs8s"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("ab--cd.com", "ab--cd.com"),
    ];
    for (host, expected) in cases {
        assert_eq!(registrable(host).as_deref(), Ok(expected), "{host}");
    }
}

#[test]
fn what_is_no_name_below_a_suffix_is_told_by_its_fault() {
    let label = "a".repeat(63);
    let name_of_253 = format!("{label}.{label}.{label}.{}.com", "a".repeat(57));
    assert_eq!((name_of_253.len(), Name::read(&name_of_253).map(|name| name.suffix_at())), (253, Ok(250)));
    assert!(Name::read(&format!("{name_of_253}.")).is_ok());
    let cases = [
        (format!("a{name_of_253}"), Fault::Long),
        (format!("{label}a.com"), Fault::Long),
        ("com".to_owned(), Fault::OnlySuffix),
        ("com.cn".to_owned(), Fault::OnlySuffix),
        ("b.ck".to_owned(), Fault::OnlySuffix),
        ("example.unknownsuffix".to_owned(), Fault::UnknownSuffix),
        ("1.2.3.4".to_owned(), Fault::UnknownSuffix),
    ];
    for (host, fault) in cases {
        assert_eq!(Name::read(&host), Err(fault), "{host}");
    }
    let malformed = [
        "",
        ".",
        "..",
        ".com",
        "a..com",
        "example.com..",
        "-a.com",
        "a-.com",
        "xn--a.com",
        "a b.com",
        "a_b.com",
        "a.com:80",
        "[::1]",
        "*.a.com",
        "https://a.com",
        "a、b.com",
        "a，b.com",
    ];
    for host in malformed {
        assert_eq!(Name::read(host), Err(Fault::Label), "{host}");
    }
    assert_eq!(ascii("例子.unknownsuffix").as_deref(), Ok("xn--fsqu00a.unknownsuffix"));
}

/// Labels that are usual, and those that try the rules.
fn label() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "",
        "-",
        "-a",
        "a-",
        "a--b",
        "ab--c",
        "xn--",
        "xn--a",
        "xn--fsqu00a",
        "XN--FSQU00A",
        "Xn--fiqs8s",
        "xn--4gbrim",
        "xn--p1ai",
        "www",
        "WWW",
        "city",
        "kawasaki",
        "com",
        "github",
        "blogspot",
        "例子",
        "ｗｗｗ",
        "straße",
        "ß",
        "a_b",
        "a b",
        "*",
        "1",
        "0x7f",
        "a\u{ad}b",
        "\u{200d}",
        "İ",
        "K",
        "א",
        "أ",
        "、",
        "a:80",
        "xn--ses554g",
        "xn--a-ecp.ru",
    ])
    .prop_map(str::to_owned);
    prop_oneof![
        6 => "[a-zA-Z0-9-]{1,20}",
        4 => odd,
        1 => "[a-z]{60,66}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn host() -> impl Strategy<Value = String> {
    let suffix = select(vec![
        "com",
        "cn",
        "com.cn",
        "CoM.Cn",
        "中国",
        "xn--fiqs8s",
        "XN--FIQS8S",
        "xn--fiqz9s",
        "xn--55qx5d",
        "xn--io0a7i",
        "xn--3ds443g",
        "xn--fiq228c5hs",
        "xn--czru2d",
        "xn--55qw42g",
        "xn--zfr164b",
        "xn--3bst00m",
        "xn--55qx5d.cn",
        "co.uk",
        "ck",
        "www.ck",
        "kawasaki.jp",
        "city.kawasaki.jp",
        "github.io",
        "blogspot.com",
        "compute.amazonaws.com.cn",
        "unknownsuffix",
        "xn--mgbaam7a8h",
        "xn--p1ai",
        "com.",
        "com。",
        "com..",
        "",
        "1",
        "com.cn:80",
    ]);
    (vec(label(), 0..6), suffix).prop_map(|(mut labels, suffix)| {
        labels.push(suffix.to_owned());
        labels.join(".")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn the_fast_way_tells_what_the_slow_way_tells(host in host()) {
        let (fast, slow) = (Name::read(&host), Name::read_slowly(&host));
        prop_assert_eq!(fast, slow, "{}", host);
        if let (Ok(fast), Ok(slow)) = (fast, slow) {
            prop_assert_eq!(fast.registrable(), slow.registrable());
            prop_assert_eq!(fast.suffix(), slow.suffix());
        }
    }

    #[test]
    fn what_was_read_is_read_again_as_itself(host in host()) {
        if let Ok(name) = Name::read(&host) {
            prop_assert_eq!(Name::read(name.as_str()), Ok(name));
            prop_assert_eq!(registrable(name.registrable()), Ok(name.registrable().to_owned()));
            let below = name.registrable().split_once('.').map(|(_, suffix)| suffix.to_owned());
            prop_assert_eq!(below.as_deref(), Some(name.suffix()));
        }
    }

    #[test]
    fn long_names_are_read_alike(labels in vec("[a-z]{40,63}", 3..6)) {
        let host = format!("{}.com", labels.join("."));
        prop_assert_eq!(Name::read(&host), Name::read_slowly(&host));
    }
}
