//! Tables of the logins of hosts, and that no password is ever repeated.

use inventory::{Limits, LoginRow, LoginSecret, Logins};
use rulebook::Lang;

/// In every table of this file, where a password may stand.
const CANARY: &str = "Canary-4711";

fn rows(text: impl AsRef<[u8]>) -> Vec<LoginRow> {
    Logins::open(text.as_ref(), Limits::default()).unwrap_or_else(|error| panic!("{error}")).collect()
}

/// A row in short: line, whose it is, its names and its password.
fn short(row: &LoginRow) -> String {
    let login = row.read.as_ref().unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(row.instance.as_ref(), Some(&login.instance));
    let secret = match &login.secret {
        LoginSecret::Password(password) => format!("password {}", &**password),
        LoginSecret::Phc(phc) => format!("phc {phc}"),
    };
    format!("{} {} {} {secret}", row.place.line, login.instance, login.names.join("+"))
}

/// What is wrong with the one row under `headings`, in both languages, without what was in it.
fn wrong(headings: &str, row: impl AsRef<[u8]>) -> String {
    let rows = rows([headings.as_bytes(), b"\n", row.as_ref(), b"\n"].concat());
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert!(!format!("{row:?}").contains(CANARY), "{row:?}");
    let faults = row.read.as_ref().unwrap_err();
    let said = |lang| faults.iter().map(|fault| fault.message(lang)).collect::<Vec<_>>().join(" ");
    assert!(!said(Lang::Zh).contains(CANARY));
    said(Lang::En)
}

fn refused(text: impl AsRef<[u8]>) -> String {
    let error = Logins::open(text.as_ref(), Limits::default()).err().unwrap();
    for said in [error.message(Lang::Zh), error.message(Lang::En), format!("{error} {error:?}")] {
        assert!(!said.contains(CANARY), "{said}");
    }
    error.message(Lang::En)
}

#[test]
fn headings_are_english_or_chinese_in_any_order_and_others_are_passed_over() {
    let english =
        rows("instance,user_name,host_name,password,phc\nh-1,u1,host1,p 1,\nh-2,u2,,,$argon2id$x\n");
    assert_eq!(
        english.iter().map(short).collect::<Vec<_>>(),
        ["2 h-1 u1+host1 password p 1", "3 h-2 u2 phc $argon2id$x"]
    );
    let chinese = "密码;主机名;备注;实例 ID\n\n 甲 ;m1;;h-1\n;;;\n\"a;\"\"b\";m2;x;h-2";
    let (gbk, _, _) = encoding_rs::GBK.encode(chinese);
    for text in [chinese.as_bytes(), &[b"\xEF\xBB\xBF", chinese.as_bytes()].concat(), &gbk] {
        let read: Vec<_> = rows(text).iter().map(short).collect();
        assert_eq!(read, ["3 h-1 m1 password  甲 ", "5 h-2 m2 password a;\"b"]);
    }
    let logins = Logins::open(chinese.as_bytes(), Limits::default()).unwrap();
    let warnings: Vec<_> = logins.warnings().iter().map(|warning| warning.message(Lang::Zh)).collect();
    assert_eq!(warnings, ["不认识的列“备注”，已忽略。"]);
}

#[test]
fn a_hash_that_nobody_quoted_is_put_together_again() {
    let phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    for text in [
        format!("instance,user_name,phc\nh-1,u1,{phc}\n"),
        format!("instance,user_name,phc\nh-1,u1,\"{phc}\"\n"),
        format!("phc,instance,user_name,password\n{phc},h-1,u1,\n"),
        format!("phc;instance;user_name\n{phc};h-1;u1\n"),
    ] {
        assert_eq!(
            rows(&text).iter().map(short).collect::<Vec<_>>(),
            [format!("2 h-1 u1 phc {phc}")],
            "{text}"
        );
    }
    assert!(wrong("instance,user_name,phc", format!("h-1,u1,{CANARY},t=2,p=1")).contains("5 cells"));
    assert!(wrong("instance,user_name,phc", format!("h-1,u1,{phc},{CANARY}")).contains("6 cells"));
}

#[test]
fn a_bad_row_costs_only_itself_and_says_why_without_its_cells() {
    let all = "instance,user_name,password,phc";
    for (row, why) in [
        (format!(",u1,{CANARY},"), "`instance` is missing"),
        (format!("h-1,,{CANARY},"), "`user_name` is missing"),
        ("h-1,u1,,".to_owned(), "`password` is missing"),
        (format!("h-1,u1,{CANARY},{CANARY}"), "both a password and a password hash"),
        (format!("h-1,u1,{CANARY},,{CANARY}"), "5 cells and the heading row 4"),
        (format!("h-1,u1,\"{CANARY}\"x,"), "goes on after the quotation mark"),
        (
            format!("h-1,u1,\"{CANARY}\nh-2,u2,{CANARY}\","),
            "`password` is the text \"…\"; expected at most 256",
        ),
        ("h-1,u1,1.2E+17,".to_owned(), "has dropped its last digits"),
        (format!("{CANARY}\u{7f},u1,{CANARY},"), "`instance` is the text \"…\""),
        (format!("h-1,{},x,", CANARY.repeat(30)), "`user_name` is the text \"…\""),
    ] {
        let told = wrong(all, row);
        assert!(told.contains(why), "{told}");
    }
    assert!(wrong(all, b"h-1,u1,\xFF\xFE,").contains("not UTF-8"));
    let text = format!("{all}\nh-1,u1,\"{CANARY}\nh-2,u2,x,\n\nh-3,u3,{CANARY}");
    let read: Vec<_> = rows(text).iter().map(|row| (row.place.line, row.read.is_ok())).collect();
    assert_eq!(read, [(2, false), (3, true), (5, true)]);
}

#[test]
fn what_is_no_table_of_logins_is_refused_without_its_first_row() {
    for text in [
        "",
        "{\"instance\":\"Canary-4711\"}",
        "[{\"Canary-4711\":1}]",
        "PK\u{3}\u{4}Canary-4711",
        "%PDF Canary-4711",
        "Canary-4711\0",
    ] {
        assert!(refused(text).contains("no table of logins"), "{text}");
    }
    let lacking = refused(format!("h-1,u1,{CANARY}\nh-2,u2,{CANARY}\n"));
    assert!(
        lacking.contains("`instance` or `实例ID`, and `user_name`")
            && lacking.contains("`phc` or `密码哈希`"),
        "{lacking}"
    );
    assert!(!refused(format!("instance,{CANARY},password\n")).contains("`instance` or"));
    assert!(refused("instance,user_name,password,密码\n").contains("both mean `password`"));
}
