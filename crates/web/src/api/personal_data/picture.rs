//! `GET /api/v1/review/orders/{id}/pictures/{picture}`: a picture of any order. It is recorded.

use super::ReadFor;
use crate::{
    answer::Jpeg,
    api::orders::{named, pictures::named as named_picture},
    body::{Named, Query},
    caller::{May, ReadPersonalData},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::attachments::{PictureAsked, PictureCopy};
use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which copy of a picture.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Copy {
    /// That which reviewers look at.
    Review,
    /// That for the bureau, within the size that it takes.
    Bureau,
}

impl From<Copy> for PictureCopy {
    fn from(copy: Copy) -> Self {
        match copy {
            Copy::Review => Self::Review,
            Copy::Bureau => Self::Bureau,
        }
    }
}

/// For what a picture is read, and which copy of it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// For what it is read: the access log says it.
    #[param(inline, example = "review")]
    purpose: ReadFor,
    /// Which copy of it; that for the reviewer where nothing is said.
    #[param(inline, example = "bureau")]
    copy: Option<Copy>,
}

/// A picture of an order
///
/// A picture cannot be masked: each reading leaves one line in the access log first, with who read it for what; where that cannot
/// be written there is no answer.
#[utoipa::path(
    get,
    path = "/api/v1/review/orders/{id}/pictures/{picture}",
    tag = "personal data",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("picture" = String, Path, description = "The id of the picture"),
        How,
    ),
    responses(
        (status = 200, description = "The picture", body = Jpeg, content_type = "image/jpeg"),
        (status = 404, description = "There is no such order, it was never submitted, or no such picture was submitted with it", body = ProblemBody),
        (status = 409, description = "What belongs to the order was erased", body = ProblemBody),
    ),
    security(("bearer" = ["read-personal-data"])),
)]
pub(crate) async fn picture_for(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ReadPersonalData>,
    Named((id, picture)): Named<(String, String)>,
    Query(How { purpose, copy }): Query<How>,
) -> Result<Jpeg, Problem> {
    let (order, picture) = (named(&id, lang)?, named_picture(&picture, lang)?);
    let ask = PictureAsked { order, picture, copy: copy.map_or(PictureCopy::Review, PictureCopy::from) };
    site.desk.picture_for(&by, ask, purpose.into()).await.or_told(lang).map(Jpeg)
}
