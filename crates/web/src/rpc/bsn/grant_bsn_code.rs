//! `GrantBsnCode`: a code is granted to another account, in the name of its owner.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::{Bsn, Refusal},
    },
    account, in_words, needed, once, unlisted,
};
use app::{
    Failure,
    codes::{CodeFault, GrantCode, GrantCodeBy, Which},
};
use filing::codes::ServiceCode;
use serde_json::json;

pub(super) async fn told(asked: &Asked) -> Told {
    let code: ServiceCode = needed(asked, "Sn")?.parse().map_err(|_| Bsn::NoCode)?;
    let owner = account(asked, "AliUid").await?;
    let to = account(asked, "GrantToAliuid").await?;
    let desk = &asked.site.desk;
    let held = desk.systems_code(code.clone()).await.map_err(|fault| unlisted(&fault))?.ok_or(Bsn::NoCode)?;
    if held.owner.as_deref() != Some(owner.name()) {
        return Err(Bsn::NotOwned.into());
    }
    let grant = GrantCode { asker: owner, code: Which::Typed(code), to: to.name().to_owned() };
    let ask = GrantCodeBy { by: asked.actor()?, grant };
    let told = desk.grant_code_for(ask, Some(once(asked)?)).await.map_err(|error| match error {
        Failure::Because(CodeFault::UnknownCode) => Bsn::NotOwned.into(),
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    })?;
    if let Err(refused) = told.answer.judge() {
        return Err(Bsn::Failed(in_words(&refused, asked.lang)).into());
    }
    Ok(json!({
        "Sn": held.code.to_string(),
        "AliUid": held.account,
        "GrantToAliuid": asked.maybe("GrantToAliuid").and_then(|number| number.parse::<i64>().ok()),
        "Notes": asked.maybe("Notes"),
        "Success": true,
    }))
}
