//! What the program says of serving, in English.

use super::serving::ServeSay;

pub(super) fn say(say: &ServeSay<'_>) -> String {
    match say {
        ServeSay::NotBound { setting, address, error } => format!(
            "cannot serve on {address}: {error}. Stop what has the port, or name another address with {setting}"
        ),
        ServeSay::InUse { setting, address } => format!(
            "{address} is in use: if this desk is served there, all is well; otherwise stop what has the port, or name another address with {setting}"
        ),
        ServeSay::Serving { address, place } => {
            format!("The desk {place} is served at http://{address}; Ctrl+C stops it.")
        }
        ServeSay::NotEmpty { folder } => {
            format!("the folder {} is not empty; a demo takes an empty one only", folder.display())
        }
        ServeSay::NoDemo { why } => format!("the demo cannot be made: {why}"),
        ServeSay::SameAddress { address } => {
            format!("metrics_listen and listen are both {address}; choose another port for /metrics")
        }
        ServeSay::NoTls => {
            "the database is on another machine and its address has no sslmode; add sslmode=require, so that nobody listens in"
                .to_owned()
        }
        ServeSay::NoPublicUrl => {
            "public_url is not set, so links in answers are relative; set it where others are served".to_owned()
        }
        ServeSay::OpenListen { address } => format!(
            "listen is {address}, so that anybody in the network may connect, and trusted_proxies is not set; nothing is \
             encrypted here: put a reverse proxy in front, and name it in trusted_proxies"
        ),
        ServeSay::ClockBehind => {
            "the clock stands before the first edition of the rules, so nothing can be decided; set it".to_owned()
        }
        ServeSay::UnknownVariable { name } => {
            format!("variable {name} is no setting and is ignored; kebei serve --help names all of them")
        }
    }
}
