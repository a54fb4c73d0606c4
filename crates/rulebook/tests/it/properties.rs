//! What holds for any instance: remedies cure, renewals harm nothing, a batch is its items, ignorance only takes away.

use crate::desk::{EXAMPLE_HOST, SHANGHAI};
use crate::wild::{Question, add_months, instant, known_question, question, wild_question};
use jiff::Timestamp;
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use rulebook::{
    Billing, Case, Code, Condition, Decision, Edition, Fact, FactSet, Facts, Fen, Finding, Lang, Moment,
    Remedy, Row, Scope, Verdict, decide,
};

use std::{cell::RefCell, collections::BTreeMap};

const CASES: u32 = 2_000;

fn decision(question: &Question) -> Decision<'_> {
    decide(question.edition, &question.facts, question.at, question.asker)
}

fn later(at: Timestamp, months: u32) -> Timestamp {
    let at = at.to_zoned(SHANGHAI);
    instant(add_months(at.date(), months).unwrap(), at.time())
}

/// What the remedies that end in a purchase ask of the new instance.
#[derive(Default)]
struct Wish {
    months: u32,
    amount: i64,
}

/// A new instance of `row`, bought now by a customer who read what the row asks and what the remedies wish.
fn bought(row: &Row, wish: &Wish, now: Timestamp, facts: &Facts) -> Facts {
    let mut new = Facts {
        id: "i-new".into(),
        product: row.product.clone(),
        account: facts.account.clone(),
        region: facts.region.clone(),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(0),
        public_ips: Some(vec![]),
        purchased_at: Some(now),
        expires_at: None,
        first_purchase_months: None,
        first_order_amount: None,
        codes_issued: 0,
        derived: FactSet::EMPTY,
    };
    let (mut months, mut amount) = (wish.months.max(1), wish.amount);
    for stated in &row.conditions {
        match stated.value {
            Condition::PublicBandwidth => new.public_bandwidth_mbps = Some(1),
            Condition::PublicIp => new.public_ips = Some(vec!["47.96.0.1".parse().unwrap()]),
            Condition::PurchasedMonths(n) | Condition::RemainingMonths(n) => months = months.max(n.get()),
            Condition::FirstPurchaseMonths(n) if wish.months == 0 => months = months.max(n.get()),
            Condition::OrderAmount(least) if wish.amount == 0 => amount = least.get(),
            // In the same account the quota of an account is as used as before.
            Condition::Quota(quota) if quota.per == Scope::Account && row.product == facts.product => {
                new.codes_issued = facts.codes_issued;
            }
            _ => {}
        }
    }
    new.expires_at = Some(later(now, months));
    new.first_purchase_months = Some(months);
    new.first_order_amount = Some(Fen::new(amount));
    new
}

/// The questions that a customer has after doing what every remedy of an ineligible instance says.
fn cured(question: &Question, decision: &Decision<'_>) -> Vec<Question> {
    let mut facts = question.facts.clone();
    let mut asker = question.asker;
    let mut wish = None::<Wish>;
    let mut rows: Vec<&Row> = Vec::new();
    let mut another_account = false;
    for Finding { code, remedy, .. } in decision.findings() {
        match remedy {
            Remedy::SignInAsPurchaser => asker = question.asker.map(|_| "acc-7"),
            Remedy::ConvertToSubscription { months } => {
                facts.billing = Some(Billing::Subscription);
                facts.purchased_at = Some(question.at);
                facts.expires_at = Some(later(question.at, months));
            }
            Remedy::AddPublicBandwidth if code == Code::NoPublicIp => {
                facts.public_ips = Some(vec!["47.96.0.1".parse().unwrap()]);
            }
            Remedy::AddPublicBandwidth => facts.public_bandwidth_mbps = Some(1),
            Remedy::Renew { until, .. } => facts.expires_at = until,
            Remedy::Buy { products, months, amount } => {
                let wish = wish.get_or_insert_default();
                wish.months = wish.months.max(months.unwrap_or(0));
                wish.amount = wish.amount.max(amount.map_or(0, Fen::get));
                rows = products.rows().collect();
            }
            Remedy::UseAnotherAccount { product } => {
                wish.get_or_insert_default();
                another_account = true;
                rows = question.edition.rows().iter().filter(|row| row.product == product).collect();
            }
            Remedy::NoneNeeded | Remedy::FileAt { .. } | Remedy::ProvideFact { .. } => {
                panic!("{code} does not stand in the way of anything")
            }
        }
    }
    let Some(wish) = wish else { return vec![Question { facts, asker, ..question.clone() }] };
    let new = |row: &Row| {
        let mut new = bought(row, &wish, question.at, &question.facts);
        if another_account {
            new.account = Some("acc-9".into());
            new.codes_issued = 0;
            return Question { facts: new, asker: question.asker.map(|_| "acc-9"), ..question.clone() };
        }
        Question { facts: new, asker, ..question.clone() }
    };
    rows.into_iter().map(new).collect()
}

fn blocking(decision: &Decision<'_>) -> Vec<Code> {
    decision.findings().filter(|finding| finding.blocking).map(|finding| finding.code).collect()
}

/// A fact of an instance, forgotten.
fn without(facts: &Facts, fact: Fact) -> Facts {
    let mut facts = facts.clone();
    match fact {
        Fact::Account => facts.account = None,
        Fact::Region => facts.region = None,
        Fact::Billing => facts.billing = None,
        Fact::PublicBandwidth => facts.public_bandwidth_mbps = None,
        Fact::PublicIps => facts.public_ips = None,
        Fact::PurchasedAt => facts.purchased_at = None,
        Fact::ExpiresAt => facts.expires_at = None,
        Fact::FirstPurchaseMonths => facts.first_purchase_months = None,
        Fact::FirstOrderAmount => facts.first_order_amount = None,
        Fact::CodesIssued => facts.codes_issued = 0,
    }
    facts
}

/// Whether a finding of `code` looks at `fact`.
fn looks_at(code: Code, fact: Fact) -> bool {
    match code {
        Code::ProductNotFileable | Code::FiledElsewhere | Code::UnknownFact => false,
        Code::OtherAccount => fact == Fact::Account,
        Code::OutsideMainland => fact == Fact::Region,
        Code::PayAsYouGo => fact == Fact::Billing,
        Code::NoPublicBandwidth => fact == Fact::PublicBandwidth,
        Code::NoPublicIp => fact == Fact::PublicIps,
        // Every renewal of a decision counts the purchased term in.
        Code::PurchasedTermShort | Code::RemainingTermShort | Code::Expired => {
            matches!(fact, Fact::PurchasedAt | Fact::ExpiresAt)
        }
        Code::FirstPurchaseShort => fact == Fact::FirstPurchaseMonths,
        Code::OrderAmountLow => fact == Fact::FirstOrderAmount,
        Code::QuotaExhausted => fact == Fact::CodesIssued,
    }
}

fn line(decision: &Decision<'_>) -> String {
    serde_json::to_string(&decision.report(Lang::En)).unwrap()
}

proptest! {
    #![proptest_config(Config::with_cases(CASES))]

    #[test]
    fn the_months_and_the_day_of_a_renewal_say_the_same(question in question()) {
        for finding in decision(&question).findings() {
            if let Remedy::Renew { months, until } = finding.remedy {
                prop_assert_eq!(until, question.facts.expires_at.map(|old| later(old, months)));
            }
        }
    }

    #[test]
    fn one_month_less_than_a_renewal_says_does_not_make_an_instance_eligible(question in known_question()) {
        let before = decision(&question);
        let renewal = before.findings().find_map(|finding| match finding.remedy {
            Remedy::Renew { months, .. } => Some(months),
            _ => None,
        });
        if let Some(months) = renewal {
            let mut short = question.clone();
            short.facts.expires_at = question.facts.expires_at.map(|old| later(old, months - 1));
            prop_assert_eq!(decision(&short).verdict(), Verdict::Ineligible);
        }
    }

    #[test]
    fn a_renewal_never_makes_an_instance_worse(question in question(), months in 1u32..40) {
        let before = blocking(&decision(&question));
        let mut renewed = question.clone();
        renewed.facts.expires_at = question.facts.expires_at.map(|old| later(old, months));
        for code in blocking(&decision(&renewed)) {
            // What has expired is not also told to have nothing left: revived, it may still be short.
            let told = before.contains(&code)
                || (code == Code::RemainingTermShort && before.contains(&Code::Expired));
            prop_assert!(told, "{code} is new");
        }
    }

    #[test]
    fn an_item_of_a_batch_is_decided_as_it_is_alone(
        items in proptest::collection::vec(question(), 1..8),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 1..24),
    ) {
        let (edition, at, asker) = (items[0].edition, items[0].at, items[0].asker);
        let moment = Moment::new(at);
        let mut reused = Facts::default();
        for pick in order {
            let facts = &pick.get(&items).facts;
            reused.clear();
            reused.clone_from(facts);
            let in_batch = Case::new(edition, &reused, &moment, asker).judge();
            prop_assert_eq!(line(&in_batch), line(&decide(edition, facts, at, asker)));
            prop_assert!(std::ptr::eq(in_batch.edition(), edition));
        }
    }

    #[test]
    fn forgetting_a_fact_changes_no_finding_that_does_not_look_at_it(
        question in known_question(),
        fact in select(Fact::ALL.to_vec()),
    ) {
        let mut forgetful = question.clone();
        forgetful.facts = without(&question.facts, fact);
        // Unknown billing counts as a subscription, so the terms come into view.
        let terms = [Code::PurchasedTermShort, Code::RemainingTermShort, Code::Expired];
        let unveiled = fact == Fact::Billing && question.facts.billing == Some(Billing::PayAsYouGo);
        let (before, after) = (decision(&question), decision(&forgetful));
        let kept = |finding: &Finding<'_>| {
            !looks_at(finding.code, fact)
                && finding.code != Code::UnknownFact
                && !(unveiled && terms.contains(&finding.code))
        };
        let before_kept: Vec<_> = before.findings().filter(kept).collect();
        let after_kept: Vec<_> = after.findings().filter(kept).collect();
        prop_assert_eq!(before_kept, after_kept);
    }

    #[test]
    fn forgetting_a_fact_never_decides_what_was_not_decided(
        question in known_question(),
        fact in select(vec![
            Fact::Account, Fact::Region, Fact::Billing, Fact::PublicBandwidth, Fact::PublicIps, Fact::PurchasedAt,
            Fact::ExpiresAt, Fact::FirstPurchaseMonths, Fact::FirstOrderAmount,
        ]),
    ) {
        let mut forgetful = question.clone();
        forgetful.facts = without(&question.facts, fact);
        let (before, after) = (decision(&question), decision(&forgetful));
        let unveiled = fact == Fact::Billing && question.facts.billing == Some(Billing::PayAsYouGo);
        let allowed = match before.verdict() {
            Verdict::Eligible if unveiled => {
                vec![Verdict::Eligible, Verdict::Ineligible, Verdict::Undetermined]
            }
            Verdict::Eligible => vec![Verdict::Eligible, Verdict::Undetermined],
            Verdict::Ineligible => vec![Verdict::Ineligible, Verdict::Undetermined],
            Verdict::Elsewhere => vec![Verdict::Elsewhere],
            Verdict::Undetermined | Verdict::NotRequired => vec![],
        };
        prop_assert!(allowed.contains(&after.verdict()), "{:?} became {:?}", before.verdict(), after.verdict());
        prop_assert!(after.unknown().iter().all(|unknown| unknown == fact));
    }

    #[test]
    fn whatever_the_facts_there_is_a_decision_with_all_its_sentences(question in wild_question()) {
        let decision = decision(&question);
        for lang in Lang::ALL {
            prop_assert!(!decision.summary(lang).to_string().is_empty());
            for finding in decision.findings() {
                prop_assert!(!decision.message(&finding, lang).to_string().is_empty());
            }
            let text = serde_json::to_string(&decision.report(lang)).unwrap();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
    }

    #[test]
    fn a_decision_has_blocking_findings_exactly_when_it_is_ineligible_unless_nothing_is_filed_here(
        question in question(),
    ) {
        let decision = decision(&question);
        match decision.verdict() {
            Verdict::Ineligible => prop_assert!(!blocking(&decision).is_empty()),
            Verdict::Eligible => prop_assert_eq!(decision.findings().count(), 0),
            Verdict::Undetermined => prop_assert!(decision.findings().all(|f| f.code == Code::UnknownFact)),
            Verdict::NotRequired | Verdict::Elsewhere => {
                prop_assert!(blocking(&decision).iter().all(|code| *code == Code::OtherAccount));
            }
        }
    }

    #[test]
    fn what_a_decision_says_it_has_is_what_it_lists(question in question()) {
        let decision = decision(&question);
        for code in Code::ALL {
            let listed = decision.findings().any(|finding| finding.code == code);
            prop_assert_eq!(decision.has(code), listed, "{}", code);
        }
        let unknown: Vec<_> = decision.findings().filter(|f| f.code == Code::UnknownFact).collect();
        prop_assert_eq!(unknown.len(), decision.unknown().len());
    }

    #[test]
    fn findings_keep_their_order_and_come_once_each_but_for_unknown_facts(question in wild_question()) {
        let decision = decision(&question);
        let codes: Vec<_> = decision.findings().map(|finding| finding.code).collect();
        prop_assert!(codes.is_sorted());
        let mut once = codes.clone();
        once.dedup();
        once.retain(|code| *code != Code::UnknownFact);
        prop_assert_eq!(once.len(), codes.iter().filter(|code| **code != Code::UnknownFact).count());
    }
}

#[test]
fn doing_what_all_remedies_say_makes_an_instance_eligible() {
    let done: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(2 * CASES) });
    let outcome = runner.run(&known_question(), |question| {
        let before = decision(&question);
        prop_assert!(before.unknown().is_empty());
        if before.verdict() != Verdict::Ineligible {
            return Ok(());
        }
        let cured = cured(&question, &before);
        prop_assert!(!cured.is_empty());
        for after in &cured {
            let decision = decision(after);
            prop_assert_eq!(decision.verdict(), Verdict::Eligible, "{}", line(&decision));
        }
        for finding in before.findings() {
            *done.borrow_mut().entry(finding.code.word()).or_default() += 1;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let done = done.into_inner();
    for code in Code::ALL.into_iter().filter(|code| code.blocks()) {
        let times = done.get(code.word()).copied().unwrap_or_default();
        assert!(times >= 20, "{code} was cured {times} times only");
    }
}

/// An account that has used up its quota is still exhausted with another instance.
#[test]
fn another_instance_in_the_same_account_does_not_help_an_exhausted_account() {
    let edition: &Edition = crate::desk::edition("2020-10-16");
    let row = edition.row("elastic-web").unwrap();
    let mut facts = crate::desk::good("elastic-web");
    facts.codes_issued = 5;
    let now = crate::desk::at(crate::desk::NOW);
    let new = bought(row, &Wish::default(), now, &facts);
    assert_eq!(blocking(&decide(edition, &new, now, None)), [Code::QuotaExhausted]);
}

#[test]
fn the_properties_range_over_a_second_rulebook_that_is_unlike_the_first() {
    assert!(EXAMPLE_HOST.contains("min_remaining_months = 6"));
    assert_eq!(crate::wild::editions().len(), 6);
}
