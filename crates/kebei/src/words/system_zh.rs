//! What the operating system, an engine or a library said, inside Chinese sentences: in Chinese where it is known, else as it was said,
//! in brackets.

use std::{fmt::Display, io};

/// Why something failed, to be put at the end of a clause.
pub(crate) fn because(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "：文件或文件夹不存在".to_owned(),
        io::ErrorKind::PermissionDenied => "：没有权限".to_owned(),
        io::ErrorKind::StorageFull => "：磁盘已满".to_owned(),
        io::ErrorKind::AddrInUse => "：地址已被占用".to_owned(),
        _ => original(error),
    }
}

/// What was said, in its own words.
pub(crate) fn original(said: impl Display) -> String {
    format!("（系统信息：{said}）")
}
