//! The bureau's code tables, for whoever writes what fills in an order: which numbers its fields take, and what they are called.

pub(super) mod list;
pub(super) mod one;
pub(super) mod regions;

use filing::tables::Table;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A table by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableNamed {
    /// Its name, as its address has it.
    #[schema(example = "natures")]
    name: &'static str,
    /// What people call it, in the language asked for.
    #[schema(example = "单位性质")]
    title: &'static str,
    /// The fields of a form that take its numbers: paths without the numbers in them.
    #[schema(example = json!(["subject.nature"]))]
    fields: Vec<&'static str>,
}

impl TableNamed {
    fn of(table: Table, lang: Lang) -> Self {
        Self {
            name: table.word(),
            title: table.label(lang),
            fields: table.fields().map(|field| field.pattern).collect(),
        }
    }
}
