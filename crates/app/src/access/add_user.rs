//! An operator adds a user: somebody who signs in, or another system.

use super::{
    Email, Password, Role, Roles, ShownOnce,
    passwords::{Hashed, one_time},
    principal::role_words,
    sign_in::one_time_until,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    ground::USERS,
    ledger_entry::{entry, id_in, ours, row, theirs},
};
use jiff::SignedDuration;
use ledger::{Entry, EntryRef};
use serde::Serialize;
use store::{
    Tx, UserId, accounts, entries,
    users::{self, User},
};

/// How long a one-time password is good: over a long weekend.
pub const ONE_TIME_GOOD: SignedDuration = SignedDuration::from_hours(24 * 4);
/// Longest name of a user: it is typed at every sign-in.
const LONGEST_NAME: usize = 64;

/// A user is to be added.
#[derive(Clone, Debug)]
pub struct AddUser {
    /// Who adds him.
    pub by: Actor,
    /// The name with which he signs in: lower-case letters, digits, `.`, `-` and `_`. It is in the ledger and in no way secret,
    /// and must not be an e-mail address.
    pub name: String,
    /// Whether it is another system, which has no password and calls with keys only.
    pub system: bool,
    /// His roles.
    pub roles: Vec<Role>,
    /// The account for which a customer acts.
    pub account: Option<String>,
    /// His e-mail address. It is no part of what a repeated request is compared by, because that is kept as a plain digest.
    pub email: Option<Email>,
}

/// A user was added.
#[derive(Clone, Debug)]
pub struct AddedUser {
    /// His id.
    pub id: UserId,
    /// The password with which he signs in first. `None` for another system, and where this was told before: only a hash of it
    /// is kept, and an operator has to [reset](Desk::reset_password) it where nobody noted it.
    pub one_time_password: Option<ShownOnce>,
}

/// Why a user cannot have such roles. None includes another, and a customer is nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RolesFault {
    /// There is none.
    #[error("a user has at least one role")]
    None,
    /// A customer with another role would see more than his account.
    #[error("the role `customer` stands alone")]
    CustomerAlone,
    /// A customer without account.
    #[error("the role `customer` needs an account")]
    CustomerNeedsAccount,
    /// Somebody else with an account.
    #[error("only the role `customer` has an account")]
    AccountWithoutCustomer,
}

/// Why a user is not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddUserFault {
    /// He cannot be named so.
    #[error(
        "a user is named with 1 to {LONGEST_NAME} lower-case letters, digits, `.`, `-` and `_`, not `{0}`"
    )]
    BadName(String),
    /// Another user has that name.
    #[error("a user is named `{0}` already")]
    Taken(String),
    /// He cannot have these roles.
    #[error(transparent)]
    Roles(#[from] RolesFault),
    /// There is no such account.
    #[error("there is no account `{0}`")]
    UnknownAccount(String),
}

/// Whether the roles go together, and with an account.
pub(super) fn fitting(roles: Roles, account: bool) -> Result<(), RolesFault> {
    match (roles.has(Role::Customer), roles.iter().count(), account) {
        (_, 0, _) => Err(RolesFault::None),
        (true, 2.., _) => Err(RolesFault::CustomerAlone),
        (true, _, false) => Err(RolesFault::CustomerNeedsAccount),
        (false, _, true) => Err(RolesFault::AccountWithoutCustomer),
        (true, _, true) | (false, _, false) => Ok(()),
    }
}

/// Whether a user is named so.
pub(super) fn is_user_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'))
}

/// A name as users have it, from one that was typed; `None` where nobody can be named so.
pub(super) fn user_name(typed: &str) -> Option<String> {
    let name = typed.trim().to_ascii_lowercase();
    is_user_name(&name).then_some(name)
}

/// The same for a user who is to be there: what nobody is named stays as it is, and is told so.
pub(super) fn known_name(typed: String) -> String {
    user_name(&typed).unwrap_or(typed)
}

impl Desk {
    /// Adds a user, with a one-time password where it is a person.
    pub async fn add_user(
        &self,
        ask: AddUser,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<AddedUser>, Failure<AddUserFault>> {
        let AddUser { by, name: typed, system, roles, account, email } = ask;
        let roles = roles.into_iter().collect();
        let name = user_name(&typed).ok_or(Failure::Because(AddUserFault::BadName(typed)))?;
        fitting(roles, account.is_some()).map_err(|fault| Failure::Because(fault.into()))?;
        if email.is_some() {
            self.have_key(&USERS).await?;
        }
        let mut draw = self.chance().draw();
        let password = (!system).then(|| one_time(&mut draw));
        let hash = match &password {
            None => None,
            Some(password) => {
                Some(self.passwords().hash(Password::from(password.reveal()), &mut draw).await?)
            }
        };
        let adding = Adding { by, name, system, roles: role_words(roles), account, email, hash };
        let Told { entry, before, answer: id } = self.once(key, adding).await?;
        let one_time_password = password.filter(|_| !before);
        Ok(Told { entry, before, answer: AddedUser { id, one_time_password } })
    }
}

#[derive(Serialize)]
struct Adding {
    by: Actor,
    name: String,
    system: bool,
    roles: String,
    account: Option<String>,
    #[serde(skip)]
    email: Option<Email>,
    #[serde(skip)]
    hash: Option<Hashed>,
}

/// What is made beforehand.
struct Ready {
    id: UserId,
    email: Option<Vec<u8>>,
}

impl Deed for Adding {
    const WORD: &'static str = "add-user";
    type Ready = Ready;
    type Answer = UserId;
    type Fault = AddUserFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Ready, DeskError> {
        let id = draw.id(setting.now);
        let seal = |email: &Email| setting.ground.secrets.seal_email(id, email, &mut draw.0);
        Ok(Ready { id, email: self.email.as_ref().map(seal).transpose()? })
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, ready: &Ready) -> Done<Self> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        let desk = setting.ground.check(tx).await?;
        let account = match &self.account {
            None => None,
            Some(name) => {
                let found = accounts::by_name(tx, name).await?;
                Some(found.ok_or_else(|| because(AddUserFault::UnknownAccount(name.clone())))?)
            }
        };
        let followed = account.as_ref().map(|account| account.created_at);
        let at = following(setting.now, [desk.changed_at].into_iter().chain(followed))?.as_microsecond();
        let user = User {
            id: ready.id,
            name: self.name.clone(),
            system: self.system,
            roles: self.roles.clone(),
            account: account.as_ref().map(|account| account.id),
            account_name: None,
            password: self.hash.as_ref().map(|hash| hash.0.clone()),
            password_until: self.hash.as_ref().map(|_| one_time_until(setting.now)),
            password_used_at: None,
            locked_at: None,
            email: ready.email.clone(),
            made_at: at,
            changed_at: at,
        };
        if !users::add(tx, &user).await? {
            return Err(because(AddUserFault::Taken(user.name)));
        }
        let mut ids = vec![ours("user", user.id.uuid())];
        ids.extend(self.roles.split(' ').map(|role| theirs("role", role)));
        ids.extend(account.iter().map(|account| theirs("account", &account.name)));
        let added = Entry { ids, ..entry(at, &self.by, "user.added") };
        tx.together(&[entries::adding(&row(setting.entry, &added)?)]).await?;
        Ok(user.id)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Ok(UserId::new(id_in(entry, "user", setting.entry)?))
    }
}
