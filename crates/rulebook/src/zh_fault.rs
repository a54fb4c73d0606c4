//! Every fault of a rulebook file in Chinese. `en_fault.rs` says the same in English.

use crate::{
    fault::{Expected, FaultKind, listed},
    text::Lang,
};

/// What is wrong, what was expected, what to do.
pub(crate) fn fault(kind: &FaultKind) -> String {
    match kind {
        FaultKind::NotUtf8 => "此处不是 UTF-8 编码；请将文件存为 UTF-8".to_owned(),
        FaultKind::Syntax(detail) => match syntax(detail) {
            Some(detail) => format!("不符合 TOML 语法：{detail}"),
            None => "不符合 TOML 语法".to_owned(),
        },
        FaultKind::UnknownKey { found, known } => {
            format!("不认识的键 `{found}`；此处可用的键：{}", known.join("、"))
        }
        FaultKind::Missing { key, expected: what } => format!("缺少 `{key}`，应为{}", expected(what)),
        FaultKind::Unexpected { found, expected: what } => format!("现为 {found}，应为{}", expected(what)),
        FaultKind::OneLanguage { missing: Lang::Zh } => "缺少中文 `zh`".to_owned(),
        FaultKind::OneLanguage { missing: Lang::En } => "缺少英文 `en`".to_owned(),
        FaultKind::EditionTwice(id) => format!("已经有 `{id}` 版，每个版本的编号不能相同"),
        FaultKind::OutOfOrder { before, day } => format!("版本应从旧到新排列：{day} 不晚于前一版的 {before}"),
        FaultKind::UnknownBase { found, earlier } if earlier.is_empty() => {
            format!("前面没有任何版本，不能以 `{found}` 为基础")
        }
        FaultKind::UnknownBase { found, earlier } => {
            format!("`{found}` 不是更早的版本；更早的版本有：{}", listed(earlier, "、"))
        }
        FaultKind::UnknownProduct(id) => format!("这一版没有产品 `{id}`"),
        FaultKind::UnknownDocument(id) => format!("`[documents]` 里没有文档 `{id}`"),
        FaultKind::NameTwice { name, other } => {
            format!("`{name}` 已经指产品 `{other}`，实例列表里会分不清是哪一个")
        }
        FaultKind::NothingToDrop(key) => {
            format!("没有可去掉的 `{key}`：作为基础的版本没有设置它，或本行自己又设置了它")
        }
        FaultKind::NothingToConfirm(key) => {
            format!("没有可确认的 `{key}`：作为基础的版本没有设置它，或本行自己又设置了它")
        }
        FaultKind::TermWithoutBilling => {
            "设置了购买时长或剩余时长，却没有要求 `billing = \"subscription\"`：按量付费的实例没有时长，会因此通过；请加上计费方式"
                .to_owned()
        }
        FaultKind::Contradiction { one, other } => format!("`{one}` 与 `{other}` 不可能同时成立"),
        FaultKind::Needs { one, other } => format!("有 `{one}` 就必须有 `{other}`"),
        FaultKind::NoSource => {
            "没有注明出处；请写 `source = [\"…\"]`；没有文档说明的行或值请写 `assumed = true`".to_owned()
        }
        FaultKind::RegionTwice(name) => format!("地域 `{name}` 列了两次"),
        FaultKind::NoEditions => "规则集里一个版本也没有；请至少写一个 `[[editions]]`".to_owned(),
        FaultKind::TooMany { found, limit } => format!("共有 {found} 个，最多读取 {limit} 个"),
        FaultKind::TooManyFaults { more } => format!("另有 {more} 处错误没有列出"),
    }
}

/// What the parser says in English; `None` for what it says too rarely to have a translation.
fn syntax(detail: &str) -> Option<&'static str> {
    let described = detail.split(", expected ").next().unwrap_or_default();
    Some(match described {
        "duplicate key" => "同一个键或表出现了两次",
        "invalid key-value pair" => "此处应为 `键 = 值`",
        "invalid unquoted key" => "键里有必须加引号的字符",
        "unquoted keys cannot be empty" | "missing key for inline table element" => "缺少键名",
        "keys cannot be multi-line basic strings" | "keys cannot be multi-line literal strings" => {
            "键名不能用多行文本"
        }
        "key with no value" => "键后缺少 `= 值`",
        "missing value for key" | "missing value" => "缺少值",
        "invalid value" => "值的写法有误",
        "string values must be quoted" => "缺少值，或文本没有加引号",
        "invalid string"
        | "invalid basic string"
        | "invalid multi-line basic string"
        | "invalid literal string"
        | "invalid multi-line literal string"
        | "missing opening quote" => "文本的写法有误：缺少引号，或有不允许的字符",
        "missing escaped value" | "too few unicode value digits" => "`\\` 后的转义写法有误",
        "invalid boolean" => "此处应为 `true` 或 `false`",
        "invalid date-time" | "invalid datetime" | "invalid date" | "invalid time" | "invalid offset" => {
            "日期或时间的写法有误"
        }
        "invalid float"
        | "invalid integer number"
        | "invalid hexadecimal number"
        | "invalid octal number"
        | "invalid binary number"
        | "unexpected leading zero"
        | "redundant numeric sign"
        | "`_` may only go between digits" => "数字的写法有误",
        "invalid inline table element" => "行内表的内容有误",
        "invalid comment character" => "注释里有不允许的字符",
        "missing assignment between key-value pairs" => "键与值之间缺少 `=`",
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => {
            "多了一个 `=`"
        }
        "extra comma in array" | "extra comma in inline table" => "多了一个逗号",
        "missing comma between array elements" | "missing comma between key-value pairs" => "缺少逗号",
        "unclosed array" => "列表缺少结尾的 `]`",
        "unclosed inline table" => "行内表缺少结尾的 `}`",
        "unclosed table" | "unclosed array table" => "表头缺少结尾的 `]`",
        "missing table open" | "missing array opening" | "missing inline table opening" => "缺少开头的括号",
        "unexpected key or value"
        | "unexpected content"
        | "unexpected content between comment and newline" => "此处有多余的内容",
        "carriage return must be followed by newline" => "回车符之后必须是换行符",
        "recursion limit" | "cannot recurse further; max recursion depth met" => "嵌套太深",
        _ => return None,
    })
}

fn expected(expected: &Expected) -> String {
    match expected {
        Expected::Table => "表".to_owned(),
        Expected::Value => "值本身：`{ value = …, source = [\"…\"] }`".to_owned(),
        Expected::Editions => "若干版本，每个写作 `[[editions]]`".to_owned(),
        Expected::Text => "非空文本".to_owned(),
        Expected::BothLanguages => "中英文各一份的文本：`{ zh = \"…\", en = \"…\" }`".to_owned(),
        Expected::Texts => "文本列表：`[\"…\", \"…\"]`".to_owned(),
        Expected::Day => "不加引号的日期：`2020-10-16`".to_owned(),
        Expected::Truth => "`true` 或 `false`".to_owned(),
        Expected::WholeNumber(most) => format!("从 1 到 {most} 的整数"),
        Expected::Amount => "加引号的、大于 0 的金额：`\"99.00\"`".to_owned(),
        Expected::OneOf(words) => format!("下列之一：{}", words.join("、")),
        Expected::Id => "由字母、数字、`-`、`_`、`.` 组成的编号".to_owned(),
        Expected::Region => "地域名称，或名称的开头加 `*`".to_owned(),
    }
}
