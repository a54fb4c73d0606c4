//! `POST /api/v1/codes/premade`: codes are made beforehand.

use super::issue::OneCode;
use crate::{
    answer::Answer,
    body::Body,
    caller::{ManageCodes, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::{MOST_PREMADE, PremakeCodes};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::num::NonZero;
use utoipa::ToSchema;

/// Codes are to be made beforehand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForPremade {
    /// How many, up to 50 at once.
    #[schema(value_type = u32, minimum = 1, maximum = 50, example = 10)]
    count: NonZero<u32>,
    /// The account that alone may bind them; anybody who has one where nothing is said.
    #[schema(example = "acc-7")]
    account: Option<String>,
}

// A schema takes no constant; see `AskForCodes`.
const _: () = assert!(MOST_PREMADE.get() == 50);

/// Codes that were made beforehand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PremadeCodes {
    /// The codes.
    codes: Vec<OneCode>,
}

/// Make codes beforehand
///
/// They take no place in a quota until they are bound to an instance.
#[utoipa::path(
    post,
    path = "/api/v1/codes/premade",
    tag = "codes",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskForPremade,
    responses((status = 201, description = "Made", body = PremadeCodes), (status = 404, description = "There is no such account", body = ProblemBody), (status = 409, description = "A subject of the account is on the blacklist", body = ProblemBody)),
    security(("bearer" = ["manage-codes"])),
)]
pub(crate) async fn premake_codes(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageCodes>,
    Key(key): Key,
    Body(AskForPremade { count, account }): Body<AskForPremade>,
) -> Result<Answer<PremadeCodes>, Problem> {
    soon(lang, true, async move {
        let ask = PremakeCodes { operator: operator(&principal, lang)?, count, account };
        let told = site.desk.premake_codes(ask, key).await.or_told(lang)?;
        let codes = told.answer.iter().map(OneCode::from).collect();
        Ok(Answer::made(lang, &told, PremadeCodes { codes }).secret())
    })
    .await
}
