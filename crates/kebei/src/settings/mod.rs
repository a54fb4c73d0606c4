//! Settings: `kebei.toml`, then `KEBEI_…` variables, then options; what comes later counts.

mod en;
mod fault;
mod file;
mod given;
#[cfg(test)]
mod page;
mod table;
mod value;
mod zh;

pub(crate) use fault::{Fault, Origin};
pub(crate) use given::{DeskOptions, Given, ServeOptions, config_help, option_help};
pub(crate) use table::Setting;
pub(crate) use value::Resolvers;

use crate::{commands::Call, words::Told};
use app::{
    access::SecondFactorRule,
    gate::{Trust, USUAL_TRUST, WhenStale},
};
use fault::FaultKind;
use filing::registry::WatchRule;
use jiff::SignedDuration;
use outbound::Network;
use std::{
    env,
    ffi::OsString,
    net::{Ipv4Addr, SocketAddr},
    num::NonZero,
    path::{Path, PathBuf},
    time::Duration,
};
use table::{Key, SETTINGS};
use value::{Raw, Value};

/// The file in the folder of a desk.
const FILE: &str = "kebei.toml";
/// The variable that names another.
const CONFIG: &str = "KEBEI_CONFIG";
/// Variables of ours that are no settings.
const OTHER_VARIABLES: [&str; 3] = [CONFIG, "KEBEI_LANG", crate::desk::master_key::VARIABLE];

/// Every setting with its value.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    pub(crate) database: Option<String>,
    pub(crate) database_ca: Option<PathBuf>,
    pub(crate) database_connections: usize,
    pub(crate) master_key_file: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics_listen: Option<SocketAddr>,
    pub(crate) public_url: Option<String>,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) verify_url: Option<String>,
    pub(crate) verify_url_secret_file: Option<PathBuf>,
    pub(crate) verify_url_addresses: Vec<Network>,
    pub(crate) verify_url_ca: Option<PathBuf>,
    pub(crate) log_level: String,
    pub(crate) log_format: String,
    pub(crate) second_factor: SecondFactorRule,
    /// `None`: as many as anybody likes.
    pub(crate) requests_per_minute: Option<NonZero<u32>>,
    pub(crate) most_connections: NonZero<u32>,
    /// `None`: as many as anybody likes.
    pub(crate) most_connections_per_address: Option<NonZero<u32>>,
    pub(crate) drain: Duration,
    pub(crate) watch_resolvers: Resolvers,
    pub(crate) watch_addresses: Vec<Network>,
    pub(crate) watch_pages: bool,
    pub(crate) watch: WatchRule,
    pub(crate) contact: Option<String>,
    pub(crate) check_place: Option<String>,
    pub(crate) gate: Trust,
    pub(crate) rpc_listen: Option<SocketAddr>,
    /// Each setting as it is shown, and where it comes from, in the order of the table.
    pub(crate) shown: Vec<(&'static Setting, Option<String>, Origin)>,
}

/// Settings, and everything that is wrong with them; what is wrong is left out of the settings.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) settings: Settings,
    pub(crate) faults: Vec<Fault>,
    /// Variables that look like settings and are none.
    pub(crate) unknown_variables: Vec<String>,
}

/// What the environment says.
trait Environment: Fn(&str) -> Option<OsString> {}
impl<F: Fn(&str) -> Option<OsString>> Environment for F {}

impl<const ALL: bool> Given<ALL> {
    /// The settings, or all their faults.
    pub(crate) fn settings(&self, call: Call) -> Result<Settings, Told> {
        let Read { settings, faults, .. } = self.read();
        if faults.is_empty() {
            return Ok(settings);
        }
        let lines: Vec<String> = faults.iter().map(|fault| fault.to_text(call.lang)).collect();
        Err(Told(lines.join("\n")))
    }

    /// The settings with what is wrong with them.
    pub(crate) fn read(&self) -> Read {
        let mut read = self.read_in(|name| env::var_os(name));
        let known = |name: &str| {
            OTHER_VARIABLES.contains(&name) || SETTINGS.iter().any(|setting| setting.variable() == name)
        };
        let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        read.unknown_variables = names.filter(|name| name.starts_with("KEBEI_") && !known(name)).collect();
        read.unknown_variables.sort();
        read
    }

    fn read_in(&self, environment: impl Environment) -> Read {
        let variable = |name: &str| environment(name).filter(|value| !value.is_empty());
        let mut written: Vec<file::Written> = Vec::new();
        for setting in &SETTINGS {
            let name = setting.variable();
            if let Some(value) = variable(&name) {
                let raw = value.into_string().map_or(Raw::Other, Raw::Plain);
                written.push((setting, raw, Origin::Variable(name)));
            }
        }
        for (setting, value) in &self.options {
            written.push((setting, Raw::Plain(value.clone()), Origin::Option(setting.option.to_owned())));
        }
        let named = self.config.clone().or_else(|| variable(CONFIG).map(PathBuf::from));
        let mut reading = Reading::default();
        reading.take(written.iter().filter(|(setting, ..)| setting.key == Key::Data).cloned(), Path::new(""));
        let (file, is_named) = match named {
            Some(file) => (file, true),
            None => (reading.settings.data.join(FILE), false),
        };
        if is_named || file.exists() {
            let (of_file, faults) = file::read(&file);
            let folder = file.parent().unwrap_or(Path::new(""));
            let moves = |(setting, raw, origin): &file::Written| {
                let folder_named = match raw {
                    Raw::Text(text) => folder.join(text),
                    _ => return None,
                };
                let moves = !is_named && setting.key == Key::Data && folder_named != reading.settings.data;
                let setting = setting.word.to_owned();
                moves.then(|| Fault { setting, origin: origin.clone(), kind: FaultKind::DataMoves })
            };
            let moving: Vec<Fault> = of_file.iter().filter_map(moves).collect();
            reading = Reading::default();
            reading.faults.extend(faults);
            reading.faults.extend(moving);
            reading.take(of_file, folder);
        } else {
            reading = Reading::default();
        }
        reading.take(written, Path::new(""));
        reading.read()
    }
}

/// Settings while they are read.
#[derive(Debug)]
struct Reading {
    settings: Settings,
    faults: Vec<Fault>,
}

impl Default for Reading {
    fn default() -> Self {
        let mut reading = Self { settings: Settings::blank(), faults: Vec::new() };
        let defaults = SETTINGS
            .iter()
            .filter_map(|setting| Some((setting, Raw::Plain(setting.default?.to_owned()), Origin::Default)));
        reading.take(defaults, Path::new(""));
        reading
    }
}

impl Reading {
    /// Takes what was written, over what was taken before.
    fn take(&mut self, written: impl IntoIterator<Item = file::Written>, folder: &Path) {
        for (setting, raw, origin) in written {
            match value::read(setting.kind, raw, folder) {
                Ok(value) => self.settings.set(setting, value, origin),
                Err(all) => self.faults.extend(all.into_iter().map(|bad| {
                    let kind = FaultKind::Value { wanted: setting.kind, bad, secret: setting.is_secret() };
                    Fault { setting: setting.word.to_owned(), origin: origin.clone(), kind }
                })),
            }
        }
    }

    fn read(self) -> Read {
        let Self { mut settings, mut faults } = self;
        // The file in its order, then what is outside it.
        faults.sort_by_key(|fault| match &fault.origin {
            Origin::File { line, column, .. } => (0, *line, *column),
            _ => (1, 0, 0),
        });
        settings.complete();
        Read { settings, faults, unknown_variables: Vec::new() }
    }
}

impl Settings {
    /// The defaults but for these, whatever file and environment say. What cannot be read stays as it is.
    pub(crate) fn only(set: &[(&str, &str)]) -> Self {
        let mut reading = Reading::default();
        let written = set.iter().filter_map(|(word, value)| {
            let setting = Setting::named(word)?;
            Some((setting, Raw::Plain((*value).to_owned()), Origin::Option(setting.option.to_owned())))
        });
        reading.take(written, Path::new(""));
        reading.read().settings
    }

    /// Nothing is set: defaults stand in the table.
    fn blank() -> Self {
        Self {
            data: PathBuf::new(),
            database: None,
            database_ca: None,
            database_connections: 1,
            master_key_file: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            metrics_listen: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            verify_url: None,
            verify_url_secret_file: None,
            verify_url_addresses: Vec::new(),
            verify_url_ca: None,
            log_level: String::new(),
            log_format: String::new(),
            second_factor: SecondFactorRule::Nobody,
            requests_per_minute: None,
            most_connections: NonZero::<u32>::MIN,
            most_connections_per_address: None,
            drain: Duration::ZERO,
            watch_resolvers: Resolvers::None,
            watch_addresses: Vec::new(),
            watch_pages: false,
            watch: WatchRule::default(),
            contact: None,
            check_place: None,
            gate: USUAL_TRUST,
            rpc_listen: None,
            shown: Vec::new(),
        }
    }

    fn set(&mut self, setting: &'static Setting, value: Value, origin: Origin) {
        let shown = shown(setting, &value);
        self.shown.retain(|(known, ..)| known.key != setting.key);
        self.shown.push((setting, Some(shown), origin));
        let days = |days: u64| i32::try_from(days).unwrap_or(i32::MAX);
        let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        match (setting.key, value) {
            (Key::Data, Value::Path(path)) => self.data = path,
            (Key::Database, Value::Text(url)) => self.database = Some(url),
            (Key::DatabaseCa, Value::Path(path)) => self.database_ca = Some(path),
            (Key::DatabaseConnections, Value::Number(most)) => {
                self.database_connections = most.try_into().unwrap_or(1);
            }
            (Key::MasterKeyFile, Value::Path(path)) => self.master_key_file = Some(path),
            (Key::Listen, Value::Address(address)) => self.listen = address,
            (Key::MetricsListen, Value::Address(address)) => self.metrics_listen = Some(address),
            (Key::PublicUrl, Value::Text(url)) => self.public_url = Some(url),
            (Key::TrustedProxies, Value::Networks(networks)) => self.trusted_proxies = networks,
            (Key::VerifyUrl, Value::Text(url)) => self.verify_url = Some(url),
            (Key::VerifyUrlSecretFile, Value::Path(path)) => self.verify_url_secret_file = Some(path),
            (Key::VerifyUrlAddresses, Value::Networks(networks)) => self.verify_url_addresses = networks,
            (Key::VerifyUrlCa, Value::Path(path)) => self.verify_url_ca = Some(path),
            (Key::LogLevel, Value::Text(level)) => self.log_level = level,
            (Key::LogFormat, Value::Text(format)) => self.log_format = format,
            (Key::SecondFactor, Value::Text(word)) => {
                self.second_factor =
                    if word == "off" { SecondFactorRule::Nobody } else { SecondFactorRule::Staff };
            }
            (Key::RequestsPerMinute, Value::Number(most)) => {
                self.requests_per_minute = NonZero::new(number(most));
            }
            (Key::MostConnections, Value::Number(most)) => {
                self.most_connections = NonZero::new(number(most)).unwrap_or(NonZero::<u32>::MIN);
            }
            (Key::MostConnectionsPerAddress, Value::Number(most)) => {
                self.most_connections_per_address = NonZero::new(number(most));
            }
            (Key::DrainSeconds, Value::Number(seconds)) => self.drain = Duration::from_secs(seconds),
            (Key::WatchResolvers, Value::Resolvers(resolvers)) => self.watch_resolvers = resolvers,
            (Key::WatchAddresses, Value::Networks(networks)) => self.watch_addresses = networks,
            (Key::WatchPages, Value::Text(word)) => self.watch_pages = word == "yes",
            (Key::WatchRounds, Value::Number(rounds)) => self.watch.rounds = number(rounds),
            (Key::WatchHours, Value::Number(hours)) => self.watch.hours = number(hours),
            (Key::WatchAgainDays, Value::Number(most)) => self.watch.again_days = days(most),
            (Key::WatchNowhereDays, Value::Number(most)) => self.watch.nowhere_days = days(most),
            (Key::DropAccessDays, Value::Number(most)) => {
                self.watch.drop_days = Some(days(most)).filter(|days| *days > 0);
            }
            (Key::Contact, Value::Text(line)) => self.contact = Some(line),
            (Key::CheckPlace, Value::Text(line)) => self.check_place = Some(line),
            (Key::GateMaxAgeSeconds, Value::Number(seconds)) => {
                self.gate.max_age = SignedDuration::from_secs(seconds.try_into().unwrap_or(i64::MAX));
            }
            (Key::GateWhenStale, Value::Text(word)) => {
                self.gate.when_stale = if word == "open" { WhenStale::Open } else { WhenStale::Closed };
            }
            (Key::RpcListen, Value::Address(address)) => self.rpc_listen = Some(address),
            // The table says of each key which value it is read as.
            _ => {}
        }
    }

    /// Adds what nobody set to what is shown, and puts it into the order of the table.
    fn complete(&mut self) {
        for setting in &SETTINGS {
            if !self.shown.iter().any(|(known, ..)| known.key == setting.key) {
                self.shown.push((setting, None, Origin::Default));
            }
        }
        self.shown.sort_by_key(|(setting, ..)| SETTINGS.iter().position(|known| known.key == setting.key));
    }
}

/// A value as it is shown. Of an address of a database no user and no password.
fn shown(setting: &Setting, value: &Value) -> String {
    match value {
        Value::Text(url) if setting.is_secret() => crate::desk::place::redacted(url),
        Value::Text(text) => text.clone(),
        Value::Path(path) => path.display().to_string(),
        Value::Address(address) => address.to_string(),
        Value::Networks(networks) => networks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Value::Resolvers(resolvers) => resolvers.shown(),
        Value::Number(number) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rulebook::Lang;
    use std::fs;

    fn given(config: Option<&Path>, options: &[(&str, &str)]) -> ServeOptions {
        let options =
            options.iter().map(|(word, value)| (Setting::named(word).unwrap(), (*value).to_owned()));
        Given { config: config.map(Path::to_owned), options: options.collect() }
    }

    fn environment(set: &'static [(&str, &str)]) -> impl Environment {
        move |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
    }

    fn origin_of<'r>(read: &'r Read, word: &str) -> &'r Origin {
        let (_, _, origin) = read.settings.shown.iter().find(|(setting, ..)| setting.word == word).unwrap();
        origin
    }

    #[test]
    fn every_default_of_the_table_can_be_read() {
        let read = given(None, &[]).read_in(environment(&[]));
        assert_eq!(read.faults, []);
        assert_eq!(read.settings.listen, "127.0.0.1:8080".parse().unwrap());
        assert_eq!(read.settings.drain, Duration::from_secs(25));
        assert_eq!(read.settings.shown.len(), SETTINGS.len());
    }

    #[test]
    fn file_variable_and_option_count_in_rising_order() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("other.toml");
        let text = "listen = \"127.0.0.1:1\"\ndrain_seconds = 1\nmost_connections = 7\ndata = \"desk\"\n";
        fs::write(&file, text).unwrap();
        let set: &[_] = &[("KEBEI_LISTEN", "127.0.0.1:2"), ("KEBEI_DRAIN_SECONDS", "2"), ("KEBEI_DATA", "")];
        let read = given(Some(&file), &[("listen", "127.0.0.1:3")]).read_in(environment(set));
        assert_eq!(read.faults, []);
        assert_eq!(read.settings.listen.port(), 3);
        assert_eq!(read.settings.drain, Duration::from_secs(2));
        assert_eq!(read.settings.most_connections.get(), 7);
        assert_eq!(read.settings.data, folder.path().join("desk"));
        assert_eq!(*origin_of(&read, "listen"), Origin::Option("listen".to_owned()));
        assert_eq!(*origin_of(&read, "drain_seconds"), Origin::Variable("KEBEI_DRAIN_SECONDS".to_owned()));
        assert_eq!(
            *origin_of(&read, "most_connections"),
            Origin::File { path: file.clone(), line: 3, column: 20 }
        );
        assert_eq!(*origin_of(&read, "log_level"), Origin::Default);
    }

    #[test]
    fn the_file_in_the_folder_of_the_desk_is_found_and_cannot_name_another_folder() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap().to_owned();
        fs::write(folder.path().join(FILE), "data = \"elsewhere\"\nmaster_key_file = \"key\"\n").unwrap();
        let read = given(None, &[("data", &data)]).read_in(environment(&[]));
        assert_eq!(read.settings.master_key_file, Some(folder.path().join("key")));
        let [Fault { kind: FaultKind::DataMoves, origin: Origin::File { line: 1, .. }, .. }] =
            read.faults.as_slice()
        else {
            panic!("{:?}", read.faults)
        };
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_place_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.toml");
        let text = "\
# 设置
litsen = \"127.0.0.1:8080\"
drain_seconds = \"long\"
  metrics_listen = \"localhost\"
trusted_proxies = [\"10.0.0.1/8\", \"x\"]
log_level = \"loud\"
most_connections = 0
database = 5
nonsense = 1
public_url = \"example.com\"
";
        fs::write(&file, text).unwrap();
        let set: &[_] = &[("KEBEI_REQUESTS_PER_MINUTE", "-1"), ("KEBEI_DATABASE", " ")];
        let read = given(Some(&file), &[("listen", "8080")]).read_in(environment(set));
        let told: Vec<(String, &str)> = read
            .faults
            .iter()
            .map(|fault| (fault.origin.to_text(Lang::En), fault.setting.as_str()))
            .collect();
        let at = |place: &str| format!("{}:{place}", file.display());
        assert_eq!(
            told,
            [
                (at("2:1"), "litsen"),
                (at("3:17"), "drain_seconds"),
                (at("4:20"), "metrics_listen"),
                (at("5:19"), "trusted_proxies"),
                (at("5:19"), "trusted_proxies"),
                (at("6:13"), "log_level"),
                (at("7:20"), "most_connections"),
                (at("8:12"), "database"),
                (at("9:1"), "nonsense"),
                (at("10:14"), "public_url"),
                ("variable KEBEI_DATABASE".to_owned(), "database"),
                ("variable KEBEI_REQUESTS_PER_MINUTE".to_owned(), "requests_per_minute"),
                ("option --listen".to_owned(), "listen"),
            ]
        );
        let texts = read.faults.iter().flat_map(|fault| Lang::ALL.map(|lang| fault.to_text(lang)));
        let texts: Vec<String> = texts.collect();
        for words in ["did you mean listen?", "您是否想写 listen？", "one of error, warn", "前缀之后"]
        {
            assert!(texts.iter().any(|text| text.contains(words)), "{words}: {texts:#?}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_told_with_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.toml");
        fs::write(&file, "listen = \n log_level = \"loud\"\n").unwrap();
        let read = given(Some(&file), &[]).read_in(environment(&[]));
        assert!(matches!(read.faults[0].kind, FaultKind::Syntax(_)), "{:?}", read.faults);
        assert!(read.faults.len() > 1, "{:?}", read.faults);
        let missing = given(Some(Path::new("none.toml")), &[]).read_in(environment(&[]));
        assert!(matches!(missing.faults[0].kind, FaultKind::Unreadable(_)), "{:?}", missing.faults);
    }

    #[test]
    fn a_password_is_neither_shown_nor_repeated() {
        let set: &[_] = &[("KEBEI_DATABASE", "postgres://li:secret@db.example/kebei")];
        let read = given(None, &[]).read_in(environment(set));
        let shown = read.settings.shown.iter().find(|(setting, ..)| setting.key == Key::Database);
        assert_eq!(shown.unwrap().1.as_deref(), Some("postgres://db.example/kebei"));
    }
}
