//! What the program says of imports of logins, in English.

use super::credentials::CredentialSay;
use crate::commands::import::credentials::{Counts, Rejected};
use app::{
    BadPhc,
    verification::{LoginFault, LoginRecorded},
};
use rulebook::Lang;

pub(super) fn say(say: &CredentialSay<'_>) -> String {
    match say {
        CredentialSay::Row { file, outcome } => {
            let instance = outcome.instance.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
            format!("{file}, line {}{instance}: {}", outcome.line, came_to(&outcome.came_to))
        }
        CredentialSay::Outcome(outcome) => came_to(outcome),
        CredentialSay::Done { counts, dry_run } => {
            let Counts { read, new, changed, same, rejected } = counts;
            let text = format!(
                "{read} rows were read: {new} new, {changed} changed, {same} unchanged, {rejected} rejected."
            );
            if *dry_run { format!("{text}\nThis is a report only; nothing was changed.") } else { text }
        }
        CredentialSay::Interrupted { dry_run: true, counts } => {
            format!("The report stops after {} rows.", counts.read)
        }
        CredentialSay::Interrupted { counts, dry_run: false } => format!(
            "The import stops after {} rows: {} new, {} changed. They stay recorded; run the same command again to finish.",
            counts.read, counts.new, counts.changed
        ),
        CredentialSay::Working => "passwords are compared and hashed".to_owned(),
    }
}

fn came_to(outcome: &Result<LoginRecorded, Rejected>) -> String {
    match outcome {
        Ok(LoginRecorded::New) => "A new login.".to_owned(),
        Ok(LoginRecorded::Changed) => "Its names or password changed.".to_owned(),
        Ok(LoginRecorded::Same) => "Nothing changed.".to_owned(),
        Err(Rejected::Unread(faults)) => {
            faults.iter().map(|fault| fault.message(Lang::En)).collect::<Vec<_>>().join(" ")
        }
        Err(Rejected::Repeated(line)) => {
            format!("Line {line} is about the same host; keep one row for each host.")
        }
        Err(Rejected::BadPhc(fault)) => bad_phc(*fault),
        Err(Rejected::Login(fault)) => login(fault),
    }
}

fn bad_phc(fault: BadPhc) -> String {
    match fault {
        BadPhc::Malformed => {
            "The password hash is not a whole PHC string, such as $argon2id$v=19$m=19456,t=2,p=1$salt$hash."
                .to_owned()
        }
        BadPhc::OtherFunction => {
            "The password hash is not of argon2id, version 19; only those can be compared with.".to_owned()
        }
        BadPhc::TooCostly => format!("The password hash is too costly: {fault}."),
    }
}

fn login(fault: &LoginFault) -> String {
    match fault {
        LoginFault::UnknownInstance(id) => {
            format!("There is no instance {id}, or it is gone. Import the list of instances first: kebei import instances.")
        }
        LoginFault::NotByPassword(product) => {
            format!("It is of product {product}, which is not verified by user name and password.")
        }
        LoginFault::BadName => "A host has a user name or host name, each of at most 255 bytes.".to_owned(),
        LoginFault::NameTaken => {
            "Another host has that user name or host name. Give each host names of its own; where two hosts have swapped \
             names, import once more."
                .to_owned()
        }
        LoginFault::Desk(error) => format!("It could not be done: {error}."),
    }
}
