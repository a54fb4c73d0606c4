//! An issued code is a secret: it stands nowhere in plain.

use crate::{Story, texts};
use std::{ffi::OsStr, fs};
use testbed::{ENGINES, Engine};

/// Whether `bytes` hold `text`.
pub(crate) fn hold(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|found| found == text.as_bytes())
}

/// Everything that the database keeps. On PostgreSQL bytes are in hex there.
pub(crate) async fn kept(story: &Story, engine: Engine) -> Vec<u8> {
    if engine == Engine::Sqlite {
        let files = fs::read_dir(story.database.folder()).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.extension() != Some(OsStr::new("lock")));
        return files.flat_map(|path| fs::read(path).unwrap()).collect();
    }
    let mut all = String::new();
    for table in [
        "SELECT CAST(t AS TEXT) AS line FROM codes t",
        "SELECT CAST(t AS TEXT) AS line FROM ledger_entries t",
        "SELECT CAST(t AS TEXT) AS line FROM requests t",
        "SELECT CAST(t AS TEXT) AS line FROM instances t",
        "SELECT CAST(t AS TEXT) AS line FROM quota_places t",
        "SELECT CAST(t AS TEXT) AS line FROM users t",
        "SELECT CAST(t AS TEXT) AS line FROM sessions t",
        "SELECT CAST(t AS TEXT) AS line FROM api_keys t",
        "SELECT CAST(t AS TEXT) AS line FROM tries t",
    ] {
        all.extend(story.look::<(String,)>(table).await.into_iter().map(|(line,)| line));
    }
    all.into_bytes()
}

/// `text` as PostgreSQL writes it where it stands among bytes.
pub(crate) fn hex(text: &str) -> String {
    std::fmt::from_fn(|f| text.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_issued_code_stands_in_plain_anywhere() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let told = story.issue(&li, "i-7", 5, "k-in-plain").await.unwrap();
        let all = kept(&story, engine).await;
        for known in ["acc-7", "k-in-plain"] {
            assert!(hold(&all, known), "{engine:?}: what is no secret is found");
        }
        assert!(hold(&all, "203.0.113.7") || hold(&all, &hex("203.0.113.7")), "{engine:?}: among bytes too");
        for code in texts(&told) {
            for text in [code.clone(), code.replace('-', ""), code.to_lowercase(), code[..11].to_owned()] {
                assert!(!hold(&all, &text) && !hold(&all, &hex(&text)), "{engine:?}: in the database");
            }
            assert!(!format!("{told:?}").contains(&code[..11]), "{engine:?}: in a log");
        }
    }
}
