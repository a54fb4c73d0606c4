//! `GET /api/v1/orders/{id}/pictures/{picture}`: a picture of one's own order, as it is kept.

use super::named as named_picture;
use crate::{
    answer::Jpeg,
    api::orders::named,
    body::Named,
    caller::{Customer, OwnOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::attachments::{PictureAsked, PictureCopy};
use axum::extract::State;

/// A picture of one of my orders
///
/// As the reviewer sees it: upright and without metadata.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{id}/pictures/{picture}",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("picture" = String, Path, description = "The id of the picture"),
    ),
    responses(
        (status = 200, description = "The picture", body = Jpeg, content_type = "image/jpeg"),
        (status = 404, description = "The account has no such order, or the order no such picture", body = ProblemBody),
        (status = 409, description = "What belongs to the order was erased", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn my_picture(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named((id, picture)): Named<(String, String)>,
) -> Result<Jpeg, Problem> {
    let (order, picture) = (named(&id, lang)?, named_picture(&picture, lang)?);
    let ask = PictureAsked { order, picture, copy: PictureCopy::Review };
    site.desk.my_picture(&asker, ask).await.or_told(lang).map(Jpeg)
}
