//! What was wrong with the call, in the language of the call: the parser itself speaks English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use rulebook::Lang;

/// Tells what was wrong and what is expected.
pub(crate) fn message(error: &clap::Error, lang: Lang) -> String {
    match lang {
        Lang::En => error.render().to_string(),
        Lang::Zh => chinese(error).unwrap_or_else(|| error.render().to_string()),
    }
}

/// `None` for what is no fault (help, version) and for the rare kinds that the parser tells itself.
fn chinese(error: &clap::Error) -> Option<String> {
    let context = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand => format!("请指定命令：{}", context(ContextKind::ValidSubcommand)),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            format!("参数 {argument} 后面缺少值")
        }
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            let choice = if valid.is_empty() { String::new() } else { format!("，可选：{valid}") };
            format!("参数 {argument} 的值“{}”无效{choice}", context(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict if argument == context(ContextKind::PriorArg) => {
            format!("参数 {argument} 只能给一次")
        }
        ErrorKind::ArgumentConflict => {
            format!("参数 {argument} 不能与 {} 同时使用", context(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("参数 {argument} 的值太多"),
        _ => return None,
    };
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggested =
        suggested.into_iter().find_map(|kind| error.get(kind).map(text)).filter(|word| !word.is_empty());
    let suggested = suggested.map(|word| format!("。您是否想输入 {word}？")).unwrap_or_default();
    Some(format!(
        "错误：{what}{suggested}\n\n用法见 kebei --help；某个命令的用法见 kebei check --help 等。\n"
    ))
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}
