//! What becomes of codes after they were made: granted, given up, made void, bound; and what they are today.

use crate::{Story, codes, key, server};
use app::{
    Actor, Asker, Clock, Failure, Operator,
    codes::{
        BindCode, CodeFault, GrantCode, ImportCode, IssuedCode, MyCode, PremakeCodes, ReleaseCode, Which,
        WithdrawGrant,
    },
    ledger::VerifyLedger,
};
use filing::{
    Refusal, Refused,
    codes::{GrantRefusal, ServiceCode, Shown},
};
use jiff::SignedDuration;
use std::num::NonZero;
use testbed::ENGINES;

fn wei() -> Operator {
    Operator::parse("wei").unwrap()
}

/// The words of the reasons of a refusal; none when it was done.
fn words<T, R: Refusal>(judged: Result<T, Refused<R>>) -> Vec<&'static str> {
    judged.err().iter().flat_map(Refused::reasons).map(Refusal::word).collect()
}

impl Story {
    /// One code of `asker` on `i-7`.
    async fn one_code(&self, asker: &Asker, name: &str) -> IssuedCode {
        let told = self.desk.issue_codes(codes(asker, "i-7", 1), key(name)).await.unwrap();
        told.answer.codes.unwrap().remove(0)
    }

    async fn grant(&self, asker: &Asker, code: &IssuedCode, to: &str) -> Vec<&'static str> {
        let ask = GrantCode { asker: asker.clone(), code: Which::Id(code.id), to: to.to_owned() };
        words(self.desk.grant_code(ask, None).await.unwrap().answer.judge())
    }

    async fn withdraw(&self, asker: &Asker, code: &IssuedCode) -> Vec<&'static str> {
        let ask = WithdrawGrant { asker: asker.clone(), code: Which::Id(code.id) };
        words(self.desk.withdraw_grant(ask, None).await.unwrap().answer.judge())
    }

    async fn release(&self, code: &IssuedCode, reason: &str, name: &str) -> Vec<&'static str> {
        let code = Which::Typed(code.code.clone());
        let ask = ReleaseCode { operator: wei(), code, reason: reason.to_owned() };
        words(self.desk.release_code(ask, key(name)).await.unwrap().answer.judge())
    }

    async fn bind(&self, asker: &Asker, code: &IssuedCode, instance: &str, name: &str) -> Vec<&'static str> {
        let code = Which::Typed(code.code.clone());
        let ask = BindCode { asker: asker.clone(), code, instance: instance.to_owned() };
        self.desk.bind_code(ask, key(name)).await.unwrap().answer.judge(|answer| words(answer))
    }

    async fn listed(&self, asker: &Asker) -> Vec<MyCode> {
        self.desk.my_codes(asker, None, 100).await.unwrap()
    }

    /// What the codes of an account are today.
    async fn shown(&self, asker: &Asker) -> Vec<&'static str> {
        self.listed(asker).await.iter().map(|code| code.standing().shown().word()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_granted_to_one_account_at_a_time_and_taken_back() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let code = story.one_code(&li, "k-1").await;
        assert_eq!(story.grant(&li, &code, "林晓").await, ["unknown-account"], "{engine:?}");
        for _ in 0..2 {
            let ask = GrantCode { asker: li.clone(), code: Which::Id(code.id), to: "林晓".to_owned() };
            let told = story.desk.grant_code(ask, Some(key("k-unknown"))).await.unwrap().answer;
            let refused = told.judge().unwrap_err();
            let named = GrantRefusal::UnknownAccount { account: "林晓" };
            assert_eq!(refused.reasons(), [named], "{engine:?}: asked again, it is told with the name too");
        }
        let entries: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
        let names =
            |words: &str| entries.iter().any(|(bytes,)| String::from_utf8_lossy(bytes).contains(words));
        assert!(
            names("code.grant-refused") && !names("林晓"),
            "{engine:?}: what no account is called may be a person's name"
        );
        assert_eq!(story.grant(&li, &code, "acc-7").await, ["to-oneself"], "{engine:?}");
        assert_eq!(story.grant(&li, &code, " acc-8 ").await, [""; 0], "{engine:?}");
        assert_eq!(story.grant(&li, &code, "acc-8").await, ["granted-already"], "{engine:?}");
        let granted = story.listed(&wang).await.remove(0);
        assert_eq!(
            (granted.id, granted.instance(), granted.product()),
            (code.id, None, Some("ecs")),
            "{engine:?}"
        );
        assert_eq!(story.listed(&li).await[0].granted_to.as_deref(), Some("acc-8"), "{engine:?}");
        assert_eq!(story.withdraw(&wang, &code).await, ["not-owner"], "{engine:?}");
        assert_eq!(story.withdraw(&li, &code).await, [""; 0], "{engine:?}");
        assert_eq!(story.withdraw(&li, &code).await, ["nothing-granted"], "{engine:?}");
        assert!(story.listed(&wang).await.is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_grants_of_one_code_at_once_one_is_made_and_the_other_told_who_has_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let code = story.one_code(&li, "k-1").await;
        for number in [8, 9] {
            story.customer(number).await;
        }
        let other = story.another_process().await;
        let ask = |to: &str| GrantCode { asker: li.clone(), code: Which::Id(code.id), to: to.to_owned() };
        let (one, two) =
            tokio::join!(story.desk.grant_code(ask("acc-8"), None), other.grant_code(ask("acc-9"), None));
        let mut told = [one, two].map(|told| words(told.unwrap().answer.judge()));
        told.sort();
        assert_eq!(told, [vec![], vec!["granted-to-another"]], "{engine:?}");
        let granted = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM codes WHERE grantee IS NOT NULL";
        assert_eq!(story.look::<(i64,)>(granted).await, [(1,)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_stranger_a_code_is_not_there() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let code = story.one_code(&li, "k-1").await;
        for which in [Which::Id(code.id), Which::Typed(code.code.clone())] {
            let ask = GrantCode { asker: wang.clone(), code: which, to: "acc-8".to_owned() };
            let told = story.desk.grant_code(ask, None).await.unwrap_err();
            assert!(matches!(told, Failure::Because(CodeFault::UnknownCode)), "{engine:?} {told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_code_is_void_for_ever_and_its_place_is_free_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let code = story.one_code(&li, "k-1").await;
        story.clock.pass(SignedDuration::from_secs(1));
        story.desk.issue_codes(codes(&li, "i-7", 4), key("k-2")).await.unwrap();
        assert_eq!(story.release(&code, " ", "r-1").await, ["reason-missing"], "{engine:?}");
        assert_eq!(story.release(&code, "requested by mistake", "r-2").await, [""; 0], "{engine:?}");
        assert_eq!(
            story.release(&code, "requested by mistake", "r-2").await,
            [""; 0],
            "{engine:?}: told again"
        );
        assert_eq!(story.release(&code, "once more", "r-3").await, ["illegal-move"], "{engine:?}");
        assert_eq!(story.shown(&li).await, ["void", "bound", "bound", "bound", "bound"], "{engine:?}");
        let fifth = story.one_code(&li, "k-3").await;
        assert_ne!(fifth.code, code.code, "{engine:?}");
        let sixth = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-4")).await.unwrap();
        assert!(sixth.answer.codes.is_none(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_made_beforehand_takes_a_place_when_it_is_bound() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let ask = |count, account: Option<&str>| PremakeCodes {
            operator: wei(),
            count: NonZero::new(count).unwrap(),
            account: account.map(str::to_owned),
        };
        let made = story.desk.premake_codes(ask(2, None), key("p-1")).await.unwrap().answer;
        let again = story.desk.premake_codes(ask(2, None), key("p-1")).await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &made), "{engine:?}");
        let lis = story.desk.premake_codes(ask(1, Some("acc-7")), key("p-2")).await.unwrap().answer.remove(0);
        assert_eq!(story.shown(&li).await, ["init"], "{engine:?}");
        assert_eq!(story.bind(&wang, &lis, "i-8", "b-1").await, ["unknown-code"], "{engine:?}");
        assert_eq!(story.bind(&li, &lis, "i-7", "b-2").await, [""; 0], "{engine:?}");
        assert_eq!(story.bind(&li, &lis, "i-7", "b-2").await, [""; 0], "{engine:?}: told again");
        assert_eq!(story.bind(&li, &lis, "i-7", "b-3").await, ["illegal-move"], "{engine:?}");
        assert_eq!(story.bind(&li, &made[0], "i-7", "b-4").await, [""; 0], "{engine:?}");
        let three = story.desk.issue_codes(codes(&li, "i-7", 3), key("k-1")).await.unwrap();
        assert_eq!(three.answer.codes.map(|codes| codes.len()), Some(3), "{engine:?}");
        assert_eq!(story.bind(&li, &made[1], "i-7", "b-5").await, ["quota-exhausted"], "{engine:?}");
        assert_eq!(story.shown(&li).await, ["bound"; 5], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_expires_with_its_instance_and_is_good_again_when_that_is_renewed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.one_code(&li, "k-1").await;
        story.clock.pass(SignedDuration::from_hours(24 * 500));
        assert_eq!(story.shown(&li).await, ["expired"], "{engine:?}");
        let code = story.listed(&li).await.remove(0);
        assert!(code.standing().causes().next().is_some(), "{engine:?}");
        let renewed = rulebook::Facts {
            expires_at: Some("2023-12-31T00:00:00+08:00".parse().unwrap()),
            ..server("i-7", &li)
        };
        story.desk.record_instance(renewed).await.unwrap();
        assert_eq!(story.shown(&li).await, [Shown::Stored(filing::codes::State::Bound).word()], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_decision_about_codes_is_found_again_from_the_ledger() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, _wang) = (story.customer(7).await, story.customer(8).await);
        let code = story.one_code(&li, "k-1").await;
        story.desk.issue_codes(codes(&li, "i-7", 9), key("k-2")).await.unwrap();
        let ask = PremakeCodes { operator: wei(), count: NonZero::new(2).unwrap(), account: None };
        let made = story.desk.premake_codes(ask, key("p-1")).await.unwrap().answer;
        assert_eq!(story.bind(&li, &made[0], "i-7", "b-1").await, [""; 0], "{engine:?}");
        assert_eq!(story.bind(&li, &code, "i-7", "b-2").await, ["illegal-move"], "{engine:?}");
        let site = rulebook::Facts { product: "jushita-ecs".to_owned(), ..server("js-1", &li) };
        story.desk.record_instance(site).await.unwrap();
        for instance in ["js-1", "js-1", "i-7"] {
            let (actor, code) = (Actor::Partner("shop".to_owned()), ServiceCode::generate([7; 12]));
            let ask = ImportCode { actor, instance: instance.to_owned(), code: Some(code) };
            story.desk.import_code(ask, None).await.unwrap();
        }
        story.grant(&li, &code, "acc-8").await;
        story.release(&code, "asked for by mistake", "r-1").await;
        story.desk.sequence_ledger(story.clock.now()).await.unwrap();
        let report = story.desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 9 }).await.unwrap();
        assert!(report.is_sound(), "{engine:?} {:?}", report.mistakes);
        // Issued and refused, bound and not, imported, imported again and not; of eleven entries with the opening of the desk.
        assert_eq!((report.entries, report.decided, report.waiting), (11, 7, 0), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_codes_goes_on_where_it_stopped() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.desk.issue_codes(codes(&li, "i-7", 5), key("k-1")).await.unwrap();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = story.desk.my_codes(&li, after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            assert!(page.len() <= 2, "{engine:?}");
            seen.extend(page.iter().map(|code| code.code.to_string()));
        }
        let all: Vec<String> = story.listed(&li).await.iter().map(|code| code.code.to_string()).collect();
        assert_eq!((seen.len(), seen), (5, all), "{engine:?}");
    }
}
