//! Making the codes themselves: drawn, sealed and hashed before the transaction that may write them.

use super::IssuedCode;
use crate::{chance::Draw, deed::Setting, failure::DeskError};
use filing::codes::{ServiceCode, Stored};
use store::codes::StoredCode;

/// A code made for the case that it may be issued, with all that takes time already done.
pub(crate) struct Made {
    pub(crate) issued: IssuedCode,
    lookup: Vec<u8>,
    sealed: Vec<u8>,
}

/// So many fresh codes, in the order of their ids, as lists show them.
pub(crate) fn make_all(count: u32, setting: &Setting, draw: &mut Draw) -> Result<Vec<Made>, DeskError> {
    let mut made = (0..count).map(|_| make(setting, draw)).collect::<Result<Vec<_>, _>>()?;
    made.sort_by_key(|made| made.issued.id);
    Ok(made)
}

/// A fresh code.
fn make(setting: &Setting, draw: &mut Draw) -> Result<Made, DeskError> {
    let secrets = &setting.ground.secrets;
    let (id, code) = (draw.id(setting.now), ServiceCode::generate(draw.bytes()));
    let lookup = secrets.lookup(&code).current.to_vec();
    let sealed = secrets.seal(id, &code, &mut draw.0)?;
    Ok(Made { issued: IssuedCode { id, code }, lookup, sealed })
}

impl Made {
    /// Its row, with nobody and nothing behind it yet.
    pub(crate) fn row(&self, stored: Stored, at: i64) -> StoredCode {
        StoredCode {
            id: self.issued.id,
            instance: None,
            owner: None,
            grantee: None,
            product: None,
            stored,
            lookup: self.lookup.clone(),
            sealed: self.sealed.clone(),
            changed_at: at,
        }
    }
}
