//! `kebei check-filing`: orders in files, checked as a desk checks them.

use crate::{run, run_with};
use serde_json::Value;

const EXAMPLE: &str = "examples/order-zh.json";
const DAY: [&str; 2] = ["--at", "2026-11-02"];

/// The example with something else in one place.
fn changed(pointer: &str, to: Value) -> String {
    let text = std::fs::read_to_string(format!("{}/../../{EXAMPLE}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut order: Value = serde_json::from_str(&text).unwrap();
    *order.pointer_mut(pointer).unwrap() = to;
    order.to_string()
}

#[test]
fn of_the_example_nothing_must_be_corrected() {
    let said = run(&["check-filing", EXAMPLE, DAY[0], DAY[1]]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.starts_with("examples/order-zh.json：首次备案\n未发现问题。\n"), "{}", said.out);
    assert!(said.out.contains("产品验证"), "what is not looked at is said: {}", said.out);
}

#[test]
fn every_fault_is_told_at_its_place_with_what_to_do() {
    let mut order: Value =
        serde_json::from_str(&changed("/subject/person/mobile", "1380013".into())).unwrap();
    order["websites"][0]["domains"] = serde_json::json!(["example.com", "foo.invalid"]);
    let order = order.to_string();
    let said = run_with(&["check-filing", "-", DAY[0], DAY[1]], order.as_bytes());
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    for words in ["主体负责人的手机号码：", "第 1 个网站的域名（第 2 个）："] {
        assert!(said.out.contains(words), "{words}\n{}", said.out);
    }
    let said = run_with(&["check-filing", "-", "--format", "json", DAY[0], DAY[1]], order.as_bytes());
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told[0]["kind"], "first-filing");
    let faults = told[0]["faults"].as_array().unwrap();
    let paths: Vec<_> = faults.iter().map(|fault| fault["path"].as_str().unwrap()).collect();
    assert!(
        paths.contains(&"subject.person.mobile") && paths.contains(&"websites[0].domains[1]"),
        "{paths:?}"
    );
    assert!(faults.iter().all(|fault| fault["suggestion"] != ""), "{faults:?}");
}

#[test]
fn what_is_no_order_is_told_with_everything_that_is_wrong_and_is_not_checked() {
    for (order, words) in [
        ("{\"kind\":", &["第 1 行第 8 列"][..]),
        ("[1]", &["应为一个 JSON 对象"]),
        (
            r#"{"kind":"frist","subject":{"nature":"5","naem":"x"},"websites":[{"domains":"a.cn"}],"form":1}"#,
            &[
                "first-filing",
                "subject.nature 应为代码表中的数字",
                "没有 subject.naem",
                "websites[0].domains 应为一个列表",
                "没有 form ",
            ],
        ),
    ] {
        let said = run_with(&["check-filing", "-"], order.as_bytes());
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{order}");
        for words in words {
            assert!(said.err.contains(words), "{words}\n{}", said.err);
        }
    }
    let missing = run(&["check-filing", "examples/none.json", EXAMPLE, DAY[0], DAY[1]]);
    assert!(
        missing.status == 2 && missing.out.contains("未发现问题"),
        "the other file is checked: {missing:?}"
    );
}

#[test]
fn an_operators_own_lists_take_the_place_of_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suffixes.toml");
    std::fs::write(&file, "not toml at all").unwrap();
    let said = run(&["check-filing", EXAMPLE, "--suffixes", file.to_str().unwrap()]);
    assert!(said.status == 2 && said.err.contains("没有使用"), "{}", said.err);
}
