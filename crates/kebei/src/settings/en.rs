//! What is said of settings, in English.

use super::{
    fault::{Fault, FaultKind, Origin},
    table::{Key, Kind},
    value::BadValue,
};

pub(super) const fn help(key: Key) -> &'static str {
    match key {
        Key::Data => "The folder of the desk",
        Key::Database => {
            "A PostgreSQL database, postgres://…, instead of a file in the folder; a password is better given in the variable or the file"
        }
        Key::DatabaseCa => {
            "Certificates (PEM) that are trusted besides the system's when connecting to PostgreSQL"
        }
        Key::DatabaseConnections => "Connections of kebei serve to PostgreSQL",
        Key::MasterKeyFile => {
            "The file of the master key, master.key in the folder if not set; KEBEI_MASTER_KEY may hold the key itself"
        }
        Key::Listen => "Address and port to serve on",
        Key::MetricsListen => {
            "Address and port to serve /metrics on, other than listen; not served if not set"
        }
        Key::PublicUrl => {
            "Where the desk is reached from outside, such as https://beian.example.com, without a slash at the end"
        }
        Key::TrustedProxies => {
            "Reverse proxies (a list of CIDR) whose X-Forwarded-For is believed, and nobody else's"
        }
        Key::VerifyUrl => {
            "The URL of your own panel, asked whose host a login is instead of imported logins; see docs/verify-url.en.md"
        }
        Key::VerifyUrlSecretFile => {
            "The file with the secret that the panel knows too; nobody else may read it"
        }
        Key::VerifyUrlAddresses => {
            "Networks that the panel may be in (list of CIDR); public addresses only, when not set"
        }
        Key::VerifyUrlCa => {
            "Certificates (PEM) that are trusted besides the system's when the panel is asked"
        }
        Key::LogLevel => "What is logged: error, warn, info or debug",
        Key::LogFormat => "How it is logged: text, json, or auto (text on a terminal, else json)",
        Key::SecondFactor => {
            "Who must sign in with a second factor: staff (everybody but customers), or off (nobody must, everybody may)"
        }
        Key::RequestsPerMinute => "Requests of one caller in a minute at most; 0: as many as he likes",
        Key::MostConnections => "Connections at a time at most",
        Key::MostConnectionsPerAddress => {
            "Connections of one address (of IPv6: one /64) at a time at most, but for trusted proxies; 0: as many as it likes"
        }
        Key::WatchResolvers => {
            "Resolvers that are asked where domains of filed websites lead (a list of IP or IP:port, of which two must agree); system: those of this machine; none: it is not looked at"
        }
        Key::WatchAddresses => {
            "Networks of your own (a list of CIDR), such as those of load balancers: a domain that leads there is well"
        }
        Key::WatchPages => "Whether home pages are looked at for the number at their foot: yes or no",
        Key::WatchRounds => {
            "Rounds in a row, one in six hours, in which a domain or page must be wrong before its owner is warned"
        }
        Key::WatchHours => "Hours that lie at least between the first and the last of these rounds",
        Key::WatchAgainDays => "Days after which the owner is warned again of what is still wrong",
        Key::WatchNowhereDays => "Days after which the owner of a website that is hosted nowhere is warned",
        Key::DropAccessDays => {
            "Days after the end or release of an instance after which the desk drops its accesses, having warned three days before at least; 0: never"
        }
        Key::Contact => {
            "How people reach support, shown at the foot of every page, such as \"+86 571 0000 0000, weekdays 9:00 to 18:00\""
        }
        Key::CheckPlace => {
            "Where and when identities are checked face to face, shown where pictures are added; people ask support when not set"
        }
        Key::GateMaxAgeSeconds => {
            "How old what the gate knows may be, in seconds; beyond that gate_when_stale says what is answered"
        }
        Key::GateWhenStale => {
            "What the gate answers when what it knows is too old: closed (not served) or open (served, but for the blacklist)"
        }
        Key::RpcListen => {
            "Address and port to serve the compatible RPC interfaces on as well; only at / of listen when not set"
        }
        Key::DrainSeconds => {
            "Seconds for which requests that run may go on when the desk is stopped, at most"
        }
    }
}

fn wanted(kind: Kind) -> String {
    match kind {
        Kind::Path => "the path of a file or folder".to_owned(),
        Kind::Database => "postgres://user:password@host/database".to_owned(),
        Kind::Address => "an IP address with a port, such as 127.0.0.1:8080".to_owned(),
        Kind::Url => "an address with http:// or https:// and no slash at the end".to_owned(),
        Kind::Line => "one line of at most 200 characters".to_owned(),
        Kind::Resolvers => "system, none, or a list of IP or IP:port, such as [\"223.5.5.5\"]".to_owned(),
        Kind::Networks => "a list of networks, such as [\"10.0.0.0/8\"]".to_owned(),
        Kind::Word(words) => format!("one of {}", words.join(", ")),
        Kind::Number(from, to) => format!("a whole number from {from} to {to}"),
    }
}

pub(super) fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Default => "built in".to_owned(),
        Origin::File { path, line, column } => format!("{}:{line}:{column}", path.display()),
        Origin::Variable(name) => format!("variable {name}"),
        Origin::Option(name) => format!("option --{name}"),
    }
}

pub(super) fn fault(fault: &Fault) -> String {
    let Fault { setting, origin: from, kind } = fault;
    let from = origin(from);
    match kind {
        FaultKind::Unreadable(why) => format!("{from}: the file cannot be read: {why}"),
        FaultKind::Syntax(why) => format!("{from}: this is no TOML: {why}"),
        FaultKind::UnknownKey { nearest: Some(nearest) } => {
            format!("{from}: there is no setting {setting}; did you mean {nearest}?")
        }
        FaultKind::UnknownKey { nearest: None } => {
            format!("{from}: there is no setting {setting}; kebei serve --help names all of them")
        }
        FaultKind::Value { wanted: kind, bad: BadValue::WrongType, .. } => {
            format!("{from}: {setting} is of the wrong type; expected {}", wanted(*kind))
        }
        FaultKind::Value { wanted: kind, secret: true, .. } => {
            format!("{from}: the value of {setting} cannot be used; expected {}", wanted(*kind))
        }
        FaultKind::Value { wanted: kind, bad: BadValue::NotOne(found), .. } => {
            format!("{from}: {setting} cannot be `{found}`; expected {}", wanted(*kind))
        }
        FaultKind::Value { bad: BadValue::BitsAfterPrefix(found), .. } => {
            format!(
                "{from}: `{found}` in {setting} has bits set after its prefix; write the first address of the network"
            )
        }
        FaultKind::DataMoves => {
            format!(
                "{from}: a kebei.toml in the folder of the desk cannot name another folder as data; remove the line, or name the file with --config"
            )
        }
    }
}
