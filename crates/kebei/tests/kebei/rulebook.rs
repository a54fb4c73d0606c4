//! `kebei rulebook …`: what keepers and followers of rules see.

use crate::{project, run, run_with};
use std::fs;

#[test]
fn the_shipped_rulebooks_have_no_fault() {
    let said =
        run(&["rulebook", "lint", "rulebooks/aliyun.toml", "rulebooks/example-host.toml", "--lang", "en"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(said.out.lines().count(), 2);
    assert!(said.out.contains("rulebooks/aliyun.toml: no fault; 4 editions, 13 products"), "{}", said.out);
}

#[test]
fn every_fault_is_told_where_an_editor_can_jump_to() {
    let text = fs::read_to_string(project().join("rulebooks/example-host.toml")).unwrap();
    let broken =
        text.replace("codes = 3", "codes = 0").replace("billing = \"subscription\"", "biling = \"sub\"");
    let said = run_with(&["rulebook", "lint", "-", "--lang", "en"], broken.as_bytes());
    assert_eq!(said.status, 1);
    let line = |needle: &str| broken.lines().position(|line| line.contains(needle)).unwrap() + 1;
    assert!(said.err.contains(&format!("<stdin>:{}:", line("codes = 0"))), "{}", said.err);
    assert!(said.err.contains(&format!("<stdin>:{}:1: ", line("biling"))), "{}", said.err);
}

#[test]
fn show_names_the_edition_in_force_and_marks_what_is_assumed() {
    let said = run(&["rulebook", "show", "--at", "2019-06-01", "--lang", "en"]);
    assert_eq!(said.status, 0);
    assert!(said.out.starts_with("Alibaba Cloud, edition 2019-05-09, from 2019-05-09 (an estimated date)"));
    assert!(said.out.contains("at least 3 months remaining (assumed)"), "{}", said.out);
    assert!(!said.out.contains("iot-package"));
}

#[test]
fn an_estimated_day_names_the_products_for_which_it_is_stated() {
    let said = run(&["rulebook", "show", "--edition", "2018-05-21"]);
    assert!(said.out.contains("（推定日期，轻量应用服务器除外）"), "{}", said.out);
}

#[test]
fn show_tells_policies_notes_and_where_to_go() {
    let said = run(&["rulebook", "show", "--edition", "2020-10-16"]);
    assert!(said.out.contains("备案服务号可以继续使用（推定）"), "{}", said.out);
    assert!(said.out.contains("物联网套餐包，每个实例 1 个备案服务号：文档未说明数量"), "{}", said.out);
    assert!(said.out.contains("云享主机：请拨打售后电话"), "{}", said.out);
}

#[test]
fn the_columns_of_show_stand_below_each_other() {
    let said = run(&["rulebook", "show", "--lang", "en"]);
    let table: Vec<&str> = said.out.lines().skip(2).take_while(|line| !line.is_empty()).collect();
    let column = table[0].find("What it must meet").unwrap();
    for line in &table {
        let before: String = line.chars().take(column).collect();
        assert!(before.ends_with("  "), "{line}");
    }
}

#[test]
fn diff_says_in_words_what_changed() {
    let said = run(&["rulebook", "diff", "2019-05-09", "2020-01-01"]);
    assert!(
        said.out.contains("“弹性 Web 托管”：由“每个实例 5 个备案服务号”改为“每个账号合计 5 个备案服务号”。")
    );
    assert!(said.out.contains("“云虚拟主机”：新增要求“包年包月”。"), "{}", said.out);
    let same = run(&["rulebook", "diff", "2020-10-16", "2020-10-16", "--lang", "en"]);
    assert!(same.out.contains("do not differ"), "{}", same.out);
}

/// `kebei rulebook docs --lang LANG > docs/rules.LANG.md` brings the committed pages up to date.
#[test]
fn the_committed_pages_say_what_the_rules_say() {
    for lang in ["zh", "en"] {
        let said = run(&["rulebook", "docs", "--edition", "2020-10-16", "--lang", lang]);
        let committed = fs::read_to_string(project().join(format!("docs/rules.{lang}.md"))).unwrap();
        assert_eq!(said.out, committed, "docs/rules.{lang}.md");
    }
}

#[test]
fn the_page_of_another_rulebook_names_nothing_of_the_first() {
    let call = ["rulebook", "docs", "--rulebook", "rulebooks/example-host.toml", "--lang", "zh"];
    let page = run(&call).out;
    assert!(
        page.contains("名额会退还") && page.contains("备案服务号作废") && page.contains("任何账号"),
        "{page}"
    );
    assert!(!page.contains("授权给您"), "{page}");
    for foreign in ["阿里云", "ECS", "95187", "聚石塔", "旺铺"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

/// Three instances, of which a newer edition lets one in.
const INVENTORY: &str = "\
id,product,region,billing,public_bandwidth_mbps,public_ips,purchased_at,expires_at
i-short,ecs,cn-hangzhou,subscription,5,47.96.0.1,2020-07-01,2021-01-15
i-long,ecs,cn-hangzhou,subscription,5,47.96.0.1,2020-07-01,2022-01-15
i-free,ecs,cn-hangzhou,pay-as-you-go,5,47.96.0.1,2020-07-01,
";

const DRY_RUN: [&str; 9] =
    ["rulebook", "dry-run", "-", "--edition", "2020-10-16", "--against", "2020-01-01", "--at", "2020-11-01"];

#[test]
fn a_dry_run_names_who_gains_and_why_in_both_languages() {
    let said = run_with(&DRY_RUN, INVENTORY.as_bytes());
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.out.contains("不可备案 → 可备案"), "{}", said.out);
    assert!(said.out.contains("不再有：剩余时长不足"), "{}", said.out);
    assert!(said.out.contains("共 3 个实例：变为可备案 1 个，不变 2 个。"), "{}", said.out);
    assert!(!said.out.contains("i-long"), "{}", said.out);
    let english = run_with(&[&DRY_RUN[..], &["--lang", "en"]].concat(), INVENTORY.as_bytes());
    assert!(english.out.contains("no more: remaining term too short"), "{}", english.out);
    assert!(english.out.contains("3 instances: becomes eligible: 1, no change: 2."), "{}", english.out);
}

#[test]
fn a_dry_run_in_json_names_each_instance_that_changes_and_counts_all() {
    let said = run_with(&[&DRY_RUN[..], &["--format", "json"]].concat(), INVENTORY.as_bytes());
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["changes"].as_array().unwrap().len(), 1);
    assert_eq!(told["changes"][0]["instance"], "i-short");
    assert_eq!(told["changes"][0]["before"]["findings"][0], "remaining-term-short");
    assert_eq!(told["total"]["effects"]["gains"], 1);
    assert_eq!(told["products"][0]["gained_by"]["remaining-term-short"], 1);
    assert_eq!(told["total"]["held"], 3);
}

#[test]
fn a_dry_run_of_nothing_new_says_so_and_one_with_a_bad_record_is_bad() {
    let same = ["rulebook", "dry-run", "-", "--edition", "2020-10-16", "--at", "2020-11-01", "--lang", "en"];
    let said = run_with(&same, INVENTORY.as_bytes());
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.ends_with("3 instances: no change: 3.\n"), "{}", said.out);
    let said = run_with(&same, format!("{INVENTORY}i-bad,ecs,cn-hangzhou,gratis,5,,,\n").as_bytes());
    assert_eq!(said.status, 2);
    assert!(said.err.contains("1 bad records and 0 files"), "{}", said.err);
}

#[test]
fn an_edition_is_written_as_one_sql_expression_with_what_was_asked_in_quotes() {
    let call = ["rulebook", "sql", "--edition", "2020-10-16", "--at", "2020-11-01", "--account", "acc'7"];
    let said = run(&call);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.starts_with('(') && said.out.ends_with(")\n"), "{}", said.out);
    assert!(said.out.contains("\"account\" COLLATE \"C\" <> 'acc''7'"), "{}", said.out);
    assert!(
        said.out.contains("\"expires_at\" <= '2020-10-31 16:00:00.000000+00'::timestamptz"),
        "{}",
        said.out
    );
    assert!(said.out.contains("interval '3 months'"), "{}", said.out);
}
