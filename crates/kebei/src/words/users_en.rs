//! What the program says of users and their keys, in English.

use super::users::{UserSay, moment, words};
use app::{
    OpenAccountError,
    access::{
        AddUserFault, KeyFault, LONGEST_LABEL, ListedKey, ListedUser, MOST_KEYS, MadeKey, ONE_TIME_GOOD,
        Right, Role, RolesFault, ShownOnce, UserFault,
    },
};

pub(super) fn say(say: &UserSay<'_>) -> String {
    match say {
        UserSay::Added { name, password: None } => {
            format!("System {name} was added. It calls with keys: kebei user key add {name} --label …")
        }
        UserSay::Added { name, password: Some(password) } => {
            format!("User {name} was added.\n{}", one_time(password))
        }
        UserSay::NotAdded(fault) => not_added(fault),
        UserSay::BadEmail => "--email: an e-mail address is such as li@example.cn".to_owned(),
        UserSay::User(user) => listed(user),
        UserSay::NoUsers => "No users yet. Add the first: kebei user add NAME --role operator".to_owned(),
        UserSay::Changed { name } => format!("The roles of {name} were changed, from the next request on."),
        UserSay::NotChanged(fault) => not_changed(fault),
        UserSay::Locked { name } => {
            format!("{name} is locked: sessions ended, password and keys let nobody in.")
        }
        UserSay::Unlocked { name } => format!("{name} may sign in again, and the keys are good as before."),
        UserSay::Reset { name, password } => {
            format!("The password of {name} was reset, and all sessions ended.\n{}", one_time(password))
        }
        UserSay::SecondFactorReset { name } => format!(
            "The second factor of {name} was taken away with its recovery codes, and all sessions ended.\nThe next sign-in needs the password alone; whoever must have a second factor sets one up then."
        ),
        UserSay::Opened { account } => format!("Account {account} was opened."),
        UserSay::NotOpened(error) => match error {
            OpenAccountError::Taken { name } => format!("account {name} or its number is there already"),
            error => error.to_string(),
        },
        UserSay::KeyMade(made) => key_made(made),
        UserSay::KeyFault(fault) => key_fault(fault),
        UserSay::Key(key) => listed_key(key),
        UserSay::NoKeys { user } => format!("{user} has no keys."),
        UserSay::BadKeyId { found } => format!("`{found}` is no id of a key; kebei user key list shows them"),
        UserSay::KeyRevoked => "The key was revoked; from now on it lets nobody in.".to_owned(),
        UserSay::Right(right) => what(*right).to_owned(),
        UserSay::RightHeading => "right".to_owned(),
    }
}

fn one_time(password: &str) -> String {
    format!(
        "One-time password: {password}\nIt is shown only now and is good for {} days and one sign-in, at which it must be replaced.",
        ONE_TIME_GOOD.as_hours() / 24
    )
}

fn roles_fault(fault: RolesFault) -> String {
    match fault {
        RolesFault::None => "a user has at least one role".to_owned(),
        RolesFault::CustomerAlone => "the role customer cannot stand beside another".to_owned(),
        RolesFault::CustomerNeedsAccount => {
            "the role customer needs an account, given with --account when the user is added".to_owned()
        }
        RolesFault::AccountWithoutCustomer => {
            "a user with an account has the role customer and no other".to_owned()
        }
    }
}

fn not_added(fault: &AddUserFault) -> String {
    match fault {
        AddUserFault::BadName(name) => format!(
            "`{name}` is no name of a user: write lower-case letters, digits, . - and _, at most 64, and no e-mail address"
        ),
        AddUserFault::Taken(name) => format!("there is a user {name} already; nothing was changed"),
        AddUserFault::Roles(fault) => roles_fault(*fault),
        AddUserFault::UnknownAccount(name) => {
            format!("there is no account {name}; open it first: kebei user account {name}")
        }
    }
}

fn not_changed(fault: &UserFault) -> String {
    match fault {
        UserFault::Unknown(name) => format!("there is no user {name}; kebei user list shows all"),
        UserFault::System(name) => format!("{name} is another system and has no password; make a key for it"),
        UserFault::Roles(fault) => roles_fault(*fault),
        UserFault::LastOperator(name) => format!(
            "{name} is the last operator who is not locked, nothing was changed; add another first: kebei user add NAME --role operator"
        ),
        UserFault::OwnRoles => "nobody changes his own roles; let another operator do it".to_owned(),
        UserFault::NoSecondFactor(name) => format!("{name} has no second factor; nothing was changed"),
        UserFault::OwnSecondFactor => {
            "nobody takes his own second factor away; let another operator do it".to_owned()
        }
        UserFault::Changed => "the password was changed meanwhile".to_owned(),
    }
}

fn key_fault(fault: &KeyFault) -> String {
    match fault {
        KeyFault::UnknownUser(name) => format!("there is no user {name}; kebei user list shows all"),
        KeyFault::UnknownKey => "the user has no such key, or it is revoked already".to_owned(),
        KeyFault::NotAllowed => "keys are made only by somebody who signed in and may".to_owned(),
        KeyFault::BadLabel => format!("a label has 1 to {LONGEST_LABEL} characters"),
        KeyFault::ExpiresInThePast => "--expires: the key would have expired already".to_owned(),
        KeyFault::NoScope => "a key without any right can do nothing".to_owned(),
        KeyFault::BeyondRoles(right) => {
            format!("--scope: the roles of the user do not give {right}; see kebei user roles")
        }
        KeyFault::TooMany => format!("the user has {MOST_KEYS} keys, which is the most; revoke one first"),
    }
}

fn listed(user: &ListedUser) -> String {
    let mut parts = vec![format!("{}  {}", user.name, words(user.roles.iter().map(Role::word)))];
    if user.system {
        parts.push("another system".to_owned());
    }
    if let Some(account) = &user.account {
        parts.push(format!("account {account}"));
    }
    if let Some(email) = &user.email {
        parts.push(email.reveal().to_owned());
    }
    if let Some(until) = user.one_time_until {
        parts.push(format!("one-time password until {}", moment(until)));
    }
    if let Some(since) = user.locked_at {
        parts.push(format!("locked since {}", moment(since)));
    }
    parts.join("; ")
}

fn key_made(made: &MadeKey) -> String {
    let secret = made.secret.as_ref().map(ShownOnce::reveal).unwrap_or_default();
    match &made.public_id {
        None => format!("Key {} was made. It is shown only now:\n{secret}", made.id),
        Some(public) => {
            format!(
                "Key {} was made. Its secret is shown only now:\nid:     {public}\nsecret: {secret}",
                made.id
            )
        }
    }
}

fn listed_key(key: &ListedKey) -> String {
    let mut parts = vec![format!("{}  {}", key.id, key.label)];
    if let Some(public) = &key.public_id {
        parts.push(format!("signing key {public}"));
    }
    match &key.scopes {
        None => parts.push("all rights of the roles".to_owned()),
        Some(scopes) => {
            parts.push(format!("only {}", words(scopes.iter().map(|right| right.word()))));
        }
    }
    parts.push(format!("made {}", moment(key.made_at)));
    if let Some(until) = key.expires_at {
        parts.push(format!("good until {}", moment(until)));
    }
    match key.used_at {
        None => parts.push("never used".to_owned()),
        Some(at) => parts.push(format!("last used {}", moment(at))),
    }
    parts.join("; ")
}

const fn what(right: Right) -> &'static str {
    match right {
        Right::OwnInstances => "see the instances of one's own account, with their decisions",
        Right::OwnCodes => "see, apply for, bind and grant the service codes of one's own account",
        Right::VerifyProduct => "verify a product for a filing of one's own account",
        Right::OwnOrders => "fill in, submit and withdraw the filing orders of one's own account",
        Right::OwnNumbers => "see the filing numbers of one's own account",
        Right::ReadNumbers => "see the filing numbers of every account; looking is recorded",
        Right::EndNumbers => "record that accesses end and numbers are cancelled",
        Right::ReviewOrders => "look at the filing orders of every account, and return or approve them",
        Right::FileOrders => "hand filing orders to the bureau and record its answers",
        Right::ProposeAndAgree => {
            "propose what goes on the blacklist or is cancelled by order of an authority, and decide what others propose"
        }
        Right::LookUp => {
            "ask why something is not possible, for any instance, code or account; it is recorded"
        }
        Right::AllInstances => "see the instances of every account, with their decisions",
        Right::ImportInstances => "record the inventory",
        Right::ManageCodes => "make codes beforehand, take codes in, and make codes void",
        Right::PublishRulebook => "read and publish rulebooks",
        Right::ManageUsers => "add users and accounts, change their roles and lock them",
        Right::ReadLedger => "read and verify the ledger",
        Right::ReadAccessLog => "read who looked at what",
        Right::ReadOrders => "read what is filled in for orders, with personal data masked",
        Right::ReadPersonalData => "read personal data of orders in clear, for a stated purpose",
        Right::ErasePersonalData => "erase personal data for ever",
        Right::OwnKeys => "make and revoke keys of one's own",
        Right::OwnSessions => "see where one is signed in, and end that",
        Right::AskGate => "ask of names whether they may be served",
        Right::CopyGate => "copy all that may be served, with every domain",
        Right::ManageGate => "manage the white list and the addresses of the provider's own",
        Right::ActForAccounts => {
            "have service codes issued and granted in the name of any account (for systems)"
        }
    }
}
