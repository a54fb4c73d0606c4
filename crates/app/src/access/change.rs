//! What becomes of a user: the one deed behind changing roles, locking, and new passwords.

use super::{
    Role, Roles, RolesFault,
    add_user::fitting,
    passwords::Hashed,
    principal::{read_roles, role_words},
};
use crate::{
    Actor,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting},
    failure::{Damage, DeskError, Failed, Failure},
    ledger_entry::{entry, ours, row, theirs},
};
use ledger::{Entry, EntryRef};
use serde::Serialize;
use store::{
    SessionId, Tx, entries, second_factors, sessions,
    users::{self, User},
};

/// A user is to be changed.
#[derive(Serialize)]
pub(super) struct ChangeUser {
    pub(super) by: Actor,
    pub(super) name: String,
    pub(super) change: Change,
    /// When he was last changed, as whoever asks knows him: any of these; `None` where that makes no difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<Vec<i64>>,
    /// Whether whoever asks may do to others alone what nobody does to himself.
    #[serde(skip)]
    pub(super) of_others: bool,
}

/// In what.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    Roles(Roles),
    Lock,
    Unlock,
    /// An operator gives a one-time password.
    ResetPassword {
        #[serde(skip)]
        hash: Hashed,
    },
    /// An operator takes the second factor away.
    ResetSecondFactor,
    /// The user sets one of his own, where the one before is still what it was, and keeps one session.
    SetPassword {
        #[serde(skip)]
        was: String,
        #[serde(skip)]
        hash: Hashed,
        #[serde(skip)]
        kept: SessionId,
    },
}

/// Why a user is not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserFault {
    /// There is none of that name.
    #[error("no user is named `{0}`")]
    Unknown(String),
    /// Another system has no password.
    #[error("`{0}` is another system and has no password")]
    System(String),
    /// He cannot have these roles.
    #[error(transparent)]
    Roles(#[from] RolesFault),
    /// Nobody could keep users any more: he is the last operator who is let in.
    #[error("`{0}` is the last operator who is not locked")]
    LastOperator(String),
    /// Nobody gives himself other roles, neither more nor fewer: somebody else looks at it.
    #[error("nobody changes his own roles")]
    OwnRoles,
    /// He has no second factor that could be taken away.
    #[error("`{0}` has no second factor")]
    NoSecondFactor(String),
    /// Nobody takes his own second factor away without his password.
    #[error("nobody takes his own second factor away here")]
    OwnSecondFactor,
    /// The user, or his password, was changed meanwhile.
    #[error("the user was changed meanwhile")]
    Changed,
}

impl Change {
    /// How the ledger calls it.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Roles(_) => "user.roles-changed",
            Self::Lock => "user.locked",
            Self::Unlock => "user.unlocked",
            Self::ResetPassword { .. } => "user.password-reset",
            Self::ResetSecondFactor => "user.second-factor-reset",
            Self::SetPassword { .. } => "user.password-set",
        }
    }

    /// The session that goes on, where all others end; the nil id for none.
    const fn ends_but(&self) -> Option<SessionId> {
        match self {
            Self::Lock | Self::ResetPassword { .. } | Self::ResetSecondFactor => {
                Some(SessionId::new(uuid::Uuid::nil()))
            }
            Self::SetPassword { kept, .. } => Some(*kept),
            Self::Roles(_) | Self::Unlock => None,
        }
    }

    /// Whether the user's keys give something else after it: who has presented one before must be looked up again.
    const fn reaches_keys(&self) -> bool {
        match self {
            Self::Roles(_) | Self::Lock | Self::Unlock => true,
            Self::ResetPassword { .. } | Self::ResetSecondFactor | Self::SetPassword { .. } => false,
        }
    }

    /// The user after it.
    fn apply(&self, before: &User, setting: &Setting, at: i64) -> Result<User, UserFault> {
        let user = User { changed_at: at, ..before.clone() };
        Ok(match self {
            Self::Roles(roles) => {
                fitting(*roles, before.account.is_some())?;
                User { roles: role_words(*roles), ..user }
            }
            Self::Lock => User { locked_at: before.locked_at.or(Some(at)), ..user },
            Self::Unlock => User { locked_at: None, ..user },
            Self::ResetSecondFactor => user,
            Self::ResetPassword { .. } if before.system => return Err(UserFault::System(user.name)),
            Self::ResetPassword { hash } => {
                let password_until = Some(super::sign_in::one_time_until(setting.now));
                User { password: Some(hash.0.clone()), password_until, password_used_at: None, ..user }
            }
            Self::SetPassword { was, .. } if before.password.as_ref() != Some(was) => {
                return Err(UserFault::Changed);
            }
            Self::SetPassword { hash, .. } => {
                let password = Some(hash.0.clone());
                User { password, password_until: None, password_used_at: None, ..user }
            }
        })
    }
}

impl ChangeUser {
    /// What nobody does to himself, if the user is whoever asks.
    fn to_himself(&self) -> Option<UserFault> {
        let by = match &self.by {
            Actor::Staff(operator) => operator.as_str(),
            Actor::Partner(name) => name,
            Actor::Account(_) | Actor::Kebei => return None,
        };
        match self.change {
            _ if by != self.name => None,
            Change::Roles(_) => Some(UserFault::OwnRoles),
            Change::ResetSecondFactor => Some(UserFault::OwnSecondFactor),
            _ => None,
        }
    }
}

/// Whether he is a person who is let in as an operator. Another system is not counted: nobody may hold a key of it.
fn keeps_users(user: &User) -> bool {
    let operator = read_roles(&user.roles).is_some_and(|roles| roles.has(Role::Operator));
    operator && !user.system && user.locked_at.is_none()
}

impl Deed for ChangeUser {
    const WORD: &'static str = "change-user";
    type Ready = ();
    type Answer = ();
    type Fault = UserFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        let desk = setting.ground.check(tx).await?;
        let before = users::by_name(tx, &self.name).await?;
        let before = before.ok_or_else(|| because(UserFault::Unknown(self.name.clone())))?;
        if self.since.as_ref().is_some_and(|since| !since.contains(&before.changed_at)) {
            return Err(because(UserFault::Changed));
        }
        let at = following(setting.now, [desk.changed_at, before.changed_at])?.as_microsecond();
        let after = self.change.apply(&before, setting, at).map_err(because)?;
        let last = keeps_users(&before)
            && !keeps_users(&after)
            && !users::another_has(tx, Role::Operator.word(), after.id).await?;
        if last {
            return Err(because(UserFault::LastOperator(after.name)));
        }
        if let Some(fault) = self.to_himself().filter(|_| self.of_others) {
            return Err(because(fault));
        }
        if matches!(self.change, Change::ResetSecondFactor) && !second_factors::forget(tx, after.id).await? {
            return Err(because(UserFault::NoSecondFactor(after.name)));
        }
        let mut ids = vec![ours("user", after.id.uuid())];
        if let Change::Roles(roles) = &self.change {
            ids.extend(roles.iter().map(|role| theirs("role", role.word())));
        }
        let entry = Entry { ids, ..entry(at, &self.by, self.change.kind()) };
        let entry = row(setting.entry, &entry)?;
        let mut writes = vec![users::changing(&after, &before.changed_at), entries::adding(&entry)];
        let kept = self.change.ends_but();
        if let Some(kept) = &kept {
            writes.push(sessions::ending_others(&after.id, kept, &at));
        }
        if tx.together(&writes).await?.first() != Some(&1) {
            let fault = "it changed while it was changed".to_owned();
            return Err(Damage::User { id: after.id, fault }.into());
        }
        if self.change.reaches_keys() {
            setting.ground.moves_on(tx, at).await?;
        }
        Ok(())
    }

    async fn again(&self, _: &mut Tx<'_>, _: &Setting, _: &EntryRef<'_>) -> Done<Self> {
        Ok(())
    }
}
