//! Bsn 2015-05-12: service codes of accounts, for the systems that sell products. Whoever calls acts in the name of the account that he
//! names, and is named in the ledger himself.

mod get_bsn_by_resource;
mod get_bsn_by_sn;
mod grant_bsn_code;
mod product_bind_bsn;

use super::{
    Told,
    asked::{Asked, failed},
    fault::{Bsn, Refusal},
};
use crate::problem::{Fine, fines};
use app::{Asker, IdempotencyKey, access::Right, codes::ListFault, codes::SystemsCode};
use filing::{
    Refusal as Reason, Refused,
    codes::{Shown, State},
};
use rulebook::Lang;
use serde_json::{Value, json};

/// The version of the interface.
pub(super) const VERSION: &str = "2015-05-12";

/// What is offered.
pub(super) const ACTIONS: [&str; 4] = ["GetBsnByResource", "GetBsnBySn", "GrantBsnCode", "ProductBindBsn"];

/// Does what is asked.
pub(super) async fn told(asked: &Asked) -> Told {
    asked.may(Right::ActForAccounts)?;
    match asked.sent.action.as_str() {
        "ProductBindBsn" => product_bind_bsn::told(asked).await,
        "GetBsnBySn" => get_bsn_by_sn::told(asked).await,
        "GetBsnByResource" => get_bsn_by_resource::told(asked).await,
        "GrantBsnCode" => grant_bsn_code::told(asked).await,
        _ => Err(Refusal::UnknownAction),
    }
}

/// A parameter that has to be there, missing as this interface says it.
fn needed<'a>(asked: &'a Asked, name: &'static str) -> Result<&'a str, Refusal> {
    asked.maybe(name).ok_or_else(|| Bsn::Missing(name).into())
}

/// The account with the number in a parameter.
async fn account(asked: &Asked, name: &'static str) -> Result<Asker, Refusal> {
    let number = needed(asked, name)?.parse().map_err(|_| Bsn::NoAccount)?;
    let found = asked.site.desk.account_numbered(number).await.map_err(|error| failed(&error))?;
    found.ok_or_else(|| Bsn::NoAccount.into())
}

/// The type of the instance, where some product of the edition in force has it.
fn resource_type(asked: &Asked) -> Result<u8, Refusal> {
    let number = needed(asked, "resourceType")?.parse().map_err(|_| Bsn::CannotBind)?;
    let edition = asked.site.desk.edition_in_force().ok_or(Refusal::Unavailable)?;
    let known = edition.rows().iter().any(|row| row.rpc_resource_type == Some(number));
    if known { Ok(number) } else { Err(Bsn::CannotBind.into()) }
}

/// Whether an instance is of that type.
fn is_of(asked: &Asked, product: &str, resource_type: u8) -> bool {
    let edition = asked.site.desk.edition_in_force();
    edition.and_then(|edition| edition.row(product)?.rpc_resource_type) == Some(resource_type)
}

/// The key under which a call that changes something is done once: its nonce, which no other call has.
fn once(asked: &Asked) -> Result<IdempotencyKey, Refusal> {
    let nonce = asked.sent.nonce().unwrap_or_default();
    let digest = app::hex(&<sha2::Sha256 as sha2::Digest>::digest(nonce));
    IdempotencyKey::parse(&format!("rpc-{digest}")).map_err(|_| Refusal::Fault)
}

fn unlisted(fault: &ListFault) -> Refusal {
    match fault {
        ListFault::NoEdition(_) => Refusal::Unavailable,
        ListFault::Desk(error) => failed(error),
    }
}

/// Every reason of a refusal, with what to do.
fn in_words<R: Reason>(refused: &Refused<R>, lang: Lang) -> String {
    let lines: Vec<_> = fines(refused, lang).iter().map(Fine::in_a_line).collect();
    lines.join(" ")
}

/// Where a code stands, as the interface numbers it.
const fn status(shown: Shown) -> u8 {
    match shown {
        Shown::Stored(State::Init) => 0,
        Shown::Stored(State::Bound) => 1,
        Shown::Stored(State::Recorded) => 2,
        Shown::Stored(State::Void) | Shown::Expired => 3,
        Shown::Stored(State::Recording) => 4,
    }
}

/// A code of a list.
fn bsn_do(code: &SystemsCode) -> Value {
    let instance = code.instance.as_ref().map(|(instance, _)| instance);
    json!({
        "aliUid": code.account,
        "resourceType": code.resource_type,
        "resourceId": instance,
        "sn": code.code.to_string(),
        "status": status(code.shown),
        "beianNum": code.number.as_deref().unwrap_or_default(),
        "opSource": "kebei",
    })
}

/// A list of codes.
fn datas(codes: &[SystemsCode]) -> Value {
    json!({ "datas": { "bsnDO": codes.iter().map(bsn_do).collect::<Vec<_>>() } })
}
