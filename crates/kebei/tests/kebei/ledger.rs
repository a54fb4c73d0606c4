//! The ledger of a desk and its backups, from the command line: verified, exported, sealed, restored, accepted.

use crate::{
    Said,
    desk::{in_lang, on},
    given::{AddAccount, DECISIONS, desk_in, issue, open_store, runtime},
};
use std::{fs, path::Path};
use tempfile::TempDir;

/// A desk with an account and codes, all of whose entries have their places.
fn sealed() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    desk_in(&folder.path().join("desk"), 1);
    let sealed = on(folder.path(), &["ledger", "seal"]);
    assert!(sealed.out.contains("took their places"), "{sealed:?}");
    folder
}

fn sql(folder: &Path, text: &str) {
    rusqlite::Connection::open(folder.join("desk/kebei.db")).unwrap().execute_batch(text).unwrap();
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

fn backup(folder: &Path, name: &str) -> Said {
    on(folder, &["backup", &path(folder, name)])
}

#[test]
fn a_sealed_ledger_is_verified_and_decided_again_in_both_languages() {
    let folder = sealed();
    let verified = on(folder.path(), &["ledger", "verify", "--decide"]);
    assert_eq!(verified.status, 0, "{verified:?}");
    let decided = format!("{DECISIONS} decisions decided again");
    assert!(verified.out.contains(&decided) && verified.out.contains("is sound"), "{}", verified.out);
    let chinese = in_lang(folder.path(), &["ledger", "verify"], "zh");
    assert!(chinese.out.contains("台账没有问题"), "{}", chinese.out);
}

#[test]
fn entries_that_wait_are_told_until_they_are_sealed() {
    let folder = tempfile::tempdir().unwrap();
    desk_in(&folder.path().join("desk"), 1);
    let before = on(folder.path(), &["ledger", "verify"]);
    assert!(before.out.contains("wait for their places"), "{}", before.out);
    assert_eq!(on(folder.path(), &["ledger", "checkpoint"]).status, 1);
    let doctor = on(folder.path(), &["doctor"]);
    assert!(doctor.status == 0 && doctor.out.contains("wait for them"), "{doctor:?}");
    on(folder.path(), &["ledger", "seal"]);
    let note = on(folder.path(), &["ledger", "checkpoint"]).out;
    assert_eq!(fs::read_to_string(folder.path().join("desk/ledger.checkpoint")).unwrap(), note);
    assert!(!on(folder.path(), &["ledger", "verify"]).out.contains("wait for their places"));
}

#[test]
fn a_byte_that_was_changed_by_sql_is_found_and_its_place_told() {
    let folder = sealed();
    sql(
        folder.path(),
        "UPDATE ledger_entries SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'ff' AS BLOB) WHERE place = 2",
    );
    let verified = on(folder.path(), &["ledger", "verify"]);
    assert_eq!(verified.status, 1);
    assert!(verified.out.contains("Entry 2 was changed"), "{}", verified.out);
    let chinese = in_lang(folder.path(), &["ledger", "verify"], "zh");
    assert!(chinese.out.contains("记录 2 被改动"), "{}", chinese.out);
    let made = backup(folder.path(), "b.db");
    assert!(made.status == 1 && made.err.contains("Entry 2 was changed"), "{made:?}");
}

#[test]
fn an_export_is_verified_by_its_key_without_the_desk_and_never_overwritten() {
    let folder = sealed();
    let file = path(folder.path(), "ledger.kebei");
    let exported = on(folder.path(), &["ledger", "export", &file]);
    assert_eq!(exported.status, 0, "{exported:?}");
    let again = on(folder.path(), &["ledger", "export", &file]);
    assert!(again.status == 2 && again.err.contains("not overwritten"), "{again:?}");
    let key = on(folder.path(), &["ledger", "key"]).out;
    let elsewhere = tempfile::tempdir().unwrap();
    let verify = ["ledger", "verify", "--decide", "--export", &file, "--key", key.trim()];
    let verified = on(elsewhere.path(), &verify);
    assert!(verified.status == 0 && verified.out.contains("decided again"), "{verified:?}");
    assert_eq!(on(folder.path(), &verify[..5]).out, verified.out, "with the key of the desk");
    let other = tempfile::tempdir().unwrap();
    desk_in(&other.path().join("desk"), 11);
    let foreign = on(other.path(), &verify[..5]);
    assert!(foreign.status == 1 && foreign.out.contains("not what was exported"), "{foreign:?}");
    assert_eq!(on(elsewhere.path(), &["ledger", "verify", "--export", &file, "--key", "x"]).status, 2);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let damaged = in_lang(elsewhere.path(), &verify, "zh");
    assert!(damaged.status == 1 && damaged.out.contains("与导出时不一致"), "{damaged:?}");
}

#[test]
fn what_came_after_a_checkpoint_is_exported_alone() {
    let folder = sealed();
    let file = path(folder.path(), "later.kebei");
    let none = on(folder.path(), &["ledger", "export", &file, "--since", "3"]);
    assert!(none.status == 2 && none.err.contains("no checkpoint of 3"), "{none:?}");
    assert!(!Path::new(&file).exists(), "nothing is left of an export that failed");
    let size = on(folder.path(), &["ledger", "checkpoint"]).out.lines().nth(1).unwrap().to_owned();
    issue(&folder.path().join("desk"), "later");
    on(folder.path(), &["ledger", "seal"]);
    assert_eq!(on(folder.path(), &["ledger", "export", &file, "--since", &size]).status, 0);
    let verified = on(folder.path(), &["ledger", "verify", "--export", &file]);
    assert!(verified.out.contains(&format!("1 entry verified, after {size}")), "{verified:?}");
}

#[test]
fn an_entry_is_proven_and_another_is_not() {
    let folder = sealed();
    let entry: String = rusqlite::Connection::open(folder.path().join("desk/kebei.db"))
        .unwrap()
        .query_row("SELECT lower(hex(id)) FROM ledger_entries WHERE place = 1", [], |row| row.get(0))
        .unwrap();
    let proof = on(folder.path(), &["ledger", "proof", &entry]);
    let proof: serde_json::Value = serde_json::from_str(&proof.out).unwrap();
    assert_eq!(proof["place"], 1);
    assert!(proof["checkpoint"].as_str().unwrap().starts_with("kebei/ledger\n"));
    let unknown = on(folder.path(), &["ledger", "proof", &"0".repeat(32)]);
    assert!(unknown.status == 2 && unknown.err.contains("there is no entry"), "{unknown:?}");
    assert!(in_lang(folder.path(), &["ledger", "proof", "x"], "zh").err.contains("不是记录的 ID"));
}

#[test]
fn a_backup_is_made_and_checked_while_another_process_writes() {
    let folder = sealed();
    let runtime = runtime();
    let store = runtime.block_on(async { open_store(&folder.path().join("desk")) });
    let (at, writer) = (folder.path().to_owned(), store.clone());
    let made = runtime.block_on(async {
        let making = tokio::task::spawn_blocking(move || backup(&at, "b.db"));
        let mut number = 100;
        while !making.is_finished() {
            writer.write(AddAccount(number)).await.unwrap();
            number += 1;
        }
        making.await
    });
    let made = made.unwrap();
    assert_eq!(made.status, 0, "{made:?}");
    assert!(made.out.contains("NOT in it") && made.out.contains("ledger of"), "{}", made.out);
    let verified = on(folder.path(), &["ledger", "verify"]);
    assert_eq!(verified.status, 0, "beside the process that writes: {verified:?}");
    let refused = on(folder.path(), &["ledger", "seal"]);
    assert!(refused.status == 2 && refused.err.contains("in use"), "{refused:?}");
    let again = backup(folder.path(), "b.db");
    assert!(again.status == 2 && again.err.contains("not overwritten"), "{again:?}");
    let doctor = on(folder.path(), &["doctor"]);
    assert!(doctor.status == 0 && doctor.out.contains("b.db"), "{doctor:?}");
    assert!(folder.path().join("b.db.checkpoint").exists());
    let left = fs::read_dir(folder.path()).unwrap().count();
    drop(store);
    assert_eq!(left, 3, "the desk, the backup and its checkpoint, and nothing half made");
}

#[test]
fn an_older_backup_opens_read_only_until_it_is_accepted() {
    let folder = sealed();
    let made = backup(folder.path(), "b.db");
    assert_eq!(made.status, 0, "{made:?}");
    issue(&folder.path().join("desk"), "lost");
    on(folder.path(), &["ledger", "seal"]);
    let file = path(folder.path(), "b.db");
    let there = on(folder.path(), &["restore", &file]);
    assert!(there.status == 2 && there.err.contains("--replace"), "{there:?}");
    let restored = in_lang(folder.path(), &["restore", &file, "--replace"], "zh");
    assert_eq!(restored.status, 0, "{restored:?}");
    assert!(restored.out.contains("replaced-") && restored.err.contains("只读"), "{restored:?}");
    let refused = on(folder.path(), &["ledger", "seal"]);
    assert!(refused.status == 2 && refused.err.contains("read-only"), "{refused:?}");
    let doctor = on(folder.path(), &["doctor"]);
    assert!(doctor.status == 1 && doctor.out.contains("kebei ledger accept"), "{doctor:?}");
    assert_eq!(on(folder.path(), &["ledger", "verify"]).status, 1);
    let asked = on(folder.path(), &["ledger", "accept"]);
    assert!(asked.status == 1 && asked.err.contains("you give up 1 entry"), "{asked:?}");
    assert!(in_lang(folder.path(), &["ledger", "accept"], "zh").err.contains("将放弃其中 1 条"));
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 2, "asking accepts nothing");
    let accepted = on(folder.path(), &["ledger", "accept", "--yes"]);
    assert!(accepted.status == 0 && accepted.out.contains("superseded"), "{accepted:?}");
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 0);
    assert_eq!(on(folder.path(), &["ledger", "verify", "--decide"]).status, 0);
    assert!(on(folder.path(), &["ledger", "accept", "--yes"]).out.contains("nothing to accept"));
}

#[test]
fn a_backup_is_restored_into_an_empty_place_and_a_damaged_one_nowhere() {
    let folder = sealed();
    assert_eq!(backup(folder.path(), "b.db").status, 0);
    let file = path(folder.path(), "b.db");
    let key = path(folder.path(), "desk/master.key");
    let empty = tempfile::tempdir().unwrap();
    let without = on(empty.path(), &["restore", &file]);
    assert!(without.status == 2 && without.err.contains("--master-key-file"), "{without:?}");
    let restore = ["restore", &file, "--master-key-file", &key];
    // A new machine brings along the newest checkpoint that it has.
    fs::create_dir(empty.path().join("desk")).unwrap();
    fs::copy(path(folder.path(), "b.db.checkpoint"), empty.path().join("desk/ledger.checkpoint")).unwrap();
    let restored = on(empty.path(), &restore);
    assert_eq!((restored.status, restored.err.as_str()), (0, ""), "{restored:?}");
    let verify = ["ledger", "verify", "--master-key-file", &key];
    assert_eq!(on(empty.path(), &verify).status, 0);
    let conn = rusqlite::Connection::open(&file).unwrap();
    conn.execute_batch("DELETE FROM ledger_entries WHERE place = 1").unwrap();
    drop(conn);
    let nowhere = tempfile::tempdir().unwrap();
    let damaged = on(nowhere.path(), &restore);
    assert!(damaged.status == 1 && damaged.err.contains("Entry 1 is missing"), "{damaged:?}");
    assert_eq!(fs::read_dir(nowhere.path().join("desk")).unwrap().count(), 0, "nothing is left");
}

#[test]
fn a_backup_that_is_restored_without_its_checkpoint_says_how_to_go_on() {
    let folder = sealed();
    assert_eq!(backup(folder.path(), "b.db").status, 0);
    let (file, key) = (path(folder.path(), "b.db"), path(folder.path(), "desk/master.key"));
    let empty = tempfile::tempdir().unwrap();
    let restored = on(empty.path(), &["restore", &file, "--master-key-file", &key]);
    assert!(restored.status == 0 && restored.err.contains("put the file back"), "{restored:?}");
    fs::copy(path(folder.path(), "b.db.checkpoint"), empty.path().join("desk/ledger.checkpoint")).unwrap();
    assert_eq!(on(empty.path(), &["doctor", "--master-key-file", &key]).status, 0);
}

#[test]
fn doctor_and_accept_tell_that_the_checkpoint_outside_is_gone_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    desk_in(&folder.path().join("desk"), 1);
    let new = on(folder.path(), &["doctor"]);
    assert!(new.status == 0 && new.out.contains("no checkpoint outside yet"), "{new:?}");
    on(folder.path(), &["ledger", "seal"]);
    let kept = on(folder.path(), &["doctor"]);
    assert!(kept.status == 0 && kept.out.contains("against the checkpoint outside"), "{kept:?}");
    let file = path(folder.path(), "desk/ledger.checkpoint");
    fs::remove_file(&file).unwrap();
    for (lang, gone, lost) in [("en", "is missing", "rewritten or lost"), ("zh", "缺失", "无从核对")] {
        let doctor = in_lang(folder.path(), &["doctor"], lang);
        let told = [gone, file.as_str(), "kebei ledger accept"];
        assert!(doctor.status == 1 && told.iter().all(|part| doctor.out.contains(part)), "{doctor:?}");
        let verified = in_lang(folder.path(), &["ledger", "verify"], lang);
        assert!(verified.status == 1 && verified.out.contains(gone), "{verified:?}");
        let asked = in_lang(folder.path(), &["ledger", "accept"], lang);
        assert!(asked.status == 1 && asked.err.contains(lost), "{asked:?}");
    }
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 2);
    assert!(!Path::new(&file).exists(), "nothing takes its place unasked");
    let accepted = on(folder.path(), &["ledger", "accept", "--yes"]);
    assert!(accepted.status == 0 && accepted.out.contains("new checkpoint"), "{accepted:?}");
    assert!(Path::new(&file).exists());
    assert_eq!(on(folder.path(), &["doctor"]).status, 0);
}

#[test]
fn a_server_is_backed_up_with_its_own_tools() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let url = "postgres://wang:geheim@127.0.0.1:1/kebei";
        let told = in_lang(folder.path(), &["backup", "b.db", "--database", url], lang);
        assert!(told.status == 2 && told.err.contains("pg_dump") && !told.err.contains("geheim"), "{told:?}");
        let told = in_lang(folder.path(), &["restore", "b.db", "--database", url], lang);
        assert!(told.status == 2 && told.err.contains("pg_restore"), "{told:?}");
    }
}
