//! Who works at the demo: one of every role, with a password and a key that are shown.

use super::{ACCOUNT, OTHER_ACCOUNT};
use anyhow::{Context, Result};
use app::{
    Actor, Desk, Operator,
    access::{AddUser, Credential, KeysOf, MakeKey, Password, Role, ShownOnce, SignIn},
};

/// The password of everybody in the demo.
pub(crate) const PASSWORD: &str = "kebei-demo-password";
/// Who sets the demo up, as the ledger names him.
const FOUNDER: &str = "demo";

/// Somebody of the demo.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    pub(crate) account: Option<&'static str>,
    /// His bearer key.
    pub(crate) key: String,
}

/// Names, and the accounts for which customers act.
const PEOPLE: [(&str, Role, Option<&str>); 6] = [
    ("demo-customer", Role::Customer, Some(ACCOUNT)),
    ("demo-customer-2", Role::Customer, Some(OTHER_ACCOUNT)),
    ("demo-support", Role::Support, None),
    ("demo-reviewer", Role::Reviewer, None),
    ("demo-operator", Role::Operator, None),
    ("demo-auditor", Role::Auditor, None),
];

/// Adds all of them.
pub(crate) async fn add(desk: &Desk) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(PEOPLE.len());
    for (name, role, account) in PEOPLE {
        people.push(Person { name, role, account, key: added(desk, name, role, account).await? });
    }
    Ok(people)
}

/// Adds one, sets the password that everybody has, and makes a key.
async fn added(desk: &Desk, name: &str, role: Role, account: Option<&str>) -> Result<String> {
    let by = Actor::Staff(Operator::parse(FOUNDER)?);
    let add = AddUser {
        by: by.clone(),
        name: name.to_owned(),
        system: false,
        roles: vec![role],
        account: account.map(str::to_owned),
        email: None,
    };
    let added = desk.add_user(add, None).await?.answer;
    let first = added.one_time_password.context("a new user has a one-time password")?;
    let first = Password::from(first.reveal());
    let signed_in = desk
        .sign_in(SignIn { name: name.to_owned(), password: first.clone(), address: None, code: None })
        .await?;
    let principal = desk.recognise(&Credential::parse(signed_in.token.reveal())?).await?;
    desk.set_password(&principal, first, PASSWORD.into()).await?;
    let of = KeysOf::User { by, name: name.to_owned() };
    let wanted = MakeKey { of, label: "demo".to_owned(), scopes: None, expires_at: None };
    let made = desk.make_key(wanted, None).await?.answer;
    let key = made.secret.as_ref().map(ShownOnce::reveal).context("a new key is shown")?;
    Ok(key.to_owned())
}
