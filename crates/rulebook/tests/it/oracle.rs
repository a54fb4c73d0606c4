//! The decision once more, as plainly as it can be said, and both compared over many thousand instances.

use crate::desk::SHANGHAI;
use crate::wild::{Question, add_months, instant, question};
use jiff::{Timestamp, Zoned, civil::Date};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rulebook::{Billing, Code, Condition, Fact, Lang, Locality, Row, Scope, VerifiedBy, decide};
use serde_json::{Value, json};
use std::{cell::RefCell, collections::BTreeMap};

const CASES: u32 = 24_000;

fn zoned(at: Timestamp) -> Zoned {
    at.to_zoned(SHANGHAI)
}

fn text(at: Timestamp) -> String {
    at.display_with_offset(SHANGHAI.to_offset(at)).to_string()
}

/// The largest number of months that fit, found by trying.
fn months_between(start: Date, end: Date) -> u32 {
    (1..=20_000)
        .take_while(|months| add_months(start, *months).is_some_and(|day| day <= end))
        .last()
        .unwrap_or(0)
}

/// Everything that one question comes to.
struct Naive<'q> {
    question: &'q Question,
    row: &'q Row,
}

impl Naive<'_> {
    fn today(&self) -> Date {
        zoned(self.question.at).date()
    }

    /// The fewest months after which nothing about the term stands against the instance.
    fn renewal(&self) -> (u32, Timestamp) {
        let facts = &self.question.facts;
        let old = zoned(facts.expires_at.unwrap());
        for months in 1..5000 {
            let day = add_months(old.date(), months).unwrap();
            let until = instant(day, old.time());
            let lasts = self.row.conditions.iter().all(|stated| match stated.value {
                Condition::PurchasedMonths(n) => facts
                    .purchased_at
                    .is_none_or(|from| add_months(zoned(from).date(), n.get()).unwrap() <= day),
                Condition::RemainingMonths(n) => add_months(self.today(), n.get()).unwrap() <= day,
                _ => true,
            });
            if lasts && until > self.question.at {
                return (months, until);
            }
        }
        panic!("no renewal")
    }

    fn renew(&self) -> Value {
        let (months, until) = self.renewal();
        json!({ "action": "renew", "months": months, "until": text(until) })
    }

    /// Required, actual and remedy where `condition` is known not to be met; the unknown facts where it cannot be told.
    fn judge(&self, condition: Condition) -> Result<Option<(Value, Value, Value)>, Vec<Fact>> {
        let facts = &self.question.facts;
        let product = &facts.product;
        let on_demand = facts.billing == Some(Billing::PayAsYouGo);
        let expired = facts.expires_at.map(|end| end <= self.question.at);
        match condition {
            Condition::Subscription => match facts.billing {
                None => Err(vec![Fact::Billing]),
                Some(Billing::Subscription) => Ok(None),
                Some(Billing::PayAsYouGo) => {
                    let terms = self.row.conditions.iter().filter_map(|stated| match stated.value {
                        Condition::PurchasedMonths(n) | Condition::RemainingMonths(n) => Some(n.get()),
                        _ => None,
                    });
                    let remedy =
                        json!({ "action": "convert-to-subscription", "months": terms.max().unwrap_or(1) });
                    Ok(Some((json!("subscription"), json!("pay-as-you-go"), remedy)))
                }
            },
            Condition::PublicBandwidth => match facts.public_bandwidth_mbps {
                None => Err(vec![Fact::PublicBandwidth]),
                Some(0) => Ok(Some((json!(1), json!(0), json!({ "action": "add-public-bandwidth" })))),
                Some(_) => Ok(None),
            },
            Condition::PublicIp => match facts.public_ips.as_deref() {
                None => Err(vec![Fact::PublicIps]),
                Some([]) => Ok(Some((json!(1), json!(0), json!({ "action": "add-public-bandwidth" })))),
                Some(_) => Ok(None),
            },
            Condition::PurchasedMonths(_) | Condition::RemainingMonths(_) | Condition::InTerm
                if on_demand =>
            {
                Ok(None)
            }
            Condition::PurchasedMonths(n) => match (facts.purchased_at, facts.expires_at) {
                (Some(from), Some(to)) => {
                    let (from, to) = (zoned(from).date(), zoned(to).date());
                    let short = add_months(from, n.get()).unwrap() > to;
                    Ok(short.then(|| (json!(n), json!(months_between(from, to)), self.renew())))
                }
                (from, to) => {
                    let missing = [
                        from.is_none().then_some(Fact::PurchasedAt),
                        to.is_none().then_some(Fact::ExpiresAt),
                    ];
                    Err(missing.into_iter().flatten().collect())
                }
            },
            Condition::RemainingMonths(n) => match facts.expires_at {
                None => Err(vec![Fact::ExpiresAt]),
                Some(to) => {
                    let to = zoned(to).date();
                    let short = add_months(self.today(), n.get()).unwrap() > to && expired == Some(false);
                    Ok(short.then(|| (json!(n), json!(months_between(self.today(), to)), self.renew())))
                }
            },
            Condition::FirstPurchaseMonths(n) => match facts.first_purchase_months {
                None => Err(vec![Fact::FirstPurchaseMonths]),
                Some(months) => {
                    let remedy = json!({ "action": "buy", "products": [product], "months": n });
                    Ok((months < n.get()).then(|| (json!(n), json!(months), remedy)))
                }
            },
            Condition::OrderAmount(least) => match facts.first_order_amount {
                None => Err(vec![Fact::FirstOrderAmount]),
                Some(amount) => {
                    let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
                    let remedy =
                        json!({ "action": "buy", "products": [product], "amount": yuan(least.get()) });
                    let told = (json!(yuan(least.get())), json!(yuan(amount.get())), remedy);
                    Ok((amount.get() < least.get()).then_some(told))
                }
            },
            Condition::InTerm => match expired {
                None => Err(vec![Fact::ExpiresAt]),
                Some(false) => Ok(None),
                Some(true) => Ok(Some((Value::Null, json!(facts.expires_at.map(text)), self.renew()))),
            },
            Condition::Quota(quota) => {
                let remedy = match quota.per {
                    Scope::Instance => json!({ "action": "buy", "products": [product] }),
                    Scope::Account => json!({ "action": "use-another-account", "product": product }),
                };
                let exhausted = facts.codes_issued >= quota.codes.get();
                Ok(exhausted.then(|| (json!(quota.codes), json!(facts.codes_issued), remedy)))
            }
        }
    }
}

fn finding(code: &str, blocking: bool, told: (Value, Value, Value), source: &[String]) -> Value {
    let (required, actual, remedy) = told;
    json!({ "code": code, "blocking": blocking, "required": required, "actual": actual, "remedy": remedy, "source": source })
}

/// Verdict and findings of a question, without the sentences.
fn naive(question: &Question) -> (&'static str, Vec<Value>) {
    let Question { edition, facts, asker, .. } = question;
    let row = edition.rows().iter().find(|row| row.product == facts.product);
    let source = row.map(|row| row.source.as_slice()).unwrap_or_default();
    let locality = facts.region.as_deref().and_then(|region| edition.regions.locality(region));
    let mut findings = Vec::new();
    let other = match (asker, &facts.account) {
        (Some(asker), Some(account)) if asker != account => {
            let told = (Value::Null, json!(asker), json!({ "action": "sign-in-as-purchaser" }));
            Some(finding("other-account", true, told, source))
        }
        _ => None,
    };
    let Some(row) = row else {
        let here = edition.rows().iter().filter(|row| row.verified_by.value != VerifiedBy::Elsewhere);
        let products: Vec<_> = here.map(|row| &row.product).collect();
        let told = (Value::Null, json!(facts.product), json!({ "action": "buy", "products": products }));
        findings.push(finding("product-not-fileable", true, told, &[]));
        findings.extend(other);
        return ("ineligible", findings);
    };
    let blocked_by_account = other.is_some();
    findings.extend(other);
    if locality == Some(Locality::Outside) {
        let told = (json!("mainland"), json!(facts.region), json!({ "action": "none-needed" }));
        findings.push(finding("outside-mainland", false, told, source));
        return ("not-required", findings);
    }
    if row.verified_by.value == VerifiedBy::Elsewhere {
        let place = row.place.as_ref().map(|place| place.value.zh.clone());
        let told = (Value::Null, Value::Null, json!({ "action": "file-at", "where": place }));
        findings.push(finding("filed-elsewhere", false, told, source));
        return ("elsewhere", findings);
    }
    let naive = Naive { question, row };
    let mut unknown: BTreeMap<Fact, &[String]> = BTreeMap::new();
    if asker.is_some() && facts.account.is_none() {
        unknown.insert(Fact::Account, source);
    }
    if locality.is_none() {
        unknown.insert(Fact::Region, source);
    }
    let mut blocked = blocked_by_account;
    for code in Code::ALL {
        let Some(stated) = row.conditions.iter().find(|stated| stated.value.code() == code) else { continue };
        match naive.judge(stated.value) {
            Ok(None) => {}
            Ok(Some(told)) => {
                blocked = true;
                findings.push(finding(code.word(), true, told, &stated.source));
            }
            Err(facts) => {
                for fact in facts {
                    unknown.entry(fact).or_insert(&stated.source);
                }
            }
        }
    }
    for (fact, source) in &unknown {
        let actual = if *fact == Fact::Region { json!(facts.region) } else { Value::Null };
        let told = (Value::Null, actual, json!({ "action": "provide-fact", "fact": fact.key() }));
        findings.push(finding("unknown-fact", false, told, source));
    }
    let verdict = match (blocked, unknown.is_empty()) {
        (true, _) => "ineligible",
        (false, false) => "undetermined",
        (false, true) => "eligible",
    };
    (verdict, findings)
}

/// Verdict and findings as the rules decide them, without the sentences.
fn decided(question: &Question) -> (String, Vec<Value>) {
    let decision = decide(question.edition, &question.facts, question.at, question.asker);
    let mut json = serde_json::to_value(decision.report(Lang::Zh)).unwrap();
    let findings = json["findings"].as_array_mut().unwrap();
    for finding in findings.iter_mut() {
        finding.as_object_mut().unwrap().remove("message");
    }
    (decision.verdict().word().to_owned(), findings.clone())
}

#[test]
fn the_rules_decide_as_their_plainest_telling_does() {
    let seen: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(CASES) });
    let outcome = runner.run(&question(), |question| {
        let (verdict, findings) = naive(&question);
        let (here, found) = decided(&question);
        if here != verdict || found != findings {
            let told = format!("decided {here} {found:#?}\nplainly {verdict} {findings:#?}");
            return Err(TestCaseError::fail(told));
        }
        let mut seen = seen.borrow_mut();
        *seen.entry(verdict.to_owned()).or_default() += 1;
        for finding in &findings {
            let remedy = &finding["remedy"];
            for word in [&finding["code"], &remedy["action"], &remedy["fact"]] {
                *seen.entry(word.as_str().unwrap_or_default().to_owned()).or_default() += 1;
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    println!("{seen:#?}");
    let words =
        Code::ALL.map(Code::word).into_iter().chain(rulebook::Verdict::ALL.map(rulebook::Verdict::word));
    let facts = Fact::ALL.into_iter().filter(|fact| *fact != Fact::CodesIssued).map(Fact::key);
    for word in words.chain(facts).chain(["convert-to-subscription", "use-another-account"]) {
        let times = seen.get(word).copied().unwrap_or_default();
        assert!(times >= CASES / 500, "{word} was decided {times} times only");
    }
}
