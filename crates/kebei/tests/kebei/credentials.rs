//! Importing the logins of hosts, as an operator does it; and that no password is to be found anywhere afterwards.

use crate::{
    Said,
    desk::{in_lang, on},
    kebei,
};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::Stdio,
};
use tempfile::TempDir;

/// In every password of this file.
const CANARY: &str = "Canary-4711";
const PHC: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$S2ViZWkga25vd3Mgbm8$EqdS8OaEHK9LxMvgdTSuXhYCbALvbCEs8HDfbXpwyHk";

/// A desk that knows four hosts and a server.
fn set_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(on(folder.path(), &["init"]).status, 0);
    let host = |id| format!("{{\"id\":\"{id}\",\"product\":\"web-hosting\",\"account\":\"acc-7\"}}\n");
    let hosts = ["h-1", "h-2", "h-3", "h-4"].map(host).concat();
    let list = folder.path().join("list.jsonl");
    fs::write(&list, format!("{hosts}{{\"id\":\"i-1\",\"product\":\"ecs\",\"account\":\"acc-7\"}}\n"))
        .unwrap();
    let imported = on(folder.path(), &["import", "instances", "--yes", list.to_str().unwrap()]);
    assert_eq!(imported.status, 0, "{imported:?}");
    folder
}

/// Imports `table`, and looks whether a password is told or kept.
fn import(folder: &Path, table: impl AsRef<[u8]>, more: &[&str], lang: &str) -> Said {
    let file = folder.join("hosts.csv");
    fs::write(&file, table).unwrap();
    let mut call = vec!["import", "credentials", file.to_str().unwrap()];
    call.extend(more);
    let said = in_lang(folder, &call, lang);
    fs::remove_file(&file).unwrap();
    let has = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
    assert!(!has(said.out.as_bytes()) && !has(said.err.as_bytes()), "{said:?}");
    for folder in [folder.to_owned(), folder.join("desk")] {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            assert!(file.is_dir() || !has(&fs::read(&file).unwrap()), "{}", file.display());
        }
    }
    said
}

/// What the desk has of logins: how many names, and the hashes in the order of the hosts.
fn kept(folder: &Path) -> (i64, Vec<String>) {
    let database = rusqlite::Connection::open(folder.join("desk/kebei.db")).unwrap();
    let names = database.query_row("SELECT COUNT(*) FROM host_names", [], |row| row.get(0)).unwrap();
    let mut hashes = database
        .prepare("SELECT c.phc FROM host_credentials c JOIN instances i ON i.id = c.instance ORDER BY i.name")
        .unwrap();
    let hashes = hashes.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    (names, hashes)
}

#[test]
fn passwords_are_hashed_once_and_the_same_table_again_changes_nothing() {
    let folder = set_up();
    let table = format!(
        "instance,user_name,host_name,password,phc\nh-1,bxu1,host1,{CANARY} one,\nh-2,bxu2,,,{PHC}\nh-3,,host3,\"{CANARY},three\",\n"
    );
    let dry = import(folder.path(), &table, &["--dry-run"], "en");
    assert!(dry.status == 0 && dry.out.contains("3 rows were read: 3 new"), "{dry:?}");
    assert!(dry.out.contains("report only"), "{dry:?}");
    assert_eq!(kept(folder.path()), (0, vec![]));
    let first = import(folder.path(), &table, &[], "en");
    assert!(first.status == 0 && first.err.is_empty(), "{first:?}");
    assert_eq!(first.out, "3 rows were read: 3 new, 0 changed, 0 unchanged, 0 rejected.\n");
    let (names, hashes) = kept(folder.path());
    assert_eq!((names, hashes.len(), &*hashes[1]), (4, 3, PHC));
    assert!(hashes[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && hashes[0] != hashes[2]);
    let again = import(folder.path(), &table, &[], "zh");
    assert_eq!(again.out, "读取 3 行：新增 0 行，变更 0 行，3 行没有变化，0 行未能导入。\n", "{again:?}");
    assert_eq!(kept(folder.path()), (4, hashes.clone()), "nothing was hashed anew");
    // Another name, and the password as before; another password, and the name as before.
    let changed = format!("instance,user_name,password\nh-1,bxu-one,{CANARY} one\nh-3,host3,{CANARY} 3\n");
    let changed = import(folder.path(), changed, &[], "en");
    assert!(changed.out.contains("0 new, 2 changed, 0 unchanged"), "{changed:?}");
    let (names, after) = kept(folder.path());
    assert_eq!((names, &after[..2]), (3, &hashes[..2]), "a password that is the one before keeps its hash");
    assert_ne!(after[2], hashes[2]);
}

#[test]
fn a_row_that_is_rejected_says_why_in_both_languages_and_in_the_report() {
    let table = format!(
        "实例ID,用户名,密码,phc\n\
         h-1,bxu1,,{PHC}\n\
         h-1,bxu1,{CANARY},\n\
         h-9,bxu9,{CANARY},\n\
         i-1,server,{CANARY},\n\
         h-2,BXU1,,{PHC}\n\
         h-3,bxu3,,{CANARY}\n\
         h-4,bxu4,,$argon2i$v=19$m=19456,t=2,p=1$S2ViZWkga25vd3Mgbm8$EqdS8OaEHK9LxMvgdTSuXhYCbALvbCEs8HDfbXpwyHk\n\
         h-4,bxu4,{CANARY},{PHC}\n"
    );
    let (gbk, _, _) = encoding_rs::GBK.encode(&table);
    for (lang, words) in [
        (
            "en",
            [
                "line 3 (h-1): Line 2 is about",
                "line 4 (h-9): There is no instance h-9",
                "line 5 (i-1): It is of product ecs",
                "line 6 (h-2): Another host has",
                "line 7 (h-3): The password hash is not a whole",
                "line 8 (h-4): The password hash is not of argon2id",
                "line 9 (h-4): The row has both",
            ],
        ),
        (
            "zh",
            [
                "第 3 行（h-1）：与第 2 行是同一台主机",
                "第 4 行（h-9）：没有实例 h-9",
                "第 5 行（i-1）：该实例的产品是 ecs",
                "第 6 行（h-2）：另一台主机已使用",
                "第 7 行（h-3）：密码哈希不是完整的",
                "第 8 行（h-4）：密码哈希不是 argon2id",
                "第 9 行（h-4）：同一行既有密码",
            ],
        ),
    ] {
        let folder = set_up();
        let report = folder.path().join("report.csv");
        let to_file = ["--report", report.to_str().unwrap()];
        let said = import(folder.path(), &gbk, &to_file, lang);
        assert_eq!(said.status, 1, "{said:?}");
        for words in words {
            assert!(said.err.contains(words), "{words}: {}", said.err);
        }
        assert!(
            said.out.contains("8 rows were read: 1 new, 0 changed, 0 unchanged, 7 rejected.")
                || said.out.contains("读取 8 行：新增 1 行，变更 0 行，0 行没有变化，7 行未能导入。"),
            "{said:?}"
        );
        let text = fs::read_to_string(&report).unwrap();
        assert_eq!(text.lines().count(), 9, "{text}");
        assert!(text.contains(",2,h-1,new,") && text.contains(",4,h-9,rejected,"), "{text}");
        let again = import(folder.path(), &gbk, &to_file, lang);
        assert!(again.status == 2 && again.out.is_empty(), "{again:?}");
    }
}

#[test]
fn what_is_no_table_of_logins_is_refused_and_nothing_of_it_told() {
    let folder = set_up();
    for table in [
        format!("h-1,bxu1,{CANARY}\n"),
        format!("{{\"h-1\":\"{CANARY}\"}}"),
        format!("instance,{CANARY}\n"),
        String::new(),
    ] {
        for lang in ["zh", "en"] {
            let refused = import(folder.path(), &table, &[], lang);
            assert!(
                refused.status == 2 && refused.err.contains("phc") && refused.out.is_empty(),
                "{refused:?}"
            );
        }
    }
    let missing = on(folder.path(), &["import", "credentials", "missing.csv"]);
    assert!(missing.status == 2 && missing.err.contains("missing.csv"), "{missing:?}");
}

#[test]
fn an_import_that_is_killed_keeps_what_was_done_and_is_finished_by_the_same_command() {
    let folder = set_up();
    let done = format!("instance,user_name,password,phc\nh-1,bxu1,{CANARY},\nh-2,bxu2,,{PHC}\n");
    let mut command = kebei(&["import", "credentials", "-", "--lang", "en", "--data"]);
    command
        .arg(folder.path().join("desk"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than is read to tell the format, with rows that are told of; the table does not end.
    let told = "none-1,x,,x\nnone-2,x,,x\nnone-3,x,,x\n";
    stdin.write_all(format!("{done}{told}{}", "\n".repeat(200 << 10)).as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("line 4 (none-1)"), "{line}");
    child.kill().unwrap();
    child.wait().unwrap();
    let (names, hashes) = kept(folder.path());
    assert_eq!((names, hashes.len()), (2, 2));
    let again = import(folder.path(), format!("{done}h-3,bxu3,{CANARY} 3,\n"), &[], "en");
    assert_eq!(again.out, "3 rows were read: 1 new, 0 changed, 2 unchanged, 0 rejected.\n", "{again:?}");
    assert_eq!(kept(folder.path()).1[..2], hashes);
}
