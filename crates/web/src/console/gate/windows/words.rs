//! What the pages of the white list say.

use super::add::{LASTS, NO_END};
use crate::{
    answer::minute as plain,
    console::{shown::minute, words::either},
};
use jiff::Timestamp;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) add: &'static str,
    pub(super) ask: &'static str,
    pub(super) ranges: &'static str,
    pub(super) which: &'static str,
    pub(super) living: &'static str,
    pub(super) past: &'static str,
    pub(super) none: &'static str,
    pub(super) none_over: &'static str,
    pub(super) no_more: &'static str,
    pub(super) domain: &'static str,
    pub(super) state: &'static str,
    pub(super) time: &'static str,
    pub(super) reason: &'static str,
    pub(super) by: &'static str,
    pub(super) act: &'static str,
    pub(super) end: &'static str,
    pub(super) see: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) in_force: &'static str,
    pub(super) to_come: &'static str,
    pub(super) over: &'static str,
    pub(super) ended: &'static str,
    pub(super) made: &'static str,
    pub(super) made_many: &'static str,
    pub(super) is_ended: &'static str,
    pub(super) is_over: &'static str,
    pub(super) caller: &'static str,
    pub(super) ended_by: &'static str,
    pub(super) ask_of_it: &'static str,
    pub(super) add_again: &'static str,
    pub(super) end_now: &'static str,
    pub(super) back: &'static str,
    pub(super) add_lead: &'static str,
    pub(super) names: &'static str,
    pub(super) names_hint: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) lasts: &'static str,
    pub(super) lasts_hint: &'static str,
    pub(super) until: &'static str,
    pub(super) until_hint: &'static str,
    pub(super) from: &'static str,
    pub(super) from_hint: &'static str,
    pub(super) by_time: &'static str,
    pub(super) forever: &'static str,
    pub(super) go_on: &'static str,
    pub(super) no_names: &'static str,
    pub(super) no_time: &'static str,
    pub(super) twice: &'static str,
    pub(super) no_end_said: &'static str,
    pub(super) sure: &'static str,
    pub(super) now: &'static str,
    pub(super) unknown: &'static str,
    pub(super) served: &'static str,
    pub(super) not_served: &'static str,
    pub(super) endless: &'static str,
    pub(super) do_add: &'static str,
    pub(super) change: &'static str,
    pub(super) end_what: [&'static str; 2],
    pub(super) sure_what: [&'static str; 3],
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "放行白名单",
    lead: "白名单中的域名在规定时间内不备案也放行，黑名单中的域名除外。每次加入和结束都会记入台账。",
    add: "加入白名单",
    ask: "查询放行",
    ranges: "放行地址段",
    which: "选择条目",
    living: "生效中和待生效",
    past: "已结束",
    none: "白名单中没有生效或待生效的域名。",
    none_over: "没有已结束的条目。",
    no_more: "后面没有更多条目了。",
    domain: "域名",
    state: "状态",
    time: "放行时间",
    reason: "原因",
    by: "由谁加入",
    act: "操作",
    end: "提前结束",
    see: "查看",
    first: "回到第一页",
    next: "下一页",
    in_force: "生效中",
    to_come: "待生效",
    over: "已到期",
    ended: "已提前结束",
    made: "已加入白名单，约一秒后生效。",
    made_many: "已加入白名单，约一秒后生效。",
    is_ended: "已提前结束，约一秒后停止放行。",
    is_over: "该条目已到期，不用再结束。",
    caller: "申请的系统",
    ended_by: "由谁提前结束",
    ask_of_it: "查询现在是否放行",
    add_again: "再次加入白名单",
    end_now: "立即结束",
    back: "返回白名单",
    add_lead: "域名在规定时间内不备案也放行。下一步核对后才会生效。",
    names: "域名",
    names_hint: "每行一个，也可以用空格或逗号隔开，可以直接粘贴网址。按注册域名放行：填写 www.example.com，example.com 下的所有名称都会放行。",
    reason_hint: "一行，不超过 60 个字。会写入台账并发给所有边缘节点，不要写个人信息。",
    lasts: "放行多久",
    lasts_hint: "从生效时开始计算。",
    until: "结束时间",
    until_hint: "北京时间，例如 2026-12-01 06:00。选了时长就不用填写。",
    from: "开始时间（选填）",
    from_hint: "北京时间。不填写则立即生效。",
    by_time: "填写结束时间",
    forever: "不设期限，直到提前结束",
    go_on: "下一步：核对",
    no_names: "请填写域名。",
    no_time: "请填写日期和时间，例如 2026-12-01 06:00。",
    twice: "放行多久和结束时间只能填一处。请清空结束时间，或者把放行多久改为“填写结束时间”。",
    no_end_said: "请选择放行多久，或者填写结束时间。",
    sure: "请核对：加入白名单",
    now: "现在",
    unknown: "暂时无法判断",
    served: "放行",
    not_served: "不放行",
    endless: "没有结束时间：这些域名会一直放行，直到有人提前结束。",
    do_add: "确认加入白名单",
    change: "返回修改",
    end_what: [
        "约一秒后停止放行；已在本服务商备案并接入的，或者还有其他有效条目的，仍然放行。",
        "已结束的条目不能恢复，只能重新加入。",
    ],
    sure_what: [
        "域名下的所有名称都会放行。",
        "在黑名单中的域名，加入白名单也不会放行。",
        "约一秒后生效，随时可以提前结束。",
    ],
};

const EN: Words = Words {
    title: "White list of the gate",
    lead: "What is on the white list is served for its time without being filed, unless it is on the blacklist. Whatever comes on it or off it is in the ledger.",
    add: "Put domains on the white list",
    ask: "Ask the gate",
    ranges: "Ranges of addresses",
    which: "Which entries",
    living: "In force and to come",
    past: "Over",
    none: "Nothing on the white list is in force or to come.",
    none_over: "No entry is over.",
    no_more: "There are no more entries.",
    domain: "Domain",
    state: "State",
    time: "Time",
    reason: "Reason",
    by: "Added by",
    act: "What to do",
    end: "End it now",
    see: "See it",
    first: "Back to the first page",
    next: "Next page",
    in_force: "In force",
    to_come: "To come",
    over: "Over",
    ended: "Ended early",
    made: "It is on the white list, and takes effect within about a second.",
    made_many: "They are on the white list, and take effect within about a second.",
    is_ended: "The entry is ended, and takes effect within about a second.",
    is_over: "The entry was over already.",
    caller: "Asked for by",
    ended_by: "Ended by",
    ask_of_it: "Ask the gate about it",
    add_again: "Put it on the white list again",
    end_now: "End it",
    back: "Back to the white list",
    add_lead: "The domains are served for a time without being filed. You see what it comes to before anything is done.",
    names: "Domains",
    names_hint: "One on each line, or with blanks or commas between them; web addresses can be pasted. The registrable domain is meant: www.example.com has every name below example.com served.",
    reason_hint: "One line, 60 characters at most. It goes into the ledger and to every edge: name nobody.",
    lasts: "For how long",
    lasts_hint: "Counted from when it begins.",
    until: "Until",
    until_hint: "Beijing time, such as 2026-12-01 06:00. Leave it empty where you chose how long.",
    from: "From (optional)",
    from_hint: "Beijing time. Left empty, it begins at once.",
    by_time: "Until the time given below",
    forever: "Without an end, until it is ended",
    go_on: "Go on and check",
    no_names: "Enter the domains.",
    no_time: "Enter a day and a time, such as 2026-12-01 06:00.",
    twice: "Give either how long or until when. Empty this field, or choose “Until the time given below”.",
    no_end_said: "Choose how long, or give the time at which it ends.",
    sure: "Check before it goes on the white list",
    now: "Now",
    unknown: "Not known yet",
    served: "Served",
    not_served: "Not served",
    endless: "There is no end: they are served until somebody ends the entry.",
    do_add: "Put it on the white list",
    change: "Change it",
    end_what: [
        "Unless the domain is filed and hosted here, or has another entry, it is not served any longer within about a second.",
        "An entry that is ended stays so: the domain can be put on the white list again.",
    ],
    sure_what: [
        "Every name below the domain is served.",
        "What is on the blacklist is not served all the same.",
        "It takes effect within about a second, and can be ended at any time.",
    ],
};

/// The title of the page of one entry.
pub(super) fn entry(domain: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{domain} 的白名单条目"),
        Lang::En => format!("{domain} on the white list"),
    }
}

/// From when and until when an entry holds.
pub(in crate::console::gate) fn time(
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    lang: Lang,
) -> String {
    let (from, until) = (from.map(|at| minute(at, lang)), until.map(|at| minute(at, lang)));
    match (lang, from, until) {
        (Lang::Zh, None, None) => "没有期限".to_owned(),
        (Lang::Zh, None, Some(until)) => format!("至 {until}"),
        (Lang::Zh, Some(from), None) => format!("自 {from} 起，没有期限"),
        (Lang::Zh, Some(from), Some(until)) => format!("{from}至 {until}"),
        (Lang::En, None, None) => "without an end".to_owned(),
        (Lang::En, None, Some(until)) => format!("until {until}"),
        (Lang::En, Some(from), None) => format!("from {from}, without an end"),
        (Lang::En, Some(from), Some(until)) => format!("from {from} until {until}"),
    }
}

/// The same for a list, whose times are all those of Beijing, part by part.
pub(super) fn times(from: Option<Timestamp>, until: Option<Timestamp>, lang: Lang) -> Vec<String> {
    let from = from.map(plain).map(|from| match lang {
        Lang::Zh => format!("{from} 起"),
        Lang::En => format!("from {from}"),
    });
    let until = match (until.map(plain), lang) {
        (Some(until), Lang::Zh) => format!("至 {until}"),
        (Some(until), Lang::En) => format!("until {until}"),
        (None, lang) => time(None, None, lang),
    };
    from.into_iter().chain([until]).collect()
}

/// From when and until when an entry will hold that is not there yet.
pub(super) fn time_to_come(from: Option<Timestamp>, until: Option<Timestamp>, lang: Lang) -> String {
    let told = time(from, until, lang);
    match (from, lang) {
        (Some(_), _) => told,
        (None, Lang::Zh) => format!("立即生效，{told}"),
        (None, Lang::En) => format!("at once, {told}"),
    }
}

/// How long an entry may last: what is sent, and how it is called.
pub(super) fn lasts(lang: Lang) -> Vec<(String, String)> {
    let w = words(lang);
    let called = |hours: i64| match (lang, hours / 24, hours % 24) {
        (Lang::Zh, days, 0) if days > 1 => format!("{days} 天"),
        (Lang::Zh, ..) => format!("{hours} 小时"),
        (Lang::En, days, 0) if days > 1 => format!("{days} days"),
        (Lang::En, ..) => format!("{hours} hours"),
    };
    let first = std::iter::once((String::new(), w.by_time.to_owned()));
    let hours = LASTS.into_iter().map(|(word, hours)| (word.to_owned(), called(hours)));
    first.chain(hours).chain([(NO_END.to_owned(), w.forever.to_owned())]).collect()
}

/// More names than are taken at once.
pub(super) fn too_many(most: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("一次最多填写 {most} 个域名，请分几次加入。"),
        Lang::En => format!("At most {most} domains are taken at once. Put them there in several steps."),
    }
}

/// An address where a domain is asked for.
pub(super) fn is_address(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{name}”是 IP 地址，请在放行地址段中登记。"),
        Lang::En => format!("\"{name}\" is an IP address: add it to the ranges of addresses."),
    }
}
