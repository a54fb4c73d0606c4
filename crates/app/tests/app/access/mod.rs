//! Who is let in, with what, from where, and for how long.

mod api_keys;
mod counters;
mod guesses;
mod operators;
mod passwords;
mod second_factor;
mod secrets;
mod sessions;
mod users;

use crate::Story;
use app::{
    Actor, Desk, Operator,
    access::{
        AddUser, Credential, KeysOf, MadeKey, MakeKey, Password, Principal, Right, Role, SignIn, SignInError,
        SignedIn, Unrecognised,
    },
};
use std::{collections::BTreeSet, net::IpAddr};

const OWN: &str = "correct horse battery";
const EMAIL: &str = "canary-address@example.cn";
const HOME: &str = "203.0.113.7";
const ELSEWHERE: &str = "198.51.100.9";

fn wang() -> Actor {
    Actor::Staff(Operator::parse("wang").unwrap())
}

fn user(name: &str, roles: &[Role]) -> AddUser {
    AddUser {
        by: wang(),
        name: name.to_owned(),
        system: false,
        roles: roles.to_vec(),
        account: None,
        email: None,
    }
}

/// Adds somebody; his one-time password.
async fn add(story: &Story, name: &str, roles: &[Role]) -> String {
    let told = story.desk.add_user(user(name, roles), None).await.unwrap();
    told.answer.one_time_password.unwrap().reveal().to_owned()
}

async fn sign_in(desk: &Desk, name: &str, password: &str, from: &str) -> Result<SignedIn, SignInError> {
    let address: IpAddr = from.parse().unwrap();
    let password = Password::from(password);
    desk.sign_in(SignIn { name: name.to_owned(), password, address: Some(address), code: None }).await
}

async fn who(desk: &Desk, token: &str) -> Result<Principal, Unrecognised> {
    desk.recognise(&Credential::parse(token).unwrap()).await
}

/// Adds somebody who has set a password of his own, `OWN`; the token of his session.
async fn settled(story: &Story, name: &str, roles: &[Role]) -> String {
    let one_time = add(story, name, roles).await;
    let signed_in = sign_in(&story.desk, name, &one_time, HOME).await.unwrap();
    let token = signed_in.token.reveal().to_owned();
    let principal = who(&story.desk, &token).await.unwrap();
    story.desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
    token
}

fn of(name: &str) -> KeysOf {
    KeysOf::User { by: wang(), name: name.to_owned() }
}

fn labelled(of: KeysOf) -> MakeKey {
    MakeKey { of, label: "nightly".to_owned(), scopes: None, expires_at: None }
}

async fn make(story: &Story, ask: MakeKey) -> (MadeKey, String) {
    let made = story.desk.make_key(ask, None).await.unwrap().answer;
    let secret = made.secret.as_ref().unwrap().reveal().to_owned();
    (made, secret)
}

fn scopes(rights: &[Right]) -> BTreeSet<Right> {
    rights.iter().copied().collect()
}

/// How many rows of tries there are.
async fn tries(story: &Story) -> i64 {
    story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM tries").await[0].0
}
