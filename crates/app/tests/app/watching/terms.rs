//! What ends by itself: terms of domains and of products, what its owner is told of them, and what the desk drops.

use super::{OTHER, OURS, Sky};
use crate::{
    Story,
    filed_before::{FIRST, NONE, pairs},
    filers::operator,
    server,
};
use ::rulebook::{Billing, Facts};
use app::{
    Actor, Failure,
    registry::{DomainTermFault, Dropped, NumberFault, RecordDomainTerm},
};
use filing::registry::{Event, Reason, State, WatchRule};
use jiff::civil::date;
use ledger::{ActorKind, EntryRef};
use serde_json::json;
use testbed::ENGINES;
use uuid::Uuid;

impl Story {
    /// The first website is hosted on `i-9`, too.
    async fn second_access(&self) {
        // As an import brings it: an order for an access is only for websites that are hosted nowhere here.
        let second = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at)
                      SELECT $1, website, (SELECT id FROM instances WHERE name = 'i-9'), NULL, addresses, since_at + 1
                      FROM accesses";
        assert_eq!(self.say(second, vec![Box::new(Uuid::from_u128(9))]).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_a_risk_by_the_term_that_somebody_recorded() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let record = async |domain: &str, expires_on| {
            let (number, domain) = (FIRST.to_owned(), domain.to_owned());
            let ask = RecordDomainTerm { by: Actor::Staff(operator()), number, domain, expires_on };
            story.desk.record_domain_term(ask, None).await
        };
        assert!(
            record("example.org", date(2020, 11, 20)).await.is_err(),
            "{engine:?}: not one of its domains"
        );
        record("www.EXAMPLE.com", date(2020, 11, 20)).await.unwrap();
        let kept = "SELECT risk FROM number_risks";
        let known = story.look::<(String,)>(kept).await;
        assert_eq!(known, [("domain-ending".to_owned(),)], "{engine:?}: it threatens from now on");
        assert_eq!(story.warnings().await, [] as [serde_json::Value; 0], "{engine:?}: the next round tells");
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["domain-ending"]));
        story.clock.move_to("2020-11-21T01:00:00Z");
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["domain-ended"]));
        record("example.com", date(2021, 11, 20)).await.unwrap();
        assert_eq!(
            (story.pass_after(6, &sky).await, story.risk_words(&lin).await),
            (0, vec![]),
            "{engine:?}"
        );
        // Nobody else holds a domain whose registration runs; the last day is its holder's.
        let until = date(2021, 11, 20);
        let held = NumberFault::Held { domain: "example.com".to_owned(), until };
        story.clock.move_to("2021-11-20T15:59:59Z");
        let refused = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap_err();
        assert!(matches!(&refused, Failure::Because(fault) if *fault == held), "{engine:?} {refused}");
        story.clock.move_to("2021-11-20T16:00:00Z");
        story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        let terms = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM domain_terms";
        assert_eq!(story.look::<(i64,)>(terms).await, [(0,)], "{engine:?}: forgotten with its domains");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_until_when_his_own_domain_is_registered_and_the_record_says_that_he_did() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let says = async |by: Actor, expires_on| {
            let (number, domain) = (FIRST.to_owned(), "example.com".to_owned());
            let ask = RecordDomainTerm { by, number, domain, expires_on };
            match story.desk.record_domain_term(ask, None).await {
                Ok(told) => Ok(told.entry),
                Err(Failure::Because(fault)) => Err(fault),
                Err(error) => panic!("{engine:?} {error}"),
            }
        };
        let own = || Actor::Account(lin.asker.clone());
        let li = story.account(8).await;
        let another = says(Actor::Account(li), date(2020, 11, 20)).await;
        let unknown = DomainTermFault::Number(NumberFault::Unknown);
        assert_eq!(another, Err(unknown), "{engine:?}: whose number it is is not said");
        let (first, last) = (date(2019, 11, 1), date(2040, 11, 1));
        for day in [date(2019, 10, 31), date(2040, 11, 2)] {
            assert_eq!(says(own(), day).await, Err(DomainTermFault::Day { first, last }), "{engine:?} {day}");
        }
        for day in [first, last] {
            says(own(), day).await.unwrap();
        }
        says(Actor::Staff(operator()), date(2021, 11, 20)).await.unwrap();
        let entry = says(own(), date(2020, 11, 20)).await.unwrap();
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let term = &told.domain_terms[0];
        assert_eq!((term.domain.as_str(), term.expires_on.as_str()), ("example.com", "2020-11-20"));
        assert_eq!((term.by.as_str(), told.domain_terms.len()), ("account:acc-7", 1), "{engine:?}");
        assert_eq!(
            (story.pass(&Sky::default()).await, story.risk_words(&lin).await),
            (1, vec!["domain-ending"])
        );
        let entries: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
        let said = entries.iter().map(|(bytes,)| EntryRef::decode(bytes).unwrap());
        let by: Vec<_> =
            said.filter(|entry| entry.kind == "number.domain-term").map(|entry| entry.actor.kind).collect();
        assert_eq!(by.iter().filter(|kind| **kind == ActorKind::Account).count(), 3, "{engine:?} {entry}");
        assert_eq!(by.len(), 4, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_instance_on_which_a_website_is_hosted_twice_its_owner_is_told_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let twice = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at)
                     SELECT $1, website, instance, NULL, addresses, since_at + 1 FROM accesses";
        assert_eq!(story.say(twice, vec![Box::new(Uuid::from_u128(9))]).await, 1, "{engine:?}");
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 1, "{engine:?}");
        assert_eq!(story.warnings().await.len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_of_which_little_remains_is_not_called_unfit_for_that() {
    for engine in ENGINES {
        // Until October 2020 three months had to remain.
        let story = Story::at(engine, "2020-10-02T01:00:00Z").await;
        let lin = story.with_a_website().await;
        story.instance_until(&lin, "2021-01-10T00:00:00+08:00").await;
        story.clock.move_to("2020-10-12T01:00:00Z");
        assert_eq!(story.risk_words(&lin).await, [] as [&str; 0], "{engine:?}");
        let slow = Facts { public_bandwidth_mbps: Some(0), ..server("i-7", &lin.asker) };
        story.desk.record_instance(slow).await.unwrap();
        assert_eq!(story.risk_words(&lin).await, ["instance-unfit"], "{engine:?}: that is another thing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_ends_is_told_and_its_access_dropped_by_the_desk_after_the_days_but_never_unwarned() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["instance-expiring"]));
        story.clock.move_to("2020-11-14T01:00:00Z");
        assert_eq!(story.pass(&sky).await, 1, "{engine:?}: a week before");
        // Nobody watched for two months: the days are over, but nobody was told that it ended.
        story.clock.move_to("2021-01-20T01:00:00Z");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["instance-expired"]));
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}: told just now");
        // It is watched as always meanwhile, and not noticed anew each time.
        for _ in 0..3 {
            assert_eq!(story.pass_after(24, &sky).await, 0, "{engine:?}");
        }
        let never = WatchRule { drop_days: None, ..WatchRule::default() };
        let never = story.desk.clone().watching_by(never);
        assert_eq!(never.drop_ended_accesses().await.unwrap(), [], "{engine:?}: where it is not configured");
        let expected = Dropped {
            number: FIRST.to_owned(),
            instance: "i-7".to_owned(),
            event: Event::DropAccess,
            reason: Reason::InstanceExpired,
        };
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [expected], "{engine:?}");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let last = number.history.last().unwrap();
        assert_eq!(
            (last.event, last.reason, last.state),
            (Event::DropAccess, Some(Reason::InstanceExpired), State::AccessDropped)
        );
        assert_eq!(last.actor, "system:kebei", "{engine:?}");
        let due = json!({
            "instance": "i-7",
            "ended_on": "2020-11-21",
            "warned_at": "2021-01-20T01:00:00Z",
            "drop_days": 30,
            "warned_days": 3,
        });
        assert_eq!(story.decided_from("number.access-dropped").await, due, "{engine:?}");
        story.pass_after(12, &sky).await;
        assert_eq!(story.risk_words(&lin).await, ["hosted-nowhere"], "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_domain_that_a_change_gave_up_nothing_is_known_any_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        for hours in [0, 13, 13] {
            story.pass_after(hours, &sky).await;
        }
        let by = Actor::Staff(operator());
        let (number, domain) = (FIRST.to_owned(), "example.com".to_owned());
        let ask = RecordDomainTerm { by, number, domain, expires_on: date(2020, 11, 20) };
        story.desk.record_domain_term(ask, None).await.unwrap();
        let known = "SELECT CAST((SELECT COUNT(*) FROM domain_terms) + (SELECT COUNT(*) FROM watch_streaks WHERE kind = 'domain') AS BIGINT) AS n";
        assert_eq!(story.look::<(i64,)>(known).await, [(2,)], "{engine:?}");
        let change = story.moved(&lin).await;
        story.to_the_end(&change, NONE).await.unwrap();
        assert_eq!(story.look::<(i64,)>(known).await, [(0,)], "{engine:?}: it has another domain now");
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_renewed_at_the_last_moment_keeps_its_access() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        story.pass(&sky).await;
        story.clock.move_to("2021-01-20T01:00:00Z");
        story.instance_until(&lin, "2021-11-21T00:00:00+08:00").await;
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_access_ends_as_its_product_is_no_more_while_it_runs() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-20T15:59:59Z");
        for reason in [Reason::InstanceExpired, Reason::InstanceReleased] {
            match story.drop(FIRST, reason).await.unwrap_err() {
                Failure::Because(NumberFault::Runs { instance, until }) => {
                    let until = until.map(|until| until.to_string());
                    assert_eq!((&*instance, until.as_deref()), ("i-7", Some("2020-11-20T16:00:00Z")));
                }
                refused => panic!("{engine:?} {refused}"),
            }
        }
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
        story.clock.move_to("2020-11-20T16:00:00Z");
        let dropped = story.drop(FIRST, Reason::InstanceExpired).await.unwrap().answer;
        assert_eq!(dropped.state, State::AccessDropped, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_stays_three_days_after_its_owner_was_first_told_however_long_its_end_was_known() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2021-01-10T01:00:00Z");
        // What he says of his domain keeps what threatens the number, and warns him of nothing.
        let by = Actor::Account(lin.asker.clone());
        let (number, domain, expires_on) = (FIRST.to_owned(), "example.com".to_owned(), date(2022, 1, 1));
        story
            .desk
            .record_domain_term(RecordDomainTerm { by, number, domain, expires_on }, None)
            .await
            .unwrap();
        story.clock.move_to("2021-01-20T01:00:00Z");
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 1, "{engine:?}");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        let own = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        assert_eq!(own.risks[0].next.on, Some(date(2021, 1, 23)), "{engine:?}");
        assert_eq!(story.warnings().await[0]["on"], "2021-01-23", "{engine:?}");
        story.clock.move_to("2021-01-23T00:59:59Z");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        story.clock.move_to("2021-01-23T01:00:00Z");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap().len(), 1, "{engine:?}");
        let due = story.decided_from("number.access-dropped").await;
        assert_eq!(due["warned_at"], "2021-01-20T01:00:00Z", "{engine:?} {due}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_product_whose_end_nobody_knows_an_operator_is_believed_and_of_two_one_that_runs_is_enough() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let told = |id: &str, expires_at: Option<&str>, billing| Facts {
            expires_at: expires_at.map(|end| end.parse().unwrap()),
            billing: Some(billing),
            ..server(id, &lin.asker)
        };
        story.desk.record_instance(told("i-7", None, Billing::PayAsYouGo)).await.unwrap();
        let refused = story.drop(FIRST, Reason::InstanceExpired).await.unwrap_err();
        let runs = NumberFault::Runs { instance: "i-7".to_owned(), until: None };
        assert!(matches!(&refused, Failure::Because(fault) if *fault == runs), "{engine:?} {refused}");
        story.desk.record_instance(told("i-7", None, Billing::Subscription)).await.unwrap();
        let until = "2020-12-01T00:00:00+08:00";
        story.desk.record_instance(told("i-9", Some(until), Billing::Subscription)).await.unwrap();
        story.second_access().await;
        let refused = story.drop(FIRST, Reason::InstanceExpired).await.unwrap_err();
        assert!(
            matches!(&refused, Failure::Because(NumberFault::Runs { instance, .. }) if instance == "i-9"),
            "{engine:?} {refused}"
        );
        story.clock.move_to("2020-11-30T16:00:00Z");
        let dropped = story.drop(FIRST, Reason::InstanceExpired).await.unwrap().answer;
        assert_eq!(dropped.state, State::AccessDropped, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_accesses_the_desk_ends_the_one_whose_instance_is_gone_and_the_number_stays_active() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let second = Facts { public_ips: Some(vec![OURS.into()]), ..server("i-9", &lin.asker) };
        story.desk.record_instance(second).await.unwrap();
        story.second_access().await;
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        story.pass(&sky).await;
        story.clock.move_to("2020-12-21T01:00:00Z");
        let dropped = story.desk.drop_ended_accesses().await.unwrap();
        assert_eq!(dropped.iter().map(|one| one.event).collect::<Vec<_>>(), [Event::EndAccess], "{engine:?}");
        let due = json!({
            "instance": "i-7",
            "ended_on": "2020-11-21",
            "warned_at": "2020-11-22T01:00:00Z",
            "drop_days": 30,
            "warned_days": 3,
        });
        assert_eq!(story.decided_from("number.access-ended").await, due, "{engine:?}");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        assert_eq!(number.short.state, State::Active, "{engine:?}");
        let ends: Vec<_> = number
            .accesses
            .iter()
            .map(|one| (one.instance.as_deref(), one.ended.map(|(_, why)| why)))
            .collect();
        assert_eq!(ends, [(Some("i-7"), Some(Reason::InstanceExpired)), (Some("i-9"), None)], "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_threats_the_list_names_the_one_that_weighs_most() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.untrue(FIRST, date(2020, 11, 30), "k-untrue").await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, Some("information-untrue"), "{engine:?}");
        let (number, domain) = (FIRST.to_owned(), "example.com".to_owned());
        let by = Actor::Account(lin.asker.clone());
        let ask = RecordDomainTerm { by, number, domain, expires_on: date(2020, 10, 20) };
        story.desk.record_domain_term(ask, None).await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, Some("domain-ended"), "{engine:?}: it is over");
    }
}
