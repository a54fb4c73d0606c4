//! `/review/{id}/pictures/{picture}`: a picture of any order. Each look at one is recorded.

use super::named;
use crate::{
    answer::Jpeg,
    caller::{May, ReadPersonalData},
    console::Frame,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    orders::attachments::{PictureAsked, PictureCopy},
    personal::Purpose,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// For what it is read.
#[derive(Debug, Deserialize)]
pub(super) struct ForWhat {
    purpose: Option<String>,
}

/// The picture.
pub(super) async fn picture(
    State(site): State<Site>,
    May(by, _): May<ReadPersonalData>,
    frame: Frame,
    Path((id, picture)): Path<(String, String)>,
    Query(ForWhat { purpose }): Query<ForWhat>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let nowhere = || Problem::new(Problems::NoSuchPage, lang);
    let picture = picture.parse().map_err(|_| nowhere())?;
    let purpose = purpose.as_deref().and_then(Purpose::from_word).ok_or_else(nowhere)?;
    let ask = PictureAsked { order: named(&id, lang)?, picture, copy: PictureCopy::Review };
    Ok(Jpeg(site.desk.picture_for(&by, ask, purpose).await.or_told(lang)?).into_response())
}
