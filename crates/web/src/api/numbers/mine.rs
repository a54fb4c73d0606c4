//! `GET /api/v1/numbers`: the filing numbers of an account, a page at a time.

use super::{ADDRESS, shapes::SubjectItem};
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{Customer, OwnNumbers},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// My filing numbers
///
/// The subjects of the caller's account, oldest first, each with its websites and where their numbers stand.
#[utoipa::path(
    get,
    path = "/api/v1/numbers",
    tag = "numbers",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of subjects", body = Page<SubjectItem>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["own-numbers"])),
)]
pub(crate) async fn list_numbers(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnNumbers>,
    Query(page): Query<PageAsked>,
) -> Result<Page<SubjectItem>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.my_numbers(&asker, after, paged.most() + 1).await.or_told(lang)?;
    let subjects = found.iter().map(|own| SubjectItem::of(own, lang)).collect();
    Ok(paged.of(subjects, ADDRESS, |subject| subject.id.clone()))
}
