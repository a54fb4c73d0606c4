//! Cedar: policies parsed once. Whole, an edition is three policies over products with attributes, which takes half the
//! time of a policy a product; the policy that permitted tells the verdict.

use super::{Infix, Peer, elsewhere, limits};
use crate::instances::{Known, Scalar};
use anyhow::{Context as _, Result};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicyId, PolicySet, Request,
    RestrictedExpression,
};
use rulebook::{Edition, Row, Verdict};
use serde_json::json;
use std::{collections::HashMap, rc::Rc};

const LANGUAGE: Infix = Infix { and: " && ", or: " || ", not: "!", prefix: "context." };

const WHOLE: [(Verdict, &str); 3] = [
    (
        Verdict::NotRequired,
        r#"permit(principal, action, resource in Edition::"newest") when { context.outside };"#,
    ),
    (
        Verdict::Elsewhere,
        r#"permit(principal, action, resource in Edition::"newest")
        when { resource.elsewhere && !context.outside };"#,
    ),
    (
        Verdict::Eligible,
        r#"permit(principal, action, resource in Edition::"newest") when {
            !context.outside && !resource.elsewhere && !context.other_account
            && (context.subscription || !resource.subscription)
            && context.bandwidth >= resource.bandwidth
            && context.ips >= resource.ips
            && (!context.subscription
                || (context.purchased_months >= resource.purchased_months && !context.expired))
            && context.first_purchase_months >= resource.first_purchase_months
            && context.amount >= resource.amount
            && context.codes_issued < resource.codes_issued
        };"#,
    ),
];

pub(crate) struct Cedar {
    authorizer: Authorizer,
    edition: Rc<PolicySet>,
    products: HashMap<String, Rc<PolicySet>>,
    entities: Entities,
    /// Ids of the policies, with what each of them permitting means.
    verdicts: [(PolicyId, Verdict); 3],
    asker: EntityUid,
    action: EntityUid,
    resources: HashMap<String, EntityUid>,
    unknown: EntityUid,
}

impl Cedar {
    pub(crate) fn new(edition: &Edition) -> Result<Self> {
        let mut entities =
            vec![json!({ "uid": { "type": "Edition", "id": "newest" }, "attrs": {}, "parents": [] })];
        let mut products = HashMap::new();
        let mut resources = HashMap::new();
        for row in edition.rows() {
            entities.push(json!({
                "uid": { "type": "Product", "id": row.product }, "attrs": limits(row)?,
                "parents": [{ "type": "Edition", "id": "newest" }],
            }));
            products.insert(row.product.clone(), Rc::new(PolicySet::from_policies(of_product(row)?)?));
            resources.insert(row.product.clone(), format!("Product::\"{}\"", row.product).parse()?);
        }
        let whole = WHOLE.into_iter().map(|(verdict, source)| policy(verdict, source));
        Ok(Self {
            authorizer: Authorizer::new(),
            edition: Rc::new(PolicySet::from_policies(whole.collect::<Result<Vec<_>>>()?)?),
            products,
            entities: Entities::from_json_value(entities.into(), None)?,
            verdicts: WHOLE.map(|(verdict, _)| (PolicyId::new(verdict.word()), verdict)),
            asker: r#"Account::"asker""#.parse()?,
            action: r#"Action::"file""#.parse()?,
            resources,
            unknown: r#"Product::"unknown""#.parse()?,
        })
    }

    fn request(&self, known: &Known<'_>) -> Result<Request> {
        let pairs = known.named().map(|(name, value)| {
            let value = match value {
                Scalar::Truth(truth) => RestrictedExpression::new_bool(truth),
                Scalar::Number(number) => RestrictedExpression::new_long(number),
            };
            (name.to_owned(), value)
        });
        let resource = self.resources.get(known.product).unwrap_or(&self.unknown).clone();
        let context = Context::from_pairs(pairs)?;
        Ok(Request::new(self.asker.clone(), self.action.clone(), resource, context, None)?)
    }

    fn run(&self, policies: &PolicySet, request: &Request) -> Result<Verdict> {
        let answer = self.authorizer.is_authorized(request, policies, &self.entities);
        if answer.decision() == Decision::Deny {
            return Ok(Verdict::Ineligible);
        }
        let reason = answer.diagnostics().reason().next().context("a permit without reason")?;
        let verdict = self.verdicts.iter().find(|(id, _)| id == reason).context("an unknown policy")?;
        Ok(verdict.1)
    }
}

fn policy(verdict: Verdict, source: impl AsRef<str>) -> Result<Policy> {
    Ok(Policy::parse(Some(PolicyId::new(verdict.word())), source)?)
}

/// The policies of one product, which need no attributes.
fn of_product(row: &Row) -> Result<[Policy; 2]> {
    let outside =
        policy(Verdict::NotRequired, "permit(principal, action, resource) when { context.outside };")?;
    let inside = if elsewhere(row) {
        policy(Verdict::Elsewhere, "permit(principal, action, resource) when { !context.outside };")?
    } else {
        let asked = LANGUAGE.all(row);
        let source = format!("permit(principal, action, resource) when {{ !context.outside && {asked} }};");
        policy(Verdict::Eligible, source)?
    };
    Ok([outside, inside])
}

impl Peer for Cedar {
    type Input = (Rc<PolicySet>, Request);

    const CALL: &'static str = "cedar-policy: Authorizer::is_authorized";

    fn decide(&mut self, known: &Known<'_>) -> Result<Verdict> {
        self.run(&self.edition, &self.request(known)?)
    }

    fn prepare(&self, known: &Known<'_>) -> Result<Self::Input> {
        let policies = self.products.get(known.product).unwrap_or(&self.edition);
        Ok((Rc::clone(policies), self.request(known)?))
    }

    fn evaluate(&mut self, (policies, request): &Self::Input) -> Result<Verdict> {
        self.run(policies, request)
    }
}
