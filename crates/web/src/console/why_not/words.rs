//! What the page of support says beside what the customer is told.

use crate::console::{ledger, words::either};
use app::instances::CodesCounted;
use rulebook::{Edition, Lang};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) q: &'static str,
    pub(super) q_hint: &'static str,
    pub(super) at: &'static str,
    pub(super) at_hint: &'static str,
    pub(super) look: &'static str,
    pub(super) nothing: &'static str,
    pub(super) recorded: &'static str,
    pub(super) for_customer: &'static str,
    pub(super) for_owner: &'static str,
    pub(super) for_grantee: &'static str,
    pub(super) copy: &'static str,
    pub(super) copy_other: &'static str,
    pub(super) copied: &'static str,
    pub(super) in_other: &'static str,
    pub(super) behind: &'static str,
    pub(super) product: &'static str,
    pub(super) gone: &'static str,
    pub(super) released: &'static str,
    pub(super) rule: &'static str,
    pub(super) condition: &'static str,
    pub(super) source: &'static str,
    pub(super) verified: &'static str,
    pub(super) changes: &'static str,
    pub(super) heard: &'static str,
    pub(super) instances: &'static str,
    pub(super) instance: &'static str,
    pub(super) verdict: &'static str,
    pub(super) codes: &'static str,
    pub(super) code: &'static str,
    pub(super) state: &'static str,
    pub(super) account: &'static str,
    pub(super) granted_to: &'static str,
    pub(super) made: &'static str,
    pub(super) changed_since: &'static str,
    pub(super) in_registry: &'static str,
    pub(super) number: &'static str,
    pub(super) subject: &'static str,
    pub(super) domains: &'static str,
    pub(super) hosted: &'static str,
    pub(super) and: &'static str,
    pub(super) order: &'static str,
    pub(super) kind: &'static str,
    pub(super) opened: &'static str,
    pub(super) nothing_filled: &'static str,
    pub(super) history: &'static str,
    pub(super) ledger: &'static str,
    pub(super) when: &'static str,
    pub(super) what: &'static str,
    pub(super) by: &'static str,
    pub(super) edition: &'static str,
    pub(super) place: &'static str,
    pub(super) waits: &'static str,
    pub(super) entry: &'static str,
    pub(super) more: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "为什么不能？",
    lead: "输入客户提供的任意一个标识，查看客户看到的原话和背后的依据，可以直接复制给客户。",
    q: "实例、备案服务号、账号、域名、备案订单或备案号",
    q_hint: "直接粘贴即可，空格、短横线、全角和大小写都不影响。",
    at: "截至什么时间（可不填）",
    at_hint: "例如 2020-11-01，从当天 0 点（北京时间）算起。不填就是现在。",
    look: "查询",
    nothing: "请输入要查询的内容。",
    recorded: "本次查询已记入查看记录。",
    for_customer: "客户看到的",
    for_owner: "备案服务号所有者看到的",
    for_grantee: "获得授权的账号看到的",
    copy: "复制中文答复",
    copy_other: "复制英文答复",
    copied: "已复制",
    in_other: "英文答复",
    behind: "依据：产品实例",
    product: "产品类型",
    gone: "释放时间",
    released: "已释放",
    rule: "依据：规则",
    condition: "要求",
    source: "出处",
    verified: "如何验证：",
    changes: "变更记录",
    heard: "得知于 ",
    instances: "产品实例",
    instance: "实例",
    verdict: "结论",
    codes: "备案服务号",
    code: "末五位",
    state: "状态",
    account: "所属账号",
    granted_to: "授权给",
    made: "申请时间",
    changed_since: "（查询的时间之后有过变化，这里是现在的情况。）",
    in_registry: "依据：备案库",
    number: "备案号",
    subject: "主体备案号",
    domains: "域名",
    hosted: "接入的产品实例",
    and: "、",
    order: "依据：备案订单",
    kind: "订单类型",
    opened: "创建时间",
    nothing_filled: "订单里填写的个人信息不在这里显示。",
    history: "经过",
    ledger: "依据：台账",
    when: "时间",
    what: "事项",
    by: "操作者",
    edition: "规则版本",
    place: "序号",
    waits: "待编入",
    entry: "记录编号",
    more: "还有更多，这里只列出一部分。",
};

const EN: Words = Words {
    title: "Why not?",
    lead: "Type whatever the customer gives you. You see the very words that the customer sees, and what they rest on, to be copied as an answer.",
    q: "Instance, service code, account, domain, order or filing number",
    q_hint: "Just paste it: spaces, dashes, full-width characters and case do not matter.",
    at: "As of when (optional)",
    at_hint: "A day such as 2020-11-01, from 00:00 Beijing time. Empty: now.",
    look: "Look up",
    nothing: "Type what you want to look up.",
    recorded: "That you looked this up is in the access log.",
    for_customer: "What the customer sees",
    for_owner: "What the owner of the service code sees",
    for_grantee: "What the account sees that it was granted to",
    copy: "Copy the English answer",
    copy_other: "Copy the Chinese answer",
    copied: "Copied",
    in_other: "The answer in Chinese",
    behind: "Behind it: the instance",
    product: "product",
    gone: "released at",
    released: "released",
    rule: "Behind it: the rule",
    condition: "What it must meet",
    source: "Source",
    verified: "How it is verified: ",
    changes: "What changed",
    heard: "known here since ",
    instances: "Instances",
    instance: "Instance",
    verdict: "Verdict",
    codes: "Service codes",
    code: "Last group",
    state: "State",
    account: "Account",
    granted_to: "Granted to",
    made: "Made at",
    changed_since: "(It changed after the time asked about; this is how it is now.)",
    in_registry: "Behind it: the registry",
    number: "Filing number",
    subject: "Number of the subject",
    domains: "Domains",
    hosted: "Hosted on",
    and: ", ",
    order: "Behind it: the order",
    kind: "Kind",
    opened: "Opened at",
    nothing_filled: "What is filled in for the order is personal and not shown here.",
    history: "What happened",
    ledger: "Behind it: the ledger",
    when: "When",
    what: "What",
    by: "By whom",
    edition: "Edition",
    place: "Place",
    waits: "waits for it",
    entry: "Entry",
    more: "There are more; these are some of them.",
};

/// The heading for an instance.
pub(super) fn instance(id: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("产品实例 {id}"),
        Lang::En => format!("Instance {id}"),
    }
}

/// The heading for a code, of which the last group is told.
pub(super) fn code(ending: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("备案服务号 {ending}"),
        Lang::En => format!("Service code {ending}"),
    }
}

/// The heading for an account.
pub(super) fn account(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("账号 {name}"),
        Lang::En => format!("Account {name}"),
    }
}

/// The heading for a number.
pub(super) fn number(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("备案号 {number}"),
        Lang::En => format!("Filing number {number}"),
    }
}

/// The heading for a domain.
pub(super) fn domain(domain: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("域名 {domain}"),
        Lang::En => format!("Domain {domain}"),
    }
}

/// The heading for an order.
pub(super) fn order(id: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("备案订单 {id}"),
        Lang::En => format!("Filing order {id}"),
    }
}

/// By which edition it was decided, and as of when.
pub(super) fn rule(edition: &Edition, at: &str, known: bool, lang: Lang) -> String {
    match (lang, known) {
        (Lang::Zh, true) => format!("按 {} 版规则判定，截至 {at}。", edition.id),
        (Lang::Zh, false) => format!("按 {} 版规则判定，截至 {at}。规则里没有这种产品。", edition.id),
        (Lang::En, true) => format!("Decided by edition {} of the rules, as of {at}.", edition.id),
        (Lang::En, false) => {
            format!(
                "Decided by edition {} of the rules, which does not know the product, as of {at}.",
                edition.id
            )
        }
    }
}

/// How well it is known how many codes had been issued, where that is not plain.
pub(super) const fn counted(counted: CodesCounted, lang: Lang) -> Option<&'static str> {
    match (counted, lang) {
        (CodesCounted::Then | CodesCounted::AsGiven, _) => None,
        (CodesCounted::Unsure, Lang::Zh) => {
            Some("已申请的备案服务号数可能与当时不同：有的是预先生成的，或者后来有变化。")
        }
        (CodesCounted::Today, Lang::Zh) => Some("已申请的备案服务号数是现在的数量，当时的数量不清楚。"),
        (CodesCounted::Unsure, Lang::En) => Some(
            "The number of service codes may have been another then: some were made beforehand, or changed since.",
        ),
        (CodesCounted::Today, Lang::En) => {
            Some("The number of service codes is that of today; what it was then is not known.")
        }
    }
}

/// What happened, and why.
pub(super) fn because(event: &str, reason: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{event}（{reason}）"),
        Lang::En => format!("{event} ({reason})"),
    }
}

/// Who did something, as the ledger names him: the kind and the name behind a colon.
pub(super) fn actor_of(actor: &str, lang: Lang) -> String {
    actor.split_once(':').map_or_else(|| actor.to_owned(), |(kind, name)| ledger::actor(kind, name, lang))
}
