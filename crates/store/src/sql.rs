//! One SQL text for both engines, and the values that both take and give.

use crate::error::{Result, StoreError};

/// One statement. `postgres` differs from `sqlite` only where the engines truly differ.
///
/// The portable subset: instants are `BIGINT` microseconds, integers `BIGINT`, money `BIGINT` fen, ids and bytes `BLOB` or
/// `BYTEA` alike; no data-modifying CTE, no arrays, `CAST($1 AS …)` where PostgreSQL cannot infer a type.
#[derive(Debug)]
pub struct Sql {
    /// The name of the constant, for messages.
    pub name: &'static str,
    /// The text for SQLite; parameters are `$1`, `$2`, … and are bound by name.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// Declares the statements of an aggregate as constants, and `ALL` of them for the test that prepares each on both engines.
macro_rules! statements {
    ($( $(#[$meta:meta])* $name:ident = $sql:literal $(, postgres: $postgres:literal)? ;)*) => {
        $(
            $(#[$meta])*
            const $name: $crate::sql::Sql = $crate::sql::Sql {
                name: stringify!($name),
                sqlite: $sql,
                postgres: $crate::sql::statements!(@postgres $sql $(, $postgres)?),
            };
        )*
        /// Every statement of this module.
        pub(crate) const ALL: &[$crate::sql::Sql] = &[$($name),*];
    };
    (@postgres $sql:literal) => { $sql };
    (@postgres $sql:literal, $postgres:literal) => { $postgres };
}

pub(crate) use statements;

/// A value that both engines take.
pub trait Param: rusqlite::ToSql + tokio_postgres::types::ToSql + Sync + Send {}

impl<T: rusqlite::ToSql + tokio_postgres::types::ToSql + Sync + Send> Param for T {}

/// A value that both engines give back.
pub trait Field: rusqlite::types::FromSql + for<'a> tokio_postgres::types::FromSql<'a> {}

impl<T: rusqlite::types::FromSql + for<'a> tokio_postgres::types::FromSql<'a>> Field for T {}

/// One row as the engine gave it, read by column, from 0.
#[derive(Debug)]
pub enum Columns<'r> {
    /// From SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// From PostgreSQL.
    Postgres(&'r tokio_postgres::Row),
}

impl Columns<'_> {
    /// The value of a column.
    pub fn get<T: Field>(&self, column: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(StoreError::sqlite),
            Self::Postgres(row) => row.try_get(column).map_err(StoreError::postgres),
        }
    }
}

/// What is made of one row.
pub trait Row: Sized + Send {
    /// Reads it.
    fn read(columns: &Columns<'_>) -> Result<Self>;
}

macro_rules! tuple_rows {
    ($(($($field:ident $at:literal),+))+) => {$(
        impl<$($field: Field + Send),+> Row for ($($field,)+) {
            fn read(columns: &Columns<'_>) -> Result<Self> {
                Ok(($(columns.get::<$field>($at)?,)+))
            }
        }
    )+};
}

tuple_rows! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
}
