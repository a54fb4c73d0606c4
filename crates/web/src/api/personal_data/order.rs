//! `GET /api/v1/review/orders/{id}/in-clear`: what is filled in for an order, with nothing masked. It is recorded.

use super::ForWhat;
use crate::{
    answer::Answer,
    api::orders::{
        named,
        shapes::{FormBody, InWordsBody},
        words::{OrderKind, OrderState},
    },
    body::{Named, Query},
    caller::{May, ReadPersonalData},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::personal::SeenOrder;
use axum::extract::State;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// An order in clear.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderInClear {
    /// Its id.
    id: String,
    /// The account whose order it is.
    #[schema(example = "acc-7")]
    account: String,
    /// What it asks for.
    #[schema(value_type = OrderKind)]
    kind: &'static str,
    /// Where it stands.
    #[schema(value_type = OrderState)]
    state: &'static str,
    /// Its version.
    version: i64,
    /// What was last submitted; null once it was erased.
    form: Option<FormBody>,
    /// All of the form in words, in its order: numbers of tables by their names, regions from the province down.
    in_words: Vec<InWordsBody>,
}

impl OrderInClear {
    fn of(SeenOrder { account, order, .. }: SeenOrder, lang: Lang) -> Self {
        Self {
            id: order.id.to_string(),
            account,
            kind: order.kind.word(),
            state: order.state.word(),
            version: order.version,
            in_words: InWordsBody::all(&order, lang),
            form: order.form.map(FormBody::of),
        }
    }
}

/// One order in clear
///
/// What was last submitted, personal data and all. Each reading leaves one line in the access log first, with who read it for what;
/// where that cannot be written there is no answer.
#[utoipa::path(
    get,
    path = "/api/v1/review/orders/{id}/in-clear",
    tag = "personal data",
    params(("id" = String, Path, description = "The id of the order"), ForWhat),
    responses(
        (status = 200, description = "The order", body = OrderInClear),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
    ),
    security(("bearer" = ["read-personal-data"])),
)]
pub(crate) async fn order_in_clear(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ReadPersonalData>,
    Named(id): Named<String>,
    Query(ForWhat { purpose }): Query<ForWhat>,
) -> Result<Answer<OrderInClear>, Problem> {
    let seen = site.desk.order_for(&by, named(&id, lang)?, Some(purpose.into())).await.or_told(lang)?;
    Ok(Answer::ok(lang, OrderInClear::of(seen, lang)).secret())
}
