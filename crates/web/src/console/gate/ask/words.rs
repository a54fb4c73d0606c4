//! What the page says that asks the gate.

use crate::console::{shown::second, words::either};
use jiff::Timestamp;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) name: &'static str,
    pub(super) name_hint: &'static str,
    pub(super) nothing: &'static str,
    pub(super) ask: &'static str,
    pub(super) another: &'static str,
    pub(super) served: &'static str,
    pub(super) not_served: &'static str,
    pub(super) unknown: &'static str,
    pub(super) in_no_range: &'static str,
    pub(super) to_do: &'static str,
    pub(super) or_white_list: &'static str,
    pub(super) white_list_it: &'static str,
    pub(super) put_range: &'static str,
    pub(super) put_it: &'static str,
    pub(super) when_listed: &'static str,
    pub(super) see_blacklist: &'static str,
    pub(super) when_stale: &'static str,
    pub(super) see_status: &'static str,
    pub(super) behind: &'static str,
    pub(super) registrable: &'static str,
    pub(super) judged_by: &'static str,
    pub(super) by_ranges: &'static str,
    pub(super) until: &'static str,
    pub(super) no_end: &'static str,
    pub(super) number: &'static str,
    pub(super) changed: &'static str,
    pub(super) as_of: &'static str,
    pub(super) position: &'static str,
    pub(super) windows: &'static str,
    pub(super) stands: &'static str,
    pub(super) time: &'static str,
    pub(super) reason: &'static str,
    pub(super) white_list: &'static str,
    pub(super) ranges: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "查询放行",
        lead: "查询一个域名或 IP 地址现在能不能在这里提供访问、依据是什么、数据截至什么时候。负载均衡和边缘节点得到的答案与此相同。",
        name: "域名、网址或 IP 地址",
        name_hint: "例如 www.example.com。可以直接粘贴网址，中文域名也可以。",
        nothing: "请输入要查询的域名、网址或 IP 地址。",
        ask: "查询",
        another: "查询另一个",
        served: "放行",
        not_served: "不放行",
        unknown: "暂时无法判断",
        in_no_range: "这个 IP 地址不在已登记的地址段内。",
        to_do: "怎么办",
        or_white_list: "确需在备案之前提供访问的，可以限时加入白名单。",
        white_list_it: "加入白名单",
        put_range: "如果是本服务商自己的地址，可以登记为放行的地址段。",
        put_it: "登记地址段",
        when_listed: "黑名单优先，加入白名单也不会放行。移出黑名单须由两人复核。",
        see_blacklist: "查看黑名单",
        when_stale: "服务台暂时读不到最新的数据。请确认数据库可以连接、后台任务正在运行。",
        see_status: "查看服务状态",
        behind: "判断依据",
        registrable: "注册域名",
        judged_by: "判断方式",
        by_ranges: "已登记的地址段",
        until: "白名单到期时间",
        no_end: "没有期限",
        number: "备案号",
        changed: "备案状态最近变更",
        as_of: "数据时间",
        position: "数据范围",
        windows: "该域名的白名单条目",
        stands: "状态",
        time: "时间",
        reason: "原因",
        white_list: "放行白名单",
        ranges: "放行地址段",
    };
    const EN: Words = Words {
        title: "Ask the gate",
        lead: "May a domain or an IP address be served here now, why, and as of when? Load balancers and edges are told the same.",
        name: "Domain, web address or IP address",
        name_hint: "Such as www.example.com. Paste a whole web address if you like; names in Chinese are fine.",
        nothing: "Enter the domain, web address or IP address that you ask about.",
        ask: "Ask",
        another: "Ask about another",
        served: "Served",
        not_served: "Not served",
        unknown: "Not known yet",
        in_no_range: "This IP address is in none of the provider's ranges.",
        to_do: "What to do",
        or_white_list: "If it has to be served before it is filed, put it on the white list for a time.",
        white_list_it: "Put it on the white list",
        put_range: "If the address is your own, add it to the ranges that are served.",
        put_it: "Add a range",
        when_listed: "The blacklist comes first: it is not served from the white list either. Two people take something off the blacklist.",
        see_blacklist: "See the blacklist",
        when_stale: "The desk cannot read the latest data. Make sure that its database can be reached and its workers run.",
        see_status: "See the state of the service",
        behind: "What the answer rests on",
        registrable: "Registrable domain",
        judged_by: "Judged by",
        by_ranges: "The ranges of addresses",
        until: "On the white list until",
        no_end: "Without an end",
        number: "Filing number",
        changed: "Number last changed",
        as_of: "As of",
        position: "Includes",
        windows: "Entries of the white list",
        stands: "State",
        time: "Time",
        reason: "Reason",
        white_list: "White list",
        ranges: "Ranges of addresses",
    };
    either(lang, &ZH, &EN)
}

/// A domain in its own script, and as ASCII where that is another.
pub(super) fn both_forms(shown: &str, ascii: &str, lang: Lang) -> String {
    match lang {
        _ if shown == ascii => ascii.to_owned(),
        Lang::Zh => format!("{shown}（{ascii}）"),
        Lang::En => format!("{shown} ({ascii})"),
    }
}

/// When what is known was right, and how long ago that was.
pub(super) fn as_of(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let (shown, age) = (second(at, lang), now.duration_since(at).as_secs().max(0));
    let (hours, minutes, seconds) = (age / 3600, age / 60 % 60, age % 60);
    match (lang, hours, minutes) {
        (Lang::Zh, 0, 0) => format!("{shown}，{seconds} 秒前"),
        (Lang::Zh, 0, _) => format!("{shown}，{minutes} 分 {seconds} 秒前"),
        (Lang::Zh, ..) => format!("{shown}，{hours} 小时 {minutes} 分前"),
        (Lang::En, 0, 0) => format!("{shown}, {seconds} s ago"),
        (Lang::En, 0, _) => format!("{shown}, {minutes} min {seconds} s ago"),
        (Lang::En, ..) => format!("{shown}, {hours} h {minutes} min ago"),
    }
}

/// How much of the ledger is known.
pub(super) fn position(size: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("台账的前 {size} 条记录"),
        Lang::En => format!("the first {size} entries of the ledger"),
    }
}
