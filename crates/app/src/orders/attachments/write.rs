//! A change of the pictures of an order as it is written: the order, its materials, what is kept, and the entry of the ledger.

use crate::{
    Actor,
    chance::Draw,
    clock::following,
    deed::{Setting, decided},
    failure::{Damage, DeskError, Failed, Failure},
    ledger_entry::{entry, ours, row},
    orders::{
        course, filled,
        held::{self, Held},
        review, submit,
    },
    personal::Vault,
};
use filing::orders::{Form, Move, Part, State, Who};
use ledger::Entry;
use serde::Serialize;
use store::{
    AttachmentId, OrderId, Tx, Write,
    attachments::{self, Attachment},
    entries,
    orders::{Change, Order},
};
use uuid::Uuid;

/// An order whose pictures may be changed, with its key and what is filled in.
pub(super) struct Editable {
    pub(super) order: Order,
    pub(super) vault: Vault,
    pub(super) form: Form,
}

impl Editable {
    /// The order of that account, if its owner can edit it now.
    pub(super) async fn find(
        tx: &mut Tx<'_>,
        setting: &Setting,
        (asker, id): (&crate::Asker, OrderId),
    ) -> Held<Self> {
        let order = held::own(tx, id, asker).await?;
        held::step(&order, Move::Save, Who::Filer)?;
        let vault = held::vault(tx, &setting.ground, &order).await?;
        let form = filled::form(tx, &vault, order.id).await?;
        Ok(Self { order, vault, form })
    }

    /// What the change to `form` touches although the reviewer did not give it back.
    pub(super) async fn locked(&self, tx: &mut Tx<'_>, form: &Form) -> Result<Vec<String>, DeskError> {
        if self.order.state != State::Returned {
            return Ok(Vec::new());
        }
        let submitted = filled::round(tx, &self.vault, self.order.id, self.order.round).await?;
        let remarks = review::of_round(tx, &self.vault, self.order.id, self.order.round).await?;
        let opened = submit::opened(&remarks, &submitted.unwrap_or_default());
        Ok(opened.locked(&self.form, form))
    }

    /// When the change happens, in microseconds since 1970.
    pub(super) fn at(&self, setting: &Setting) -> Result<i64, DeskError> {
        Ok(following(setting.now, [self.order.changed_at])?.as_microsecond())
    }
}

/// How much of a picture goes when it is taken out of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// Nothing: it is that of the rejected order that this one corrects, or was taken away already.
    Nothing,
    /// It is no longer among the pictures of the order, but shown to whoever looks at what was submitted.
    FromForm,
    /// All of it: nobody but its owner has ever been shown it.
    All,
}

impl Goes {
    /// What becomes of the picture with that id. Nothing can be added to an order between its submission and its return, so that
    /// what is older than its present state was submitted.
    pub(super) async fn of(tx: &mut Tx<'_>, order: &Order, id: AttachmentId) -> Result<Self, DeskError> {
        let picture = attachments::by_id(tx, id).await?;
        let own = picture.filter(|picture| picture.order == order.id && picture.removed_at.is_none());
        Ok(match own {
            None => Self::Nothing,
            Some(Attachment { added_at, .. }) if added_at < order.since_at => Self::FromForm,
            Some(_) => Self::All,
        })
    }

    /// Takes it away, once the change is written.
    pub(super) async fn write(self, tx: &mut Tx<'_>, id: AttachmentId, at: i64) -> Result<(), DeskError> {
        let mut writes = Vec::new();
        if self != Self::Nothing {
            writes.push(attachments::removing(&id, &at));
        }
        if self == Self::All {
            writes.push(attachments::forgetting(&id));
        }
        tx.together(&writes).await?;
        Ok(())
    }
}

/// A change that is to be written.
pub(super) struct Changing<'a, T> {
    pub(super) actor: &'a Actor,
    /// The ledger's kind of it.
    pub(super) kind: &'static str,
    /// What is filled in afterwards.
    pub(super) form: &'a Form,
    pub(super) ids: Vec<(&'static str, Uuid)>,
    pub(super) commitments: Vec<(&'static str, [u8; 32])>,
    /// What is told, and told again: nothing personal.
    pub(super) told: &'a T,
}

impl<T: Serialize> Changing<'_, T> {
    /// Writes it together with `writes`, each of which must change a row.
    pub(super) async fn write<F>(
        self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        before: &Editable,
        writes: Vec<Write<'_>>,
        draw: &mut Draw,
    ) -> Result<(), Failed<Failure<F>>> {
        let Self { actor, kind, form, ids, commitments, told } = self;
        let Editable { order, vault, .. } = before;
        let at = before.at(setting)?;
        let materials = filled::seal_part(vault, order.id, Part::Materials, form, at, draw)?;
        let version = order.version + 1;
        let after = Order { version, changed_at: at, touched_at: at, ..order.clone() };
        let after = course::timed(after, setting.now);
        let entry = Entry {
            ids: std::iter::once(("order", order.id.uuid()))
                .chain(ids)
                .map(|(name, id)| ours(name, id))
                .collect(),
            decided: Some(decided(told, &(), Vec::new())?),
            commitments: commitments.into_iter().map(|(name, to)| (name.into(), to)).collect(),
            ..entry(at, actor, kind)
        };
        let entry = row(setting.entry, &entry)?;
        let change = Change::new(order.version, &after);
        let mut all = vec![change.changing(), materials.saving(&order.id), entries::adding(&entry)];
        all.extend(writes);
        if tx.together(&all).await?.contains(&0) {
            return Err(Damage::Order { id: order.id, fault: "it changed meanwhile".to_owned() }.into());
        }
        Ok(())
    }
}
