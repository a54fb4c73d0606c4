//! Making the codes themselves: drawn, sealed and hashed before the transaction that may write them.

use super::IssuedCode;
use crate::{chance::Draw, deed::Setting, failure::DeskError};
use filing::codes::{ServiceCode, Stored};
use keys::Hashes;
use store::{codes::StoredCode, instances::Asked};

/// A code made for the case that it may be issued, with all that takes time already done.
pub(crate) struct Made {
    pub(crate) issued: IssuedCode,
    lookup: Hashes,
    sealed: Vec<u8>,
}

/// So many fresh codes, in the order of their ids, as lists show them.
pub(crate) fn make_all(count: u32, setting: &Setting, draw: &mut Draw) -> Result<Vec<Made>, DeskError> {
    let mut fresh = |_| made_of(ServiceCode::generate(draw.bytes()), setting, draw);
    let mut made = (0..count).map(&mut fresh).collect::<Result<Vec<_>, _>>()?;
    made.sort_by_key(|made| made.issued.id);
    Ok(made)
}

/// That code, ready to be written.
pub(crate) fn made_of(code: ServiceCode, setting: &Setting, draw: &mut Draw) -> Result<Made, DeskError> {
    let secrets = &setting.ground.secrets;
    let id = draw.id(setting.now);
    let (lookup, sealed) = (secrets.lookup(&code), secrets.seal(id, &code, &mut draw.0)?);
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
            lookup: self.lookup.current.to_vec(),
            sealed: self.sealed.clone(),
            changed_at: at,
        }
    }

    /// Its row, bound to an instance and its buyer.
    pub(crate) fn row_on(&self, found: &Asked, stored: Stored, at: i64) -> StoredCode {
        StoredCode {
            instance: Some(found.instance.id),
            owner: found.instance.account,
            product: Some(found.instance.product.clone()),
            ..self.row(stored, at)
        }
    }

    /// By which hashes a row of the same code would be found.
    pub(crate) const fn lookup(&self) -> &Hashes {
        &self.lookup
    }
}
