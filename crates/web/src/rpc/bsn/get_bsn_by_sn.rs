//! `GetBsnBySn`: one code, by what it says.

use super::{
    super::{Told, asked::Asked, fault::Bsn},
    status, unlisted,
};
use filing::codes::ServiceCode;
use serde_json::json;

pub(super) async fn told(asked: &Asked) -> Told {
    let typed = asked.maybe("sn").ok_or(Bsn::NoSn)?;
    let code: ServiceCode = typed.parse().map_err(|_| Bsn::NoCode)?;
    let found = asked.site.desk.systems_code(code).await.map_err(|fault| unlisted(&fault))?;
    let found = found.ok_or(Bsn::NoCode)?;
    Ok(json!({
        "sn": found.code.to_string(),
        "status": status(found.shown),
        "beianNum": found.number.as_deref().unwrap_or_default(),
        "aliUid": found.account,
        "resourceType": found.resource_type,
        "resourceId": found.instance.as_ref().map(|(instance, _)| instance),
    }))
}
