//! Publishing by two people, each story on both engines: one proposes a draft, another agrees, and every process follows.

use crate::{Story, codes, filers::operator, key};
use app::{
    DeskError, Failure, Operator, Told,
    rulebooks::{
        Broken, PublishError, PublishRulebook,
        proposed::{
            AgreeToRulebook, AgreeToRulebookFault, AgreedRulebook, DeclineRulebook, DeclineRulebookFault,
            MOST_OPEN, ProposeRulebook, ProposeRulebookFault, ProposedRulebook, RulebookProposalId, Stale,
        },
    },
    two_people::{HeldFault, Outcome},
};
use jiff::SignedDuration;
use ledger::{EntryRef, IdRef};
use rulebook::ALIYUN;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use store::{CommitHook, Fate, Point};
use testbed::{ENGINES, Engine};

/// Somebody else than [`operator`].
fn second() -> Operator {
    Operator::parse("zheng").unwrap()
}

/// The rulebook with one edition more, of that day.
fn with_edition(day: &str) -> String {
    format!(
        "{ALIYUN}\n[[editions]]\nid = \"{day}\"\neffective = {day}\nbased_on = \"2020-10-16\"\nsource = [\"000\"]\n\
         [editions.products.ecs]\nsource = [\"000\"]\nquota = {{ codes = 7, per = \"instance\" }}\n"
    )
}

/// What an entry of the ledger says: its kind, who did it, and its ids in text.
#[derive(Debug, PartialEq, Eq)]
struct Said(String, String, Vec<(String, String)>);

impl Story {
    async fn propose_text(
        &self,
        text: &str,
        key_text: &str,
    ) -> Result<Told<ProposedRulebook>, Failure<ProposeRulebookFault>> {
        let ask = ProposeRulebook { by: operator(), text: text.as_bytes().to_vec() };
        self.desk.propose_rulebook(ask, Some(key(key_text))).await
    }

    async fn proposed(&self, text: &str, key_text: &str) -> RulebookProposalId {
        self.propose_text(text, key_text).await.unwrap().answer.proposal
    }

    async fn agree_to_draft(
        &self,
        by: Operator,
        proposal: RulebookProposalId,
        key_text: &str,
    ) -> Result<Told<AgreedRulebook>, Failure<AgreeToRulebookFault>> {
        self.desk.agree_to_rulebook(AgreeToRulebook { by, proposal }, key(key_text)).await
    }

    async fn decline_draft(
        &self,
        by: Operator,
        proposal: RulebookProposalId,
        reason: &str,
        key_text: &str,
    ) -> Result<(), Failure<DeclineRulebookFault>> {
        let ask = DeclineRulebook { by, proposal, reason: reason.to_owned() };
        self.desk.decline_rulebook(ask, key(key_text)).await.map(drop)
    }

    /// Whoever has the machine publishes that.
    async fn published_alone(&self, text: &str) {
        let publish =
            PublishRulebook { text: text.as_bytes().to_vec(), operator: operator(), dry_run: false };
        self.desk.publish_rulebook(publish).await.unwrap();
    }

    async fn in_force(&self) -> Vec<u8> {
        self.desk.rulebook_text().await.unwrap().text
    }

    /// What the ledger says of rulebooks, the oldest first.
    async fn said_of_rulebooks(&self) -> Vec<Said> {
        let rows = self.look::<(Vec<u8>,)>("SELECT bytes FROM ledger_entries ORDER BY at, id").await;
        let said = rows.iter().filter_map(|(bytes,)| {
            let entry = EntryRef::decode(bytes).unwrap();
            let text = |id: &IdRef<'_>| match id {
                IdRef::Text(text) => Some((*text).to_owned()),
                IdRef::Bytes(_) => None,
            };
            let ids = ["proposed_by", "edition"].into_iter().flat_map(|name| {
                let named: Vec<_> = entry.ids.named(name).filter_map(|id| text(&id)).collect();
                named.into_iter().map(move |id| (name.to_owned(), id))
            });
            let kind = entry.kind.starts_with("rulebook.").then(|| entry.kind.to_owned())?;
            Some(Said(kind, text(&entry.actor.id).unwrap_or_default(), ids.collect()))
        });
        said.collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_publish_a_draft_and_every_process_follows() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let other =
            if engine == Engine::Postgres { story.another_process().await } else { story.desk.clone() };
        let text = with_edition("2020-10-31");
        let proposed = story.propose_text(&text, "k-1").await.unwrap();
        let again = story.propose_text(&text, "k-1").await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &proposed.answer), "{engine:?}");
        let id = proposed.answer.proposal;
        assert_eq!(story.in_force().await, ALIYUN.as_bytes(), "{engine:?}: nothing is published yet");
        let waiting = story.desk.open_rulebook_proposals(None, 10).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].id, &*waiting[0].proposed_by), (1, id, "wu"), "{engine:?}");
        let seen = story.desk.rulebook_proposal(id).await.unwrap();
        assert_eq!((seen.text, seen.decided.is_none()), (text.clone().into_bytes(), true), "{engine:?}");
        assert!(seen.stale.is_none() && seen.draft.is_some(), "{engine:?}");
        let before = other.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        assert_eq!(before.answer.question.edition().id, "2020-10-16", "{engine:?}");
        let agreed = story.agree_to_draft(second(), id, "k-3").await.unwrap();
        assert_eq!(agreed.answer.added, [("2020-10-31".to_owned(), "2020-10-31".parse().unwrap())]);
        let after = other.issue_codes(codes(&li, "i-7", 1), key("k-4")).await.unwrap();
        assert_eq!(after.answer.question.edition().id, "2020-10-31", "{engine:?}");
        assert_eq!(story.in_force().await, text.into_bytes(), "{engine:?}");
        let again = story.agree_to_draft(second(), id, "k-3").await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &agreed.answer), "{engine:?}: the same key");
        let of = |kind: &str, who: &str, ids: &[(&str, &str)]| {
            let ids = ids.iter().map(|(name, id)| ((*name).to_owned(), (*id).to_owned())).collect();
            Said(format!("rulebook.{kind}"), who.to_owned(), ids)
        };
        let mut said = story.said_of_rulebooks().await;
        said.sort_by_key(|Said(kind, ..)| kind != "rulebook.proposed");
        said[1..].sort_by_key(|Said(kind, ..)| kind.clone());
        let published = of("published", "zheng", &[("proposed_by", "wu"), ("edition", "2020-10-31")]);
        assert_eq!(said, [of("proposed", "wu", &[]), of("agreed", "zheng", &[]), published], "{engine:?}");
        assert!(story.desk.open_rulebook_proposals(None, 10).await.unwrap().is_empty(), "{engine:?}");
        let decided = story.desk.rulebook_proposal(id).await.unwrap().decided.unwrap();
        assert_eq!((decided.outcome, &*decided.by), (Outcome::Agreed, "zheng"), "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_publishes_his_own_draft_and_the_database_holds_it_too() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let id = story.proposed(&with_edition("2020-10-31"), "k-1").await;
        let own = story.agree_to_draft(operator(), id, "k-2").await.unwrap_err();
        assert!(matches!(own, Failure::Because(AgreeToRulebookFault::OwnProposal)), "{engine:?} {own}");
        assert_eq!(story.in_force().await, ALIYUN.as_bytes(), "{engine:?}");
        assert_eq!(story.said_of_rulebooks().await.len(), 1, "{engine:?}: no more than that it was proposed");
        let past = "UPDATE rulebook_proposals SET state = 'agreed', decided_by = proposed_by, decided_at = 1";
        assert!(story.tries(past).await.is_err(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_agree_at_once_one_publishes() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let other = story.another_process().await;
        for (round, day) in ["2020-10-31", "2020-11-01"].into_iter().enumerate() {
            let text = if round == 0 {
                with_edition(day)
            } else {
                format!("{}# {day}\n", String::from_utf8(story.in_force().await).unwrap())
            };
            let id = story.proposed(&text, &format!("k-{round}")).await;
            let ask = AgreeToRulebook { by: Operator::parse("sun").unwrap(), proposal: id };
            let (one, two) = (format!("k-{round}-one"), format!("k-{round}-two"));
            let (one, two) = tokio::join!(
                story.agree_to_draft(second(), id, &one),
                other.agree_to_rulebook(ask, key(&two)),
            );
            assert!(one.is_ok() != two.is_ok(), "{engine:?} {one:?} {two:?}");
            let late = one.err().or(two.err()).unwrap();
            let held = matches!(
                late,
                Failure::Because(AgreeToRulebookFault::Held(HeldFault::Decided {
                    outcome: Outcome::Agreed,
                    himself: false,
                    ..
                }))
            );
            assert!(held, "{engine:?} {late}");
            let said = story.said_of_rulebooks().await;
            let published = said.iter().filter(|Said(kind, ..)| kind == "rulebook.published").count();
            assert_eq!(published, round + 1, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_declined_for_a_reason_or_taken_back_without_one() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let text = with_edition("2020-10-31");
        let id = story.proposed(&text, "k-1").await;
        let why = story.decline_draft(second(), id, "  ", "k-2").await.unwrap_err();
        assert!(matches!(why, Failure::Because(DeclineRulebookFault::NoReason)), "{engine:?} {why}");
        let long = story.decline_draft(second(), id, &"长".repeat(501), "k-2").await.unwrap_err();
        assert!(matches!(long, Failure::Because(DeclineRulebookFault::Reason)), "{engine:?} {long}");
        story.decline_draft(second(), id, " 日期不对 ", "k-3").await.unwrap();
        story.decline_draft(second(), id, "日期不对", "k-3").await.unwrap();
        let decided = story.desk.rulebook_proposal(id).await.unwrap().decided.unwrap();
        assert_eq!(
            (decided.outcome, &*decided.by, decided.reason.as_deref()),
            (Outcome::Declined, "zheng", Some("日期不对")),
            "{engine:?}"
        );
        let late = story.agree_to_draft(second(), id, "k-4").await.unwrap_err();
        let held = matches!(late, Failure::Because(AgreeToRulebookFault::Held(HeldFault::Decided { .. })));
        assert!(held, "{engine:?} {late}");
        story.clock.pass(SignedDuration::from_secs(1));
        let again = story.proposed(&text, "k-5").await;
        story.decline_draft(operator(), again, "", "k-6").await.unwrap();
        let back = story.decline_draft(second(), again, "x", "k-7").await.unwrap_err();
        let Failure::Because(DeclineRulebookFault::Held(HeldFault::Decided { himself, .. })) = back else {
            panic!("{engine:?} {back}")
        };
        assert!(himself, "{engine:?}: he took it back");
        let kinds: Vec<_> = story.said_of_rulebooks().await.into_iter().map(|Said(kind, ..)| kind).collect();
        let (proposed, declined) = ("rulebook.proposed", "rulebook.declined");
        assert_eq!(kinds, [proposed, declined, proposed, declined], "{engine:?}");
        assert_eq!(story.in_force().await, ALIYUN.as_bytes(), "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_refused_for_whatever_publishing_refuses() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let unreadable = story.propose_text("id = 7", "k-1").await.unwrap_err();
        let Failure::Because(ProposeRulebookFault::Publish(PublishError::Faulty(faults))) = unreadable else {
            panic!("{engine:?} {unreadable}")
        };
        assert!(faults.0.len() > 1, "{engine:?}: all of them");
        let changed = ALIYUN.replacen("codes = 5", "codes = 6", 1);
        let contradicts = story.propose_text(&changed, "k-2").await.unwrap_err();
        let Failure::Because(ProposeRulebookFault::Publish(PublishError::Breaks(broken))) = contradicts
        else {
            panic!("{engine:?} {contradicts}")
        };
        assert!(broken.iter().all(|broken| matches!(broken, Broken::Changed { .. })), "{engine:?}");
        let same = story.propose_text(ALIYUN, "k-3").await.unwrap_err();
        assert!(matches!(same, Failure::Because(ProposeRulebookFault::InForce)), "{engine:?} {same}");
        let text = with_edition("2020-10-31");
        let id = story.proposed(&text, "k-4").await;
        let twice = story.propose_text(&text, "k-5").await.unwrap_err();
        let Failure::Because(ProposeRulebookFault::ProposedAlready { proposal, by }) = twice else {
            panic!("{engine:?} {twice}")
        };
        assert_eq!((proposal, &*by), (id, "wu"), "{engine:?}");
        let used = story.propose_text(&with_edition("2020-11-03"), "k-4").await.unwrap_err();
        assert!(matches!(used, Failure::KeyUsed), "{engine:?} {used}");
    }
}

/// Why nobody can agree any more, as it is told to whoever looks and to whoever agrees.
async fn stale(story: &Story, id: RulebookProposalId, key_text: &str) -> Stale {
    let seen = story.desk.rulebook_proposal(id).await.unwrap().stale.unwrap();
    let told = story.agree_to_draft(second(), id, key_text).await.unwrap_err();
    let Failure::Because(AgreeToRulebookFault::Stale(told)) = told else { panic!("{told}") };
    assert_eq!(seen.to_string(), told.to_string());
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_published_meanwhile_stops_a_draft() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let text = with_edition("2020-10-31");
        let id = story.proposed(&text, "k-1").await;
        story.published_alone(&format!("{ALIYUN}\n# a note\n")).await;
        let why = stale(&story, id, "k-2").await;
        assert!(matches!(why, Stale::Meanwhile), "{engine:?} {why}");
        story.published_alone(&with_edition("2020-10-30")).await;
        let Stale::Publish(PublishError::Breaks(broken)) = stale(&story, id, "k-3").await else {
            panic!("{engine:?}")
        };
        let missing = matches!(&broken[..], [Broken::Missing(edition)] if edition.id == "2020-10-30");
        assert!(missing, "{engine:?} {broken:?}");
        assert_eq!(story.in_force().await, with_edition("2020-10-30").into_bytes(), "{engine:?}");
        story.decline_draft(operator(), id, "", "k-4").await.unwrap();
        assert!(story.desk.rulebook_proposal(id).await.unwrap().stale.is_none(), "{engine:?}: it is over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_whose_day_has_come_is_proposed_anew() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let text = with_edition("2020-11-04");
        let id = story.proposed(&text, "k-1").await;
        // 23:00 on the third in Shanghai.
        story.clock.pass(SignedDuration::from_hours(2 * 24 + 14));
        assert!(story.desk.rulebook_proposal(id).await.unwrap().stale.is_none(), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(1));
        let Stale::DayCame { edition, .. } = stale(&story, id, "k-2").await else { panic!("{engine:?}") };
        assert_eq!(edition, "2020-11-04", "{engine:?}");
        story.decline_draft(operator(), id, "", "k-3").await.unwrap();
        let anew = story.proposed(&text, "k-4").await;
        story.agree_to_draft(second(), anew, "k-5").await.unwrap();
        assert_eq!(story.in_force().await, text.into_bytes(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_went_bad_is_not_published() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let id = story.proposed(&with_edition("2020-10-31"), "k-1").await;
        let text = "UPDATE rulebook_proposals SET text = $1";
        story.say(text, vec![Box::new(b"id = 7".to_vec())]).await;
        let why = stale(&story, id, "k-2").await;
        assert!(matches!(why, Stale::Publish(PublishError::Faulty(_))), "{engine:?} {why}");
        story.say(text, vec![Box::new(with_edition("2020-10-30").into_bytes())]).await;
        let other = story.agree_to_draft(second(), id, "k-3").await.unwrap_err();
        assert!(matches!(other, Failure::Desk(DeskError::Damaged(_))), "{engine:?} {other}");
        assert_eq!(story.in_force().await, ALIYUN.as_bytes(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_whose_commit_fails_is_made_once_under_its_key() {
    for engine in ENGINES {
        let fails = Arc::new(AtomicBool::new(false));
        let next = Arc::clone(&fails);
        let hook = CommitHook::new(move |_, point| {
            if point == Point::Before && next.swap(false, Ordering::SeqCst) {
                Fate::Fail
            } else {
                Fate::Proceed
            }
        });
        let story = Story::with(engine, hook).await;
        let text = with_edition("2020-10-31");
        let id = story.proposed(&text, "k-1").await;
        fails.store(true, Ordering::SeqCst);
        let failed = story.agree_to_draft(second(), id, "k-2").await;
        assert!(!fails.load(Ordering::SeqCst), "{engine:?}: it met the failure");
        let told = story.agree_to_draft(second(), id, "k-2").await.unwrap();
        assert_eq!(told.before, failed.is_ok(), "{engine:?} {failed:?}");
        assert_eq!(story.in_force().await, text.into_bytes(), "{engine:?}");
        let said = story.said_of_rulebooks().await;
        assert_eq!(said.len(), 3, "{engine:?} {said:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_drafts_wait_at_once_and_no_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let text = |nth: i64| format!("{ALIYUN}\n# draft {nth}\n");
        let mut first = None;
        for nth in 0..MOST_OPEN {
            first =
                Some(story.proposed(&text(nth), &format!("k-{nth}")).await).filter(|_| nth == 0).or(first);
        }
        let refused = story.propose_text(&text(MOST_OPEN), "k-more").await;
        let too_many = |fault: &ProposeRulebookFault| matches!(fault, ProposeRulebookFault::TooMany);
        assert!(matches!(&refused, Err(Failure::Because(fault)) if too_many(fault)), "{engine:?}");
        story.decline_draft(second(), first.unwrap(), "not this one", "k-decline").await.unwrap();
        story.proposed(&text(MOST_OPEN), "k-again").await;
    }
}
