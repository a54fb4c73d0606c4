//! What is to be known of a row of an import, in Chinese. `en.rs` says the same in English.

use super::note::ImportNote;

pub(super) fn note(note: &ImportNote) -> String {
    match note {
        ImportNote::Unread { zh, .. } => zh.clone(),
        ImportNote::BadName => {
            format!("实例 ID 和产品类型须为 1 到 {} 字节，且不含控制字符。", ledger::MAX_ID_LEN)
        }
        ImportNote::BadAccount => format!("账号须为 1 到 {} 字节，且不含控制字符。", ledger::MAX_ID_LEN),
        ImportNote::TooLong { bytes } => format!("该实例的信息过长，共 {bytes} 字节，无法记入台账。"),
        ImportNote::Repeated { source, line } if source.is_empty() => {
            format!("与第 {line} 行是同一个实例，以第 {line} 行为准。")
        }
        ImportNote::Repeated { source, line } => {
            format!("与 {source} 第 {line} 行是同一个实例，以那一行为准。")
        }
        ImportNote::UnknownProduct { product } => {
            format!("规则集的各个版本都没有产品“{product}”；仍会导入，但不可备案。")
        }
    }
}
