//! What a finding means: what the rules in force ask where it can occur, with where that is stated, and what to do about it.

use crate::{
    argument::Argument,
    call::Told,
    client::{Desk, Outcome},
    given::{Fault, Given},
    tool::Tool,
};
use rulebook::{Code, Lang};
use serde_json::{Value, json};

/// The situations of the guidance that say what to do about a finding which no condition of a row tells.
const fn situations(code: Code) -> &'static [&'static str] {
    match code {
        Code::ProductNotFileable => &["eligible"],
        Code::OtherAccount => &["other-account"],
        Code::OutsideMainland => &["outside-mainland"],
        Code::FiledElsewhere => &["filed-elsewhere", "codes-made-elsewhere"],
        Code::QuotaExhausted => &["instance-quota-used-up", "account-quota-used-up"],
        Code::PayAsYouGo
        | Code::NoPublicBandwidth
        | Code::NoPublicIp
        | Code::PurchasedTermShort
        | Code::RemainingTermShort
        | Code::FirstPurchaseShort
        | Code::OrderAmountLow
        | Code::Expired
        | Code::UnknownFact => &[],
    }
}

/// Asks for the rules and the guidance, and, where facts are given, for the decision on them, which has the sentence of the finding with
/// its figures and its remedy.
pub(crate) async fn explain(desk: &Desk, given: &Given) -> Result<Told, Fault> {
    let found = given.needed(Argument::Finding)?;
    let code = Code::ALL.into_iter().find(|code| code.word() == found);
    let code = code.ok_or_else(|| Fault::NoFinding { found: found.to_owned() })?;
    let product = given.text(Argument::Product)?;
    let query = given.query(&[Argument::At, Argument::Edition])?;
    let facts = given.instance()?;
    let tool = Tool::ExplainFinding;
    let rules = match desk.get(&["rules"], &query).await {
        Outcome::Done(rules) => rules,
        other => return Ok(Told::of(tool, other, desk)),
    };
    let guidance = match desk.get(&["guidance"], &query).await {
        Outcome::Done(guidance) => guidance,
        other => return Ok(Told::of(tool, other, desk)),
    };
    let decision = match facts {
        None => Value::Null,
        Some(facts) => {
            let body = json!({ "facts": [facts] });
            match desk.post(&["decisions"], &query, &body, None).await {
                Outcome::Done(decided) => decided,
                other => return Ok(Told::of(tool, other, desk)),
            }
        }
    };
    let answer = explained(code, product, &rules, &guidance, &decision, desk.lang());
    Ok(Told::of(tool, Outcome::Done(answer), desk))
}

fn list<'v>(of: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn is(value: &Value, name: &str, word: &str) -> bool {
    value.get(name).and_then(Value::as_str) == Some(word)
}

fn explained(
    code: Code,
    product: Option<&str>,
    rules: &Value,
    guidance: &Value,
    decision: &Value,
    lang: Lang,
) -> Value {
    let conditions: Vec<Value> = list(rules, "products")
        .filter(|row| product.is_none_or(|product| is(row, "product", product)))
        .flat_map(|row| {
            list(row, "conditions").filter(|condition| is(condition, "finding", code.word())).map(
                |condition| {
                    json!({
                        "product": row.get("product"),
                        "name": row.get("name"),
                        "text": condition.get("text"),
                        "note": condition.get("note"),
                        "assumed": condition.get("assumed"),
                        "source": condition.get("source"),
                    })
                },
            )
        })
        .collect();
    let cites = |id: Option<&Value>| {
        conditions.iter().any(|condition| list(condition, "source").any(|source| Some(source) == id))
    };
    let documents: Vec<&Value> = list(rules, "documents").filter(|one| cites(one.get("id"))).collect();
    let situations: Vec<&Value> = list(guidance, "situations")
        .filter(|one| situations(code).iter().any(|word| is(one, "situation", word)))
        .collect();
    let findings: Vec<&Value> = list(decision, "decisions")
        .flat_map(|decided| list(decided, "findings"))
        .filter(|finding| is(finding, "code", code.word()))
        .collect();
    json!({
        "finding": code.word(),
        "label": code.label(lang),
        "only_another_instance_helps": code.is_dead_end(),
        "edition": rules.get("edition"),
        "findings": findings,
        "rejected": decision.get("rejected"),
        "conditions": conditions,
        "documents": documents,
        "situations": situations,
    })
}
