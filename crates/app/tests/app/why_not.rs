//! What support looks up: the customer's own words with all that they rest on, and a line in the access log for each look-up.

use crate::{BEGIN, Story, codes, key, server, texts};
use ::rulebook::{ALIYUN, Billing, Change, Fact, Facts, Lang, NoEdition};
use app::{
    Actor, Asker, Operator,
    access::{AddUser, Credential, KeysOf, MakeKey, Principal, Right, Role},
    access_log::{AccessLine, AccessLogError, Looking},
    codes::{GrantCode, ReleaseCode, Which},
    instances::{AskDecision, ListInstances},
    retention::{What, kept},
    why_not::{CodeSeen, EntriesSeen, InstanceSeen, WhyNot, WhyNotAsked, WhyNotError},
};
use filing::{
    Refusal,
    codes::{Malformed, Reader},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{CommitHook, Fate, Point};
use testbed::{Database, ENGINES};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Somebody with that role, recognised by a key of his.
pub(crate) async fn principal(story: &Story, name: &str, role: Role) -> Principal {
    within(story, name, role, None).await
}

/// The same, with a key of those scopes.
async fn within(story: &Story, name: &str, role: Role, scopes: Option<BTreeSet<Right>>) -> Principal {
    let by = Actor::Staff(Operator::parse("wei").unwrap());
    let (name, roles) = (name.to_owned(), vec![role]);
    let add =
        AddUser { by: by.clone(), name: name.clone(), system: false, roles, account: None, email: None };
    story.desk.add_user(add, None).await.unwrap();
    let make = MakeKey { of: KeysOf::User { by, name }, label: "story".to_owned(), scopes, expires_at: None };
    let key = story.desk.make_key(make, None).await.unwrap().answer;
    let token = key.secret.unwrap().reveal().to_owned();
    story.desk.recognise(&Credential::parse(&token).unwrap()).await.unwrap()
}

fn ask(by: &Principal, what: &str, at: Option<Timestamp>) -> WhyNotAsked {
    WhyNotAsked { by: by.clone(), what: what.to_owned(), at, edition: None }
}

async fn look(story: &Story, by: &Principal, what: &str, at: Option<Timestamp>) -> WhyNot {
    story.desk.why_not(ask(by, what, at)).await.unwrap()
}

async fn instance(story: &Story, by: &Principal, what: &str, at: Option<Timestamp>) -> Box<InstanceSeen> {
    match look(story, by, what, at).await {
        WhyNot::Instance(seen) => seen,
        other => panic!("{other:?}"),
    }
}

/// Everything in the access log that is no reading of it, the oldest first.
pub(crate) async fn log(story: &Story, auditor: &Principal) -> Vec<AccessLine> {
    let mut lines = story.desk.access_log(auditor, None, 200).await.unwrap();
    lines.retain(|line| line.what != Looking::AccessLog.word());
    lines.reverse();
    lines
}

fn kinds(seen: &EntriesSeen) -> Vec<&str> {
    seen.entries.iter().map(|entry| entry.kind.as_str()).collect()
}

/// The reasons for which a customer is refused a code, with all their words.
fn said<R: Refusal>(reasons: &[R]) -> Vec<String> {
    let of = |reason: &R| {
        Lang::ALL.map(|lang| {
            format!(
                "{} {} {} {}",
                reason.word(),
                reason.path(),
                reason.message(lang),
                reason.suggestion(lang)
            )
        })
    };
    reasons.iter().flat_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn support_reads_the_customers_own_words_byte_for_byte() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let short = Facts {
            billing: Some(Billing::PayAsYouGo),
            public_ips: Some(Vec::new()),
            ..server("i-short", &li)
        };
        let abroad = Facts { region: Some("us-west-1".to_owned()), ..server("i-abroad", &li) };
        let unclear = Facts { public_bandwidth_mbps: None, ..server("i-unclear", &li) };
        let jushita = Facts { product: "jushita-ecs".to_owned(), ..server("i-jushita", &li) };
        let all = ["i-7", "i-short", "i-abroad", "i-unclear", "i-jushita"];
        for facts in [short, abroad, unclear, jushita] {
            story.desk.record_instance(facts).await.unwrap();
        }
        story.issue(&li, "i-7", 5, "k-1").await.unwrap();
        story.clock.pass(DAY);
        for name in all {
            let seen = instance(&story, &zhao, name, None).await;
            let own =
                AskDecision { instance: name.to_owned(), asker: Some(li.clone()), edition: None, at: None };
            let own = story.desk.instance_decision(own).await.unwrap();
            let checked = story.desk.check_codes(codes(&li, name, 1)).await.unwrap();
            for lang in Lang::ALL {
                let told = |value| serde_json::to_string(value).unwrap();
                assert_eq!(told(&seen.decided.report(lang)), told(&own.report(lang)), "{engine:?} {name}");
                checked.judge(|decision, _| {
                    let (mine, his) = (seen.decided.decision(), decision);
                    assert_eq!(mine.explanation(lang), his.explanation(lang), "{engine:?} {name}");
                    assert_eq!(
                        serde_json::to_string(&mine.report(lang)).unwrap(),
                        serde_json::to_string(&his.report(lang)).unwrap(),
                        "{engine:?} {name}"
                    );
                });
            }
            let mine = seen.judge(|_, answer| answer.err().map(|refused| said(refused.reasons())));
            let his = checked.judge(|_, answer| answer.err().map(|refused| said(refused.reasons())));
            assert!(mine.is_some() && mine == his, "{engine:?} {name}: {mine:?} {his:?}");
        }
        let seen = instance(&story, &zhao, "i-7", None).await;
        let mine = story.desk.my_codes(&li, None, 50).await.unwrap();
        assert_eq!((seen.codes.len(), mine.len()), (5, 5), "{engine:?}");
        for (seen, mine) in seen.codes.iter().zip(&mine) {
            let words = |standing: filing::codes::Standing<'_>| {
                Lang::ALL.map(|lang| {
                    [standing.message(Reader::Owner, lang), standing.what_to_do(Reader::Owner, lang)]
                })
            };
            assert_eq!(words(seen.standing()), words(mine.standing()), "{engine:?}");
            let (code, last) = (mine.code.to_string(), seen.ending.rsplit('-').next().unwrap());
            assert!(code.ends_with(last) && seen.ending.starts_with("•••••-•••••-•••••-"), "{engine:?}");
            assert!(!format!("{seen:?}").contains(&code[..17]), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_seen_as_it_was_on_the_day_before_it_changed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        story.clock.pass(DAY);
        story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        story.clock.pass(DAY);
        let before = story.desk.now();
        story.clock.pass(DAY);
        let on_demand = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        story.desk.record_instance(on_demand).await.unwrap();
        story.clock.pass(DAY);
        story.issue(&li, "i-7", 1, "k-2").await.unwrap();
        let then = instance(&story, &zhao, "i-7", Some(before)).await;
        assert!(then.judge(|_, answer| answer.is_ok()) && then.history.is_empty(), "{engine:?}");
        assert_eq!(then.decided.facts().billing, Some(Billing::Subscription), "{engine:?}");
        assert!(then.codes.iter().all(|code| code.standing().is_usable()), "{engine:?}");
        assert_eq!((then.codes.len(), kinds(&then.entries)), (2, vec!["code.issued"]), "{engine:?}");
        assert!(
            then.copy(Lang::Zh).contains("可备案。依据规则版本 2020-10-16，截至 2020-11-03 09:00"),
            "{engine:?}"
        );
        let now = instance(&story, &zhao, "i-7", None).await;
        assert!(now.judge(|_, answer| answer.is_err()), "{engine:?}");
        let [changed] = now.history.as_slice() else { panic!("{:?}", now.history) };
        assert!(matches!(changed.change, Change::Fact { fact: Fact::Billing, .. }), "{engine:?}");
        assert_eq!(kinds(&now.entries), ["code.refused", "code.issued"], "{engine:?}");
        assert!(!now.codes[0].standing().is_usable(), "{engine:?}");
        let copy = now.copy(Lang::Zh);
        assert!(copy.contains("计费方式于 2020年11月4日 由包年包月改为按量付费。"), "{engine:?} {copy}");
        assert!(now.copy(Lang::En).contains("not eligible") || now.copy(Lang::En).contains("ineligible"));
        let old = WhyNotAsked { edition: Some("2018-05-21".to_owned()), ..ask(&zhao, "i-7", None) };
        let WhyNot::Instance(old) = story.desk.why_not(old).await.unwrap() else { panic!() };
        assert_eq!(old.row().unwrap().sources(), ["002"], "{engine:?}");
        assert!(old.document("002").is_some_and(|document| !document.title.zh.is_empty()), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_however_it_is_typed_and_what_is_mistyped_is_said_to_be() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, _wang) = (story.customer(7).await, story.customer(8).await);
        let zhao = principal(&story, "zhao", Role::Support).await;
        let issued = story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        let (id, code) = (issued.answer.codes.as_ref().unwrap()[0].id, texts(&issued)[0].clone());
        let grant = GrantCode { asker: li.clone(), code: Which::Id(id), to: "acc-8".to_owned() };
        story.desk.grant_code(grant, None).await.unwrap();
        let full_width: String =
            code.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [code.clone(), code.to_lowercase().replace('-', " "), format!("  {full_width}\n")] {
            let WhyNot::Code(seen, on, entries) = look(&story, &zhao, &typed, None).await else { panic!() };
            assert_eq!((seen.id, on.unwrap().id()), (id, "i-7"), "{engine:?} {typed}");
            assert_eq!(seen.owner.as_deref().zip(seen.granted_to.as_deref()), Some(("acc-7", "acc-8")));
            assert_eq!(kinds(&entries), ["code.granted", "code.issued"], "{engine:?}");
            for lang in Lang::ALL {
                let copy = seen.copy(Reader::Grantee, lang);
                assert!(!copy.contains("acc-7") && !copy.contains("i-7"), "{engine:?} {copy}");
                assert!(copy.contains(&code[18..]) && !copy.contains(&code[..17]), "{engine:?} {copy}");
            }
        }
        let mut wrong = code.clone().into_bytes();
        wrong[6] = if wrong[6] == b'A' { b'B' } else { b'A' };
        let wrong = String::from_utf8(wrong).unwrap();
        let with_u = format!("{}U{}", &code[..6], &code[7..]);
        for (typed, fault) in [
            (wrong.as_str(), Some(Malformed::Check)),
            (&with_u, Some(Malformed::Character { at: 6, found: 'U' })),
            (&code[..22], Some(Malformed::Length { symbols: 19 })),
            ("7ZQ4M-2X9K1-C8V5T-3B6NZ", None),
        ] {
            let WhyNot::Unknown(unknown) = look(&story, &zhao, typed, None).await else { panic!() };
            assert_eq!(unknown.mistyped(), fault.as_ref(), "{engine:?} {typed}");
            for lang in Lang::ALL {
                let message = unknown.message(lang);
                assert!(!message.contains(typed), "{engine:?} {message}");
                assert!(fault.is_none_or(|fault| message.contains(&fault.message(lang))), "{message}");
            }
        }
        let WhyNot::Unknown(unknown) = look(&story, &zhao, "i-9", None).await else { panic!() };
        assert!(unknown.message(Lang::Zh).contains("i-9") && unknown.mistyped().is_none(), "{engine:?}");
        let early = Some(BEGIN.parse::<Timestamp>().unwrap() - DAY);
        for known in ["i-7", code.as_str()] {
            let WhyNot::Unknown(unknown) = look(&story, &zhao, known, early).await else { panic!() };
            assert!(unknown.not_before.is_some(), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_seen_with_its_instances_and_codes() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let zhao = principal(&story, "zhao", Role::Support).await;
        let mine = story.issue(&li, "i-7", 1, "k-1").await.unwrap().answer.codes.unwrap()[0].id;
        story.clock.pass(SignedDuration::from_secs(1));
        let his = story.issue(&wang, "i-8", 1, "k-1").await.unwrap().answer.codes.unwrap()[0].id;
        let grant = GrantCode { asker: wang, code: Which::Id(his), to: "acc-7".to_owned() };
        story.desk.grant_code(grant, None).await.unwrap();
        story.clock.pass(DAY);
        let then = story.desk.now();
        story.clock.pass(DAY);
        story.desk.record_instance(server("i-later", &li)).await.unwrap();
        story.desk.instance_gone("i-7").await.unwrap();
        let seen = async |at| match look(&story, &zhao, "ａｃｃ－７", at).await {
            WhyNot::Account(seen) => seen,
            other => panic!("{other:?}"),
        };
        let now = seen(None).await;
        let names: Vec<_> = now.instances.iter().map(|it| it.facts().id.as_str()).collect();
        assert_eq!((now.name.as_str(), names), ("acc-7", vec!["i-7", "i-later"]), "{engine:?}");
        let shown = |codes: &[CodeSeen]| -> Vec<_> {
            codes.iter().map(|code| (code.id, code.standing().shown().word())).collect()
        };
        assert_eq!(shown(&now.codes), [(mine, "expired"), (his, "bound")], "{engine:?}");
        let before = seen(Some(then)).await;
        assert_eq!(before.instances.len(), 1, "{engine:?}: the later one was not there");
        assert!(before.instances[0].gone_at().is_none(), "{engine:?}");
        assert_eq!(shown(&before.codes), [(mine, "bound"), (his, "bound")], "{engine:?}");
        let copy = now.copy(Lang::Zh);
        assert!(copy.contains("- i-7：已释放") && copy.contains("- i-later：可备案"), "{engine:?} {copy}");
        assert!(!copy.contains("acc-8") && !copy.contains("i-8"), "{engine:?} {copy}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_tells_the_buyer_nothing_of_whom_it_was_bought_from() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.account(8).await);
        let zhao = principal(&story, "zhao", Role::Support).await;
        story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        story.clock.pass(DAY);
        let moved = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &wang) };
        story.desk.record_instance(moved).await.unwrap();
        let seen = instance(&story, &zhao, "i-7", None).await;
        assert_eq!(seen.history.len(), 2, "{engine:?}: support sees both changes");
        for lang in Lang::ALL {
            let copy = seen.copy(lang);
            assert!(!copy.contains("acc-7") && !copy.contains("•••••"), "{engine:?} {copy}");
        }
        story.desk.instance_gone("i-7").await.unwrap();
        let gone = instance(&story, &zhao, "i-7", None).await;
        assert!(
            gone.copy(Lang::Zh).contains("释放") && gone.copy(Lang::Zh).lines().count() == 2,
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_look_up_leaves_exactly_one_line_of_ids() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        let issued = story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        let (id, code) = (issued.answer.codes.as_ref().unwrap()[0].id, texts(&issued)[0].clone());
        let then = story.desk.now();
        story.clock.pass(DAY);
        let typed = ["i-7", &code, "acc-7", "wang@example.cn", "7ZQ4M-2X9K1-C8V5T-3B6NZ"];
        for (nth, what) in typed.into_iter().enumerate() {
            look(&story, &zhao, what, (nth == 0).then_some(then)).await;
            story.clock.pass(SignedDuration::from_secs(1));
            assert_eq!(log(&story, &qian).await.len(), nth + 1, "{engine:?} {what}");
        }
        let lines = log(&story, &qian).await;
        let (i, c, a) = (Some("i-7"), Some(id), Some("acc-7"));
        let about: Vec<_> = lines
            .iter()
            .map(|line| (line.what.as_str(), line.instance.as_deref(), line.code, line.account.as_deref()))
            .collect();
        let expected = [
            ("why-not", i, None, a),
            ("why-not", i, c, a),
            ("why-not", None, None, a),
            ("why-not-unknown", None, None, None),
            ("why-not-unknown", None, None, None),
        ];
        assert_eq!(about, expected, "{engine:?}");
        assert!(lines.iter().all(|line| line.who == "zhao"), "{engine:?}");
        assert_eq!((lines[0].as_of, lines[1].as_of), (Some(then), None), "{engine:?}");
        let no_edition = story.desk.why_not(ask(&zhao, "i-7", Some("2017-01-01T00:00:00Z".parse().unwrap())));
        let unheard = no_edition.await.unwrap();
        assert!(matches!(unheard, WhyNot::Unknown(_)), "{engine:?}");
        let unknown = WhyNotAsked { edition: Some("2099".to_owned()), ..ask(&zhao, "i-7", None) };
        let refused = story.desk.why_not(unknown).await.unwrap_err();
        assert!(matches!(refused, WhyNotError::NoEdition(NoEdition::Unknown { .. })), "{engine:?}");
        assert_eq!(log(&story, &qian).await.len(), 6, "{engine:?}: only what was answered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_is_read_in_pages_newest_first_and_each_reading_is_in_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        for _ in 0..5 {
            story.clock.pass(SignedDuration::from_secs(1));
            look(&story, &zhao, "i-7", None).await;
        }
        story.clock.pass(SignedDuration::from_secs(1));
        let (mut before, mut told) = (None, Vec::new());
        loop {
            let page = story.desk.access_log(&qian, before, 2).await.unwrap();
            before = page.last().map(|line| line.id);
            told.extend(page);
            if before.is_none() {
                break;
            }
        }
        assert_eq!(told.len(), 5, "{engine:?}");
        assert!(told.is_sorted_by(|one, next| one.at > next.at), "{engine:?}");
        let readings = story.desk.access_log(&qian, None, 200).await.unwrap();
        let by: Vec<_> =
            readings.iter().filter(|line| line.what == "access-log").map(|line| &line.who).collect();
        assert_eq!(by, ["qian"; 4], "{engine:?}: three pages and the end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_one_moment_are_read_in_the_order_in_which_they_were_written() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        let names: Vec<_> = (1..=9).map(|number| format!("i-{number}")).collect();
        for number in 1..=9 {
            story.customer(number).await;
        }
        let written = |lines: Vec<AccessLine>| lines.into_iter().filter_map(|line| line.instance);
        for name in &names {
            instance(&story, &zhao, name, None).await;
        }
        assert_eq!(
            written(log(&story, &qian).await).collect::<Vec<_>>(),
            names,
            "{engine:?}: the clock stood"
        );
        let second = story.another_process().await;
        for (nth, name) in names.iter().enumerate() {
            story.clock.pass(SignedDuration::from_micros(1));
            let desk = if nth % 2 == 0 { &story.desk } else { &second };
            desk.why_not(ask(&zhao, name, None)).await.unwrap();
        }
        let later: Vec<_> = written(log(&story, &qian).await).skip(names.len()).collect();
        assert_eq!(later, names, "{engine:?}: two processes within a millisecond");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_of_instances_that_staff_reads_leaves_one_line_and_those_of_customers_none() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.customer(8).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        let page = ListInstances { most: 1, ..ListInstances::default() };
        let first = story.desk.instances_for(&zhao, page.clone()).await.unwrap();
        assert_eq!(log(&story, &qian).await.len(), 1, "{engine:?}");
        let next = ListInstances { after: first.next, ..page.clone() };
        assert_eq!(story.desk.instances_for(&zhao, next).await.unwrap().instances.len(), 1, "{engine:?}");
        story.desk.instances_for(&zhao, ListInstances { of: Some(li), ..page }).await.unwrap();
        let lines = log(&story, &qian).await;
        let lines: Vec<_> = lines.iter().map(|line| (line.who.as_str(), line.what.as_str())).collect();
        assert_eq!(lines, [("zhao", Looking::Instances.word()); 2], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_nothing_is_looked_up_and_nothing_recorded() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        let narrow = within(&story, "sun", Role::Support, Some([Right::AllInstances].into())).await;
        for who in [&qian, &narrow] {
            let refused = story.desk.why_not(ask(who, "i-7", None)).await;
            assert!(matches!(refused, Err(WhyNotError::NotAllowed)), "{engine:?} {}", who.name());
        }
        let refused = story.desk.access_log(&zhao, None, 1).await;
        assert!(matches!(refused, Err(AccessLogError::NotAllowed)), "{engine:?}");
        assert!(story.desk.access_log(&qian, None, 1).await.unwrap().is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_the_access_log_are_forgotten_after_their_time_and_not_before() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        look(&story, &zhao, "i-none", None).await;
        story.clock.pass(kept(What::AccessLog, jiff::civil::date(2020, 11, 1)) - DAY);
        look(&story, &zhao, "i-nobody", None).await;
        story.desk.run_retention(Actor::Kebei, false).await.unwrap();
        assert_eq!(log(&story, &qian).await.len(), 2, "{engine:?}");
        story.clock.pass(DAY);
        story.desk.run_retention(Actor::Kebei, false).await.unwrap();
        assert_eq!(log(&story, &qian).await.len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_line_cannot_be_written_there_is_no_answer() {
    for engine in ENGINES {
        let failing = Arc::new(AtomicBool::new(false));
        let fails = Arc::clone(&failing);
        let hook = CommitHook::new(move |_, point| {
            let fail = point == Point::Before && fails.load(Ordering::SeqCst);
            if fail { Fate::Fail } else { Fate::Proceed }
        });
        let story = Story::begun(Database::new(engine).await, BEGIN, hook, ALIYUN).await;
        let li = story.customer(7).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        let qian = principal(&story, "qian", Role::Auditor).await;
        failing.store(true, Ordering::SeqCst);
        assert!(story.desk.check_codes(codes(&li, "i-7", 1)).await.is_ok(), "{engine:?}: reading goes on");
        let told = story.desk.why_not(ask(&zhao, "i-7", None)).await;
        assert!(matches!(told, Err(WhyNotError::Desk(_))), "{engine:?} {told:?}");
        let told = story.desk.access_log(&qian, None, 1).await;
        assert!(matches!(told, Err(AccessLogError::Desk(_))), "{engine:?} {told:?}");
        failing.store(false, Ordering::SeqCst);
        assert!(story.desk.access_log(&qian, None, 9).await.unwrap().is_empty(), "{engine:?}");
    }
}

/// Something happens about `i-7`: issued, refused, granted, released; and about another instance of another account.
async fn eventful(story: &Story) -> Asker {
    let (li, wang) = (story.customer(7).await, story.customer(8).await);
    let issued = story.issue(&li, "i-7", 3, "k-1").await.unwrap().answer.codes.unwrap();
    story.clock.pass(SignedDuration::from_secs(1));
    story.issue(&li, "i-7", 3, "k-2").await.unwrap();
    story.issue(&wang, "i-8", 1, "k-3").await.unwrap();
    story.clock.pass(SignedDuration::from_secs(1));
    let grant = GrantCode { asker: li.clone(), code: Which::Id(issued[0].id), to: "acc-8".to_owned() };
    story.desk.grant_code(grant, None).await.unwrap();
    story.clock.pass(SignedDuration::from_secs(1));
    let release = ReleaseCode {
        operator: Operator::parse("wei").unwrap(),
        code: Which::Id(issued[1].id),
        reason: "made by mistake".to_owned(),
    };
    story.desk.release_code(release, key("k-4")).await.unwrap();
    li
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_told_alike_while_entries_wait_once_they_are_placed_and_once_they_are_indexed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        eventful(&story).await;
        let expected = ["code.released", "code.granted", "code.refused", "code.issued"];
        let seen = async || instance(&story, &zhao, "i-7", None).await.entries;
        let ids = |seen: &EntriesSeen| seen.entries.iter().map(|entry| entry.id).collect::<Vec<_>>();
        let waiting = seen().await;
        assert_eq!(kinds(&waiting), expected, "{engine:?}");
        assert!(waiting.entries.iter().all(|entry| entry.place.is_none()) && !waiting.more, "{engine:?}");
        story.desk.sequence_ledger(story.desk.now()).await.unwrap();
        let placed = seen().await;
        assert_eq!(ids(&placed), ids(&waiting), "{engine:?}");
        assert!(placed.entries.iter().all(|entry| entry.place.is_some()), "{engine:?}");
        assert!(story.desk.index_mentions().await.unwrap() >= 5, "{engine:?}");
        assert_eq!(story.desk.index_mentions().await.unwrap(), 0, "{engine:?}");
        assert_eq!(seen().await, placed, "{engine:?}");
        // What is indexed is read from the index alone.
        story.say("DELETE FROM entry_mentions", vec![]).await;
        assert!(seen().await.entries.is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_index_the_ledger_at_once_and_write_each_mention_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        eventful(&story).await;
        story.desk.sequence_ledger(story.desk.now()).await.unwrap();
        let other = story.another_process().await;
        let (one, two) = tokio::join!(story.desk.index_mentions(), other.index_mentions());
        assert!(one.is_ok() && two.is_ok(), "{engine:?} {one:?} {two:?}");
        let (size,) =
            story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ledger_entries").await[0];
        let upto = story.look::<(i64,)>("SELECT place FROM entry_mentions_upto").await[0].0;
        assert_eq!(upto, size, "{engine:?}");
        assert_eq!(instance(&story, &zhao, "i-7", None).await.entries.entries.len(), 4, "{engine:?}");
    }
}
