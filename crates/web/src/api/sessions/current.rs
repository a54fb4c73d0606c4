//! `GET /api/v1/sessions/current`: who am I?

use crate::{answer::Answer, api::schemas, caller::SignedIn, language::Speaks};
use app::access::{Principal, RIGHTS, Role, Through};
use serde::Serialize;
use utoipa::ToSchema;

/// Whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhoAmI {
    /// His name.
    #[schema(example = "li.na")]
    name: String,
    /// His roles.
    #[schema(value_type = Vec<schemas::RoleWord>)]
    roles: Vec<&'static str>,
    /// What he may do with what he presented: by his roles, and within the scopes of the key.
    #[schema(example = json!(["own-instances", "own-codes"]))]
    rights: Vec<&'static str>,
    /// The account that a customer acts for.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// Whether he presented a key, and not the token of a session.
    with_key: bool,
    /// Whether he must set a password of his own before anything else.
    must_change_password: bool,
    /// Whether he must set up a second factor before anything else.
    must_set_up_second_factor: bool,
}

impl From<&Principal> for WhoAmI {
    fn from(principal: &Principal) -> Self {
        let rights = RIGHTS.iter().map(|(right, _)| *right).filter(|right| principal.may(*right));
        Self {
            name: principal.name().to_owned(),
            roles: principal.roles().iter().map(Role::word).collect(),
            rights: rights.map(app::access::Right::word).collect(),
            account: principal.account().map(|account| account.name().to_owned()),
            with_key: matches!(principal.through(), Through::Key(_)),
            must_change_password: principal.must_change_password(),
            must_set_up_second_factor: principal.must_set_up_second_factor(),
        }
    }
}

/// Who am I?
///
/// Whoever the presented token or key belongs to, and what he may do with it.
#[utoipa::path(
    get,
    path = "/api/v1/sessions/current",
    tag = "sessions",
    responses((status = 200, description = "Whoever asks", body = WhoAmI)),
    security(("bearer" = [])),
)]
pub(crate) async fn who_am_i(Speaks(lang): Speaks, SignedIn(principal): SignedIn) -> Answer<WhoAmI> {
    Answer::ok(lang, WhoAmI::from(&principal))
}
