//! regorus: Rego compiled once for its virtual machine, which takes a third of the interpreter's time. Whole, an
//! edition is one set of rules over a table of products, which takes half the time of a rule a product.

use super::{Asked, Claim, Peer, asked, elsewhere, limits, verdict};
use crate::instances::{Known, Scalar};
use anyhow::{Context, Result};
use regorus::{Engine, Value, languages::rego::compiler::Compiler, rvm::vm::RegoVM, value::Object};
use rulebook::{Edition, Row, Verdict};
use serde_json::{Map, json};
use std::{cell::RefCell, collections::HashMap, fmt::Write, rc::Rc};

const WHOLE: &str = r#"
package filing

default verdict := "ineligible"

row := data.rows[input.product]

verdict := "not-required" if {
    row
    input.outside
} else := "elsewhere" if {
    row.elsewhere
} else := "eligible" if {
    row
    not input.other_account
    not on_demand
    input.bandwidth >= row.bandwidth
    input.ips >= row.ips
    not term_short
    input.first_purchase_months >= row.first_purchase_months
    input.amount >= row.amount
    not over
    input.codes_issued < row.codes_issued
}

on_demand if { row.subscription; not input.subscription }

term_short if { input.subscription; input.purchased_months < row.purchased_months }

over if { input.subscription; input.expired }
"#;

type Machine = Rc<RefCell<RegoVM>>;

pub(crate) struct Rego {
    edition: Machine,
    products: HashMap<String, Machine>,
    keys: Vec<Value>,
    words: HashMap<String, Value>,
    input: Value,
}

impl Rego {
    pub(crate) fn new(edition: &Edition) -> Result<Self> {
        let mut rows = Map::new();
        let mut products = HashMap::new();
        let mut words = HashMap::new();
        for row in edition.rows() {
            rows.insert(row.product.clone(), limits(row)?.into());
            products.insert(row.product.clone(), machine(&of_product(row)?, json!({}))?);
            words.insert(row.product.clone(), Value::from(row.product.as_str()));
        }
        Ok(Self {
            edition: machine(WHOLE, json!({ "rows": rows }))?,
            products,
            keys: Known::NAMES.map(Value::from).into(),
            words,
            input: Value::new_object(),
        })
    }

    fn hand_over(&self, known: &Known<'_>, to: &mut Object) {
        let product = self.words.get(known.product).cloned();
        to.insert(Value::from("product"), product.unwrap_or_else(|| Value::from(known.product)));
        for (key, (_, value)) in self.keys.iter().zip(known.named()) {
            let value = match value {
                Scalar::Truth(truth) => Value::from(truth),
                Scalar::Number(number) => Value::from(number),
            };
            match to.get_mut(key) {
                Some(place) => *place = value,
                None => drop(to.insert(key.clone(), value)),
            }
        }
    }
}

/// The rules of one product, which need no table.
fn of_product(row: &Row) -> Result<String> {
    let mut source = String::from("package filing\n\ndefault verdict := \"ineligible\"\n\n");
    source += "verdict := \"not-required\" if { input.outside }";
    if elsewhere(row) {
        source += " else := \"elsewhere\"\n";
        return Ok(source);
    }
    let mut lacking = String::new();
    source += " else := \"eligible\" if {\n";
    for (at, Asked { claim, of_subscriptions }) in asked(row).enumerate() {
        if of_subscriptions {
            writeln!(source, "    not lacks_{at}")?;
            writeln!(lacking, "\nlacks_{at} if {{ input.subscription; {} }}", said(claim, false))?;
        } else {
            writeln!(source, "    {}", said(claim, true))?;
        }
    }
    Ok(source + "}\n" + &lacking)
}

/// A claim, or its contrary, in Rego.
fn said(claim: Claim, holds: bool) -> String {
    match (claim, holds) {
        (Claim::Is(name), true) | (Claim::Not(name), false) => format!("input.{name}"),
        (Claim::Not(name), true) | (Claim::Is(name), false) => format!("not input.{name}"),
        (Claim::AtLeast(name, n), true) | (Claim::Below(name, n), false) => format!("input.{name} >= {n}"),
        (Claim::Below(name, n), true) | (Claim::AtLeast(name, n), false) => format!("input.{name} < {n}"),
    }
}

fn machine(source: &str, data: serde_json::Value) -> Result<Machine> {
    const RULE: &str = "data.filing.verdict";
    let data = Value::from(data);
    let mut engine = Engine::new();
    engine.add_policy("filing.rego".to_owned(), source.to_owned()).with_context(|| source.to_owned())?;
    engine.add_data(data.clone())?;
    let policy = engine.compile_with_entrypoint(&RULE.into())?;
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&policy, &[RULE])?);
    machine.set_data(data)?;
    Ok(Rc::new(RefCell::new(machine)))
}

impl Peer for Rego {
    type Input = (Machine, Value);

    const CALL: &'static str = "regorus: RegoVM::execute";

    fn decide(&mut self, known: &Known<'_>) -> Result<Verdict> {
        // Taken out and, once the machine holds it no more, changed in place.
        let mut input = std::mem::replace(&mut self.input, Value::Undefined);
        self.hand_over(known, input.as_object_mut()?);
        let mut machine = self.edition.borrow_mut();
        machine.set_input(input.clone());
        let answer = machine.execute()?;
        machine.set_input(Value::Undefined);
        self.input = input;
        verdict(answer.as_string()?)
    }

    fn prepare(&self, known: &Known<'_>) -> Result<Self::Input> {
        let mut input = Value::new_object();
        self.hand_over(known, input.as_object_mut()?);
        let machine = self.products.get(known.product).unwrap_or(&self.edition);
        Ok((Rc::clone(machine), input))
    }

    fn evaluate(&mut self, (machine, input): &Self::Input) -> Result<Verdict> {
        let mut machine = machine.borrow_mut();
        machine.set_input(input.clone());
        verdict(machine.execute()?.as_string()?)
    }
}
