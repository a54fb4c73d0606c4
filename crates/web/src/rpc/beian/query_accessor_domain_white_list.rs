//! `QueryAccessorDomainWhiteList`: whether a domain is on the white list now, and all its entries that are not over.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
    },
    good,
};
use crate::answer::time;
use serde_json::json;

pub(super) async fn told(asked: &Asked) -> Told {
    let (_caller, name) = (asked.text("Caller")?, asked.text("Domain")?);
    let (desk, now) = (&asked.site.desk, asked.site.desk.now());
    let found = desk.gate_windows_of(name).await.map_err(|error| failed(&error))?;
    let items: Vec<_> = found
        .iter()
        .map(|window| {
            let valid = window.from.is_none_or(|from| from <= now);
            json!({
                "Type": "domain",
                "Valid": valid,
                "StartTime": window.from.map(time),
                "EndTime": window.until.map(time),
                "CreateTime": time(window.made_at),
            })
        })
        .collect();
    let white = found.iter().any(|window| window.from.is_none_or(|from| from <= now));
    Ok(good(Some(json!({ "White": white, "Items": items }))))
}
