//! What somebody does about his own second factor, each a deed with its entry in the ledger: the first code makes it count, new
//! recovery codes replace the old ones, and it is given up. As with a new password, other sessions end when the factor changes.

use super::{
    SecondFactorError,
    begin::is_fresh,
    code::{Code, Typed, recovery_codes},
    in_session,
    step::tried,
};
use crate::{
    Actor, Desk, Failure,
    access::{Password, Principal, ShownOnce},
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting},
    failure::{Damage, DeskError, Failed},
    ledger_entry::{entry, ours, row},
};
use ledger::{Entry, EntryRef};
use serde::Serialize;
use store::{
    SessionId, Tx, UserId, entries, second_factors, sessions,
    users::{self, User},
};

impl Desk {
    /// Makes the second factor that was begun count, where `code` is one of the app; the recovery codes, which are shown this
    /// once. All other sessions end.
    pub async fn confirm_second_factor(
        &self,
        principal: &Principal,
        code: Code,
    ) -> Result<Vec<ShownOnce>, SecondFactorError> {
        let kept = in_session(principal)?;
        let Code(Typed::OfApp(code)) = code else { return Err(SecondFactorError::WrongCode) };
        tried(self, principal.user).await?;
        let (shown, recovery) = recovery_codes(&mut self.chance().draw());
        self.change_own_factor(principal, Change::Confirm { code, recovery, kept }).await?;
        super::step::was_right(self, principal.user).await?;
        Ok(shown)
    }

    /// Gives up the second factor of whoever is signed in, if that is his password. All other sessions end.
    pub async fn remove_second_factor(
        &self,
        principal: &Principal,
        password: Password,
    ) -> Result<(), SecondFactorError> {
        let kept = in_session(principal)?;
        let was = self.own_password(principal.user, password).await?;
        self.change_own_factor(principal, Change::Remove { was, kept }).await?;
        Ok(self.own_password_was_right(principal.user).await?)
    }

    /// Gives whoever is signed in new recovery codes, if that is his password; those that he had are good for nothing from then
    /// on.
    pub async fn renew_recovery_codes(
        &self,
        principal: &Principal,
        password: Password,
    ) -> Result<Vec<ShownOnce>, SecondFactorError> {
        in_session(principal)?;
        let was = self.own_password(principal.user, password).await?;
        let (shown, recovery) = recovery_codes(&mut self.chance().draw());
        self.change_own_factor(principal, Change::RenewRecovery { was, recovery }).await?;
        self.own_password_was_right(principal.user).await?;
        Ok(shown)
    }

    async fn change_own_factor(
        &self,
        principal: &Principal,
        change: Change,
    ) -> Result<(), SecondFactorError> {
        let by = principal.actor().map_err(|error| DeskError::unwritable(&error))?;
        let deed = ChangeOwnFactor { by, user: principal.user, change };
        match self.once(None, deed).await {
            Ok(_) => Ok(()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(Failure::Desk(error)) => Err(error.into()),
            Err(failure @ Failure::KeyUsed) => Err(DeskError::unwritable(&failure).into()),
        }
    }
}

#[derive(Serialize)]
struct ChangeOwnFactor {
    by: Actor,
    #[serde(skip)]
    user: UserId,
    change: Change,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Confirm {
        #[serde(skip)]
        code: u32,
        #[serde(skip)]
        recovery: Vec<Vec<u8>>,
        #[serde(skip)]
        kept: SessionId,
    },
    RenewRecovery {
        /// The hash of the password that was compared.
        #[serde(skip)]
        was: String,
        #[serde(skip)]
        recovery: Vec<Vec<u8>>,
    },
    Remove {
        #[serde(skip)]
        was: String,
        #[serde(skip)]
        kept: SessionId,
    },
}

impl Change {
    /// How the ledger calls it.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Confirm { .. } => "user.second-factor-set",
            Self::RenewRecovery { .. } => "user.recovery-codes-renewed",
            Self::Remove { .. } => "user.second-factor-removed",
        }
    }

    /// The session that goes on, where all others end.
    const fn ends_but(&self) -> Option<SessionId> {
        match self {
            Self::Confirm { kept, .. } | Self::Remove { kept, .. } => Some(*kept),
            Self::RenewRecovery { .. } => None,
        }
    }

    /// Whether the password is still the one that was compared.
    fn is_still(&self, user: &User) -> bool {
        match self {
            Self::Confirm { .. } => true,
            Self::RenewRecovery { was, .. } | Self::Remove { was, .. } => user.password.as_ref() == Some(was),
        }
    }

    async fn write(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        user: UserId,
        at: i64,
    ) -> Done<ChangeOwnFactor> {
        let because = |fault| Err(Failed::Because(Failure::Because(fault)));
        let found = second_factors::of_user(tx, user).await?;
        let is_on = found.as_ref().is_some_and(|factor| factor.confirmed_at.is_some());
        match self {
            Self::Confirm { .. } if is_on => return because(SecondFactorError::IsOn),
            Self::Confirm { code, recovery, .. } => {
                let begun = found.filter(|factor| is_fresh(factor.made_at, setting.now.as_microsecond()));
                let Some(begun) = begun else { return because(SecondFactorError::NotBegun) };
                let secret = setting.ground.secrets.open_totp(user, &begun.sealed)?;
                let Some(step) = secret.step_of(*code, setting.now, begun.last_step) else {
                    return because(SecondFactorError::WrongCode);
                };
                if !second_factors::confirm(tx, user, at, step).await? {
                    return because(SecondFactorError::WrongCode);
                }
                second_factors::give_recovery(tx, user, recovery).await?;
            }
            Self::RenewRecovery { .. } | Self::Remove { .. } if !is_on => {
                return because(SecondFactorError::IsOff);
            }
            Self::RenewRecovery { recovery, .. } => {
                second_factors::give_recovery(tx, user, recovery).await?;
            }
            Self::Remove { .. } => {
                second_factors::forget(tx, user).await?;
            }
        }
        Ok(())
    }
}

impl Deed for ChangeOwnFactor {
    const WORD: &'static str = "change-own-factor";
    type Ready = ();
    type Answer = ();
    type Fault = SecondFactorError;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let desk = setting.ground.check(tx).await?;
        let gone = || Damage::User { id: self.user, fault: "it is gone".to_owned() };
        let before = users::by_id(tx, self.user).await?.ok_or_else(gone)?;
        if !self.change.is_still(&before) {
            return Err(Failed::Because(Failure::Because(SecondFactorError::WrongPassword)));
        }
        let at = following(setting.now, [desk.changed_at, before.changed_at])?.as_microsecond();
        self.change.write(tx, setting, self.user, at).await?;
        let after = User { changed_at: at, ..before.clone() };
        let ids = vec![ours("user", self.user.uuid())];
        let entry = row(setting.entry, &Entry { ids, ..entry(at, &self.by, self.change.kind()) })?;
        let mut writes = vec![users::changing(&after, &before.changed_at), entries::adding(&entry)];
        let kept = self.change.ends_but();
        if let Some(kept) = &kept {
            writes.push(sessions::ending_others(&self.user, kept, &at));
        }
        tx.together(&writes).await?;
        Ok(())
    }

    async fn again(&self, _: &mut Tx<'_>, _: &Setting, _: &EntryRef<'_>) -> Done<Self> {
        Ok(())
    }
}
