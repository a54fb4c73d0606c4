//! A story that needs a disk of its own or mounts is told again by this program in namespaces of its own, which takes the same
//! with and without root; what was mounted goes with them.

use std::{env, path::PathBuf, process::Command};

/// Where the story's folder is, in the namespaces.
const FOLDER: &str = "KEBEI_TEST_NAMESPACE_FOLDER";
/// Set by `scripts/test`, which tells it, where the machine does not allow it.
const LEFT_OUT: &str = "KEBEI_TEST_WITHOUT_NAMESPACES";

/// `None` where the story was told: `set_up` ran in shell, in an empty folder and as root of new namespaces, and then the test
/// `story` there, for which this gives the folder.
pub(crate) fn enter(story: &str, set_up: &str) -> Option<PathBuf> {
    if let Some(folder) = env::var_os(FOLDER) {
        return Some(folder.into());
    }
    if env::var_os(LEFT_OUT).is_some() {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let told = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-euc", &format!("{set_up}\ncd /; exec \"$@\""), "sh"])
        .arg(env::current_exe().unwrap())
        .args(["--exact", story, "--nocapture"])
        .env(FOLDER, folder.path())
        .current_dir(folder.path())
        .output()
        .expect("unshare: apt-get install util-linux");
    let output = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
    assert!(
        told.status.success() && output.contains("test result: ok. 1 passed"),
        "{output}\nIf this machine allows no user namespaces, set {LEFT_OUT}=1 to leave this out."
    );
    None
}
