//! `GET /api/v1/codes`: the codes of an account, a page at a time.

use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{Customer, OwnCodes},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::MyCode;
use axum::extract::State;
use filing::codes::Reader;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A code as its owner sees it, or the account that it was granted to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldCode {
    /// Its id.
    id: String,
    /// The code itself.
    #[schema(example = "7ZQ4M-2X9K1-C8V5T-3B6NZ")]
    code: String,
    /// What it is today: `init`, `bound`, `recording`, `recorded`, `expired` or `void`.
    state: &'static str,
    /// Whether it may back a filing today.
    usable: bool,
    /// What that means, as a sentence.
    message: String,
    /// What to do, as a sentence; empty where there is nothing to do.
    suggestion: String,
    /// Its instance, for its owner; null for the account that it was granted to, and where there is none.
    instance: Option<String>,
    /// The product of its instance.
    product: Option<String>,
    /// Whether the caller owns it; otherwise it was granted to him.
    own: bool,
    /// The account that it was granted to, for its owner.
    granted_to: Option<String>,
}

impl HeldCode {
    pub(super) fn of(code: &MyCode, lang: Lang) -> Self {
        let standing = code.standing();
        Self {
            id: code.id.to_string(),
            code: code.code.to_string(),
            state: standing.shown().word(),
            usable: standing.is_usable(),
            message: standing.message(code.reader, lang),
            suggestion: standing.what_to_do(code.reader, lang),
            instance: code.instance().map(str::to_owned),
            product: code.product().map(str::to_owned),
            own: code.reader == Reader::Owner,
            granted_to: code.granted_to.clone(),
        }
    }
}

/// My service codes
///
/// The codes that the caller's account owns and those granted to it, oldest first, each with what it is today.
#[utoipa::path(
    get,
    path = "/api/v1/codes",
    tag = "codes",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of codes", body = Page<HeldCode>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn list_codes(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnCodes>,
    Query(page): Query<PageAsked>,
) -> Result<Page<HeldCode>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.my_codes(&asker, after, paged.most() + 1).await.or_told(lang)?;
    let codes = found.iter().map(|code| HeldCode::of(code, lang)).collect();
    Ok(paged.of(codes, "/api/v1/codes", |code| code.id.clone()).secret())
}
