//! Setting up a desk and keeping its keys and rules, from the command line.

use crate::{Said, kebei, project, run, said};
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};
use tempfile::TempDir;

/// A call on the desk in `folder`, in English.
pub(crate) fn on(folder: &Path, arguments: &[&str]) -> Said {
    in_lang(folder, arguments, "en")
}

pub(crate) fn in_lang(folder: &Path, arguments: &[&str], lang: &str) -> Said {
    let mut command = kebei(arguments);
    for name in ["KEBEI_DATABASE", "KEBEI_MASTER_KEY", "KEBEI_MASTER_KEY_FILE"] {
        command.env_remove(name);
    }
    command.args(["--lang", lang, "--data"]).arg(folder.join("desk")).env("USER", "wang");
    said(command.output().unwrap())
}

pub(crate) fn set_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = on(folder.path(), &["init"]);
    assert_eq!(made.status, 0, "{made:?}");
    folder
}

#[test]
fn a_desk_is_set_up_once_with_a_key_that_is_nobody_elses() {
    let folder = set_up();
    let desk = folder.path().join("desk");
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!((mode(&desk), mode(&desk.join("master.key"))), (0o700, 0o600));
    let key = fs::read_to_string(desk.join("master.key")).unwrap();
    let again = on(folder.path(), &["init"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("there is a desk at"), "{}", again.err);
    assert!(in_lang(folder.path(), &["init"], "zh").err.contains("已有服务台"));
    assert_eq!(fs::read_to_string(desk.join("master.key")).unwrap(), key);
    let doctor = on(folder.path(), &["doctor"]);
    assert_eq!((doctor.status, doctor.out.contains("fault")), (0, false), "{doctor:?}");
}

#[test]
fn init_tells_that_the_key_is_to_be_kept_apart_and_never_the_key() {
    for (lang, words) in [("zh", "分开存放"), ("en", "Keep a copy of it apart")] {
        let folder = tempfile::tempdir().unwrap();
        let made = in_lang(folder.path(), &["init"], lang);
        let key = fs::read_to_string(folder.path().join("desk/master.key")).unwrap();
        assert!(made.out.contains(words) && !made.out.contains(key.trim()), "{made:?}");
    }
}

#[test]
fn a_key_that_others_may_read_is_refused_with_the_command_that_mends_it() {
    let folder = set_up();
    let key = folder.path().join("desk/master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    for lang in ["zh", "en"] {
        let list = in_lang(folder.path(), &["keys", "list"], lang);
        assert_eq!(list.status, 2);
        assert!(list.err.contains("chmod 600") && list.err.contains("0644"), "{}", list.err);
    }
    assert_eq!(on(folder.path(), &["doctor"]).status, 1);
}

#[test]
fn doctor_finds_that_a_database_is_damaged_and_says_what_to_do_in_both_languages() {
    for (lang, words) in [
        ("zh", ["有误  数据库：", "已损坏。", "kebei restore"]),
        ("en", ["fault  the database: ", "is damaged.", "kebei restore"]),
    ] {
        let folder = set_up();
        let file = folder.path().join("desk/kebei.db");
        // Every page but the first, which says what it is.
        let mut bytes = fs::read(&file).unwrap();
        bytes[4096..].fill(0xa5);
        fs::write(&file, bytes).unwrap();
        let doctor = in_lang(folder.path(), &["doctor"], lang);
        assert_eq!((doctor.status, doctor.err.as_str()), (1, ""), "{doctor:?}");
        assert!(words.iter().all(|word| doctor.out.contains(word)), "{}", doctor.out);
    }
}

#[test]
fn a_wrong_key_and_a_missing_desk_are_told_in_both_languages() {
    let folder = set_up();
    let other = set_up();
    let key = other.path().join("desk/master.key");
    let call = ["keys", "list", "--master-key-file", key.to_str().unwrap()];
    assert!(in_lang(folder.path(), &call, "zh").err.contains("主密钥不对"));
    assert!(on(folder.path(), &call).err.contains("wrong master key"));
    let empty = tempfile::tempdir().unwrap();
    assert!(on(empty.path(), &["keys", "list"]).err.contains("kebei init"));
    assert!(in_lang(empty.path(), &["doctor"], "zh").err.contains("kebei init"));
    assert!(!empty.path().join("desk").exists());
}

#[test]
fn keys_are_rotated_and_another_master_key_is_put_to_use() {
    let folder = set_up();
    let rotated = on(folder.path(), &["keys", "rotate"]);
    assert!(rotated.out.contains("5 new keys are in use"), "{rotated:?}");
    let list = on(folder.path(), &["keys", "list"]).out;
    assert_eq!((list.lines().count(), list.matches("active").count()), (5, 5), "{list}");
    let new = folder.path().join("new.key");
    let new = new.to_str().unwrap();
    let changed = on(folder.path(), &["keys", "rotate", "--master", new]);
    assert!(changed.out.contains("5 keys are now wrapped"), "{changed:?}");
    let again = on(folder.path(), &["keys", "rotate", "--master", new]);
    assert!(again.out.contains("in use already"), "{again:?}");
    assert_eq!(on(folder.path(), &["keys", "list"]).status, 2);
    assert_eq!(on(folder.path(), &["keys", "list", "--master-key-file", new]).status, 0);
}

#[test]
fn a_changed_edition_is_refused_and_told_and_a_new_one_published() {
    let folder = set_up();
    let text = fs::read_to_string(project().join("rulebooks/aliyun.toml")).unwrap();
    let file = folder.path().join("rules.toml");
    let publish = ["rulebook", "publish", file.to_str().unwrap()];
    fs::write(&file, text.replacen("codes = 5", "codes = 6", 1)).unwrap();
    let refused = on(folder.path(), &publish);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("edition 2018-05-21 is changed"), "{}", refused.err);
    assert!(in_lang(folder.path(), &publish, "zh").err.contains("版有改动"));
    let new = "\n[[editions]]\nid = \"2999-01-01\"\neffective = 2999-01-01\nbased_on = \"2020-10-16\"\nsource = [\"000\"]\n\n\
               [editions.products.ecs]\nsource = [\"000\"]\nquota = { codes = 7, per = \"instance\" }\n";
    fs::write(&file, format!("{text}{new}")).unwrap();
    let published = on(folder.path(), &publish);
    assert!(published.out.contains("Edition 2999-01-01 will decide from 2999-01-01 on."), "{published:?}");
    assert!(on(folder.path(), &publish).out.contains("nothing was changed"));
}

#[test]
fn a_server_that_is_not_there_is_told_without_the_password() {
    let folder = set_up();
    for lang in ["zh", "en"] {
        let url = "postgres://wang:geheim@127.0.0.1:1/kebei";
        let told = in_lang(folder.path(), &["keys", "list", "--database", url], lang);
        assert_eq!(told.status, 2);
        assert!(told.err.contains("127.0.0.1:1/kebei") && !told.err.contains("geheim"), "{}", told.err);
    }
}

#[test]
fn what_is_over_is_counted_then_forgotten_in_both_languages_and_as_json_and_the_ledger_verifies() {
    let folder = set_up();
    let told = on(folder.path(), &["retention", "run", "--dry-run"]);
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.out.contains("access log") && told.out.contains("kept for 365 days"), "{told:?}");
    assert!(told.out.ends_with("nothing was changed.\n"), "{told:?}");
    let done = in_lang(folder.path(), &["retention", "run"], "zh");
    assert!(done.out.contains("访问日志") && done.out.contains("并记入台账"), "{done:?}");
    let json = on(folder.path(), &["retention", "run", "--format", "json", "--dry-run"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["dry_run"], &json["forgotten"]["access-log"]), (&true.into(), &0.into()), "{json}");
    on(folder.path(), &["ledger", "seal"]);
    assert_eq!(on(folder.path(), &["ledger", "verify", "--decide"]).status, 0);
    let nowhere = tempfile::tempdir().unwrap();
    let refused = on(nowhere.path(), &["retention", "run"]);
    assert!(refused.status == 2 && refused.err.contains("kebei init"), "{refused:?}");
    for lang in ["zh", "en"] {
        let page = fs::read_to_string(project().join(format!("docs/retention.{lang}.md"))).unwrap();
        assert_eq!(run(&["retention", "docs", "--lang", lang]).out, page, "it needs no desk");
    }
}
