//! Importing what is already filed, as an operator does it: told first, applied when told to, and the same file again changes nothing.

use crate::{
    Said,
    desk::{in_lang, on},
};
use std::{fs, path::Path};
use tempfile::TempDir;

/// In everything that is personal.
const CANARY: &str = "林晓金丝雀";

/// A desk that knows one instance.
fn set_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(on(folder.path(), &["init"]).status, 0);
    let list = folder.path().join("list.jsonl");
    fs::write(&list, "{\"id\":\"i-1\",\"product\":\"ecs\",\"account\":\"acc-7\"}\n").unwrap();
    assert_eq!(on(folder.path(), &["import", "instances", "--yes", list.to_str().unwrap()]).status, 0);
    folder
}

fn import(folder: &Path, list: impl AsRef<[u8]>, more: &[&str], lang: &str) -> Said {
    let file = folder.join("filings.jsonl");
    fs::write(&file, list).unwrap();
    let mut call = vec!["import", "filings", "--operator", "wang", file.to_str().unwrap()];
    call.extend(more);
    let said = in_lang(folder, &call, lang);
    assert!(!said.out.contains(CANARY) && !said.err.contains(CANARY), "{said:?}");
    said
}

/// How many rows there are in a table.
fn rows(folder: &Path, table: &str) -> i64 {
    let database = rusqlite::Connection::open(folder.join("desk/kebei.db")).unwrap();
    database.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn all_rows(folder: &Path) -> Vec<i64> {
    ["accounts", "subjects", "websites", "website_domains", "accesses", "number_steps", "ledger_entries"]
        .map(|table| rows(folder, table))
        .to_vec()
}

fn filing(nth: u32) -> String {
    format!(
        "{{\"number\":\"粤ICP备{:08}号\",\"account\":\"acc-{nth}\",\"subject\":{{\"nature\":5,\"name\":\"{CANARY}\",\
         \"region\":\"440305\"}},\"websites\":[{{\"number\":\"粤ICP备{:08}号-1\",\"name\":\"笔记\",\
         \"domains\":[\"s{nth}x.com.cn\"],\"accesses\":[{{\"addresses\":[\"47.96.0.1\"]}}]}},\
         {{\"number\":\"粤ICP备{:08}号-2\",\"state\":\"cancelled\"}}]}}\n",
        10_000_000 + nth,
        10_000_000 + nth,
        10_000_000 + nth,
    )
}

#[test]
fn filings_are_told_first_applied_when_told_to_and_the_same_file_again_changes_nothing() {
    let folder = set_up();
    // With `KEBEI_TEST_FILINGS=100000` it takes some minutes.
    let many: u32 = std::env::var("KEBEI_TEST_FILINGS").map_or(300, |count| count.parse().unwrap());
    let list: String = (0..many).map(filing).collect();
    let none = all_rows(folder.path());
    let told = import(folder.path(), &list, &[], "en");
    assert!(
        told.status == 0 && told.out.starts_with(&format!("{many} filings were read: {many} new,")),
        "{told:?}"
    );
    assert!(told.out.contains("report only"), "{told:?}");
    assert_eq!(all_rows(folder.path()), none);
    let applied = import(folder.path(), &list, &["--apply"], "en");
    assert!(applied.status == 0 && applied.err.is_empty(), "{applied:?}");
    let rows = all_rows(folder.path());
    let many = i64::from(many);
    assert_eq!(rows[1..6], [many, 2 * many, many, many, 3 * many], "{applied:?}");
    assert_eq!(rows[6] - none[6], many);
    let again = import(folder.path(), &list, &["--apply"], "zh");
    assert!(again.status == 0 && again.out.contains("新增 0 条，新增网站 0 条，无变化"), "{again:?}");
    assert_eq!(all_rows(folder.path()), rows);
    for name in ["kebei.db", "kebei.db-wal"] {
        let bytes = fs::read(folder.path().join("desk").join(name)).unwrap_or_default();
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()), "{name}");
    }
    let verified = on(folder.path(), &["ledger", "verify"]);
    assert_eq!(verified.status, 0, "{verified:?}");
}

#[test]
fn a_bad_line_costs_only_itself_and_is_told_with_its_place_and_what_to_do() {
    let folder = set_up();
    let bad = [
        "{\"number\":".to_owned(),
        "[]".to_owned(),
        "{\"number\":\"粤ICP备1号\",\"account\":\"a\"}".to_owned(),
        "{\"number\":\"粤ICP备10000021号-1\",\"account\":\"a\"}".to_owned(),
        "{\"number\":\"粤ICP备10000022号\",\"account\":\"\",\"colour\":1,\"state\":\"gone\"}".to_owned(),
        "{\"number\":\"粤ICP备10000023号\",\"account\":\"a\",\"websites\":[{\"number\":\"粤ICP备10000024号-1\",\
         \"domains\":[\"https://a.cn\"],\"accesses\":[{\"instance\":\"i-9\",\"addresses\":[\"host\"]}]}]}"
            .to_owned(),
        "{\"number\":\"粤ICP备10000025号\",\"account\":\"a\",\"websites\":[{\"number\":\"粤ICP备10000025号-1\",\
         \"accesses\":[{\"instance\":\"i-9\"}]}]}"
            .to_owned(),
        filing(1).replace("10000001", "10000026").trim().to_owned(),
        filing(2).trim().to_owned(),
    ];
    let list = format!("{}\n{}{}\n\n", filing(1).trim(), filing(2), bad.join("\n"));
    let said = import(folder.path(), &list, &["--apply"], "en");
    assert_eq!(said.status, 1, "{said:?}");
    assert!(
        said.out.starts_with("11 filings were read: 2 new, 0 with new websites, 0 unchanged"),
        "{said:?}"
    );
    for wanted in [
        "line 3: rejected: this is no JSON",
        "line 4: rejected: expected one JSON object",
        "line 5 (粤ICP备1号): rejected. number: This is not the form of a filing number.",
        "line 6 (粤ICP备10000021号-1): rejected. number: This is the number of a website",
        "there is no field `colour`",
        "`state` must be one of active",
        "websites[0].number: This is not the number of a website of the subject.",
        "websites[0].domains[0]: ",
        "websites[0].accesses[0].addresses[0]: This is no IP address.",
        "websites[0].accesses[0].instance: The desk does not know this instance.",
        "websites[0].domains[0]: line 1 has the same",
        "number: line 2 has the same",
    ] {
        assert!(said.err.contains(wanted), "{wanted}: {}", said.err);
    }
    assert_eq!(rows(folder.path(), "subjects"), 2);
}

#[test]
fn what_contradicts_the_desk_or_differs_from_it_is_told_and_left_alone() {
    let folder = set_up();
    let dead = "{\"number\":\"粤ICP备10000003号\",\"state\":\"cancelled\",\"account\":\"acc-3\"}\n";
    let list = format!("{}{}{}{dead}", filing(1), filing(2), filing(5));
    assert_eq!(import(folder.path(), &list, &["--apply"], "en").status, 0);
    let before = all_rows(folder.path());
    let others = [
        filing(1).replace("acc-1", "acc-9"),
        filing(2).replace("笔记", "别的"),
        dead.replace("cancelled", "active"),
        filing(4).replace("s4x.com.cn", "s5x.com.cn"),
    ];
    let said = import(folder.path(), others.concat(), &["--apply"], "en");
    for wanted in [
        "line 1 (粤ICP备10000001号): in conflict. account: The number is filed here for another account.",
        "line 2 (粤ICP备10000002号): differs from what is filed here at websites[0].name",
        "line 3 (粤ICP备10000003号): in conflict. state: The number is cancelled here, which nothing restores.",
        "line 4 (粤ICP备10000004号): in conflict. websites[0].domains[0]: 粤ICP备10000005号-1, which is filed here",
    ] {
        assert!(said.err.contains(wanted), "{wanted}: {}", said.err);
    }
    assert_eq!(said.status, 1, "{said:?}");
    assert_eq!(all_rows(folder.path()), before);
    let grown = filing(1).replace(
        "-2\",\"state\":\"cancelled\"}]",
        "-2\",\"state\":\"cancelled\"},{\"number\":\"粤ICP备10000001号-3\",\"state\":\"access-dropped\"}]",
    );
    let said = import(folder.path(), grown, &["--apply"], "en");
    assert!(said.status == 0 && said.out.contains("1 with new websites"), "{said:?}");
    assert_eq!(rows(folder.path(), "websites"), before[2] + 1);
}
