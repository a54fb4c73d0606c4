//! A number is cancelled by order of an authority (`by-authority`, SPEC 7). The bureau has decided it already, and the customer is not
//! asked: an order in the name of his account is made and filed at once, so that he sees what became of his number, and when.

use super::{
    bureau::FileFault,
    filled,
    moving::{Moved, Moving, Names},
    open::{Fresh, draft},
};
use crate::{
    Actor,
    chance::Draw,
    deed::Setting,
    failure::{Damage, DeskError, Failed, Failure},
    personal::Vault,
    registry::{Registering, Turning},
};
use filing::{
    orders::{Cancellation, FiledNumber, Form, Kind, Move, Part, Who, step_of},
    registry,
};
use std::sync::Arc;
use store::{AccountId, EntryId, Tx, orders::Order};

/// What stands as the reason in such an order: forms are filled in Chinese, for the bureau.
const REASON: &str = "主管部门要求注销";

/// A number that is to end.
pub(crate) struct Forcing<'a> {
    pub(crate) setting: &'a Setting,
    /// Who agreed.
    pub(crate) actor: &'a Actor,
    /// Whose number it is.
    pub(crate) account: AccountId,
    /// [`Kind::CancelSubject`] or [`Kind::CancelWebsite`].
    pub(crate) kind: Kind,
    pub(crate) number: &'a str,
    pub(crate) fresh: &'a Fresh,
    /// The entry of the ledger that says that the order was made and filed.
    pub(crate) entry: EntryId,
    /// When the last of what it follows changed, in microseconds since 1970.
    pub(crate) followed: Vec<i64>,
}

impl Forcing<'_> {
    /// Makes the order, does in the registry what it asks for, and writes its entry.
    pub(crate) async fn force(
        self,
        tx: &mut Tx<'_>,
        draw: &mut Draw,
    ) -> Result<Moved, Failed<Failure<FileFault>>> {
        let Self { setting, actor, account, kind, number, fresh, entry, followed } = self;
        let step = step_of(kind, None, Move::Force, Who::TwoPeople);
        let step = step.map_err(|illegal| {
            Failed::Because(Failure::Because(FileFault::Order(super::OrderFault::Illegal(illegal))))
        })?;
        let order = Order { state: step.to, round: 1, ..draft(fresh, account, kind, setting.now) };
        let form = form(number);
        let vault = self::vault(tx, setting, fresh).await?;
        let turning = Turning {
            who: registry::Who::TwoPeople,
            reason: Some(registry::Reason::ByAuthority),
            actor,
            order: Some(order.id),
            edition: setting.ground.rulebook.in_force(setting.now).ok().map(|edition| edition.id.as_str()),
            entry,
        };
        let registering = Registering {
            ground: &setting.ground,
            turning,
            order: &order,
            form: &form,
            vault: &vault,
            numbers: (None, &[]),
            now: setting.now,
        };
        let writing = registering.prepare(tx, draw).await?;
        let moving = Moving {
            actor,
            by: Move::Force,
            before: None,
            after: order.clone(),
            followed: followed.into_iter().chain(writing.followed()).collect(),
            names: Names {
                ids: writing.names().collect(),
                commitments: vec![("form", vault.commitment("form", &form)?)],
            },
        };
        let at = moving.at(setting)?;
        let kept = filled::seal_round(&vault, order.id, order.round, &form, at, draw)?;
        let parts = [Part::Target, Part::Cancellation]
            .map(|part| filled::seal_part(&vault, order.id, part, &form, at, draw));
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut writes: Vec<_> = parts.iter().map(|part| part.saving(&order.id)).collect();
        writes.push(kept.adding(&order.id));
        let of_order = Setting { ground: Arc::clone(&setting.ground), entry, ..*setting };
        let (_, moved) = moving.write(tx, &of_order, writes).await?;
        writing.write(tx, &turning, at).await?;
        Ok(moved)
    }
}

/// The key of the new order, written and opened.
async fn vault(tx: &mut Tx<'_>, setting: &Setting, fresh: &Fresh) -> Result<Vault, DeskError> {
    let key = &fresh.subject_key;
    tx.together(&[key.adding()]).await?;
    let missing = || Damage::Sealed { row: key.id.uuid(), fault: "it is missing".to_owned() };
    Ok(Vault::find(tx, &setting.ground, key.id).await?.vault().ok_or_else(missing)?)
}

fn form(number: &str) -> Form {
    let digits = number.chars().filter(char::is_ascii_digit).collect();
    Form {
        target: Some(FiledNumber { number: Some(number.to_owned()) }),
        cancellation: Some(Cancellation { reason: Some(REASON.to_owned()), confirmation: Some(digits) }),
        ..Form::default()
    }
}
