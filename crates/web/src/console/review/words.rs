//! What the pages of reviewers and operators say.

use crate::console::words::either;
use app::personal::Purpose;
use filing::working_days;
use jiff::{Timestamp, civil::Date};
use rulebook::{Lang, calendar::shanghai};

pub(super) struct Words {
    pub(super) queue: &'static str,
    pub(super) summary: &'static str,
    pub(super) as_pdf: &'static str,
    pub(super) read_by: &'static str,
    pub(super) state: &'static str,
    pub(super) kind: &'static str,
    pub(super) all_kinds: &'static str,
    pub(super) filter: &'static str,
    pub(super) begin: &'static str,
    pub(super) begin_hint: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) order: &'static str,
    pub(super) who: &'static str,
    pub(super) website: &'static str,
    pub(super) province: &'static str,
    pub(super) waits: &'static str,
    pub(super) due: &'static str,
    pub(super) late: &'static str,
    pub(super) claim: &'static str,
    pub(super) free: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    /// In front of what became of the order before.
    pub(super) was: &'static str,
    /// Behind it, where the page is that of the next one.
    pub(super) this_is_next: &'static str,
    pub(super) saved: &'static str,
    pub(super) sms_done: &'static str,
    pub(super) account: &'static str,
    pub(super) reference: &'static str,
    pub(super) to_decision: &'static str,
    pub(super) take: &'static str,
    pub(super) take_hint: &'static str,
    pub(super) release: &'static str,
    pub(super) erased: &'static str,
    pub(super) purpose: &'static str,
    pub(super) in_clear: &'static str,
    pub(super) in_clear_hint: &'static str,
    pub(super) is_clear: &'static str,
    pub(super) masked: &'static str,
    pub(super) field: &'static str,
    pub(super) filled_in: &'static str,
    pub(super) opinion: &'static str,
    pub(super) changed_from: &'static str,
    pub(super) filed_as: &'static str,
    pub(super) others: &'static str,
    pub(super) whole: &'static str,
    pub(super) passes: &'static str,
    pub(super) own: &'static str,
    pub(super) decision: &'static str,
    pub(super) approve: &'static str,
    pub(super) preview: &'static str,
    pub(super) save: &'static str,
    pub(super) pictures: &'static str,
    pub(super) pictures_hidden: &'static str,
    pub(super) checks: &'static str,
    pub(super) stops: &'static str,
    pub(super) error: &'static str,
    pub(super) warning: &'static str,
    pub(super) instance: &'static str,
    pub(super) bought_by: &'static str,
    pub(super) addresses: &'static str,
    pub(super) verified_at: &'static str,
    pub(super) expires_at: &'static str,
    pub(super) gone_at: &'static str,
    pub(super) unknown: &'static str,
    pub(super) beside: &'static str,
    pub(super) contradicts: &'static str,
    pub(super) before: &'static str,
    pub(super) stages: &'static str,
    pub(super) no_such_mark: &'static str,
    pub(super) marks_unsaved: &'static str,
    pub(super) changed: &'static str,
    pub(super) for_reviewers: &'static str,
    pub(super) for_operators: &'static str,
    pub(super) faults_stop: &'static str,
    pub(super) preview_title: &'static str,
    pub(super) preview_lead: &'static str,
    pub(super) returned: &'static str,
    pub(super) nothing_marked: &'static str,
    pub(super) back_to_order: &'static str,
    pub(super) give_back: &'static str,
    pub(super) own_unwritten: &'static str,
    pub(super) edit: &'static str,
    pub(super) edit_hint: &'static str,
    pub(super) keep: &'static str,
    pub(super) problem: &'static str,
    pub(super) suggestion: &'static str,
    pub(super) bureau: &'static str,
    pub(super) send_lead: &'static str,
    pub(super) send: &'static str,
    pub(super) sms_lead: &'static str,
    pub(super) sms: &'static str,
    pub(super) answer_lead: &'static str,
    pub(super) file: &'static str,
    pub(super) file_lead: &'static str,
    pub(super) file_yes: &'static str,
    pub(super) subject_number: &'static str,
    pub(super) subject_hint: &'static str,
    pub(super) website_hint: &'static str,
    pub(super) ends: &'static str,
    pub(super) number_again: &'static str,
    pub(super) number_hint: &'static str,
    pub(super) number_wrong: &'static str,
    pub(super) reject: &'static str,
    pub(super) reject_lead: &'static str,
    pub(super) reject_yes: &'static str,
    pub(super) reason: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) back: &'static str,
    pub(super) keys: &'static str,
    pub(super) keys_lead: &'static str,
    pub(super) keys_off: &'static str,
    pub(super) keys_on: &'static str,
    /// Every key, and what it does.
    pub(super) all_keys: &'static [(&'static str, &'static str)],
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &super::zh::WORDS, &super::en::WORDS)
}

/// What shares the first bar.
pub(super) const fn earlier(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "更早",
        Lang::En => "earlier",
    }
}

/// In the place of something that was not filled in.
pub(super) const fn nothing(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "未填写",
        Lang::En => "nothing",
    }
}

/// Who made a summary, when, and whether what is personal is in it.
pub(super) fn read_by(name: &str, at: &str, purpose: Option<Purpose>, lang: Lang) -> String {
    let purpose = purpose.map(|purpose| purpose.label(lang));
    match (lang, purpose) {
        (Lang::Zh, None) => format!("{name}，{at}（个人信息已遮盖）"),
        (Lang::Zh, Some(purpose)) => format!("{name}，{at}（查看原文，用途：{purpose}）"),
        (Lang::En, None) => format!("{name}, {at} (personal data masked)"),
        (Lang::En, Some(purpose)) => format!("{name}, {at} (in clear, for: {purpose})"),
    }
}

/// How often it was submitted.
pub(super) fn nth_time(round: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {round} 次提交"),
        Lang::En => format!("submitted {round} times"),
    }
}

/// How long something waits: in working days where those are known.
pub(super) fn waited(since: Timestamp, now: Timestamp, lang: Lang) -> String {
    let [from, to] = [since, now].map(|at| shanghai(at).date());
    waited_days(from, to, lang)
}

fn waited_days(from: Date, to: Date, lang: Lang) -> String {
    match (working_days::between(from, to), lang) {
        (_, Lang::Zh) if from >= to => "今天".to_owned(),
        (_, Lang::En) if from >= to => "since today".to_owned(),
        (Ok(0), Lang::Zh) => "不到 1 个工作日".to_owned(),
        (Ok(0), Lang::En) => "under 1 working day".to_owned(),
        (Ok(days), Lang::Zh) => format!("{days} 个工作日"),
        (Ok(1), Lang::En) => "1 working day".to_owned(),
        (Ok(days), Lang::En) => format!("{days} working days"),
        (Err(_), lang) => {
            let days = (to - from).get_days();
            match lang {
                Lang::Zh => format!("{days} 天"),
                Lang::En if days == 1 => "1 day".to_owned(),
                Lang::En => format!("{days} days"),
            }
        }
    }
}

/// How many orders wait, and how long the oldest does.
pub(super) fn ages(count: u32, oldest: Date, today: Date, late: u32, lang: Lang) -> String {
    let waited = waited_days(oldest, today, lang);
    match (lang, late) {
        (Lang::Zh, _) if oldest >= today => format!("共 {count} 个订单，都是今天到的。"),
        (Lang::En, _) if oldest >= today => format!("Orders: {count}, all of them of today."),
        (Lang::Zh, 0) => format!("共 {count} 个订单，最早的从 {oldest} 开始等待，已等 {waited}。"),
        (Lang::Zh, _) => format!(
            "共 {count} 个订单，最早的从 {oldest} 开始等待，已等 {waited}；其中 {late} 个已超过初审期限。"
        ),
        (Lang::En, 0) => format!("Orders: {count}. The oldest waits since {oldest}, {waited}."),
        (Lang::En, _) => format!(
            "Orders: {count}. The oldest waits since {oldest}, {waited}. Past the deadline of the review: {late}."
        ),
    }
}

/// Who looks at an order, in the queue.
pub(super) fn taken(by: &str, is_mine: bool, until: &str, lang: Lang) -> String {
    let clock = until.split_once(' ').map_or(until, |(_, clock)| clock);
    match (lang, is_mine) {
        (Lang::Zh, true) => format!("我在审，到 {clock}"),
        (Lang::Zh, false) => format!("{by} 在审，到 {clock}"),
        (Lang::En, true) => format!("you, until {clock}"),
        (Lang::En, false) => format!("{by}, until {clock}"),
    }
}

/// Until when an order is one's own.
pub(super) fn yours(until: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("您正在审核这个订单，{until} 前别人不能处理。每次保存标记都会延长时间。"),
        Lang::En => format!("You have this order until {until}. Saving marks extends it."),
    }
}

/// That somebody else has it.
pub(super) fn another(by: &str, until: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{by} 正在审核这个订单，{until} 前您不能处理。请先审核其他订单。"),
        Lang::En => format!("{by} is looking at this order until {until}. Take another one meanwhile."),
    }
}

/// That nothing is done with an order in that state.
pub(super) fn not_here(state: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("这个订单现在是“{state}”，没有需要审核或报送的事项。"),
        Lang::En => format!("This order is “{state}”: there is nothing for staff to do."),
    }
}

/// What the checks find, in a sentence.
pub(super) fn sums_up(errors: usize, warnings: usize, lang: Lang) -> String {
    match (lang, errors, warnings) {
        (Lang::Zh, 0, 0) => "今天重新检查，没有发现问题。".to_owned(),
        (Lang::En, 0, 0) => "Checked again today: nothing is wrong.".to_owned(),
        (Lang::Zh, 0, _) => format!("今天重新检查，有 {warnings} 处提醒，可以通过。"),
        (Lang::En, 0, _) => format!("Checked again today. Warnings: {warnings}. It may pass."),
        (Lang::Zh, _, 0) => format!("今天重新检查，有 {errors} 处错误，不能通过。"),
        (Lang::En, _, 0) => format!("Checked again today. Errors: {errors}. It cannot pass."),
        (Lang::Zh, ..) => format!("今天重新检查，有 {errors} 处错误、{warnings} 处提醒，不能通过。"),
        (Lang::En, ..) => {
            format!("Checked again today. Errors: {errors}, warnings: {warnings}. It cannot pass.")
        }
    }
}

/// The product behind a website, counted from 0.
pub(super) fn backing(website: usize, product: &str, lang: Lang) -> String {
    let nth = website.saturating_add(1);
    match lang {
        Lang::Zh => format!("第 {nth} 个网站的产品：{product}"),
        Lang::En => format!("Product behind website {nth}: {product}"),
    }
}

/// Another order that is under way.
pub(super) fn beside(kind: &str, state: &str, own: bool, lang: Lang) -> String {
    match (lang, own) {
        (Lang::Zh, true) => format!("{kind} · {state} · 同一账号"),
        (Lang::Zh, false) => format!("{kind} · {state} · 其他账号"),
        (Lang::En, true) => format!("{kind} · {state} · same account"),
        (Lang::En, false) => format!("{kind} · {state} · another account"),
    }
}

/// The number of a website that the bureau gave.
pub(super) fn number_of(name: &str, nth: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh if name.is_empty() => format!("第 {nth} 个网站的备案号"),
        Lang::Zh => format!("网站“{name}”的备案号"),
        Lang::En if name.is_empty() => format!("Filing number of website {nth}"),
        Lang::En => format!("Filing number of “{name}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_working_days_and_in_days_where_those_are_not_known() {
        let told = |from: &str, to: &str| {
            [Lang::Zh, Lang::En].map(|lang| waited_days(from.parse().unwrap(), to.parse().unwrap(), lang))
        };
        assert_eq!(told("2026-11-27", "2026-11-27"), ["今天", "since today"]);
        assert_eq!(told("2026-11-27", "2026-11-29"), ["不到 1 个工作日", "under 1 working day"]);
        assert_eq!(told("2026-11-26", "2026-11-30"), ["2 个工作日", "2 working days"]);
        assert_eq!(told("2026-12-30", "2027-01-04"), ["5 天", "5 days"]);
    }
}
