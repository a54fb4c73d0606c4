//! A dry run against both editions decided one by one, and what it tells of a change that everybody can follow.

use crate::desk::{NOW, aliyun, at, edition, good};
use crate::wild::{Question, question};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use rulebook::{Billing, Code, DryRun, Edition, Effect, Facts, Rulebook, Tally, Verdict, decide};
use std::{cell::RefCell, collections::BTreeMap};

/// What a dry run should come to, told as plainly as can be.
#[derive(Default, PartialEq, Debug)]
struct Plain {
    effects: BTreeMap<Effect, u64>,
    verdicts: BTreeMap<(&'static str, &'static str), u64>,
    gained: BTreeMap<Code, u64>,
    lost: BTreeMap<Code, u64>,
}

impl Plain {
    fn count(&mut self, before: &Edition, after: &Edition, question: &Question) -> Effect {
        let old = decide(before, &question.facts, question.at, question.asker);
        let new = decide(after, &question.facts, question.at, question.asker);
        let told = |decision: &rulebook::Decision<'_>| {
            decision.findings().map(|finding| (finding.code, format!("{:?}", finding.remedy))).collect()
        };
        let (old_told, new_told): (Vec<_>, Vec<_>) = (told(&old), told(&new));
        // Figures aside: of remedies only the fact that is asked for counts.
        let reasons = |told: &[(Code, String)]| {
            let reason = |(code, remedy): &(Code, String)| {
                (*code, if *code == Code::UnknownFact { remedy.clone() } else { String::new() })
            };
            told.iter().map(reason).collect::<Vec<_>>()
        };
        let way = |decision: &rulebook::Decision<'_>| {
            decision.row().map(|row| (row.verified_by.value, row.code_made.value))
        };
        let eligible = (old.verdict() == Verdict::Eligible, new.verdict() == Verdict::Eligible);
        let effect = match eligible {
            (false, true) => Effect::Gains,
            (true, false) => Effect::Loses,
            _ if old.verdict() != new.verdict() => Effect::OtherVerdict,
            _ if way(&old) != way(&new) => Effect::OtherWay,
            _ if reasons(&old_told) != reasons(&new_told) => Effect::OtherReasons,
            _ => Effect::Same,
        };
        *self.effects.entry(effect).or_default() += 1;
        *self.verdicts.entry((old.verdict().word(), new.verdict().word())).or_default() += 1;
        for code in Code::ALL {
            match effect {
                Effect::Gains if old.has(code) => *self.gained.entry(code).or_default() += 1,
                Effect::Loses if new.has(code) => *self.lost.entry(code).or_default() += 1,
                _ => {}
            }
        }
        effect
    }

    fn of(tally: &Tally) -> Self {
        let counted = |counts: BTreeMap<_, u64>| counts.into_iter().filter(|(_, n)| *n > 0).collect();
        let pairs = Verdict::ALL.into_iter().flat_map(|a| Verdict::ALL.map(|b| (a, b)));
        Self {
            effects: Effect::ALL.map(|e| (e, tally.of(e))).into_iter().filter(|(_, n)| *n > 0).collect(),
            verdicts: pairs
                .map(|(a, b)| ((a.word(), b.word()), tally.verdicts(a, b)))
                .filter(|(_, n)| *n > 0)
                .collect(),
            gained: counted(Code::ALL.map(|code| (code, tally.gained_by(code))).into()),
            lost: counted(Code::ALL.map(|code| (code, tally.lost_by(code))).into()),
        }
    }
}

#[test]
fn a_dry_run_counts_what_deciding_under_both_editions_finds() {
    let seen: RefCell<BTreeMap<Effect, u32>> = RefCell::default();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(1_500) });
    let editions = crate::wild::editions();
    let strategy = (select(editions.clone()), select(editions), vec(question(), 1..20));
    let outcome = runner.run(&strategy, |(before, after, mut questions)| {
        let at = questions[0].at;
        let mut run = DryRun::new(before, after, at);
        let mut total = Plain::default();
        let mut by_product: BTreeMap<Option<String>, Plain> = BTreeMap::new();
        for question in &mut questions {
            question.at = at;
            let shift = run.hold(&question.facts, question.asker);
            let product = &question.facts.product;
            let known = before.row(product).is_some() || after.row(product).is_some();
            let line = by_product.entry(known.then(|| product.clone())).or_default();
            prop_assert_eq!(shift.effect(), line.count(before, after, question), "{:?}", question);
            total.count(before, after, question);
            *seen.borrow_mut().entry(shift.effect()).or_default() += 1;
        }
        prop_assert_eq!(Plain::of(&run.total()), total);
        prop_assert_eq!(run.total().held(), questions.len() as u64);
        let told: BTreeMap<_, _> = run
            .by_product()
            .filter(|(_, tally)| tally.held() > 0)
            .map(|(product, tally)| (product.map(str::to_owned), Plain::of(tally)))
            .collect();
        prop_assert_eq!(told, by_product);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    println!("{seen:?}");
    for effect in Effect::ALL {
        let times = seen.get(&effect).copied().unwrap_or_default();
        assert!(times >= 50, "{effect:?} was seen {times} times only");
    }
}

#[test]
fn an_instance_of_which_too_little_remains_gains_when_only_the_purchased_term_counts() {
    let mut run = DryRun::new(edition("2020-01-01"), edition("2020-10-16"), at(NOW));
    let mut facts = good("ecs");
    facts.expires_at = Some(at("2021-01-15T12:00:00+08:00"));
    let shift = run.hold(&facts, None);
    assert_eq!(shift.effect(), Effect::Gains);
    assert_eq!(shift.gone().iter().collect::<Vec<_>>(), [Code::RemainingTermShort]);
    let total = run.total();
    assert_eq!((total.of(Effect::Gains), total.gained_by(Code::RemainingTermShort)), (1, 1));
    assert_eq!(total.verdicts(Verdict::Ineligible, Verdict::Eligible), 1);
}

#[test]
fn a_draft_that_asks_a_subscription_takes_from_those_who_pay_as_they_go() {
    let mut run = DryRun::new(edition("2019-05-09"), edition("2020-01-01"), at(NOW));
    let mut facts = good("web-hosting");
    facts.billing = Some(Billing::PayAsYouGo);
    assert_eq!(run.hold(&facts, None).effect(), Effect::Loses);
    let (product, tally) = run.by_product().find(|(_, tally)| tally.held() > 0).unwrap();
    assert_eq!((product, tally.lost_by(Code::PayAsYouGo)), (Some("web-hosting"), 1));
    assert_eq!(tally.lost_by(Code::PurchasedTermShort), 0);
}

#[test]
fn a_draft_whose_codes_come_from_elsewhere_is_another_way_to_the_same_verdict() {
    let text = rulebook::ALIYUN.replace("code_made = \"on-purchase\"", "code_made = \"on-request\"");
    let draft = Rulebook::parse(&text).unwrap();
    let mut run = DryRun::new(edition("2020-10-16"), draft.edition("2020-10-16").unwrap(), at(NOW));
    let shift = run.hold(&good("site-builder"), None);
    assert_eq!((shift.before.verified_by, shift.before.codes), (shift.after.verified_by, shift.after.codes));
    assert_eq!(shift.effect(), Effect::OtherWay);
}

#[test]
fn what_was_found_before_is_not_told_as_added_nor_what_is_found_still_as_gone() {
    let mut run = DryRun::new(edition("2019-05-09"), edition("2020-01-01"), at(NOW));
    let mut facts = good("web-hosting");
    (facts.billing, facts.account) = (Some(Billing::PayAsYouGo), Some("acc-7".into()));
    let shift = run.hold(&facts, Some("acc-8"));
    assert!(shift.before.codes.iter().eq([Code::OtherAccount]));
    assert_eq!(shift.added().iter().collect::<Vec<_>>(), [Code::PayAsYouGo]);
    assert_eq!(shift.gone().iter().count(), 0);
}

#[test]
fn a_draft_read_from_a_file_of_its_own_has_its_own_regions() {
    let text = rulebook::ALIYUN.replace("\"cn-hongkong\", ", "").replace("\"cn-hongkong-*\",", "");
    let draft = Rulebook::parse(&text).unwrap();
    let mut run = DryRun::new(edition("2020-10-16"), draft.edition("2020-10-16").unwrap(), at(NOW));
    let mut facts = good("ecs");
    facts.region = Some("cn-hongkong".into());
    let shift = run.hold(&facts, None);
    assert_eq!((shift.before.verdict, shift.after.verdict), (Verdict::NotRequired, Verdict::Eligible));
}

#[test]
fn products_are_told_in_the_order_of_the_draft_and_those_it_drops_after_them() {
    let book = aliyun();
    let run = DryRun::new(book.edition("2020-10-16").unwrap(), book.edition("2018-05-21").unwrap(), at(NOW));
    let told: Vec<_> = run.by_product().map(|(product, _)| product).collect();
    let draft = edition("2018-05-21").rows().len();
    assert_eq!(told[..draft].iter().flatten().count(), draft);
    assert!(told[draft..].contains(&Some("iot-package")));
    assert_eq!(told.last(), Some(&None));
}

#[test]
fn codes_serve_whatever_is_unknown_or_used_up_and_not_where_the_instance_may_back_nothing() {
    let stand = |product: &str, spoil: fn(&mut Facts)| {
        let mut facts = good(product);
        spoil(&mut facts);
        let mut run = DryRun::new(edition("2020-10-16"), edition("2020-10-16"), at(NOW));
        run.hold(&facts, None).before.serves_codes()
    };
    assert!(stand("ecs", |_| ()));
    assert!(stand("ecs", |facts| facts.codes_issued = 5), "each code has its place in the quota");
    assert!(stand("ecs", |facts| facts.billing = None), "what is unknown stands in nobody's way");
    assert!(!stand("ecs", |facts| {
        facts.codes_issued = 5;
        facts.billing = Some(Billing::PayAsYouGo);
    }));
    assert!(!stand("ecs", |facts| facts.region = Some("cn-hongkong".into())), "nothing is to be filed");
    assert!(!stand("shop", |_| ()), "another system files it");
}
