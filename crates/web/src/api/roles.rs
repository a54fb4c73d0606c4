//! `GET /api/v1/roles`: who may do what.

use crate::{answer::Answer, api::schemas, language::Speaks};
use app::access::{RIGHTS, Role};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that may be done, and by whom.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RightRow {
    /// The right, as scopes of keys name it.
    #[schema(example = "own-codes")]
    right: &'static str,
    /// The roles that have it.
    #[schema(value_type = Vec<schemas::RoleWord>)]
    roles: Vec<&'static str>,
}

/// Who may do what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RightsTable {
    /// Every right.
    items: Vec<RightRow>,
}

/// Who may do what
///
/// Every right with the roles that have it. The words beside `bearer` in this document are these rights.
#[utoipa::path(
    get,
    path = "/api/v1/roles",
    tag = "users",
    responses((status = 200, description = "The table", body = RightsTable)),
    security(()),
)]
pub(crate) async fn list_roles(Speaks(lang): Speaks) -> Answer<RightsTable> {
    let row = |(right, roles): &(app::access::Right, &[Role])| RightRow {
        right: right.word(),
        roles: roles.iter().map(|role| role.word()).collect(),
    };
    Answer::ok(lang, RightsTable { items: RIGHTS.iter().map(row).collect() })
}
