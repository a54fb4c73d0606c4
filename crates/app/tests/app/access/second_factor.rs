//! The second factor: set up, asked at sign-in, taken once, given up and taken away; and where somebody is signed in.

use super::{ELSEWHERE, HOME, OWN, add, settled, sign_in, wang, who};
use crate::Story;
use app::{
    Desk, Failure, Operator,
    access::{
        BEGUN_GOOD, Code, HALF_OPEN, HalfOpen, PER_SECOND_FACTOR, Password, Principal, RECOVERY_CODES, Right,
        Role, SecondFactor, SecondFactorError, SecondFactorRule, SignIn, SignInError, SignedIn, Unrecognised,
        UserFault,
    },
    keys::RotateKeys,
};
use futures_util::future::{join, join_all};
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use sha1::Sha1;
use testbed::ENGINES;

const STEP: SignedDuration = SignedDuration::from_secs(30);

/// An app on somebody's phone: a second, plain reading of RFC 6238.
#[derive(Clone, Debug)]
struct App(Vec<u8>);

impl App {
    fn reading(secret: &str) -> Self {
        let symbols = secret.bytes().filter(|symbol| *symbol != b' ');
        let known = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let values = symbols.map(|symbol| known.iter().position(|known| *known == symbol).unwrap());
        let bits: Vec<usize> =
            values.flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1)).collect();
        let byte = |eight: &[usize]| eight.iter().fold(0, |byte, bit| byte << 1 | bit);
        Self(bits.chunks_exact(8).map(|eight| u8::try_from(byte(eight)).unwrap()).collect())
    }

    /// What it shows, so many steps from now.
    fn shows(&self, desk: &Desk, steps: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).unwrap();
        mac.update(&(desk.now().as_second() / 30 + steps).to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest[19] & 15);
        let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }
}

async fn begun(desk: &Desk, principal: &Principal) -> App {
    desk.begin_second_factor(principal).await.unwrap();
    let SecondFactor::Begun(begun) = desk.second_factor(principal).await.unwrap() else {
        panic!("not begun")
    };
    App::reading(begun.secret().reveal())
}

/// Sets one up for whoever has that session; his app and recovery codes.
async fn set_up(desk: &Desk, token: &str) -> (App, Vec<String>) {
    let principal = who(desk, token).await.unwrap();
    let app = begun(desk, &principal).await;
    let codes = desk.confirm_second_factor(&principal, Code::typed(&app.shows(desk, 0))).await.unwrap();
    (app, codes.into_iter().map(|code| code.reveal().to_owned()).collect())
}

async fn with_code(desk: &Desk, code: &str, from: &str) -> Result<SignedIn, SignInError> {
    let address = Some(from.parse().unwrap());
    let (name, password) = ("li".to_owned(), Password::from(OWN));
    desk.sign_in(SignIn { name, password, address, code: Some(Code::typed(code)) }).await
}

/// The ticket of somebody who gave his password alone.
async fn half_open(desk: &Desk) -> HalfOpen {
    match sign_in(desk, "li", OWN, HOME).await {
        Err(SignInError::CodeNeeded(ticket)) => HalfOpen::brought(ticket.reveal()),
        told => panic!("{told:?}"),
    }
}

fn wrong(told: &Result<SignedIn, SignInError>) -> bool {
    matches!(told, Err(SignInError::WrongCode))
}

/// A code that the app does not show around now.
fn another(app: &App, desk: &Desk) -> String {
    let near: Vec<_> = (-2..=2).map(|steps| app.shows(desk, steps)).collect();
    (0..6).map(|code| format!("{code:06}")).find(|code| !near.contains(code)).unwrap()
}

async fn left(desk: &Desk, principal: &Principal) -> u64 {
    match desk.second_factor(principal).await.unwrap() {
        SecondFactor::On { recovery_left, .. } => recovery_left,
        other => panic!("{other:?}"),
    }
}

async fn entries(story: &Story, kind: &str) -> usize {
    let rows: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
    rows.iter().filter(|(bytes,)| String::from_utf8_lossy(bytes).contains(kind)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_counts_once_a_code_was_shown_and_is_asked_from_then_on() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let other = sign_in(desk, "li", OWN, ELSEWHERE).await.unwrap();
        let principal = who(desk, &token).await.unwrap();
        assert!(matches!(desk.second_factor(&principal).await.unwrap(), SecondFactor::Off), "{engine:?}");
        let none = desk.confirm_second_factor(&principal, Code::typed("123456")).await;
        assert!(matches!(none, Err(SecondFactorError::NotBegun)), "{engine:?} {none:?}");
        let first = begun(desk, &principal).await;
        let app = begun(desk, &principal).await;
        assert_ne!(first.0, app.0, "{engine:?}: whoever begins again gets another");
        assert!(sign_in(desk, "li", OWN, HOME).await.is_ok(), "{engine:?}: it does not count yet");
        let told = desk.confirm_second_factor(&principal, Code::typed(&another(&app, desk))).await;
        assert!(matches!(told, Err(SecondFactorError::WrongCode)), "{engine:?} {told:?}");
        let code = app.shows(desk, 0);
        let codes = desk.confirm_second_factor(&principal, Code::typed(&code)).await.unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES, "{engine:?}");
        assert_eq!(left(desk, &principal).await, 10, "{engine:?}");
        assert!(matches!(who(desk, other.token.reveal()).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(who(desk, &token).await.is_ok(), "{engine:?}: this one goes on");
        assert!(wrong(&with_code(desk, &code, HOME).await), "{engine:?}: the code that confirmed it is used");
        story.clock.pass(STEP);
        let told = sign_in(desk, "li", OWN, HOME).await;
        assert!(matches!(told, Err(SignInError::CodeNeeded(_))), "{engine:?} {told:?}");
        let told = sign_in(desk, "li", "a wrong password", HOME).await;
        assert!(matches!(told, Err(SignInError::Wrong)), "{engine:?}: nothing is told without the password");
        let code = app.shows(desk, 0);
        let (left, right) = code.split_at(3);
        assert!(with_code(desk, &format!("{left} {right}"), HOME).await.is_ok(), "{engine:?}");
        for again in [
            desk.begin_second_factor(&principal).await.err(),
            desk.confirm_second_factor(&principal, Code::typed(&code)).await.err(),
        ] {
            assert!(matches!(again, Some(SecondFactorError::IsOn)), "{engine:?} {again:?}");
        }
        assert_eq!(entries(&story, "user.second-factor-set").await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_yesterday_is_begun_anew() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let token = settled(&story, "li", &[Role::Support]).await;
        let principal = who(&story.desk, &token).await.unwrap();
        let app = begun(&story.desk, &principal).await;
        story.clock.pass(BEGUN_GOOD);
        assert!(
            matches!(story.desk.second_factor(&principal).await.unwrap(), SecondFactor::Off),
            "{engine:?}"
        );
        let code = Code::typed(&app.shows(&story.desk, 0));
        let told = story.desk.confirm_second_factor(&principal, code).await;
        assert!(matches!(told, Err(SecondFactorError::NotBegun)), "{engine:?} {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_a_step_around_now_and_never_before_one_that_was_taken() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, _) = set_up(desk, &token).await;
        story.clock.pass(STEP * 10);
        for (steps, taken) in
            [(-2, false), (2, false), (-1, true), (-1, false), (1, true), (0, false), (1, false)]
        {
            let told = with_code(desk, &app.shows(desk, steps), HOME).await;
            assert_eq!(told.is_ok(), taken, "{engine:?} {steps}: {told:?}");
            assert!(taken || wrong(&told), "{engine:?} {steps}: {told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_with_one_code_one_is_let_in() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, recovery) = set_up(desk, &token).await;
        story.clock.pass(STEP);
        let ticket = half_open(desk).await;
        for code in [app.shows(desk, 0), recovery[0].clone()] {
            let code = Code::typed(&code);
            let address = |nth: usize| Some(format!("198.51.100.{nth}").parse().unwrap());
            let told = join_all((0..4).map(|nth| desk.finish_sign_in(&ticket, code, address(nth)))).await;
            assert_eq!(told.iter().filter(|told| told.is_ok()).count(), 1, "{engine:?} {told:?}");
            assert_eq!(told.iter().filter(|told| wrong(told)).count(), 3, "{engine:?} {told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_is_good_once_and_new_ones_replace_the_old() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (_, codes) = set_up(desk, &token).await;
        let principal = who(desk, &token).await.unwrap();
        assert!(with_code(desk, &codes[3].to_uppercase(), HOME).await.is_ok(), "{engine:?}");
        assert!(wrong(&with_code(desk, &codes[3], HOME).await), "{engine:?}");
        assert!(wrong(&with_code(desk, &"a".repeat(24), HOME).await), "{engine:?}");
        assert_eq!(left(desk, &principal).await, 9, "{engine:?}");
        let told = desk.renew_recovery_codes(&principal, "a wrong password".into()).await;
        assert!(matches!(told, Err(SecondFactorError::WrongPassword)), "{engine:?} {told:?}");
        let renewed = desk.renew_recovery_codes(&principal, OWN.into()).await.unwrap();
        assert_eq!(left(desk, &principal).await, 10, "{engine:?}");
        assert!(wrong(&with_code(desk, &codes[4], HOME).await), "{engine:?}: the old ones are void");
        assert!(with_code(desk, renewed[0].reveal(), HOME).await.is_ok(), "{engine:?}");
        assert_eq!(entries(&story, "user.recovery-codes-renewed").await, 1, "{engine:?}");
        let used = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM recovery_codes WHERE used_at IS NOT NULL";
        assert_eq!(story.look::<(i64,)>(used).await, [(1,)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_codes_is_slowed_down_from_wherever_he_comes_and_a_recovery_code_is_let_through() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, recovery) = set_up(desk, &token).await;
        story.clock.pass(STEP);
        for nth in 0..=PER_SECOND_FACTOR.free {
            let from = format!("198.51.100.{nth}");
            assert!(wrong(&with_code(desk, &another(&app, desk), &from).await), "{engine:?}");
        }
        let told = with_code(desk, &app.shows(desk, 0), HOME).await;
        let Err(SignInError::TooMany { retry_after }) = told else { panic!("{engine:?}: {told:?}") };
        let ticket = half_open(desk).await;
        let told = desk.finish_sign_in(&ticket, Code::typed(&app.shows(desk, 0)), None).await;
        assert!(matches!(told, Err(SignInError::TooMany { .. })), "{engine:?}: {told:?}");
        story.clock.pass(retry_after);
        assert!(wrong(&with_code(desk, &another(&app, desk), HOME).await), "{engine:?}");
        assert!(with_code(desk, &recovery[0], HOME).await.is_ok(), "{engine:?}: nobody guesses that");
        assert!(with_code(desk, &app.shows(desk, 0), HOME).await.is_ok(), "{engine:?}: and it forgives");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_from_one_address_count_as_wrong_passwords_do_there() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        set_up(desk, &token).await;
        let ticket = half_open(desk).await;
        for _ in 0..3 {
            assert!(wrong(&with_code(desk, "no code at all", ELSEWHERE).await), "{engine:?}");
            let told =
                desk.finish_sign_in(&ticket, Code::typed("none"), Some(ELSEWHERE.parse().unwrap())).await;
            assert!(wrong(&told), "{engine:?}");
        }
        let told = sign_in(desk, "li", OWN, ELSEWHERE).await;
        assert!(matches!(told, Err(SignInError::TooMany { .. })), "{engine:?} {told:?}");
        let told = desk.finish_sign_in(&ticket, Code::typed("none"), Some(ELSEWHERE.parse().unwrap())).await;
        assert!(matches!(told, Err(SignInError::TooMany { .. })), "{engine:?} {told:?}");
        for _ in 0..20 {
            half_open(desk).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_good_for_minutes_and_with_the_password_that_was_right() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, _) = set_up(desk, &token).await;
        let over = |told: Result<SignedIn, SignInError>| matches!(told, Err(SignInError::Over));
        let ticket = half_open(desk).await;
        story.clock.pass(HALF_OPEN - SignedDuration::from_secs(1));
        let finish = |ticket: HalfOpen| {
            let code = Code::typed(&app.shows(desk, 0));
            async move { desk.finish_sign_in(&ticket, code, None).await }
        };
        let mut forged = ticket.reveal().to_owned();
        let last = if forged.pop() == Some('0') { '1' } else { '0' };
        forged.push(last);
        for text in ["", "kbs_", &forged, &"0".repeat(202)] {
            assert!(over(finish(HalfOpen::brought(text)).await), "{engine:?} {text}");
        }
        assert!(finish(ticket.clone()).await.is_ok(), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        assert!(over(finish(ticket).await), "{engine:?}");
        let ticket = half_open(desk).await;
        let principal = who(desk, &token).await.unwrap();
        desk.set_password(&principal, OWN.into(), "another long password".into()).await.unwrap();
        story.clock.pass(STEP);
        assert!(over(finish(ticket).await), "{engine:?}: the password is another");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_waits_for_the_code_as_well() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, _) = set_up(desk, &token).await;
        story.clock.pass(STEP);
        let reset = desk.reset_password(wang(), "li".to_owned(), None).await.unwrap().answer.unwrap();
        let told = sign_in(desk, "li", reset.reveal(), HOME).await;
        let Err(SignInError::CodeNeeded(ticket)) = told else { panic!("{engine:?}: {told:?}") };
        let signed_in = desk.finish_sign_in(&ticket, Code::typed(&app.shows(desk, 0)), None).await.unwrap();
        assert!(signed_in.must_change_password, "{engine:?}");
        let principal = who(desk, signed_in.token.reveal()).await.unwrap();
        let told = desk.remove_second_factor(&principal, reset.reveal().into()).await;
        assert!(matches!(told, Err(SecondFactorError::PasswordFirst)), "{engine:?} {told:?}");
        desk.lock_user(wang(), "li".to_owned(), None).await.unwrap();
        let told = sign_in(desk, "li", reset.reveal(), HOME).await;
        assert!(matches!(told, Err(SignInError::Locked)), "{engine:?}: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_gives_his_own_up_with_his_password_and_his_other_sessions_end() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, _) = set_up(desk, &token).await;
        story.clock.pass(STEP);
        let other = with_code(desk, &app.shows(desk, 0), HOME).await.unwrap();
        let principal = who(desk, &token).await.unwrap();
        let told = desk.remove_second_factor(&principal, "a wrong password".into()).await;
        assert!(matches!(told, Err(SecondFactorError::WrongPassword)), "{engine:?} {told:?}");
        desk.remove_second_factor(&principal, OWN.into()).await.unwrap();
        assert!(matches!(who(desk, other.token.reveal()).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(sign_in(desk, "li", OWN, HOME).await.is_ok(), "{engine:?}");
        let told = desk.remove_second_factor(&principal, OWN.into()).await;
        assert!(matches!(told, Err(SecondFactorError::IsOff)), "{engine:?} {told:?}");
        let told = desk.renew_recovery_codes(&principal, OWN.into()).await;
        assert!(matches!(told, Err(SecondFactorError::IsOff)), "{engine:?} {told:?}");
        assert_eq!(
            story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM recovery_codes").await,
            [(0,)]
        );
        assert_eq!(entries(&story, "user.second-factor-removed").await, 1, "{engine:?}");
        for _ in 0..6 {
            desk.remove_second_factor(&principal, "a wrong password".into()).await.unwrap_err();
        }
        let told = desk.remove_second_factor(&principal, OWN.into()).await;
        assert!(matches!(told, Err(SecondFactorError::TooMany { .. })), "{engine:?} {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_takes_somebody_elses_away_and_ends_his_sessions() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        set_up(desk, &token).await;
        let reset = async |by: &str, name: &str| {
            let by = app::Actor::Staff(Operator::parse(by).unwrap());
            desk.reset_second_factor(by, name.to_owned(), None).await.map(|_| ())
        };
        let own = reset("li", "Li").await;
        assert!(matches!(own, Err(Failure::Because(UserFault::OwnSecondFactor))), "{engine:?} {own:?}");
        assert!(who(desk, &token).await.is_ok(), "{engine:?}");
        reset("wang", "li").await.unwrap();
        assert!(matches!(who(desk, &token).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert_eq!(entries(&story, "user.second-factor-reset").await, 1, "{engine:?}");
        let none = reset("wang", "li").await;
        assert!(matches!(none, Err(Failure::Because(UserFault::NoSecondFactor(_)))), "{engine:?} {none:?}");
        let signed_in = sign_in(desk, "li", OWN, HOME).await.unwrap();
        set_up(desk, signed_in.token.reveal()).await;
        let by = app::Actor::Staff(Operator::parse("li").unwrap());
        desk.reset_second_factor_of_anybody(by, "li".to_owned(), None).await.unwrap();
        assert!(sign_in(desk, "li", OWN, HOME).await.is_ok(), "{engine:?}: at the machine, also his own");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_keys_seal_it_anew_and_it_goes_on() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (app, _) = set_up(&story.desk, &token).await;
        let sealed = async || story.look::<(Vec<u8>,)>("SELECT sealed FROM second_factors").await;
        let before = sealed().await;
        let rotate = RotateKeys { purpose: None, operator: Operator::parse("wang").unwrap() };
        let rotated = story.desk.rotate_keys(rotate).await.unwrap();
        assert!(!rotated.deleted.is_empty(), "{engine:?}");
        assert_ne!(sealed().await, before, "{engine:?}");
        story.clock.pass(STEP);
        let second = story.another_process().await;
        assert!(with_code(&second, &app.shows(&second, 0), HOME).await.is_ok(), "{engine:?}");
        let principal = who(&second, &token).await.unwrap();
        let listed = second.my_sessions(&principal).await.unwrap();
        assert_eq!(listed[0].address.as_deref(), Some(HOME), "{engine:?}");
        let plain = app.0.clone();
        let rows = sealed().await;
        assert!(rows.iter().all(|(row,)| !row.windows(20).any(|part| part == plain)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_without_one_may_set_one_up_and_nothing_else_where_the_rule_says_so() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lax = settled(&story, "li", &[Role::Support]).await;
        let (_, key) = super::make(&story, super::labelled(super::of("li"))).await;
        let customer = super::user("ma", &[Role::Customer]);
        story
            .desk
            .open_account(app::OpenAccount { number: Some(70), name: "acc-70".to_owned() })
            .await
            .unwrap();
        let customer = app::access::AddUser { account: Some("acc-70".to_owned()), ..customer };
        let first = story.desk.add_user(customer, None).await.unwrap().answer.one_time_password.unwrap();
        let desk = &story.desk.clone().asking_second_factor_by(SecondFactorRule::Staff);
        let signed_in = sign_in(desk, "li", OWN, HOME).await.unwrap();
        assert!(signed_in.must_set_up_second_factor, "{engine:?}");
        assert!(!sign_in(desk, "ma", first.reveal(), HOME).await.unwrap().must_set_up_second_factor);
        for token in [&lax, signed_in.token.reveal()] {
            let principal = who(desk, token).await.unwrap();
            assert!(principal.must_set_up_second_factor(), "{engine:?}");
            assert!(!principal.may(Right::LookUp) && !principal.may(Right::OwnSessions), "{engine:?}");
        }
        assert!(who(desk, &key).await.unwrap().may(Right::LookUp), "{engine:?}: a key needs none");
        assert!(who(&story.desk, &lax).await.unwrap().may(Right::LookUp), "{engine:?}: nobody asks there");
        let one_time = add(&story, "zhao", &[Role::Operator]).await;
        let fresh = sign_in(desk, "zhao", &one_time, HOME).await.unwrap();
        let principal = who(desk, fresh.token.reveal()).await.unwrap();
        desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
        set_up(desk, fresh.token.reveal()).await;
        let principal = who(desk, fresh.token.reveal()).await.unwrap();
        assert!(principal.may(Right::ManageUsers), "{engine:?}: the first operator lets himself in");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_does_nothing_about_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        let (_, key) = super::make(&story, super::labelled(super::of("li"))).await;
        let principal = who(&story.desk, &key).await.unwrap();
        let told = [
            story.desk.begin_second_factor(&principal).await.err(),
            story.desk.second_factor(&principal).await.err(),
            story.desk.confirm_second_factor(&principal, Code::typed("123456")).await.err(),
            story.desk.renew_recovery_codes(&principal, OWN.into()).await.err(),
            story.desk.remove_second_factor(&principal, OWN.into()).await.err(),
        ];
        for told in told {
            assert!(matches!(told, Some(SecondFactorError::NotInSession)), "{engine:?} {told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_where_he_is_signed_in_and_ends_that() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let desk = &story.desk;
        let token = settled(&story, "li", &[Role::Support]).await;
        let stranger = settled(&story, "zhao", &[Role::Support]).await;
        story.clock.pass(SignedDuration::from_secs(1));
        let other = sign_in(desk, "li", OWN, "::ffff:198.51.100.9").await.unwrap();
        story.clock.pass(SignedDuration::from_secs(1));
        let third = sign_in(desk, "li", OWN, HOME).await.unwrap();
        let (principal, of_stranger) = join(who(desk, &token), who(desk, &stranger)).await;
        let (principal, of_stranger) = (principal.unwrap(), of_stranger.unwrap());
        let listed = desk.my_sessions(&principal).await.unwrap();
        let seen: Vec<_> =
            listed.iter().map(|session| (session.address.as_deref().unwrap(), session.is_this)).collect();
        assert_eq!(seen, [(HOME, false), (ELSEWHERE, false), (HOME, true)], "{engine:?}");
        assert!(!desk.end_session(&of_stranger, listed[1].id).await.unwrap(), "{engine:?}: somebody else's");
        assert!(desk.end_session(&principal, listed[1].id).await.unwrap(), "{engine:?}");
        assert!(!desk.end_session(&principal, listed[1].id).await.unwrap(), "{engine:?}: it is over");
        assert!(matches!(who(desk, other.token.reveal()).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(who(desk, third.token.reveal()).await.is_ok(), "{engine:?}");
        assert_eq!(desk.end_other_sessions(&principal).await.unwrap(), 1, "{engine:?}");
        assert!(matches!(who(desk, third.token.reveal()).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(who(desk, &token).await.is_ok() && who(desk, &stranger).await.is_ok(), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(12));
        assert_eq!(desk.my_sessions(&principal).await.unwrap(), [], "{engine:?}: idle ones are over");
        assert!(!desk.end_session(&principal, listed[2].id).await.unwrap(), "{engine:?}");
    }
}
