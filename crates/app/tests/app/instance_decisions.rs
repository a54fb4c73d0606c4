//! The list of instances with what the rulebook says of each, and decisions by any edition and as of any moment.

use crate::{Story, codes, key, server};
use app::{
    Asker, Desk, Gone,
    instances::{AskDecision, CodesCounted, DecisionError, InstanceDecision, ListInstances},
};
use jiff::{SignedDuration, Timestamp};
use rulebook::{Billing, Fact, Facts, Lang, Verdict};
use testbed::ENGINES;

fn words(decided: &InstanceDecision) -> Vec<&'static str> {
    decided.decision().findings().map(|finding| finding.code.word()).collect()
}

fn ask(instance: &str, asker: Option<&Asker>, at: Option<Timestamp>) -> AskDecision {
    AskDecision { instance: instance.to_owned(), asker: asker.cloned(), edition: None, at }
}

fn list() -> ListInstances {
    ListInstances { most: 50, ..ListInstances::default() }
}

async fn names(desk: &Desk, list: ListInstances) -> Vec<String> {
    let page = desk.instances(list).await.unwrap();
    page.instances.iter().map(|decided| decided.facts().id.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_the_past_is_answered_from_what_was_known_then() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let (eligible, later) = (story.desk.now(), SignedDuration::from_hours(24));
        story.clock.pass(later);
        story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let with_codes = story.desk.now();
        story.clock.pass(later);
        let on_demand = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        story.desk.record_instance(on_demand).await.unwrap();
        let demand = story.desk.now();
        story.clock.pass(later);
        assert_eq!(story.desk.instance_gone("i-7").await.unwrap(), Gone::Now);
        let at = async |at| story.desk.instance_decision(ask("i-7", Some(&li), at)).await.unwrap();
        let told = |decided: &InstanceDecision| {
            (words(decided), decided.facts().codes_issued, decided.gone_at().is_some())
        };
        assert_eq!(told(&at(Some(eligible)).await), (vec![], 0, false), "{engine:?}");
        assert_eq!(told(&at(Some(with_codes)).await), (vec![], 2, false), "{engine:?}");
        assert_eq!(told(&at(Some(demand)).await), (vec!["pay-as-you-go"], 2, false), "{engine:?}");
        assert_eq!(told(&at(None).await), (vec!["pay-as-you-go"], 2, true), "{engine:?}");
        assert_eq!(at(Some(eligible)).await.codes_counted(), CodesCounted::Then, "{engine:?}");
        let json = serde_json::to_string(&at(None).await.report(Lang::Zh)).unwrap();
        assert!(json.contains("计费方式于 2020年11月3日 由包年包月改为按量付费。"), "{engine:?} {json}");
        let before = eligible - SignedDuration::from_secs(1);
        let refused = story.desk.instance_decision(ask("i-7", Some(&li), Some(before))).await.unwrap_err();
        assert!(matches!(refused, DecisionError::BeforeFirst { .. }), "{engine:?} {refused}");
        let old = AskDecision { edition: Some("2018-05-21".to_owned()), ..ask("i-7", None, Some(eligible)) };
        assert_eq!(story.desk.instance_decision(old).await.unwrap().edition().id, "2018-05-21", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_bought_is_not_there_nor_what_was_anothers_at_that_time() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let then = story.desk.now();
        let unknown = async |asker: &Asker, name: &str, at| {
            let told = story.desk.instance_decision(ask(name, Some(asker), at)).await.unwrap_err();
            assert!(matches!(told, DecisionError::UnknownInstance(_)), "{engine:?} {told}");
            told.to_string().replace(name, "…")
        };
        assert_eq!(unknown(&wang, "i-7", None).await, unknown(&wang, "i-9", None).await, "{engine:?}");
        assert_eq!(
            names(&story.desk, ListInstances { of: Some(wang.clone()), ..list() }).await,
            ["i-8"],
            "{engine:?}"
        );
        story.clock.pass(SignedDuration::from_hours(1));
        story.desk.record_instance(server("i-7", &wang)).await.unwrap();
        assert!(story.desk.instance_decision(ask("i-7", Some(&wang), None)).await.is_ok(), "{engine:?}");
        unknown(&wang, "i-7", Some(then)).await;
        unknown(&li, "i-7", Some(then)).await;
        assert!(
            story.desk.instance_decision(ask("i-7", None, Some(then))).await.is_ok(),
            "{engine:?}: staff see it"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_decides_each_instance_with_the_codes_that_were_issued_and_filters() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let swas = Facts { product: "swas".to_owned(), ..server("s-1", &li) };
        let abroad = Facts { region: Some("us-west-1".to_owned()), ..server("i-abroad", &li) };
        for facts in [swas, abroad, server("i-gone", &li)] {
            story.desk.record_instance(facts).await.unwrap();
        }
        story.desk.instance_gone("i-gone").await.unwrap();
        assert!(story.desk.issue_codes(codes(&li, "i-7", 5), key("k")).await.unwrap().answer.codes.is_some());
        let all = || ListInstances { of: Some(li.clone()), ..list() };
        let page = story.desk.instances(all()).await.unwrap();
        let told: Vec<_> = page
            .instances
            .iter()
            .map(|it| (it.facts().id.as_str(), it.facts().codes_issued, words(it)))
            .collect();
        let expected = [
            ("i-7", 5, vec!["quota-exhausted"]),
            ("i-abroad", 0, vec!["outside-mainland"]),
            ("i-gone", 0, vec![]),
            ("s-1", 0, vec![]),
        ];
        assert_eq!(told, expected, "{engine:?}");
        let of = async |list| names(&story.desk, list).await;
        assert_eq!(
            of(ListInstances { product: Some("swas".to_owned()), ..list() }).await,
            ["s-1"],
            "{engine:?}"
        );
        assert_eq!(
            of(ListInstances { prefix: Some("i-a".to_owned()), ..list() }).await,
            ["i-abroad"],
            "{engine:?}"
        );
        assert_eq!(of(ListInstances { gone: Some(true), ..all() }).await, ["i-gone"], "{engine:?}");
        assert_eq!(
            of(ListInstances { verdict: Some(Verdict::NotRequired), ..all() }).await,
            ["i-abroad"],
            "{engine:?}"
        );
        let one = ListInstances { verdict: Some(Verdict::NotRequired), most: 1, ..all() };
        assert_eq!(of(one).await, ["i-abroad"], "{engine:?}: it is looked for behind what is not told");
        let eligible = ListInstances { verdict: Some(Verdict::Eligible), gone: Some(false), ..list() };
        assert_eq!(of(eligible).await, ["s-1"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_tells_of_each_instance_what_changed_about_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for name in ["i-1", "i-2", "i-3"] {
            story.desk.record_instance(server(name, &li)).await.unwrap();
        }
        story.clock.pass(SignedDuration::from_hours(24));
        let on_demand = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-2", &li) };
        story.desk.record_instance(on_demand).await.unwrap();
        let abroad = Facts { region: Some("us-west-1".to_owned()), ..server("i-7", &li) };
        story.desk.record_instance(abroad).await.unwrap();
        for of in [Some(li.clone()), None] {
            let page = story.desk.instances(ListInstances { of, ..list() }).await.unwrap();
            let changed = page.instances.iter().map(|it| {
                let facts = [Fact::Billing, Fact::Region];
                facts.map(|fact| it.changes().iter().any(|(_, change)| change.is_of(fact)))
            });
            let expected = [[false, false], [true, false], [false, false], [false, true]];
            assert_eq!(changed.collect::<Vec<_>>(), expected, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_tell_every_instance_once_while_others_are_added() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        let mut there = Vec::new();
        // The order is that of bytes, whatever the language of the database.
        for name in ["B-1", "_x", "a-1", "a-2", "é", "Ü", "a_1", "A-1", "中", "a-10"] {
            story.desk.record_instance(server(name, &li)).await.unwrap();
            there.push(name.to_owned());
        }
        for of in [None, Some(li.clone())] {
            let (mut after, mut told) = (None, Vec::new());
            loop {
                let page = ListInstances {
                    of: of.clone(),
                    after: after.clone(),
                    most: 3,
                    ..ListInstances::default()
                };
                let page = story.desk.instances(page).await.unwrap();
                told.extend(page.instances.iter().map(|decided| decided.facts().id.clone()));
                let added = format!("a-{}{}", told.len(), of.is_some());
                story.desk.record_instance(server(&added, &li)).await.unwrap();
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert!(told.is_sorted() && told.windows(2).all(|two| two[0] != two[1]), "{engine:?} {told:?}");
            assert!(there.iter().all(|name| told.contains(name)), "{engine:?} {told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_are_handed_in_are_decided_and_leave_no_trace() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        let before = story.snapshot().await;
        let facts = Facts { codes_issued: 5, ..server("i-7", &li) };
        let decided =
            story.desk.decide_facts(Some("acc-8".to_owned()), None, None, facts.clone()).await.unwrap();
        assert_eq!(words(&decided), ["other-account", "quota-exhausted"], "{engine:?}");
        let early =
            story.desk.decide_facts(None, None, Some("2018-01-01T00:00:00Z".parse().unwrap()), facts).await;
        assert!(matches!(early, Err(DecisionError::NoEdition(_))), "{engine:?}");
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        assert!(names(&story.desk, list()).await.is_empty(), "{engine:?}");
    }
}
