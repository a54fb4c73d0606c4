//! `ManageAccessorDomain`: a system says that it serves a name, or does no more.

use super::{
    super::{Told, asked::Asked},
    good, is_put,
    query_accessor_domain_list::refused,
};
use app::gate::ManageAccessorName;

pub(super) async fn told(asked: &Asked) -> Told {
    let ask = ManageAccessorName {
        by: asked.actor()?,
        caller: asked.text("Caller")?.to_owned(),
        name: asked.text("Domain")?.to_owned(),
        serves: is_put(asked)?,
    };
    asked.site.desk.manage_accessor_name(ask).await.map_err(refused)?;
    Ok(good(None))
}
