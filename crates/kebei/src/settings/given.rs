//! Settings as options of a command, made from the table.

use super::table::{SETTINGS, Setting};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueHint, builder::NonEmptyStringValueParser};
use rulebook::Lang;
use std::path::PathBuf;

/// The options of a call that are settings: of a command on a desk, or (`ALL`) of the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given<const ALL: bool> {
    /// The file that was named.
    pub(super) config: Option<PathBuf>,
    /// What was set.
    pub(super) options: Vec<(&'static Setting, String)>,
}

/// Where the desk is, and the key that opens it.
pub(crate) type DeskOptions = Given<false>;
/// All of it.
pub(crate) type ServeOptions = Given<true>;

/// The help of `--config`, which is no setting itself.
pub(crate) const fn config_help(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "配置文件 [KEBEI_CONFIG；默认：服务台文件夹中的 kebei.toml，没有也可以]",
        Lang::En => {
            "The file of settings [KEBEI_CONFIG; default: kebei.toml in the folder of the desk, where there is one]"
        }
    }
}

/// The help of the option of that id, where it is a setting.
pub(crate) fn option_help(id: &str, lang: Lang) -> Option<String> {
    Setting::named(id).map(|setting| setting.described(lang))
}

fn settings<const ALL: bool>() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| ALL || setting.of_desk)
}

impl<const ALL: bool> Args for Given<ALL> {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new("config").long("config").value_name("FILE").help(config_help(Lang::En));
        let config = config.value_hint(ValueHint::FilePath).value_parser(clap::value_parser!(PathBuf));
        let options = settings::<ALL>().map(|setting| {
            let hint = match setting.placeholder() {
                "DIR" => ValueHint::DirPath,
                "FILE" => ValueHint::FilePath,
                _ => ValueHint::Other,
            };
            let option = Arg::new(setting.word).long(setting.option).value_name(setting.placeholder());
            let option = option.value_parser(NonEmptyStringValueParser::new()).value_hint(hint);
            option.help(setting.described(Lang::En))
        });
        command.arg(config).args(options)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const ALL: bool> FromArgMatches for Given<ALL> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let config = matches.get_one::<PathBuf>("config").cloned();
        let given = |setting: &'static Setting| {
            matches.get_one::<String>(setting.word).map(|value| (setting, value.clone()))
        };
        Ok(Self { config, options: settings::<ALL>().filter_map(given).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
