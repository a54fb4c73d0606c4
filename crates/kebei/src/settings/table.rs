//! The one table of settings: it drives reading, `--help`, `kebei doctor` and the page of the documentation.

use super::{en, zh};
use rulebook::Lang;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Data,
    Database,
    DatabaseCa,
    DatabaseConnections,
    MasterKeyFile,
    Listen,
    MetricsListen,
    PublicUrl,
    TrustedProxies,
    VerifyUrl,
    VerifyUrlSecretFile,
    VerifyUrlAddresses,
    VerifyUrlCa,
    LogLevel,
    LogFormat,
    SecondFactor,
    RequestsPerMinute,
    MostConnections,
    MostConnectionsPerAddress,
    DrainSeconds,
    WatchResolvers,
    WatchAddresses,
    WatchPages,
    WatchRounds,
    WatchHours,
    WatchAgainDays,
    WatchNowhereDays,
    DropAccessDays,
    Contact,
    CheckPlace,
    GateMaxAgeSeconds,
    GateWhenStale,
    RpcListen,
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file or a folder. A relative one in a file counts from the folder of that file.
    Path,
    /// The address of a database, which may hold a password: it is never shown.
    Database,
    /// An IP address with a port.
    Address,
    /// Where something is reached from outside.
    Url,
    /// A line that people read.
    Line,
    /// A list of networks.
    Networks,
    /// Addresses of resolvers, or a word for those of the system or none.
    Resolvers,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number, from and to.
    Number(u64, u64),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) key: Key,
    /// Its name in `kebei.toml`; the variable follows from it.
    pub(crate) word: &'static str,
    /// The option that sets it, without its dashes: the word with `-`.
    pub(crate) option: &'static str,
    pub(crate) kind: Kind,
    /// As it would be written into a variable; `None`: nothing.
    pub(crate) default: Option<&'static str>,
    /// Whether it is an option of every command on a desk; else only of `kebei serve`.
    pub(crate) of_desk: bool,
}

const fn row(
    key: Key,
    word: &'static str,
    option: &'static str,
    kind: Kind,
    default: Option<&'static str>,
    of_desk: bool,
) -> Setting {
    Setting { key, word, option, kind, default, of_desk }
}

/// Every setting, in the order in which they are shown.
pub(crate) const SETTINGS: [Setting; 33] = [
    row(Key::Data, "data", "data", Kind::Path, Some("kebei-data"), true),
    row(Key::Database, "database", "database", Kind::Database, None, true),
    row(Key::DatabaseCa, "database_ca", "database-ca", Kind::Path, None, true),
    row(Key::MasterKeyFile, "master_key_file", "master-key-file", Kind::Path, None, true),
    row(
        Key::DatabaseConnections,
        "database_connections",
        "database-connections",
        Kind::Number(2, 500),
        Some("16"),
        false,
    ),
    row(Key::Listen, "listen", "listen", Kind::Address, Some("127.0.0.1:8080"), false),
    row(Key::MetricsListen, "metrics_listen", "metrics-listen", Kind::Address, None, false),
    row(Key::PublicUrl, "public_url", "public-url", Kind::Url, None, false),
    row(Key::TrustedProxies, "trusted_proxies", "trusted-proxies", Kind::Networks, None, false),
    row(Key::VerifyUrl, "verify_url", "verify-url", Kind::Url, None, false),
    row(
        Key::VerifyUrlSecretFile,
        "verify_url_secret_file",
        "verify-url-secret-file",
        Kind::Path,
        None,
        false,
    ),
    row(Key::VerifyUrlAddresses, "verify_url_addresses", "verify-url-addresses", Kind::Networks, None, false),
    row(Key::VerifyUrlCa, "verify_url_ca", "verify-url-ca", Kind::Path, None, false),
    row(
        Key::LogLevel,
        "log_level",
        "log-level",
        Kind::Word(&["error", "warn", "info", "debug"]),
        Some("info"),
        false,
    ),
    row(
        Key::LogFormat,
        "log_format",
        "log-format",
        Kind::Word(&["auto", "text", "json"]),
        Some("auto"),
        false,
    ),
    row(
        Key::SecondFactor,
        "second_factor",
        "second-factor",
        Kind::Word(&["staff", "off"]),
        Some("staff"),
        false,
    ),
    row(
        Key::RequestsPerMinute,
        "requests_per_minute",
        "requests-per-minute",
        Kind::Number(0, 1_000_000),
        Some("600"),
        false,
    ),
    row(
        Key::MostConnections,
        "most_connections",
        "most-connections",
        Kind::Number(1, 100_000),
        Some("1024"),
        false,
    ),
    row(
        Key::MostConnectionsPerAddress,
        "most_connections_per_address",
        "most-connections-per-address",
        Kind::Number(0, 100_000),
        // Twenty browsers of one office, of six connections each; and eight addresses before the desk is full.
        Some("128"),
        false,
    ),
    row(Key::DrainSeconds, "drain_seconds", "drain-seconds", Kind::Number(0, 3600), Some("25"), false),
    row(Key::WatchResolvers, "watch_resolvers", "watch-resolvers", Kind::Resolvers, Some("system"), false),
    row(Key::WatchAddresses, "watch_addresses", "watch-addresses", Kind::Networks, None, false),
    row(Key::WatchPages, "watch_pages", "watch-pages", Kind::Word(&["yes", "no"]), Some("yes"), false),
    row(Key::WatchRounds, "watch_rounds", "watch-rounds", Kind::Number(2, 100), Some("3"), false),
    row(Key::WatchHours, "watch_hours", "watch-hours", Kind::Number(1, 120), Some("24"), false),
    row(Key::WatchAgainDays, "watch_again_days", "watch-again-days", Kind::Number(1, 365), Some("7"), false),
    row(
        Key::WatchNowhereDays,
        "watch_nowhere_days",
        "watch-nowhere-days",
        Kind::Number(1, 365),
        Some("30"),
        false,
    ),
    row(Key::DropAccessDays, "drop_access_days", "drop-access-days", Kind::Number(0, 365), Some("30"), false),
    row(Key::Contact, "contact", "contact", Kind::Line, None, false),
    row(Key::CheckPlace, "check_place", "check-place", Kind::Line, None, false),
    row(
        Key::GateMaxAgeSeconds,
        "gate_max_age_seconds",
        "gate-max-age-seconds",
        Kind::Number(1, 2_592_000),
        Some("86400"),
        false,
    ),
    row(
        Key::GateWhenStale,
        "gate_when_stale",
        "gate-when-stale",
        Kind::Word(&["closed", "open"]),
        Some("closed"),
        false,
    ),
    row(Key::RpcListen, "rpc_listen", "rpc-listen", Kind::Address, None, false),
];

impl Setting {
    /// The setting of that name in files.
    pub(crate) fn named(word: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.word == word)
    }

    /// The variable that sets it.
    pub(crate) fn variable(&self) -> String {
        format!("KEBEI_{}", self.word.to_ascii_uppercase())
    }

    /// Whether its value must not be shown.
    pub(crate) fn is_secret(&self) -> bool {
        self.kind == Kind::Database
    }

    /// What it is for.
    pub(crate) const fn help(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh::help(self.key),
            Lang::En => en::help(self.key),
        }
    }

    /// What it is for, how else it is set, and what it is otherwise.
    pub(crate) fn described(&self, lang: Lang) -> String {
        let (help, variable) = (self.help(lang), self.variable());
        match (self.default, lang) {
            (None, _) => format!("{help} [{variable}]"),
            (Some(default), Lang::Zh) => format!("{help} [{variable}；默认：{default}]"),
            (Some(default), Lang::En) => format!("{help} [{variable}; default: {default}]"),
        }
    }

    /// The word that stands for a value in help.
    pub(crate) const fn placeholder(&self) -> &'static str {
        match self.kind {
            Kind::Path if matches!(self.key, Key::Data) => "DIR",
            Kind::Path => "FILE",
            Kind::Database | Kind::Url => "URL",
            Kind::Address => "ADDRESS",
            Kind::Networks => "NETWORKS",
            Kind::Resolvers => "ADDRESSES",
            Kind::Word(_) => "WORD",
            Kind::Line => "LINE",
            Kind::Number(..) => "NUMBER",
        }
    }
}
