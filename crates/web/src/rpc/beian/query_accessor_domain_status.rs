//! `QueryAccessorDomainStatus`: whether a name may be served, and why.

use super::{
    super::{Told, asked::Asked},
    good, standing, status,
};

pub(super) fn told(asked: &Asked) -> Told {
    let (_caller, name) = (asked.text("Caller")?, asked.text("Domain")?);
    let standing = standing(asked)?;
    Ok(good(Some(status(name, standing.answer(name, asked.site.desk.now()), asked.lang))))
}
