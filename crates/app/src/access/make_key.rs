//! Making keys: bearer keys, and signing keys for interfaces that sign their requests.

use super::{
    Principal, Right, ShownOnce, Through,
    add_user::known_name,
    principal::{read_roles, scope_words},
    token::{TokenKind, base32, digest},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting},
    failure::{Damage, DeskError, Failed},
    ground::USERS,
    ledger_entry::{entry, id_in, ours, row, theirs},
};
use jiff::Timestamp;
use ledger::{Entry, EntryRef};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{
    ApiKeyId, Tx, api_keys,
    api_keys::ApiKey,
    entries,
    users::{self, User},
};

/// Keys that one user has at a time: one for each of his systems, and room to replace them.
pub const MOST_KEYS: usize = 20;
/// Longest label of a key, in characters.
pub const LONGEST_LABEL: usize = 64;

/// Whose keys are meant, and who asks.
#[derive(Clone, Debug)]
pub enum KeysOf {
    /// One's own.
    Own(Principal),
    /// Those of a user, by whoever manages users.
    User {
        /// Who asks.
        by: Actor,
        /// The user's name.
        name: String,
    },
}

impl KeysOf {
    /// Who asks, and the name of the user. Somebody who must first set a password has no keys of his own to speak of.
    pub(super) fn named(self) -> Result<(Actor, String), KeyFault> {
        match self {
            Self::Own(principal) if principal.may(Right::OwnKeys) => {
                let actor = principal.actor().map_err(|_| KeyFault::NotAllowed)?;
                Ok((actor, principal.name))
            }
            Self::Own(_) => Err(KeyFault::NotAllowed),
            Self::User { by, name } => Ok((by, known_name(name))),
        }
    }
}

/// A key is to be made.
#[derive(Clone, Debug)]
pub struct MakeKey {
    /// For whom.
    pub of: KeysOf,
    /// What its user calls it. It is not in the ledger.
    pub label: String,
    /// The rights that it is restricted to; `None` for all that the roles of its user give.
    pub scopes: Option<BTreeSet<Right>>,
    /// Until when it is good; `None` until it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// A key was made.
#[derive(Clone, Debug)]
pub struct MadeKey {
    /// Its id, by which it is listed and revoked.
    pub id: ApiKeyId,
    /// How a signing key is named in requests; of a bearer key there is nothing but its secret.
    pub public_id: Option<String>,
    /// The key itself, to be presented or to sign with. `None` where this was told before: it is shown once.
    pub secret: Option<ShownOnce>,
}

/// Why nothing is done about a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// There is no user of that name.
    #[error("no user is named `{0}`")]
    UnknownUser(String),
    /// The user has no such key, or it is revoked.
    #[error("there is no such key")]
    UnknownKey,
    /// A key makes no other keys, so that one that was stolen ends with its revocation; and who signed in with a one-time
    /// password sets his own first.
    #[error("keys are made in a session of somebody who may")]
    NotAllowed,
    /// The label is empty, too long or has control characters.
    #[error("a label has 1 to {LONGEST_LABEL} characters")]
    BadLabel,
    /// It would expire at once.
    #[error("the key would have expired already")]
    ExpiresInThePast,
    /// No scope is none of all: such a key could do nothing.
    #[error("a key without any scope can do nothing")]
    NoScope,
    /// The roles of the user do not give that right.
    #[error("the user has no right `{0}`")]
    BeyondRoles(Right),
    /// The user has as many keys as anybody may have.
    #[error("a user has at most {MOST_KEYS} keys")]
    TooMany,
}

impl Desk {
    /// Makes a bearer key. Its secret is shown once.
    pub async fn make_key(
        &self,
        ask: MakeKey,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<MadeKey>, Failure<KeyFault>> {
        self.made(ask, key, TokenKind::Key).await
    }

    /// Makes a signing key: a public id that requests name, and a secret with which they are signed, shown once and kept sealed.
    pub async fn make_signing_key(
        &self,
        ask: MakeKey,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<MadeKey>, Failure<KeyFault>> {
        self.have_key(&USERS).await?;
        self.made(ask, key, TokenKind::Signing).await
    }

    async fn made(
        &self,
        ask: MakeKey,
        key: Option<IdempotencyKey>,
        kind: TokenKind,
    ) -> Result<Told<MadeKey>, Failure<KeyFault>> {
        let MakeKey { of, label, scopes, expires_at } = ask;
        if let KeysOf::Own(principal) = &of
            && matches!(principal.through(), Through::Key(_))
        {
            return Err(Failure::Because(KeyFault::NotAllowed));
        }
        let (by, user) = of.named().map_err(Failure::Because)?;
        let label = label.trim().to_owned();
        let right = (1..=LONGEST_LABEL).contains(&label.chars().count()) && !label.contains(char::is_control);
        if !right {
            return Err(Failure::Because(KeyFault::BadLabel));
        }
        if scopes.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(Failure::Because(KeyFault::NoScope));
        }
        let secret = kind.token(&self.chance().draw().bytes());
        let making = Making {
            by,
            user,
            label,
            signing: kind == TokenKind::Signing,
            scopes: scopes.as_ref().map(scope_words),
            expires_at: expires_at.map(Timestamp::as_microsecond),
            rights: scopes.unwrap_or_default(),
            secret: secret.clone(),
        };
        let Told { entry, before, answer: id } = self.once(key, making).await?;
        let public_id = (kind == TokenKind::Signing).then(|| public_id(id));
        let answer = MadeKey { id, public_id, secret: (!before).then_some(secret) };
        Ok(Told { entry, before, answer })
    }
}

/// How requests name a signing key.
pub(super) fn public_id(id: ApiKeyId) -> String {
    format!("{}{}", super::signing_key::PUBLIC_PREFIX, base32(id.as_bytes()))
}

#[derive(Serialize)]
struct Making {
    by: Actor,
    user: String,
    label: String,
    signing: bool,
    scopes: Option<String>,
    expires_at: Option<i64>,
    /// The same as `scopes`.
    #[serde(skip)]
    rights: BTreeSet<Right>,
    #[serde(skip)]
    secret: ShownOnce,
}

impl Making {
    /// Whether that user may have such a key now.
    fn judge(&self, user: &User, at: i64) -> Result<(), Failed<Failure<KeyFault>>> {
        let because = |fault| Err(Failed::Because(Failure::Because(fault)));
        let roles = read_roles(&user.roles);
        let roles = roles.ok_or(Damage::User { id: user.id, fault: "its roles are none".to_owned() })?;
        let has = |right: &Right| right.roles().iter().any(|role| roles.has(*role));
        if let Some(beyond) = self.rights.iter().find(|right| !has(right)) {
            return because(KeyFault::BeyondRoles(*beyond));
        }
        if self.expires_at.is_some_and(|expires_at| expires_at <= at) {
            return because(KeyFault::ExpiresInThePast);
        }
        Ok(())
    }
}

/// What is made beforehand: its id, and what of it is stored.
struct Ready {
    id: ApiKeyId,
    digest: Option<Vec<u8>>,
    sealed: Option<Vec<u8>>,
}

impl Deed for Making {
    const WORD: &'static str = "make-key";
    type Ready = Ready;
    type Answer = ApiKeyId;
    type Fault = KeyFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Ready, DeskError> {
        let id = draw.id(setting.now);
        let secret = self.secret.reveal();
        if self.signing {
            let sealed = setting.ground.secrets.seal_signing(id, secret, &mut draw.0)?;
            Ok(Ready { id, digest: None, sealed: Some(sealed) })
        } else {
            Ok(Ready { id, digest: Some(digest(secret).to_vec()), sealed: None })
        }
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, ready: &Ready) -> Done<Self> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        let desk = setting.ground.check(tx).await?;
        let user = users::by_name(tx, &self.user).await?;
        let user = user.ok_or_else(|| because(KeyFault::UnknownUser(self.user.clone())))?;
        let at = following(setting.now, [desk.changed_at, user.changed_at])?.as_microsecond();
        self.judge(&user, at)?;
        let most = i64::try_from(MOST_KEYS).unwrap_or(i64::MAX);
        if api_keys::of_user(tx, user.id, most).await?.len() >= MOST_KEYS {
            return Err(because(KeyFault::TooMany));
        }
        let key = ApiKey {
            id: ready.id,
            user: user.id,
            label: self.label.clone(),
            digest: ready.digest.clone(),
            sealed: ready.sealed.clone(),
            scopes: self.scopes.clone(),
            made_at: at,
            expires_at: self.expires_at,
            revoked_at: None,
            used_at: None,
        };
        let mut ids = vec![ours("user", user.id.uuid()), ours("key", key.id.uuid())];
        ids.extend(self.rights.iter().map(|right| theirs("scope", right.word())));
        let kind = if self.signing { "user.signing-key-made" } else { "user.key-made" };
        let entry = row(setting.entry, &Entry { ids, ..entry(at, &self.by, kind) })?;
        tx.together(&[api_keys::adding(&key), entries::adding(&entry)]).await?;
        Ok(key.id)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Ok(ApiKeyId::new(id_in(entry, "key", setting.entry)?))
    }
}
