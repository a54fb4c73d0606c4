//! What the page of retention says beside the words of the rules.

use crate::console::words::either;
use app::Actor;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) count: &'static str,
    pub(super) count_hint: &'static str,
    pub(super) late: &'static str,
    pub(super) nothing_done: &'static str,
    pub(super) rules: &'static str,
    pub(super) what: &'static str,
    pub(super) kept: &'static str,
    pub(super) now: &'static str,
    pub(super) since: &'static str,
    pub(super) then: &'static str,
    pub(super) source: &'static str,
    /// In front of the day from which a rule is in force.
    pub(super) from: &'static str,
    pub(super) from_day: &'static str,
    pub(super) stays: &'static str,
    pub(super) others: &'static str,
    pub(super) runs: &'static str,
    pub(super) no_runs: &'static str,
    pub(super) begun: &'static str,
    pub(super) ended: &'static str,
    pub(super) open: &'static str,
    pub(super) by: &'static str,
    pub(super) went: &'static str,
    pub(super) nothing: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "保留期限",
        lead: "下列内容保留到期后自动删除，每天执行一次。每次执行都在台账中记下依据的规则和数量，不含个人信息。",
        count: "统计现在到期的数量",
        count_hint: "只统计，不删除。",
        late: "内容太多，没有在规定时间内统计完。请稍后再试，或用 kebei retention run --dry-run 命令统计。",
        nothing_done: "这只是统计，没有删除任何内容。到期的内容在下一次自动执行时删除；也可以用 kebei retention run 命令立即执行。",
        rules: "适用的规则",
        what: "内容",
        kept: "期限",
        now: "现在到期",
        since: "起算",
        then: "到期后",
        source: "依据",
        from: "适用日期：",
        from_day: "适用日期",
        stays: "台账、备案号及其历史、订单及其经过、备案服务号、黑名单，以及被驳回的订单，不会因时间被删除。",
        others: "其他日期适用的规则",
        runs: "最近的执行",
        no_runs: "还没有执行过。服务启动后每天自动执行一次。",
        begun: "开始",
        ended: "结束",
        open: "执行中",
        by: "执行人",
        went: "删除的内容",
        nothing: "没有到期的内容",
    };
    const EN: Words = Words {
        title: "How long things are kept",
        lead: "Once its time is over, what is listed here is forgotten, by a run each day. The ledger keeps by which rules each run went and how many things it let go, and nothing personal.",
        count: "Count what is over now",
        count_hint: "It counts, and forgets nothing.",
        late: "There is so much that it was not counted in time. Try again later, or use the command kebei retention run --dry-run.",
        nothing_done: "This was counted alone: nothing is forgotten. The next daily run forgets what is over; the command kebei retention run does so at once.",
        rules: "Rules in force",
        what: "What",
        kept: "How long",
        now: "Over now",
        since: "Since",
        then: "Then",
        source: "By whom",
        from: "in force from ",
        from_day: "In force from",
        stays: "The ledger, numbers and their history, orders and their steps, codes, the blacklist and rejected orders are not forgotten by time.",
        others: "Rules of other days",
        runs: "The last runs",
        no_runs: "There was none yet. While the desk is served, there is one each day.",
        begun: "Begun",
        ended: "Ended",
        open: "under way",
        by: "By",
        went: "What it let go",
        nothing: "nothing was over",
    };
    either(lang, &ZH, &EN)
}

/// For how long something is kept.
pub(super) fn days(days: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{days} 天"),
        Lang::En if days == 1 => "1 day".to_owned(),
        Lang::En => format!("{days} days"),
    }
}

/// How many things are over at that time.
pub(super) fn counted(things: u64, at: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("截至 {at}，到期的内容共 {things} 项"),
        Lang::En => format!("{things} things are over, as of {at}"),
    }
}

/// How many things of a rule went.
pub(super) fn went(what: &str, count: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{what} {count} 项"),
        Lang::En => format!("{what}: {count}"),
    }
}

/// One after the other.
pub(super) fn listed(parts: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => parts.join("、"),
        Lang::En => parts.join(", "),
    }
}

/// Who began a run: the desk by itself, or somebody of the staff.
pub(super) fn by(actor: &str, lang: Lang) -> String {
    match (actor.split_once(':').filter(|_| actor != Actor::Kebei.to_string()), lang) {
        (Some((_, name)), _) => name.to_owned(),
        (None, Lang::Zh) => "自动执行".to_owned(),
        (None, Lang::En) => "the desk itself".to_owned(),
    }
}
