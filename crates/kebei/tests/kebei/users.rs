//! Who works at the desk, from the command line.

use crate::{
    desk::{in_lang, on},
    run,
};
use std::path::Path;
use tempfile::TempDir;

fn set_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(on(folder.path(), &["init"]).status, 0);
    folder
}

/// What a call prints that must succeed.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let said = on(folder, arguments);
    assert_eq!(said.status, 0, "{arguments:?}: {said:?}");
    said.out
}

#[test]
fn the_table_of_rights_is_printed_without_a_desk_in_both_languages() {
    let english = run(&["user", "roles", "--lang", "en"]);
    let chinese = run(&["user", "roles"]);
    assert_eq!((english.status, chinese.status), (0, 0));
    let line = |out: &str| out.lines().find(|line| line.starts_with("manage-users")).unwrap().to_owned();
    let ticks = |line: &str| line.split_whitespace().skip(1).take(5).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(ticks(&line(&english.out)), ["-", "-", "-", "✓", "-"]);
    assert!(line(&chinese.out).contains("锁定用户"), "{}", chinese.out);
    for (right, _) in app::access::RIGHTS {
        let stands_alone = |line: &str| line.split_whitespace().next() == Some(right.word());
        assert!(english.out.lines().any(stands_alone), "{}: {}", right.word(), english.out);
    }
    assert_eq!(english.out.lines().count(), 1 + app::access::RIGHTS.len());
}

#[test]
fn a_second_factor_that_nobody_has_is_not_reset() {
    let folder = set_up();
    let folder = folder.path();
    done(folder, &["user", "add", "wang", "--role", "operator"]);
    let none = on(folder, &["user", "reset-second-factor", "wang"]);
    assert!(none.status == 2 && none.err.contains("wang has no second factor"), "{none:?}");
    let chinese = in_lang(folder, &["user", "reset-second-factor", "wang"], "zh");
    assert!(chinese.err.contains("没有开启两步验证"), "{chinese:?}");
    let unknown = on(folder, &["user", "reset-second-factor", "li"]);
    assert!(unknown.status == 2 && unknown.err.contains("there is no user li"), "{unknown:?}");
}

#[test]
fn from_an_empty_desk_to_a_customer_with_a_key() {
    let folder = set_up();
    let folder = folder.path();
    assert!(done(folder, &["user", "list"]).contains("kebei user add NAME --role operator"));
    let added = done(folder, &["user", "add", "wang", "--role", "operator", "--role", "support"]);
    assert!(added.contains("One-time password: "), "{added}");
    let customer =
        ["user", "add", "li", "--role", "customer", "--account", "acc-7", "--email", "li@example.cn"];
    let refused = on(folder, &customer);
    assert!(refused.status == 2 && refused.err.contains("kebei user account acc-7"), "{refused:?}");
    done(folder, &["user", "account", "acc-7", "--number", "7"]);
    done(folder, &customer);
    let again = on(folder, &customer);
    assert!(again.err.contains("there is a user li already"), "{again:?}");
    let list = done(folder, &["user", "list"]);
    assert!(list.contains("li  customer; account acc-7; li@example.cn; one-time password until"), "{list}");
    assert!(list.contains("wang  support operator; one-time"), "{list}");
    let key = done(folder, &["user", "key", "add", "li", "--label", "shop", "--scope", "own-codes"]);
    assert!(key.lines().last().unwrap().starts_with("kbk_"), "{key}");
    let keys = done(folder, &["user", "key", "list", "li"]);
    assert!(keys.contains("shop; only own-codes; made") && !keys.contains("kbk_"), "{keys}");
    let id = keys.split_whitespace().next().unwrap().to_owned();
    done(folder, &["user", "key", "revoke", "li", &id]);
    assert!(on(folder, &["user", "key", "revoke", "li", &id]).err.contains("revoked already"));
    assert!(done(folder, &["user", "key", "list", "li"]).contains("li has no keys"));
}

#[test]
fn a_user_is_changed_locked_let_in_again_and_reset() {
    let folder = set_up();
    let folder = folder.path();
    done(folder, &["user", "add", "wang", "--role", "operator"]);
    for last in [&["user", "change", "wang", "--role", "auditor"][..], &["user", "lock", "wang"]] {
        for lang in ["zh", "en"] {
            let refused = in_lang(folder, last, lang);
            let told = refused.err.contains("kebei user add NAME --role operator");
            assert!(refused.status == 2 && told, "{refused:?}");
        }
    }
    done(folder, &["user", "add", "chen", "--role", "operator"]);
    done(folder, &["user", "change", "wang", "--role", "auditor"]);
    assert!(done(folder, &["user", "list"]).contains("wang  auditor"));
    done(folder, &["user", "lock", "wang"]);
    assert!(done(folder, &["user", "list"]).contains("locked since"));
    done(folder, &["user", "unlock", "wang"]);
    assert!(!done(folder, &["user", "list"]).contains("locked"));
    assert!(done(folder, &["user", "reset", "wang"]).contains("One-time password: "));
    for lang in ["zh", "en"] {
        let unknown = in_lang(folder, &["user", "lock", "nobody"], lang);
        assert!(unknown.status == 2 && unknown.err.contains("kebei user list"), "{unknown:?}");
    }
}

#[test]
fn another_system_calls_with_keys_and_has_no_password() {
    let folder = set_up();
    let folder = folder.path();
    let added = done(folder, &["user", "add", "catalogue", "--system", "--role", "operator"]);
    assert!(!added.contains("password"), "{added}");
    assert!(on(folder, &["user", "reset", "catalogue"]).err.contains("has no password"));
    let key = ["user", "key", "add", "catalogue", "--label", "nightly"];
    let beyond = on(folder, &[key.as_slice(), &["--scope", "read-ledger"]].concat());
    assert!(beyond.status == 2 && beyond.err.contains("do not give read-ledger"), "{beyond:?}");
    let past = in_lang(folder, &[key.as_slice(), &["--expires", "2020-01-01"]].concat(), "zh");
    assert!(past.err.contains("已经过去"), "{past:?}");
    let signing = done(folder, &[key.as_slice(), &["--signing", "--expires", "2999-01-01"]].concat());
    assert!(signing.contains("id:     kbi_") && signing.contains("secret: kbr_"), "{signing}");
}

#[test]
fn what_is_wrong_with_a_user_is_told_in_the_language_of_the_call() {
    let folder = set_up();
    let wrong = |arguments: &[&str], lang: &str| {
        let said = in_lang(folder.path(), arguments, lang);
        assert_eq!(said.status, 2, "{said:?}");
        said.err
    };
    assert!(wrong(&["user", "add", "Li@x.cn", "--role", "support"], "zh").contains("不能用作用户名"));
    let both = ["user", "add", "li", "--role", "customer", "--role", "support", "--account", "a"];
    assert!(wrong(&both, "zh").contains("不能与其他角色并存"));
    assert!(wrong(&["user", "add", "li", "--role", "customer"], "en").contains("needs an account"));
    assert!(wrong(&["user", "add", "li", "--role", "boss"], "zh").contains("“boss”无效，可选：customer"));
    assert!(wrong(&["user", "add", "li", "--role", "support", "--email", "li"], "en").contains("--email"));
}
