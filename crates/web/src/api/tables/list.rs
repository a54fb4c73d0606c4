//! `GET /api/v1/tables`: which code tables there are.

use super::TableNamed;
use crate::{answer::Answer, caller::SignedIn, language::Speaks};
use filing::tables::Table;
use serde::Serialize;
use utoipa::ToSchema;

/// Which code tables there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TablesNamed {
    /// Each with the fields that take its numbers.
    items: Vec<TableNamed>,
}

/// Which code tables there are
///
/// The bureau's tables, of whose numbers the fields of an order are. Regions are found one below the other, at
/// `GET /api/v1/regions`. Open to whoever signed in.
#[utoipa::path(
    get,
    path = "/api/v1/tables",
    tag = "tables",
    responses((status = 200, description = "The tables", body = TablesNamed)),
    security(("bearer" = [])),
)]
pub(crate) async fn list_tables(Speaks(lang): Speaks, _: SignedIn) -> Answer<TablesNamed> {
    Answer::ok(lang, TablesNamed { items: Table::ALL.map(|table| TableNamed::of(table, lang)).into() })
}
