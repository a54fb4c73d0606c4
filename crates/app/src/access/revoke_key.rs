//! Revoking a key: from the next request on it lets nobody in.

use super::{KeyFault, KeysOf, MOST_KEYS};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row},
};
use ledger::{Entry, EntryRef};
use serde::{Serialize, Serializer};
use store::{ApiKeyId, Tx, api_keys, entries, users};

impl Desk {
    /// Revokes a key, for good. Whose it is not learns of none: [`KeyFault::UnknownKey`]. A key may revoke itself.
    pub async fn revoke_key(
        &self,
        of: KeysOf,
        id: ApiKeyId,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<KeyFault>> {
        let (by, user) = of.named().map_err(Failure::Because)?;
        self.once(key, Revoking { by, user, id }).await
    }
}

#[derive(Serialize)]
struct Revoking {
    by: Actor,
    user: String,
    #[serde(serialize_with = "as_text")]
    id: ApiKeyId,
}

fn as_text<S: Serializer>(id: &ApiKeyId, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}

impl Deed for Revoking {
    const WORD: &'static str = "revoke-key";
    type Ready = ();
    type Answer = ();
    type Fault = KeyFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        let desk = setting.ground.check(tx).await?;
        let user = users::by_name(tx, &self.user).await?;
        let user = user.ok_or_else(|| because(KeyFault::UnknownUser(self.user.clone())))?;
        let most = i64::try_from(MOST_KEYS).unwrap_or(i64::MAX);
        let key = api_keys::of_user(tx, user.id, most).await?.into_iter().find(|key| key.id == self.id);
        let key = key.ok_or_else(|| because(KeyFault::UnknownKey))?;
        let at = following(setting.now, [desk.changed_at, key.made_at])?.as_microsecond();
        if !api_keys::revoke(tx, self.id, user.id, at).await? {
            return Err(because(KeyFault::UnknownKey));
        }
        setting.ground.moves_on(tx, at).await?;
        let ids = vec![ours("user", user.id.uuid()), ours("key", self.id.uuid())];
        let revoked = Entry { ids, ..entry(at, &self.by, "user.key-revoked") };
        tx.together(&[entries::adding(&row(setting.entry, &revoked)?)]).await?;
        Ok(())
    }

    async fn again(&self, _: &mut Tx<'_>, _: &Setting, _: &EntryRef<'_>) -> Done<Self> {
        Ok(())
    }
}
