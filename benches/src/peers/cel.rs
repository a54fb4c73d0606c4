//! cel: programs compiled once, values looked up where they lie.

use super::{Infix, Peer, verdict};
use crate::instances::{Known, Scalar};
use ::cel::{
    Context, Env, Program, Value,
    common::{
        types::{CelBool, CelInt, CelString},
        value::CowVal,
    },
    context::VariableResolver,
};
use anyhow::{Result, bail};
use rulebook::{Edition, Verdict};
use std::{collections::HashMap, sync::Arc};

const LANGUAGE: Infix = Infix { and: " && ", or: " || ", not: "!", prefix: "" };

pub(crate) struct Cel {
    env: Arc<Env>,
    edition: Arc<Program>,
    products: HashMap<String, Arc<Program>>,
}

impl Cel {
    pub(crate) fn new(edition: &Edition) -> Result<Self> {
        let env = Arc::new(Env::stdlib());
        let mut products = HashMap::new();
        for row in edition.rows() {
            products.insert(row.product.clone(), Arc::new(env.compile(&LANGUAGE.verdict(row))?));
        }
        let edition = Arc::new(env.compile(&LANGUAGE.verdict_on_any(edition.rows()))?);
        Ok(Self { env, edition, products })
    }
}

/// Gives the engine only the values that a program reads.
impl VariableResolver for Known<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        Some(match variable {
            "product" => CowVal::owned(CelString::from(self.product)),
            "outside" => CowVal::owned(CelBool::from(self.outside)),
            "other_account" => CowVal::owned(CelBool::from(self.other_account)),
            "subscription" => CowVal::owned(CelBool::from(self.subscription)),
            "bandwidth" => CowVal::owned(CelInt::from(self.bandwidth)),
            "ips" => CowVal::owned(CelInt::from(self.ips)),
            "purchased_months" => CowVal::owned(CelInt::from(self.purchased_months)),
            "remaining_months" => CowVal::owned(CelInt::from(self.remaining_months)),
            "first_purchase_months" => CowVal::owned(CelInt::from(self.first_purchase_months)),
            "amount" => CowVal::owned(CelInt::from(self.amount)),
            "expired" => CowVal::owned(CelBool::from(self.expired)),
            "codes_issued" => CowVal::owned(CelInt::from(self.codes_issued)),
            _ => return None,
        })
    }
}

fn run(program: &Program, context: &Context<'_, '_>) -> Result<Verdict> {
    match program.execute(context)? {
        Value::String(word) => verdict(&word),
        other => bail!("not a text: {other:?}"),
    }
}

impl Peer for Cel {
    type Input = (Arc<Program>, Context<'static, 'static>);

    const CALL: &'static str = "cel: Program::execute";

    fn decide(&mut self, known: &Known<'_>) -> Result<Verdict> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.set_variable_resolver(known);
        run(&self.edition, &context)
    }

    fn prepare(&self, known: &Known<'_>) -> Result<Self::Input> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.add_variable_from_value("product", known.product);
        for (name, value) in known.named() {
            match value {
                Scalar::Truth(truth) => context.add_variable_from_value(name, truth),
                Scalar::Number(number) => context.add_variable_from_value(name, number),
            }
        }
        let program = self.products.get(known.product).unwrap_or(&self.edition);
        Ok((Arc::clone(program), context))
    }

    fn evaluate(&mut self, (program, context): &Self::Input) -> Result<Verdict> {
        run(program, context)
    }
}
