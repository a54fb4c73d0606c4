//! What `kebei gate` says, in English.

use super::gate::GateSay;
use crate::{commands::gate::fetch::NotFetched, private_file::NoSecret};
use gate::WhenStale;
use rulebook::calendar::rfc3339;

/// Why no copy came, and what to do about it.
fn why(fault: &NotFetched) -> String {
    match fault {
        NotFetched::Status(401) => {
            "the key is unknown, revoked or expired; look at --key-file or KEBEI_KEY".to_owned()
        }
        NotFetched::Status(403) => "the key has no right copy-gate".to_owned(),
        NotFetched::Status(404) => "--url is no address of a desk".to_owned(),
        NotFetched::Status(429) => "too much was fetched in this minute; it goes on in the next".to_owned(),
        NotFetched::Status(503) => "the desk cannot hand it out at this moment; try again soon".to_owned(),
        fault => fault.to_string(),
    }
}

pub(super) fn say(what: &GateSay<'_>) -> String {
    match what {
        GateSay::BadKey(fault) => {
            format!("--key is no key of a gate: {fault}; GET /gate/v1/key tells it")
        }
        GateSay::NoCopy(file) => format!("{} is not there; run kebei gate fetch first", file.display()),
        GateSay::Unreadable(fault) => format!("the copy cannot be used: {fault}; fetch it anew"),
        GateSay::Stale { as_of, when_stale } => {
            let then = match when_stale {
                WhenStale::Open => "names are served, but for the blacklist",
                WhenStale::Closed => "nothing is served",
            };
            format!("the copy is as of {}, which is too old: {then}, as you chose", rfc3339(*as_of))
        }
        GateSay::NoKey => {
            "no key to ask the desk with; name its file with --key-file, or set the variable KEBEI_KEY"
                .to_owned()
        }
        GateSay::NoSecret { file, fault } => {
            let file = file.display();
            match fault {
                NoSecret::File(error) => format!("--key-file: {file} cannot be read: {error}"),
                NoSecret::NotAFile => format!("--key-file: {file} is no file"),
                NoSecret::Open(mode) => format!(
                    "--key-file: others may read {file} (mode {mode:04o}); run chmod 600 {file}, and make a new one if they did"
                ),
                NoSecret::Foreign => format!("--key-file: {file} belongs to another user"),
            }
        }
        GateSay::NoClient(fault) => {
            format!("--url cannot be used: {fault}; give an https: address, or http: on this machine")
        }
        GateSay::NotFetched { fault, has_copy } => {
            let then = if *has_copy {
                "the copy was not brought up to date, and goes on as it is"
            } else {
                "no copy was fetched, and there is none from before"
            };
            format!("{then}: {}", why(fault))
        }
        GateSay::Fetched { at, domains } => {
            format!("the copy is as of {} now, with {domains} domains", rfc3339(*at))
        }
    }
}
