//! What the pages of rulebooks that are proposed say.

use crate::console::words::either;
use app::{rulebooks::proposed::RulebookProposalSeen, two_people::Outcome};
use jiff::civil::Date;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) by: &'static str,
    pub(super) at: &'static str,
    pub(super) digest: &'static str,
    pub(super) decided_by: &'static str,
    pub(super) decided_at: &'static str,
    pub(super) reference: &'static str,
    pub(super) see_impact: &'static str,
    pub(super) lines: &'static str,
    pub(super) lines_lead: &'static str,
    pub(super) same_text: &'static str,
    pub(super) more_lines: &'static str,
    pub(super) text: &'static str,
    pub(super) stale: &'static str,
    pub(super) own_title: &'static str,
    pub(super) own_lead: &'static str,
    pub(super) agree_title: &'static str,
    pub(super) means: [&'static str; 3],
    pub(super) agree: &'static str,
    pub(super) not_confirmed: &'static str,
    pub(super) decline_title: &'static str,
    pub(super) reason: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) decline: &'static str,
    pub(super) take_back: &'static str,
    pub(super) later: &'static str,
    pub(super) back: &'static str,
    pub(super) back_to_it: &'static str,
    pub(super) late: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    by: "提请人",
    at: "提请时间",
    digest: "校验值（SHA-256）",
    decided_by: "复核人",
    decided_at: "复核时间",
    reference: "编号",
    see_impact: "查看对全部实例、备案服务号和订单的影响",
    lines: "全文有哪些改动",
    lines_lead: "“−”是现行规则集中的行，“+”是提请发布的行，后面是行号。地区、文件等不属于某个版本的改动也在这里。",
    same_text: "全文没有改动。",
    more_lines: "改动太多，这里没有全部列出。请下载全文对比。",
    text: "下载规则集全文",
    stale: "不能再按提请时的内容发布",
    own_title: "等待另一人复核",
    own_lead: "这是您提请的，不能由您自己同意，用您的其他密钥也不行。请另一名管理员登录后复核；不再需要的，可以撤回。",
    agree_title: "同意并发布",
    means: [
        "发布后不能撤销：版本不能再修改或删除，只能用更晚的版本取代。",
        "适用日期已到的版本立即生效，以后的判定都以它为准。",
        "提请人和您的用户名都会记入台账。",
    ],
    agree: "同意，立即发布",
    not_confirmed: "输入的内容不一致，没有发布。",
    decline_title: "否决",
    reason: "否决的原因",
    reason_hint: "提请人会看到，最多 500 字。请不要填写个人信息。",
    decline: "否决",
    take_back: "撤回提议",
    later: "暂不决定，返回列表",
    back: "查看等待复核的提议",
    back_to_it: "返回这项提议",
    late: "实例太多，没有在规定时间内统计完。请稍后再试；仍不成功的，请用 kebei rulebook dry-run 命令统计。",
};

const EN: Words = Words {
    by: "Proposed by",
    at: "Proposed at",
    digest: "Digest (SHA-256)",
    decided_by: "Decided by",
    decided_at: "Decided at",
    reference: "Reference",
    see_impact: "See what it would do to all instances, service codes and orders",
    lines: "What changes in the text",
    lines_lead: "Lines of the rulebook in force have −, those that are proposed have +, each with its line number. What belongs to no edition, such as regions and documents, is here too.",
    same_text: "Nothing changes in the text.",
    more_lines: "There are more changes than are shown here. Download the whole text and compare it.",
    text: "Download the whole rulebook",
    stale: "It can no longer be published as it was proposed",
    own_title: "It waits for another person",
    own_lead: "You proposed this, so you cannot agree to it, not through another key of yours either. Another operator has to sign in and decide. Where it is not needed any more, take it back.",
    agree_title: "Agree and publish",
    means: [
        "It cannot be undone: an edition is not changed or taken out again, only followed by a later one.",
        "An edition whose day has come is in force at once, for all that is decided from then on.",
        "The ledger will name whoever proposed it, and you.",
    ],
    agree: "Agree, and publish it now",
    not_confirmed: "That is not what was asked for, so nothing was published.",
    decline_title: "Decline",
    reason: "Why it is declined",
    reason_hint: "For whoever proposed it, up to 500 characters. No personal data, please.",
    decline: "Decline",
    take_back: "Take it back",
    later: "Decide later, back to the list",
    back: "See what waits for a second person",
    back_to_it: "Back to the proposal",
    late: "There are so many instances that they were not counted in time. Try again later; if that does not help, count them with kebei rulebook dry-run.",
};

/// What is proposed, in a few words.
pub(super) fn what(added: &[(String, Date)], lang: Lang) -> String {
    let ids: Vec<_> = added.iter().map(|(id, _)| id.as_str()).collect();
    match (lang, ids.as_slice()) {
        (Lang::Zh, []) => "发布规则集：没有新增版本".to_owned(),
        (Lang::Zh, ids) => format!("发布规则集：新增 {} 版", ids.join("、")),
        (Lang::En, []) => "Publish a rulebook: no new edition".to_owned(),
        (Lang::En, ids) => format!("Publish a rulebook: with {}", ids.join(", ")),
    }
}

/// An edition, and since when it is in force.
pub(super) fn since((id, effective): &(String, Date), lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{id} 版，自 {effective} 起适用"),
        Lang::En => format!("{id}, in force from {effective}"),
    }
}

/// The heading of what changes between two editions.
pub(super) fn between_editions(before: &str, after: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh if before == after => format!("规则有哪些变化：没有新增版本，仍是 {after} 版"),
        Lang::En if before == after => {
            format!("What changes in the rules: no edition is added, {after} stays the last")
        }
        Lang::Zh => format!("规则有哪些变化：从 {before} 版到 {after} 版"),
        Lang::En => format!("What changes in the rules: from {before} to {after}"),
    }
}

/// The heading of what it would do; `after` is empty where it was not counted.
pub(super) fn impact_title(before: &str, after: &str, lang: Lang) -> String {
    match (lang, after) {
        (Lang::Zh, "") => "提请发布的规则集的影响".to_owned(),
        (Lang::Zh, after) if before == after => {
            format!("提请发布的规则集的影响：没有新增版本，仍是 {after} 版")
        }
        (Lang::En, after) if before == after => {
            format!("What the proposed rulebook would do: no edition is added, {after} stays the last")
        }
        (Lang::Zh, after) => format!("提请发布的规则集的影响：从 {before} 版到 {after} 版"),
        (Lang::En, "") => "What the proposed rulebook would do".to_owned(),
        (Lang::En, after) => format!("What the proposed rulebook would do: from {before} to {after}"),
    }
}

/// What is typed to agree.
pub(super) fn confirm(newest: Option<&str>, typed: &str, lang: Lang) -> String {
    match (lang, newest) {
        (Lang::Zh, Some(_)) => format!("输入新版本的编号 {typed} 来确认"),
        (Lang::Zh, None) => format!("输入校验值的前 8 位 {typed} 来确认"),
        (Lang::En, Some(_)) => format!("Type the id of the new edition, {typed}, to confirm"),
        (Lang::En, None) => format!("Type the first 8 characters of the digest, {typed}, to confirm"),
    }
}

/// Where a proposal stands, and how that looks.
pub(super) fn state(seen: &RulebookProposalSeen, lang: Lang) -> (&'static str, &'static str) {
    let (zh, en, mood) = match &seen.decided {
        None => ("待复核", "waiting", "open"),
        Some(decided) if decided.outcome == Outcome::Agreed => ("已同意", "agreed", "good"),
        Some(decided) if decided.by == seen.proposal.proposed_by => ("已撤回", "taken back", "calm"),
        Some(_) => ("已否决", "declined", "calm"),
    };
    match lang {
        Lang::Zh => (zh, mood),
        Lang::En => (en, mood),
    }
}

/// What was done just now, and what follows.
pub(super) fn done(word: &str, lang: Lang) -> Option<[&'static str; 2]> {
    match (word, lang) {
        ("proposed", Lang::Zh) => Some(["已提请发布", "要由另一名管理员复核，同意后才会发布。"]),
        ("proposed", Lang::En) => Some(["It is proposed", "It is published once another operator agrees."]),
        ("agreed", Lang::Zh) => Some(["规则集已发布", "提请和同意的经过已写入台账。"]),
        ("agreed", Lang::En) => {
            Some(["The rulebook is published", "The ledger says who proposed it and who agreed."])
        }
        ("declined", Lang::Zh) => Some(["没有发布，这项提议已经结束", "经过已写入台账。"]),
        ("declined", Lang::En) => Some(["Nothing was published, and it is over", "The ledger says so."]),
        _ => None,
    }
}
