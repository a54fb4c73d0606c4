//! Every fault of a rulebook file in Chinese. `en_fault.rs` says the same in English.

use crate::{
    fault::{Expected, FaultKind},
    text::Lang,
};

/// What is wrong, what was expected, what to do.
pub(crate) fn fault(kind: &FaultKind) -> String {
    match kind {
        FaultKind::Syntax(detail) => format!("不符合 TOML 语法：{detail}"),
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
            format!("`{found}` 不是更早的版本；更早的版本有：{}", earlier.join("、"))
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
            "没有注明出处；请写 `source = [\"…\"]`，没有文档说明的请写 `assumed = true`".to_owned()
        }
        FaultKind::RegionTwice(name) => format!("地域 `{name}` 列了两次"),
        FaultKind::NoEditions => "规则集里一个版本也没有；请至少写一个 `[[editions]]`".to_owned(),
        FaultKind::TooMany { found, limit } => format!("共有 {found} 个，最多读取 {limit} 个"),
    }
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
        Expected::Truth => " `true` 或 `false`".to_owned(),
        Expected::WholeNumber(most) => format!("从 1 到 {most} 的整数"),
        Expected::Amount => "加引号的、大于 0 的金额：`\"99.00\"`".to_owned(),
        Expected::OneOf(words) => format!("下列之一：{}", words.join("、")),
        Expected::Id => "由字母、数字、`-`、`_`、`.` 组成的编号".to_owned(),
        Expected::Region => "地域名称，或名称的开头加 `*`".to_owned(),
    }
}
