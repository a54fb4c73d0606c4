//! zen-expression: bytecode compiled once, one machine and one object of values used again and again.

use super::{Infix, Peer, verdict};
use crate::instances::{Known, Scalar};
use anyhow::{Context, Result};
use rulebook::{Edition, Verdict};
use std::collections::HashMap;
use zen_expression::{
    Expression, Isolate, Scope,
    expression::Standard,
    variable::{Symbol, Variable, VariableMap},
    vm::VM,
};

const LANGUAGE: Infix = Infix { and: " and ", or: " or ", not: "not ", prefix: "" };

pub(crate) struct Zen {
    edition: Expression<Standard>,
    products: HashMap<String, Expression<Standard>>,
    scope: Scope,
    machine: VM,
}

impl Zen {
    pub(crate) fn new(edition: &Edition) -> Result<Self> {
        let mut isolate = Isolate::new();
        let mut products = HashMap::new();
        for row in edition.rows() {
            products.insert(row.product.clone(), isolate.compile_standard(&LANGUAGE.verdict(row))?);
        }
        Ok(Self {
            edition: isolate.compile_standard(&LANGUAGE.verdict_on_any(edition.rows()))?,
            products,
            scope: Scope::new(Variable::from_object(VariableMap::with_capacity(12))),
            machine: VM::new(),
        })
    }
}

fn hand_over(known: &Known<'_>, to: &mut VariableMap) {
    to.insert(Symbol::from_static("product"), Variable::String(Symbol::from(known.product)));
    for (name, value) in known.named() {
        let value = match value {
            Scalar::Truth(truth) => Variable::Bool(truth),
            Scalar::Number(number) => Variable::Number(number.into()),
        };
        to.insert(Symbol::from_static(name), value);
    }
}

impl Peer for Zen {
    type Input = (Expression<Standard>, Scope);

    const CALL: &'static str = "zen-expression: Expression::evaluate_with_scope";

    fn decide(&mut self, known: &Known<'_>) -> Result<Verdict> {
        let values = self.scope.base().as_object().context("the scope is an object")?;
        hand_over(known, &mut values.borrow_mut());
        let answer = self.edition.evaluate_with_scope(&self.scope, &mut self.machine)?;
        verdict(answer.as_str().context("not a text")?)
    }

    fn prepare(&self, known: &Known<'_>) -> Result<Self::Input> {
        let mut values = VariableMap::with_capacity(12);
        hand_over(known, &mut values);
        let program = self.products.get(known.product).unwrap_or(&self.edition);
        Ok((program.clone(), Scope::new(Variable::from_object(values))))
    }

    fn evaluate(&mut self, (program, scope): &Self::Input) -> Result<Verdict> {
        let answer = program.evaluate_with_scope(scope, &mut self.machine)?;
        verdict(answer.as_str().context("not a text")?)
    }
}
