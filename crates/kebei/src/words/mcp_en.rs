//! What `kebei mcp` says to whoever starts it, in English.

use super::mcp::{McpSay, Secret};
use crate::private_file::NoSecret;
use mcp::{BadSecret, NoClient, NoConversation, NotLoopback, SHORTEST_TOKEN};
use outbound::{BadAddress, BadSetup};

pub(super) fn say(what: &McpSay<'_>) -> String {
    match what {
        McpSay::Ready { url, token } => match token {
            Some(token) => format!(
                "Whoever asks must send: Authorization: Bearer {token}\nIt is served at {url} on this machine only; Ctrl+C ends it."
            ),
            None => format!(
                "Whoever asks must send the token of --token-file as Authorization: Bearer …\nIt is served at {url} on this machine only; Ctrl+C ends it."
            ),
        },
        McpSay::NoKey => {
            "no key to ask the desk with; name its file with --key-file, or set the variable KEBEI_KEY".to_owned()
        }
        McpSay::NoSecret { what, file, fault } => {
            let (option, file) = (what.option(), file.display());
            match fault {
                NoSecret::File(error) => format!("{option}: {file} cannot be read: {error}"),
                NoSecret::NotAFile => format!("{option}: {file} is no file"),
                NoSecret::Open(mode) => format!(
                    "{option}: others may read {file} (mode {mode:04o}); run chmod 600 {file}, and make a new one if they did"
                ),
                NoSecret::Foreign => format!("{option}: {file} belongs to another user"),
            }
        }
        McpSay::BadSecret { what, file, fault } => {
            let place =
                file.map_or_else(|| "KEBEI_KEY".to_owned(), |file| format!("{}: {}", what.option(), file.display()));
            format!("{place}: {}", bad_secret(*what, **fault))
        }
        McpSay::NoClient(fault) => no_client(fault),
        McpSay::NotLoopback(NotLoopback::Elsewhere(address)) => format!(
            "--http {address}: others than this machine could reach it; give a loopback address, such as 127.0.0.1:{}",
            address.port()
        ),
        McpSay::NotLoopback(NotLoopback::NotBound(address, error)) => {
            format!("cannot serve on {address}: {error}; choose another with --http")
        }
        McpSay::NoConversation(NoConversation::NoProtocol) => {
            "what came on standard input is not the Model Context Protocol; an assistant starts this command by itself (docs/mcp.md)".to_owned()
        }
        McpSay::NoConversation(NoConversation::Broken(why)) => format!("the conversation broke off: {why}"),
    }
}

fn bad_secret(what: Secret, fault: BadSecret) -> String {
    match (fault, what) {
        (BadSecret::Empty, _) => "there is nothing in it".to_owned(),
        (BadSecret::TooShort, _) => format!("the token has fewer than {SHORTEST_TOKEN} characters"),
        (BadSecret::Malformed, Secret::Key) => {
            "that is no key; it begins with kbk_ and has no spaces in it".to_owned()
        }
        (BadSecret::Malformed, Secret::Token) => {
            "that is no token; it has spaces or other characters in it that cannot be sent".to_owned()
        }
    }
}

fn no_client(fault: &NoClient) -> String {
    match fault {
        NoClient::Address(BadAddress::Malformed) => {
            "--url is no URL of a desk, such as https://filing.example.com".to_owned()
        }
        NoClient::Address(BadAddress::NotEncrypted) => {
            "--url must begin with https://, or with http:// for a desk on this machine".to_owned()
        }
        NoClient::Address(BadAddress::WithPassword) => {
            "--url has a user name or password in it; take them out: the desk is asked with a key".to_owned()
        }
        NoClient::Address(BadAddress::Forbidden(address)) => format!(
            "--url leads to {address} over http:, where the network could read the key; give its https: address"
        ),
        NoClient::Setup(BadSetup::Certificates { file, why }) => {
            format!("the certificates in {} cannot be used: {why}", file.display())
        }
        NoClient::Setup(BadSetup::Tls(why)) => format!("TLS cannot be set up: {why}"),
    }
}
