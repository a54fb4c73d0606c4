//! Granting a code, withdrawing the grant, and an operator's release.

use crate::desk::{BUYER, after, words};
use filing::{
    Refusal,
    codes::{Grantee, Granter, Held, LONGEST_REASON, Move, grant, release, withdraw_grant},
};
use rulebook::Lang;

const OWNER: Granter<'static> = Granter { account: BUYER, blacklisted: false };
const FRIEND: Grantee<'static> = Grantee { account: "friend", exists: true, blacklisted: false };
const BURNED: &[Move] = &[Move::Issue, Move::Submit, Move::AbandonBurn];

fn held<'a>(moves: &[Move], grantee: Option<&'a str>) -> Held<'a> {
    Held { stored: after(moves), owner: Some(BUYER), grantee }
}

#[test]
fn a_bound_code_is_granted_to_one_account_and_the_grant_withdrawn() {
    let code = held(&[Move::Issue], None);
    assert_eq!(grant(Some(&code), OWNER, FRIEND), Ok(FRIEND));
    let granted = Held { grantee: Some("friend"), ..code };
    assert_eq!(withdraw_grant(Some(&granted), BUYER), Ok("friend"));
    assert_eq!(words(&grant(Some(&granted), OWNER, FRIEND).unwrap_err()), ["granted-already"]);
    let other = Grantee { account: "other", ..FRIEND };
    let refused = grant(Some(&granted), OWNER, other).unwrap_err();
    assert_eq!(words(&refused), ["granted-to-another"]);
    let reason = &refused.reasons()[0];
    assert_eq!(reason.message(Lang::Zh), "该备案服务号已经授权给账号“friend”，同一时间只能授权给 1 个账号。");
    assert_eq!(reason.suggestion(Lang::Zh), "请先收回现有的授权，再授权给新的账号。");
}

#[test]
fn a_grant_names_another_account_that_exists() {
    let code = held(&[Move::Issue], None);
    let to = |account, exists| {
        words(&grant(Some(&code), OWNER, Grantee { account, exists, ..FRIEND }).unwrap_err())
    };
    assert_eq!(to(BUYER, true), ["to-oneself"]);
    assert_eq!(to("nobody", false), ["unknown-account"]);
    assert_eq!(to("  ", false), ["nobody-named"]);
}

#[test]
fn a_grant_changes_only_while_the_code_is_bound() {
    for moves in
        [&[Move::Premake][..], &[Move::Issue, Move::Submit], &[Move::Issue, Move::Submit, Move::File], BURNED]
    {
        let code = held(moves, None);
        assert_eq!(words(&grant(Some(&code), OWNER, FRIEND).unwrap_err()), ["not-bound"]);
        let granted = held(moves, Some("friend"));
        assert_eq!(words(&withdraw_grant(Some(&granted), BUYER).unwrap_err()), ["not-bound"]);
    }
    let back = held(&[Move::Issue, Move::Submit, Move::AbandonRelease], Some("friend"));
    assert_eq!(withdraw_grant(Some(&back), BUYER), Ok("friend"));
}

#[test]
fn everything_that_stands_against_a_grant_is_told_at_once() {
    let code = held(&[Move::Issue, Move::Submit], Some("friend"));
    let refused =
        grant(Some(&code), OWNER, Grantee { account: "nobody", exists: false, ..FRIEND }).unwrap_err();
    assert_eq!(words(&refused), ["not-bound", "unknown-account", "granted-to-another"]);
    let refused = withdraw_grant(Some(&held(BURNED, None)), BUYER).unwrap_err();
    assert_eq!(words(&refused), ["nothing-granted", "not-bound"]);
}

#[test]
fn a_grantee_passes_nothing_on_and_a_stranger_learns_nothing() {
    let code = held(&[Move::Issue, Move::Submit], Some("friend"));
    let by = |account| Granter { account, blacklisted: true };
    assert_eq!(words(&grant(Some(&code), by("friend"), FRIEND).unwrap_err()), ["not-owner"]);
    assert_eq!(words(&withdraw_grant(Some(&code), "friend").unwrap_err()), ["not-owner"]);
    assert_eq!(grant(Some(&code), by("stranger"), FRIEND), grant(None, by("stranger"), FRIEND));
    assert_eq!(withdraw_grant(Some(&code), "stranger"), withdraw_grant(None, "stranger"));
    assert_eq!(words(&grant(None, by("stranger"), FRIEND).unwrap_err()), ["unknown-code"]);
}

#[test]
fn neither_whoever_grants_nor_whoever_is_granted_may_be_stopped_and_the_other_learns_nothing_of_why() {
    let code = held(&[Move::Issue], None);
    let stopped = Granter { blacklisted: true, ..OWNER };
    assert_eq!(words(&grant(Some(&code), stopped, FRIEND).unwrap_err()), ["account-blacklisted"]);
    let theirs = grant(Some(&code), OWNER, Grantee { blacklisted: true, ..FRIEND }).unwrap_err();
    assert_eq!(words(&theirs), ["account-cannot-have-codes"]);
    assert_eq!(theirs.reasons()[0].message(Lang::Zh), "账号“friend”目前不能使用备案服务号。");
    for lang in Lang::ALL {
        let told = [theirs.reasons()[0].message(lang), theirs.reasons()[0].suggestion(lang)].concat();
        assert!(!told.contains("黑名单") && !told.contains("blacklist"), "{told}");
    }
    let granted = Held { grantee: Some("friend"), ..code };
    assert_eq!(withdraw_grant(Some(&granted), BUYER), Ok("friend"), "what was granted can be taken back");
}

#[test]
fn an_operator_gives_a_reason() {
    let bound = after(&[Move::Issue]);
    let done = release(bound, "  客户误申请，工单 4711 \n").unwrap();
    assert_eq!(done.reason, "客户误申请，工单 4711");
    assert!(!done.stored.counted());
    assert_eq!(words(&release(bound, " \t\u{3000}").unwrap_err()), ["reason-missing"]);
    assert!(release(bound, &"字".repeat(LONGEST_REASON)).is_ok());
    let long = "字".repeat(LONGEST_REASON + 1);
    let refused = release(bound, &long).unwrap_err();
    assert_eq!(words(&refused), ["reason-too-long"]);
    assert_eq!(refused.reasons()[0].suggestion(Lang::Zh), "请至少删去 1 个字。");
}

#[test]
fn a_code_in_an_order_or_filed_is_never_released() {
    for moves in [&[Move::Issue, Move::Submit][..], &[Move::Issue, Move::Submit, Move::File], BURNED] {
        assert_eq!(words(&release(after(moves), "").unwrap_err()), ["illegal-move", "reason-missing"]);
    }
}
