//! What the pages of the ranges say.

use crate::console::words::either;
use app::gate::{AddressRange, RangeError};
use rulebook::Lang;
use std::net::IpAddr;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) add: &'static str,
    pub(super) ask: &'static str,
    pub(super) white_list: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) range: &'static str,
    pub(super) range_hint: &'static str,
    pub(super) reason: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) by: &'static str,
    pub(super) act: &'static str,
    pub(super) remove: &'static str,
    pub(super) remove_now: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) go_on: &'static str,
    pub(super) back: &'static str,
    pub(super) sure: &'static str,
    pub(super) sure_what: &'static str,
    pub(super) do_add: &'static str,
    pub(super) change: &'static str,
    pub(super) ends: &'static str,
    pub(super) count: &'static str,
    pub(super) remove_what: [&'static str; 2],
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "放行地址段",
        lead: "用 IP 地址访问时，只有本服务商自己的地址段才放行。",
        add: "登记地址段",
        ask: "查询放行",
        white_list: "放行白名单",
        none: "还没有登记地址段，所有 IP 地址都不放行。",
        no_more: "后面没有更多地址段了。",
        range: "地址段",
        range_hint: "一个地址（203.0.113.7）、一个网段（203.0.113.0/24）或首尾地址（203.0.113.10-203.0.113.20），IPv4、IPv6 均可。",
        reason: "原因",
        reason_hint: "一行，不超过 60 个字。会写入台账并发给所有边缘节点，不要写个人信息。",
        by: "由谁登记",
        act: "操作",
        remove: "移除地址段",
        remove_now: "确认移除",
        first: "回到第一页",
        next: "下一页",
        go_on: "下一步：核对",
        back: "返回地址段列表",
        sure: "请核对：登记地址段",
        sure_what: "约一秒后，用其中任何一个地址访问都会放行。",
        do_add: "确认登记",
        change: "返回修改",
        ends: "首尾地址",
        count: "地址数量",
        remove_what: [
            "约一秒后，用其中的地址访问不再放行，其他已登记的地址段包含的除外。",
            "移除后可以重新登记。",
        ],
    };
    const EN: Words = Words {
        title: "Ranges of addresses",
        lead: "A name that is an IP address is served only where it lies in a range of the provider's own.",
        add: "Add a range",
        ask: "Ask the gate",
        white_list: "White list",
        none: "No range has been added: no IP address is served.",
        no_more: "There are no more ranges.",
        range: "Range",
        range_hint: "An address (203.0.113.7), a network (203.0.113.0/24) or the first and the last address (203.0.113.10-203.0.113.20), of IPv4 or IPv6.",
        reason: "Reason",
        reason_hint: "One line, 60 characters at most. It goes into the ledger and to every edge: name nobody.",
        by: "Added by",
        act: "What to do",
        remove: "Remove the range",
        remove_now: "Remove it",
        first: "Back to the first page",
        next: "Next page",
        go_on: "Go on and check",
        back: "Back to the ranges",
        sure: "Check, and add the range",
        sure_what: "Within about a second, each of these addresses is served.",
        do_add: "Add the range",
        change: "Change it",
        ends: "First and last",
        count: "Addresses",
        remove_what: [
            "Within about a second its addresses are not served any longer, unless another range has them.",
            "It can be added again.",
        ],
    };
    either(lang, &ZH, &EN)
}

/// That a range was put down, or taken away.
pub(super) fn done(range: &str, is_there: bool, lang: Lang) -> String {
    match (lang, is_there) {
        (Lang::Zh, true) => format!("已登记 {range}，约一秒后生效。"),
        (Lang::Zh, false) => format!("已移除 {range}，约一秒后生效。"),
        (Lang::En, true) => format!("{range} has been added, and takes effect within about a second."),
        (Lang::En, false) => format!("{range} has been removed, which takes effect within about a second."),
    }
}

/// What is wrong with a range.
pub(super) const fn no_range(error: RangeError, lang: Lang) -> &'static str {
    match (error, lang) {
        (RangeError::Form, Lang::Zh) => {
            "这不是地址或地址段。请填写一个地址、一个网段（例如 203.0.113.0/24），或者用“-”连接的首尾地址。"
        }
        (RangeError::Form, Lang::En) => {
            "This is no address and no range. Give an address, a network such as 203.0.113.0/24, or the first and the last address with - between them."
        }
        (RangeError::Families, Lang::Zh) => "首尾地址应同为 IPv4 或同为 IPv6。",
        (RangeError::Families, Lang::En) => "One end is of IPv4 and the other of IPv6. Give two of a kind.",
        (RangeError::Order, Lang::Zh) => "末尾地址在起始地址之前，请核对先后。",
        (RangeError::Order, Lang::En) => "The last address is before the first. Compare them.",
        (RangeError::HostBits, Lang::Zh) => {
            "网段的地址与前缀长度不符。请填写网段的起始地址（例如 203.0.113.0/24），或者检查“/”后面的数字。"
        }
        (RangeError::HostBits, Lang::En) => {
            "The address does not fit the length of its prefix. Give the first address of the network, such as 203.0.113.0/24, or compare the number behind the slash."
        }
    }
}

/// The first and the last address.
pub(super) fn ends(range: AddressRange, lang: Lang) -> String {
    let (first, last) = (range.first(), range.last());
    match lang {
        Lang::Zh => format!("{first} 至 {last}"),
        Lang::En => format!("{first} to {last}"),
    }
}

/// How many addresses it has: of IPv6 to the next power of two, since nobody counts further.
pub(super) fn count(range: AddressRange, lang: Lang) -> String {
    let number = |address| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    let above = number(range.last()).saturating_sub(number(range.first()));
    let count = above.saturating_add(1);
    match lang {
        Lang::Zh if count > 1 << 32 => format!("约 2^{}", count.ilog2()),
        Lang::En if count > 1 << 32 => format!("about 2^{}", count.ilog2()),
        Lang::Zh => format!("{count} 个"),
        Lang::En => count.to_string(),
    }
}
