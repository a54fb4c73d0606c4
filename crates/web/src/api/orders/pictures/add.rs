//! `POST /api/v1/orders/{id}/pictures`: a picture is added to a field of an order, as the phone made it.

use crate::{
    answer::Answer,
    api::orders::{ADDRESS, named},
    body::{Named, Picture, Query},
    caller::{Customer, OwnOrders},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::attachments::{AddPicture, MOST_PICTURE_BYTES, PictureAdded, PictureField};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Bytes of a picture at most.
pub(in crate::api) const MOST_BYTES: usize = MOST_PICTURE_BYTES;

/// Where the picture belongs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Where {
    /// For what it is (附件用途), by its number in the bureau's table `purposes` (`GET /api/v1/tables/purposes`); from 101 on it
    /// is proof that only the reviewer sees.
    #[param(minimum = 0, maximum = 65535, example = 2)]
    purpose: u16,
    /// The website that it belongs to, counted from 0; left out where it belongs to the subject.
    #[param(minimum = 0, maximum = 65535, example = 0)]
    website: Option<u16>,
}

/// A picture that was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedPicture {
    /// Its id, which the form has from now on.
    id: String,
    /// Where it stands in the form.
    #[schema(example = "materials[0].attachment")]
    path: String,
    /// The version of the order now.
    version: i64,
    /// Pixels from left to right, as it is kept.
    width: u32,
    /// Pixels from top to bottom, as it is kept.
    height: u32,
    /// Bytes, as it is kept.
    bytes: i64,
}

impl From<&PictureAdded> for AddedPicture {
    fn from(added: &PictureAdded) -> Self {
        Self {
            id: added.picture.to_string(),
            path: added.path.clone(),
            version: added.version,
            width: added.width,
            height: added.height,
            bytes: added.review_bytes,
        }
    }
}

/// Add a picture to an order
///
/// The body is the file as it is, JPEG or PNG, at most 10 MiB. It is turned upright, freed of metadata such as place and device, and
/// made as small as is taken; the file itself is not kept. It takes the place of the one that the field had, and stands in `materials`
/// at once.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{id}/pictures",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        Where,
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body(description = "The file", content((Picture = "image/jpeg"), (Picture = "image/png"))),
    responses(
        (status = 201, description = "Added", body = AddedPicture, headers(("Location" = String, description = "The picture, as it is kept"))),
        (status = 404, description = "The account has no such order", body = ProblemBody),
        (status = 409, description = "The order cannot be edited where it stands, that field was not given back, it has no pictures or too many", body = ProblemBody),
        (status = 422, description = "It is no picture that can be read, or the order has no such field", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn add_picture(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
    Query(Where { purpose, website }): Query<Where>,
    Key(key): Key,
    Picture(bytes): Picture,
) -> Result<Answer<AddedPicture>, Problem> {
    let order = named(&id, lang)?;
    let ask = AddPicture { asker, order, field: PictureField { purpose, website }, bytes };
    soon(lang, true, async move {
        let told = site.desk.add_picture(ask, Some(key)).await.or_told(lang)?;
        let address = format!("{ADDRESS}/{order}/pictures/{}", told.answer.picture);
        Ok(Answer::made(lang, &told, AddedPicture::from(&told.answer)).found_at(address))
    })
    .await
}
