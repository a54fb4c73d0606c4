//! What the program says of the provider's own panel, in English.

use crate::{panel::NoPanel, private_file::NoSecret};
use ::panel::{BadPanel, BadSecret, SHORTEST_SECRET};
use outbound::{BadAddress, BadNetwork, BadSetup};

pub(super) fn no_panel(fault: &NoPanel) -> String {
    match fault {
        NoPanel::NoSecretFile => {
            "verify_url is set without verify_url_secret_file; name the file with the secret that the panel knows too".to_owned()
        }
        NoPanel::Secret(file, fault) => {
            let file = file.display();
            match fault {
                NoSecret::File(error) => format!("verify_url_secret_file: {file} cannot be read: {error}"),
                NoSecret::NotAFile => format!("verify_url_secret_file: {file} is no file"),
                NoSecret::Open(mode) => format!(
                    "verify_url_secret_file: others may read {file} (mode {mode:04o}); run chmod 600 {file}, and change the secret if they did"
                ),
                NoSecret::Foreign => format!("verify_url_secret_file: {file} belongs to another user"),
            }
        }
        NoPanel::Bad(bad) => self::bad(bad),
    }
}

fn bad(bad: &BadPanel) -> String {
    match bad {
        BadPanel::Url(BadAddress::Malformed) => {
            "verify_url is no URL of a server, such as https://panel.example.com/verify".to_owned()
        }
        BadPanel::Url(BadAddress::NotEncrypted) => {
            "verify_url must begin with https://; http:// is allowed only to addresses in verify_url_addresses".to_owned()
        }
        BadPanel::Url(BadAddress::WithPassword) => {
            "verify_url has a user name or password in it; take them out: the request is signed".to_owned()
        }
        BadPanel::Url(BadAddress::Forbidden(address)) => {
            format!("verify_url leads to {address}, which may not be talked to; list it in verify_url_addresses if that is right")
        }
        BadPanel::Addresses { text, fault: BadNetwork::Malformed } => {
            format!("verify_url_addresses: {text} is no address, and no network such as 10.1.0.0/16")
        }
        BadPanel::Addresses { text, fault: BadNetwork::Inside(_) } => {
            format!("verify_url_addresses: {text} has bits set behind those that count; write the first address of the network")
        }
        BadPanel::Secret(BadSecret::TooShort) => {
            format!("verify_url_secret_file: the secret has fewer than {SHORTEST_SECRET} characters")
        }
        BadPanel::Secret(BadSecret::Spaced) => {
            "verify_url_secret_file: the secret has spaces or control characters in it".to_owned()
        }
        BadPanel::Client(BadSetup::Certificates { file, why }) => {
            format!("verify_url_ca: the certificates in {} cannot be used: {why}", file.display())
        }
        BadPanel::Client(BadSetup::Tls(why)) => format!("verify_url: TLS cannot be set up: {why}"),
    }
}
