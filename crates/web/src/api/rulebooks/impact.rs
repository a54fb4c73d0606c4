//! `POST /api/v1/rulebook/impact`: what a draft of the rules would do to the desk.

use crate::{
    answer::{Answer, time},
    body::{Query, Toml},
    caller::{May, PublishRulebook as Publishes},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::rulebooks::{AskImpact, CodesHit, Impact, InstanceHit, MOST_LOOKED_AT, OrderHit};
use axum::extract::State;
use rulebook::{Code, CodeSet, Effect, Lang, Tally};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which edition of the draft.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichEdition {
    /// The edition of the draft that is held against the one in force; without, the last that the draft adds.
    #[param(required = false, example = "2020-12-01")]
    pub(super) edition: Option<String>,
}

/// What a draft does to the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImpactBody {
    /// The edition in force.
    #[schema(example = "2020-10-16")]
    before: String,
    /// The edition of the draft.
    #[schema(example = "2020-12-01")]
    after: String,
    /// As of when both were asked.
    #[schema(format = DateTime)]
    at: String,
    /// All instances that are there.
    total: TallyBody,
    /// Product by product, as far as there are instances.
    products: Vec<ProductImpact>,
    /// The codes that serve for a filing today, and would no longer.
    codes: CodesImpact,
    /// The orders under way that instances of such codes back.
    orders: Vec<OrderImpact>,
    /// How often such instances were verified for drafts that are not submitted yet.
    #[schema(minimum = 0)]
    verifications: u64,
    /// Whether there are more orders or verified instances than are looked at (200,000 of each), so that some are missing.
    cut: bool,
    /// The instances that change, 500 of them at most.
    changes: Vec<InstanceImpact>,
    /// How many more change that are not told.
    #[schema(minimum = 0)]
    more_changes: u64,
}

/// How many instances a draft changes, and by what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TallyBody {
    /// How many instances there are.
    #[schema(minimum = 0)]
    instances: u64,
    /// How many are changed how; those effects that some have.
    effects: Vec<EffectCount>,
    /// How many gain because a finding goes; one that several kept out counts for each.
    gained_by: Vec<FindingCount>,
    /// How many lose by a finding; one that loses by several counts for each.
    lost_by: Vec<FindingCount>,
}

/// How many instances a draft changes in one way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EffectCount {
    /// How: `gains`, `loses`, `other-verdict`, `other-way`, `other-reasons`, `same`.
    #[schema(example = "loses")]
    effect: &'static str,
    /// The same, as people read it.
    #[schema(example = "不再可备案")]
    label: &'static str,
    /// How many.
    #[schema(minimum = 1)]
    count: u64,
}

/// How many instances gain or lose by one finding.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingCount {
    /// The finding.
    #[schema(example = "term-too-short")]
    finding: &'static str,
    /// The same, as people read it.
    label: &'static str,
    /// How many.
    #[schema(minimum = 1)]
    count: u64,
}

/// What a draft does to the instances of one product.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductImpact {
    /// The product; null for those that neither edition knows.
    #[schema(example = "ecs")]
    product: Option<String>,
    #[serde(flatten)]
    tally: TallyBody,
}

/// Codes that would serve for no filing any more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodesImpact {
    /// Nobody has used them.
    #[schema(minimum = 0)]
    unused: u64,
    /// Those of them that are granted to another account.
    #[schema(minimum = 0)]
    granted: u64,
    /// Orders under way use them.
    #[schema(minimum = 0)]
    recording: u64,
}

/// An order under way whose product would be lost.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderImpact {
    /// Its id.
    order: String,
    /// What it asks for.
    #[schema(example = "first-filing")]
    kind: &'static str,
    /// Where it stands.
    #[schema(example = "submitted")]
    state: &'static str,
    /// The instance that backs it.
    #[schema(example = "i-bp1a2b3c")]
    instance: String,
}

/// An instance that a draft changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstanceImpact {
    /// The instance.
    #[schema(example = "i-bp1a2b3c")]
    instance: String,
    /// The account that bought it; null where that is not known.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// Its product.
    #[schema(example = "ecs")]
    product: String,
    /// How it changes.
    #[schema(example = "loses")]
    effect: &'static str,
    /// The verdict by the edition in force.
    #[schema(example = "eligible")]
    before: &'static str,
    /// The verdict by the draft.
    #[schema(example = "ineligible")]
    after: &'static str,
    /// The findings that the draft adds.
    added: Vec<&'static str>,
    /// The findings that it takes away.
    gone: Vec<&'static str>,
}

impl ImpactBody {
    pub(super) fn of(impact: Impact, lang: Lang) -> Self {
        let Impact { before, after, at, total, products, codes, orders, verifications, cut, changes } =
            impact;
        let changed = total.held() - total.of(Effect::Same);
        let told = u64::try_from(changes.len()).unwrap_or(u64::MAX);
        let CodesHit { unused, granted, recording } = codes;
        Self {
            before,
            after,
            at: time(at),
            total: TallyBody::of(&total, lang),
            products: products
                .into_iter()
                .map(|(product, tally)| ProductImpact { product, tally: TallyBody::of(&tally, lang) })
                .collect(),
            codes: CodesImpact { unused, granted, recording },
            orders: orders.into_iter().map(OrderImpact::from).collect(),
            verifications,
            cut,
            changes: changes.into_iter().map(InstanceImpact::from).collect(),
            more_changes: changed.saturating_sub(told),
        }
    }
}

impl TallyBody {
    fn of(tally: &Tally, lang: Lang) -> Self {
        let effects = Effect::ALL.into_iter().map(|effect| EffectCount {
            effect: effect.word(),
            label: effect.label(lang),
            count: tally.of(effect),
        });
        let by = |count: &dyn Fn(Code) -> u64| {
            let all = Code::ALL.into_iter().map(|code| FindingCount {
                finding: code.word(),
                label: code.label(lang),
                count: count(code),
            });
            all.filter(|finding| finding.count > 0).collect()
        };
        Self {
            instances: tally.held(),
            effects: effects.filter(|effect| effect.count > 0).collect(),
            gained_by: by(&|code| tally.gained_by(code)),
            lost_by: by(&|code| tally.lost_by(code)),
        }
    }
}

impl From<OrderHit> for OrderImpact {
    fn from(OrderHit { order, kind, state, instance }: OrderHit) -> Self {
        Self { order: order.to_string(), kind: kind.word(), state: state.word(), instance }
    }
}

impl From<InstanceHit> for InstanceImpact {
    fn from(InstanceHit { instance, account, product, shift }: InstanceHit) -> Self {
        let words = |codes: CodeSet| codes.iter().map(Code::word).collect();
        Self {
            instance,
            account,
            product,
            effect: shift.effect().word(),
            before: shift.before.verdict.word(),
            after: shift.after.verdict.word(),
            added: words(shift.added()),
            gone: words(shift.gone()),
        }
    }
}

/// See what a rulebook would do
///
/// Holds an edition of a draft against the one in force over every instance that is there: who gains, who loses and by which findings,
/// which codes would serve no more, and which orders under way and how many verifications for drafts would be lost. Nothing is written.
#[utoipa::path(
    post,
    path = "/api/v1/rulebook/impact",
    tag = "rulebook",
    params(WhichEdition),
    request_body(content = String, content_type = "application/toml", description = "The rulebook as TOML"),
    responses(
        (status = 200, description = "What it would do", body = ImpactBody),
        (status = 409, description = "It changes what was published before", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn impact_of_rulebook(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<Publishes>,
    Query(WhichEdition { edition }): Query<WhichEdition>,
    Toml(text): Toml,
) -> Result<Answer<ImpactBody>, Problem> {
    let ask = AskImpact { text, edition, most: MOST_LOOKED_AT };
    let impact = site.desk.impact_of_rulebook(&by, ask).await.or_told(lang)?;
    Ok(Answer::ok(lang, ImpactBody::of(impact, lang)))
}
