//! `GetBsnByResource`: the codes of an instance.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::Bsn,
    },
    account, datas, needed, resource_type, unlisted,
};

pub(super) async fn told(asked: &Asked) -> Told {
    let kind = resource_type(asked)?;
    let instance = needed(asked, "resourceId")?.to_owned();
    let buyer = account(asked, "aliuid").await?;
    let desk = &asked.site.desk;
    let found = desk.systems_codes(&buyer, &instance).await.map_err(|fault| unlisted(&fault))?;
    let Some(mut codes) = found else {
        let is_there = desk.has_instance(&instance).await.map_err(|error| failed(&error))?;
        return Err(if is_there { Bsn::NotOwner } else { Bsn::NoInstance }.into());
    };
    codes.retain(|code| code.resource_type.is_none_or(|of| of == kind));
    Ok(datas(&codes))
}
