//! What the program says of filing orders in files, in Chinese.

use super::filing::{FilingSay, Form};

pub(super) fn say(say: FilingSay<'_>) -> String {
    match say {
        FilingSay::FaultyData { file, faults } => format!("{file} 有 {faults} 处错误，没有使用"),
        FilingSay::NotJson { line, column } => {
            format!("不是有效的 JSON：第 {line} 行第 {column} 列起无法读取，请检查引号、逗号和括号")
        }
        FilingSay::NotAnOrder => "应为一个 JSON 对象，其中有 kind 和填写的内容".to_owned(),
        FilingSay::NoKind { words } => format!("kind（备案类型）缺失或有误，请填写以下之一：{words}"),
        FilingSay::UnknownField { path } => format!("没有 {path} 这个字段，请核对拼写"),
        FilingSay::Expected { path, expected } => format!(
            "{path} 应为{}",
            match expected {
                Form::Text => "文字，须加引号",
                Form::Number => "代码表中的数字，不加引号",
                Form::Group => "一个对象：{ … }",
                Form::List => "一个列表：[ … ]",
            }
        ),
        FilingSay::Order { file, kind } => format!("{file}：{kind}"),
        FilingSay::Fault { weight, place, message, suggestion } => {
            format!("  [{weight}] {place}：{message}\n      {suggestion}")
        }
        FilingSay::Found { errors: 0, warnings: 0 } => "未发现问题。".to_owned(),
        FilingSay::Found { errors: 0, warnings } => format!("没有必须修改的内容，有 {warnings} 处请核对。"),
        FilingSay::Found { errors, warnings: 0 } => format!("有 {errors} 处须修改。"),
        FilingSay::Found { errors, warnings } => {
            format!("有 {errors} 处须修改，另有 {warnings} 处请核对。")
        }
        FilingSay::NotLookedAt => {
            "产品验证、证件图片、黑名单，以及是否已经备案，要在服务台提交时才能检查。".to_owned()
        }
    }
}
