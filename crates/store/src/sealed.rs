//! A sealed value of a row, as rotation reads it.

use crate::{
    error::Result,
    sql::{Columns, Row},
};
use uuid::Uuid;

/// A sealed value and the row in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The id of the row.
    pub id: Uuid,
    /// The value.
    pub sealed: Vec<u8>,
}

impl Row for Sealed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { id: columns.get(0)?, sealed: columns.get(1)? })
    }
}
