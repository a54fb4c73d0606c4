//! What a look-up says beside the words of the rules, in Chinese. `en.rs` says the same in English.

use super::{AccountSeen, InstanceSeen, Unknown, copy::clock};
use jiff::Timestamp;
use rulebook::Lang;

pub(super) fn instance(seen: &InstanceSeen) -> String {
    let (decided, facts) = (&seen.decided, seen.decided.facts());
    let name = seen.row().map_or(facts.product.as_str(), |row| row.name.zh.as_str());
    let verdict = decided.decision().verdict().label(Lang::Zh);
    format!(
        "产品实例 {}（{name}）：{verdict}。依据规则版本 {}，截至 {}（北京时间）。",
        facts.id,
        decided.edition().id,
        clock(decided.at())
    )
}

pub(super) fn gone(at: Timestamp) -> String {
    format!("该实例已于 {}（北京时间）释放，不能再用来备案，请使用其他产品实例。", clock(at))
}

pub(super) fn code(ending: &str, label: &str) -> String {
    format!("备案服务号 {ending}：{label}。")
}

pub(super) fn account(seen: &AccountSeen) -> String {
    if seen.instances.is_empty() && seen.codes.is_empty() {
        format!(
            "账号 {} 下没有产品实例，也没有备案服务号。请确认当前登录账号就是购买时使用的账号。",
            seen.name
        )
    } else {
        let more = if seen.more_instances || seen.more_codes { "（仅列出前面一部分）" } else { "" };
        format!("账号 {} 的产品实例和备案服务号{more}：", seen.name)
    }
}

pub(super) const fn released() -> &'static str {
    "已释放，不能再用来备案。"
}

pub(super) fn item(name: &str, said: &str) -> String {
    format!("- {name}：{said}")
}

pub(super) fn unknown(unknown: &Unknown) -> String {
    if let Some(first) = unknown.not_before {
        return format!("服务台在 {}（北京时间）才首次得知它，请换一个更晚的时间。", clock(first));
    }
    // What may be a code is not repeated.
    match (unknown.mistyped(), unknown.reads_as_code) {
        (Some(malformed), _) => {
            let (why, what) = (malformed.message(Lang::Zh), malformed.suggestion(Lang::Zh));
            format!("没有这样的产品实例、账号、备案号、域名或订单。如果这是备案服务号，则输入有误：{why}{what}")
        }
        (None, true) => {
            "没有这样的产品实例、账号、备案号、域名或订单；作为备案服务号书写无误，但服务台没有这个备案服务号。".to_owned()
        }
        (None, false) => {
            format!("没有找到“{}”：它不是产品实例、账号、备案号、域名或已提交的订单，也不是备案服务号。请核对后重试。", unknown.name)
        }
    }
}

pub(super) fn number(number: &str, label: &str) -> String {
    format!("备案号 {number}：{label}。")
}

pub(super) const fn cancelled() -> &'static str {
    "已注销的备案号不能恢复。要继续开办网站，请重新备案，备案通过之前网站不能开通访问。"
}

pub(super) fn domain(domain: &str, said: &str) -> String {
    format!("域名 {domain}：{said}")
}

pub(super) const fn may_be_served() -> &'static str {
    "已经备案，可以开通访问。"
}

pub(super) fn order(id: &str, kind: &str, label: &str) -> String {
    format!("备案订单 {id}（{kind}）：{label}。")
}
