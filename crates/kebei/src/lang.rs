//! In which language the program speaks: the option, else the environment, else Chinese.

use rulebook::Lang;
use std::ffi::{OsStr, OsString};

/// Variables that say which language, the first that is set counts.
const VARIABLES: [&str; 4] = ["KEBEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The language of the environment. One that names no language (`C`, `POSIX`) or none at all is Chinese.
pub(crate) fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Lang {
    let named = VARIABLES.into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    of_locale(&named.unwrap_or_default().to_string_lossy())
}

fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '.', '-', '@']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "" | "c" | "posix" | "zh" => Lang::Zh,
        _ => Lang::En,
    }
}

/// The language that the call asks for, found before the call is understood, so that help and errors speak it too.
pub(crate) fn of_call(arguments: &[OsString]) -> Option<Lang> {
    let option = OsStr::new("--lang");
    let separate = arguments.windows(2).find_map(|pair| match pair {
        [name, value] if name == option => value.to_str().and_then(of_tag),
        _ => None,
    });
    let joined = || arguments.iter().find_map(|word| word.to_str()?.strip_prefix("--lang=").and_then(of_tag));
    separate.or_else(joined)
}

fn of_tag(tag: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(set: &'static [(&str, &str)]) -> Lang {
        of_environment(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn chinese_speaks_where_nothing_says_otherwise() {
        assert_eq!(environment(&[]), Lang::Zh);
        assert_eq!(environment(&[("LANG", "C.UTF-8")]), Lang::Zh);
        assert_eq!(environment(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
    }

    #[test]
    fn the_first_variable_that_is_set_counts() {
        assert_eq!(environment(&[("LANG", "en_US.UTF-8")]), Lang::En);
        assert_eq!(environment(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "de_DE")]), Lang::En);
        assert_eq!(environment(&[("LC_ALL", "en_US"), ("KEBEI_LANG", "zh")]), Lang::Zh);
        assert_eq!(environment(&[("LC_ALL", ""), ("LANG", "en_GB")]), Lang::En);
    }

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let call = |words: &[&str]| of_call(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(call(&["kebei", "check", "--lang", "en"]), Some(Lang::En));
        assert_eq!(call(&["kebei", "--lang=zh", "--help"]), Some(Lang::Zh));
        assert_eq!(call(&["kebei", "check", "--lang", "fr"]), None);
        assert_eq!(call(&["kebei", "--lang"]), None);
    }
}
