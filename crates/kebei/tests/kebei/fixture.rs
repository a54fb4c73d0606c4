//! A desk as this version wrote it, which every later version must open. `tests/fixtures/README.md` says how it is made.

use crate::{
    desk::on,
    given::{CODES, DECISIONS, codes_in, desk_in, master_key_in},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/desk-v1")
}

/// A copy of it, and its folder.
fn copied() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("desk");
    fs::create_dir(&desk).unwrap();
    for name in ["kebei.db", "ledger.checkpoint"] {
        fs::copy(fixture().join(name), desk.join(name)).unwrap();
    }
    // Git keeps no modes; the key is that of the file beside.
    master_key_in(&desk);
    (folder, desk)
}

#[test]
fn a_desk_of_version_1_takes_users_with_what_is_sealed_of_them() {
    let (folder, _) = copied();
    let keys = || on(folder.path(), &["keys", "list"]).out.lines().count();
    assert_eq!(keys(), 3);
    let add = ["user", "add", "li", "--role", "support", "--email", "li@example.cn"];
    assert_eq!(on(folder.path(), &add).status, 0);
    assert_eq!(keys(), 4);
    let rotated = on(folder.path(), &["keys", "rotate", "--purpose", "user"]);
    assert!(rotated.out.contains("1 new keys are in use; 1 values sealed anew"), "{rotated:?}");
    assert!(on(folder.path(), &["user", "list"]).out.contains("li@example.cn"));
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 0);
    assert_eq!(on(folder.path(), &["ledger", "verify", "--decide"]).status, 0);
    assert_eq!(on(folder.path(), &["doctor"]).status, 0);
}

#[test]
fn a_desk_of_version_1_opens_verifies_and_shows_its_codes() {
    let (folder, desk) = copied();
    let key = |folder: &Path| fs::read_to_string(folder.join("master.key")).unwrap();
    assert_eq!(key(&desk), key(&fixture()));
    let codes = codes_in(&desk);
    let text: Vec<String> = codes.iter().map(|code| code.code.to_string()).collect();
    assert_eq!(text.join("\n") + "\n", fs::read_to_string(fixture().join("codes.txt")).unwrap());
    assert_eq!(codes.len(), CODES);
    let verified = on(folder.path(), &["ledger", "verify", "--decide"]);
    let decided = format!("{DECISIONS} decisions decided again");
    assert!(verified.status == 0 && verified.out.contains(&decided), "{verified:?}");
    assert_eq!(on(folder.path(), &["doctor"]).status, 0);
}

#[test]
#[ignore = "makes the fixture anew; see tests/fixtures/README.md"]
fn make_the_fixture() {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("desk");
    desk_in(&desk, 1);
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 0);
    let file = folder.path().join("b.db");
    let made = on(folder.path(), &["backup", file.to_str().unwrap()]);
    assert_eq!(made.status, 0, "{made:?}");
    let text: Vec<String> = codes_in(&desk).iter().map(|code| format!("{}\n", code.code)).collect();
    fs::create_dir_all(fixture()).unwrap();
    fs::copy(&file, fixture().join("kebei.db")).unwrap();
    fs::copy(desk.join("ledger.checkpoint"), fixture().join("ledger.checkpoint")).unwrap();
    fs::copy(desk.join("master.key"), fixture().join("master.key")).unwrap();
    fs::write(fixture().join("codes.txt"), text.concat()).unwrap();
}
