//! What is wrong with a subject that is to be imported, in Chinese. `en.rs` says the same in English.

use super::WhatTrouble;
use rulebook::Lang;

pub(super) fn message(what: &WhatTrouble) -> String {
    let said = match what {
        WhatTrouble::Check(what) => return what.message(Lang::Zh),
        WhatTrouble::BadAccount => {
            return format!("账号须为 1 到 {} 字节，且不含控制字符。", ledger::MAX_ID_LEN);
        }
        WhatTrouble::NoNumber => "缺少备案号。",
        WhatTrouble::OfAnotherSubject => "这个网站备案号不属于该主体。",
        WhatTrouble::NumberTwice => "该主体的另一个网站用了同一个备案号。",
        WhatTrouble::NoSuchState => "主体备案号只能是正常或已注销。",
        WhatTrouble::SubjectCancelled => "主体已注销，但这个网站没有注销。",
        WhatTrouble::HostedNowhere => "只有状态正常的网站才有接入信息。",
        WhatTrouble::OtherProvince => "该备案号由其他省的管局核发。",
        WhatTrouble::TooMany { most } => return format!("最多导入 {most} 个。"),
        WhatTrouble::NoAddress => "这不是 IP 地址。",
        WhatTrouble::UnknownInstance => "服务台没有这个实例。",
        WhatTrouble::NumberOfAnother => "这个备案号在备案库中属于另一个账号。",
        WhatTrouble::CancelledHere => "这个备案号在备案库中已经注销，不能恢复。",
        WhatTrouble::DomainFiled { number } => return format!("这个域名在备案库中属于 {number}。"),
        WhatTrouble::CertificateFiled { number } => return format!("这个证件在备案库中属于 {number}。"),
    };
    said.to_owned()
}

pub(super) fn suggestion(what: &WhatTrouble) -> String {
    let said = match what {
        WhatTrouble::Check(what) => return what.suggestion(Lang::Zh),
        WhatTrouble::BadAccount => "请填写实例列表中的账号 ID。",
        WhatTrouble::NoNumber => "请补上备案号。",
        WhatTrouble::OfAnotherSubject => "请把网站放到它所属的主体下。",
        WhatTrouble::NumberTwice => "请只保留一个。",
        WhatTrouble::NoSuchState => "已取消接入（access-dropped）请写在网站上。",
        WhatTrouble::SubjectCancelled => "请更正其中一个状态。",
        WhatTrouble::HostedNowhere => "请更正状态，或者去掉接入信息。",
        WhatTrouble::OtherProvince => "请核对备案号和地域。",
        WhatTrouble::TooMany { .. } => "请拆成多次导入。",
        WhatTrouble::NoAddress => "请按 203.0.113.7 或 2001:db8::7 的格式填写。",
        WhatTrouble::UnknownInstance => "请先导入实例（kebei import instances），或者不填。",
        WhatTrouble::NumberOfAnother => "请查清归属，更正账号。",
        WhatTrouble::CancelledHere => "请核对状态；重新备案会得到新的备案号。",
        WhatTrouble::DomainFiled { .. } => "请核实归属，并更正有误的一方。",
        WhatTrouble::CertificateFiled { .. } => "一个证件只有一个主体，请核对两者。",
    };
    said.to_owned()
}
