//! Ids that say of what they are, so that a code's is never taken for an instance's.

use rusqlite::types::{FromSql as FromSqlite, FromSqlResult, ToSql as ToSqlite, ToSqlOutput, ValueRef};
use std::{
    error::Error,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use uuid::Uuid;

/// The id of one `Of`: a UUID of version 7, made from the injected clock and randomness before a unit is.
pub struct Id<Of: ?Sized>(Uuid, PhantomData<fn(&Of)>);

impl<Of: ?Sized> Id<Of> {
    /// The id with those bytes.
    pub const fn new(id: Uuid) -> Self {
        Self(id, PhantomData)
    }

    /// The least id that could be made at that time, in microseconds since 1970.
    pub(crate) fn first_of(at: i64) -> Self {
        let milliseconds = u128::try_from(at / 1000).unwrap_or_default();
        Self::new(Uuid::from_u128(milliseconds << 80))
    }

    /// Its bytes, as the ledger and sealed values carry them.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<Of: ?Sized> Id<Of> {
    /// Its 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl<Of: ?Sized> Clone for Id<Of> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Of: ?Sized> Copy for Id<Of> {}

impl<Of: ?Sized> PartialEq for Id<Of> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<Of: ?Sized> Eq for Id<Of> {}

impl<Of: ?Sized> PartialOrd for Id<Of> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<Of: ?Sized> Ord for Id<Of> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<Of: ?Sized> Hash for Id<Of> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<Of: ?Sized> fmt::Debug for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<Of: ?Sized> fmt::Display for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<Of: ?Sized> ToSqlite for Id<Of> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        ToSqlite::to_sql(&self.0)
    }
}

impl<Of: ?Sized> FromSqlite for Id<Of> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Uuid::column_result(value).map(Self::new)
    }
}

impl<Of: ?Sized> ToSql for Id<Of> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        ToSql::to_sql(&self.0, ty, out)
    }

    fn accepts(ty: &Type) -> bool {
        <Uuid as ToSql>::accepts(ty)
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a, Of: ?Sized> FromSql<'a> for Id<Of> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Uuid::from_sql(ty, raw).map(Self::new)
    }

    fn accepts(ty: &Type) -> bool {
        <Uuid as FromSql<'_>>::accepts(ty)
    }
}

impl<Of: ?Sized> FromStr for Id<Of> {
    type Err = uuid::Error;

    /// As it is displayed.
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self::new)
    }
}
