//! Taking in codes that another system made or that came with the purchase: each once, never beyond the quota.

use crate::{Story, codes, key, server};
use app::{
    Actor, Asker, Failure, Told,
    codes::{ImportCode, ImportFault, Importing},
};
use filing::{Refusal, codes::ServiceCode};
use futures_util::future::join_all;
use rulebook::{ALIYUN, Facts};
use std::collections::HashSet;
use store::CommitHook;
use testbed::{ENGINES, Engine};

fn partner() -> Actor {
    Actor::Partner("jushita".to_owned())
}

/// An instance whose codes another system makes, five at most.
fn jushita(name: &str, asker: &Asker) -> Facts {
    Facts { product: "jushita-ecs".to_owned(), ..server(name, asker) }
}

/// An instance that was bought with its one code.
fn site_builder(name: &str, asker: &Asker) -> Facts {
    Facts {
        product: "site-builder".to_owned(),
        first_purchase_months: Some(24),
        first_order_amount: Some("199.00".parse().unwrap()),
        ..server(name, asker)
    }
}

fn code(seed: u8) -> ServiceCode {
    ServiceCode::generate([seed; 12])
}

fn arriving(instance: &str, code: Option<ServiceCode>) -> ImportCode {
    ImportCode { actor: partner(), instance: instance.to_owned(), code }
}

/// The words of the reasons for which the code was refused; none when it was not.
fn refused(told: &Told<Importing>) -> Vec<&'static str> {
    told.answer.arrived.judge(|_, judged| match judged {
        Ok(_) => Vec::new(),
        Err(refused) => refused.reasons().iter().map(Refusal::word).collect(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn five_codes_of_another_system_are_taken_in_and_the_sixth_is_not() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.desk.record_instance(jushita("js-1", &li)).await.unwrap();
        let mut ids = HashSet::new();
        for seed in 1..=5 {
            let told = story.desk.import_code(arriving("js-1", Some(code(seed))), None).await.unwrap();
            assert_eq!((refused(&told), told.before), (vec![], false), "{engine:?}");
            assert_eq!(told.answer.arrived.facts().codes_issued, u32::from(seed) - 1, "{engine:?}");
            ids.extend(told.answer.code);
        }
        assert_eq!(ids.len(), 5, "{engine:?}");
        let sixth = story.desk.import_code(arriving("js-1", Some(code(6))), None).await.unwrap();
        assert_eq!((refused(&sixth), sixth.answer.code), (vec!["no-place-left"], None), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_code_on_the_same_instance_again_is_answered_alike_and_takes_no_place() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for name in ["sb-1", "sb-2"] {
            story.desk.record_instance(site_builder(name, &li)).await.unwrap();
        }
        let first = story.desk.import_code(arriving("sb-1", Some(code(1))), None).await.unwrap();
        assert!(first.answer.code.is_some(), "{engine:?}");
        for again in [None, Some(key("k-1")), Some(key("k-1"))] {
            let told = story.desk.import_code(arriving("sb-1", Some(code(1))), again).await.unwrap();
            assert_eq!(told.answer.code, first.answer.code, "{engine:?}");
        }
        let elsewhere = story.desk.import_code(arriving("sb-2", Some(code(1))), None).await.unwrap();
        assert_eq!((refused(&elsewhere), elsewhere.answer.code), (vec!["known-code"], None), "{engine:?}");
        let other = story.desk.import_code(arriving("sb-2", Some(code(2))), None).await.unwrap();
        assert_eq!(refused(&other), Vec::<&str>::new(), "{engine:?}: its place is free still");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_with_the_purchase_is_made_once_and_counts_when_it_is_used() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.desk.record_instance(site_builder("sb-1", &li)).await.unwrap();
        let first = story.desk.import_code(arriving("sb-1", None), Some(key("k-1"))).await.unwrap();
        assert!(first.answer.code.is_some() && !first.before, "{engine:?}");
        let again = story.desk.import_code(arriving("sb-1", None), Some(key("k-1"))).await.unwrap();
        assert_eq!((again.entry, again.before), (first.entry, true), "{engine:?}");
        assert_eq!(again.answer.code, first.answer.code, "{engine:?}");
        let second = story.desk.import_code(arriving("sb-1", None), Some(key("k-2"))).await.unwrap();
        assert_eq!(refused(&second), ["no-place-left"], "{engine:?}");
        assert_eq!(second.answer.arrived.facts().codes_issued, 0, "{engine:?}: none is used");
        // The customer does not apply for it either, and is not told that his quota is used up.
        let asked = story.desk.check_codes(codes(&li, "sb-1", 1)).await.unwrap();
        let words = asked
            .judge(|_, answer| answer.unwrap_err().reasons().iter().map(Refusal::word).collect::<Vec<_>>());
        assert_eq!(words, ["made-on-purchase"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_again_to_the_same_key_whatever_happened_since() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let nobodys = Facts { account: None, ..jushita("js-1", &li) };
        story.desk.record_instance(nobodys).await.unwrap();
        let ask = || arriving("js-1", Some(code(1)));
        let first = story.desk.import_code(ask(), Some(key("k-1"))).await.unwrap();
        assert_eq!(refused(&first), ["unknown-buyer"], "{engine:?}");
        story.desk.record_instance(jushita("js-1", &li)).await.unwrap();
        let again = story.desk.import_code(ask(), Some(key("k-1"))).await.unwrap();
        assert_eq!((refused(&again), again.before), (vec!["unknown-buyer"], true), "{engine:?}");
        let other = arriving("js-1", Some(code(2)));
        let error = story.desk.import_code(other, Some(key("k-1"))).await.unwrap_err();
        assert!(matches!(error, Failure::KeyUsed), "{engine:?} {error}");
        let anew = story.desk.import_code(ask(), Some(key("k-2"))).await.unwrap();
        assert_eq!(refused(&anew), Vec::<&str>::new(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_import_nothing_and_nothing_is_imported_for_what_is_not_there() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for name in ["js-9", "i\0", &"i".repeat(10_000)] {
            let told = story.desk.import_code(arriving(name, Some(code(1))), None).await.unwrap_err();
            let unknown =
                |fault: &ImportFault| matches!(fault, ImportFault::UnknownInstance(told) if told == name);
            assert!(matches!(told, Failure::Because(ref fault) if unknown(fault)), "{engine:?} {told}");
        }
        story.desk.record_instance(jushita("js-1", &li)).await.unwrap();
        story.desk.instance_gone("js-1").await.unwrap();
        let told = story.desk.import_code(arriving("js-1", Some(code(1))), None).await.unwrap_err();
        let unknown = matches!(told, Failure::Because(ImportFault::UnknownInstance(_)));
        assert!(unknown, "{engine:?} {told}");
        story.desk.record_instance(jushita("js-1", &li)).await.unwrap();
        let own = ImportCode { actor: Actor::Account(li), ..arriving("js-1", Some(code(1))) };
        let told = story.desk.import_code(own, None).await.unwrap_err();
        assert!(matches!(told, Failure::Because(ImportFault::NotForCustomers)), "{engine:?} {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_quota_is_the_accounts_all_its_instances_share_it() {
    let each = "quota = { codes = 5, per = \"instance\", assumed";
    assert!(ALIYUN.contains(each));
    let rules = ALIYUN.replace(each, &each.replace('5', "2").replace("instance", "account"));
    for engine in ENGINES {
        let story = Story::under(engine, CommitHook::default(), &rules).await;
        let li = story.customer(7).await;
        let mut words = Vec::new();
        for seed in 1..=3 {
            let name = format!("js-{seed}");
            story.desk.record_instance(jushita(&name, &li)).await.unwrap();
            let told = story.desk.import_code(arriving(&name, Some(code(seed))), None).await.unwrap();
            words.extend(refused(&told));
        }
        assert_eq!(words, ["no-place-left"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_code_arriving_many_times_at_once_is_taken_in_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for at in 0..6 {
            story.desk.record_instance(jushita(&format!("js-{at}"), &li)).await.unwrap();
        }
        let second =
            if engine == Engine::Postgres { story.another_process().await } else { story.desk.clone() };
        let asks = (0..24).map(|at| {
            let desk = if at % 2 == 0 { &story.desk } else { &second };
            desk.import_code(arriving(&format!("js-{}", at % 6), Some(code(1))), None)
        });
        let answers: Vec<_> = join_all(asks).await.into_iter().map(Result::unwrap).collect();
        let ids: HashSet<_> = answers.iter().filter_map(|told| told.answer.code).collect();
        assert_eq!(ids.len(), 1, "{engine:?}");
        let on_it = answers.iter().filter(|told| told.answer.code.is_some()).count();
        assert_eq!(on_it, 4, "{engine:?}: the others are told that it is known");
    }
}
