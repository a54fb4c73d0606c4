//! What the pages of filing numbers say.

use crate::console::{ledger, words::either};
use filing::{orders::Kind as Order, registry::Machine};
use jiff::civil::Date;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) look_up_lead: &'static str,
    pub(super) look_up: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) file: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) back: &'static str,
    pub(super) number: &'static str,
    pub(super) number_hint: &'static str,
    pub(super) state: &'static str,
    pub(super) domains: &'static str,
    pub(super) since: &'static str,
    pub(super) subject: &'static str,
    pub(super) account: &'static str,
    pub(super) of_subject: &'static str,
    pub(super) websites: &'static str,
    pub(super) threatens: &'static str,
    pub(super) nothing_threatens: &'static str,
    pub(super) urgent: &'static str,
    pub(super) warning: &'static str,
    pub(super) notice: &'static str,
    pub(super) formerly: &'static str,
    pub(super) is_cancelled: &'static str,
    pub(super) file_anew: &'static str,
    pub(super) found_untrue: &'static str,
    pub(super) mended: &'static str,
    pub(super) untrue: &'static str,
    pub(super) untrue_hidden: &'static str,
    pub(super) elsewhere_lead: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) is_elsewhere: &'static str,
    pub(super) left_elsewhere: &'static str,
    pub(super) duties: &'static str,
    pub(super) hosting: &'static str,
    pub(super) unknown_instance: &'static str,
    pub(super) terms: &'static str,
    pub(super) terms_lead: &'static str,
    pub(super) domain: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) expires_on_hint: &'static str,
    pub(super) no_day: &'static str,
    pub(super) save_term: &'static str,
    pub(super) history: &'static str,
    pub(super) when: &'static str,
    pub(super) what: &'static str,
    pub(super) who: &'static str,
    pub(super) kept: &'static str,
    pub(super) receipt: &'static str,
    pub(super) order: &'static str,
    pub(super) orders: &'static str,
    pub(super) deeds: &'static str,
    pub(super) threat: &'static str,
    pub(super) no_threat: &'static str,
    pub(super) ending: &'static str,
    pub(super) ending_lead: &'static str,
    pub(super) begin: &'static str,
    pub(super) propose: &'static str,
    pub(super) account_fact: &'static str,
    pub(super) asked: &'static str,
    pub(super) with_it: &'static str,
    pub(super) edition: &'static str,
    pub(super) reference: &'static str,
    pub(super) leaf: &'static str,
    pub(super) lost: &'static str,
    pub(super) possible: &'static str,
    pub(super) verified_by: &'static str,
    pub(super) to_number: &'static str,
    pub(super) as_pdf: &'static str,
}

const ZH: Words = Words {
    title: "备案号",
    lead: "备案号长期有效，但要一直符合四项要求。点开备案号，可以看到有没有风险、该怎么办，也可以办理变更或注销。",
    look_up_lead: "输入主体备案号或网站备案号，查看它的状态、风险和全部经过。每次查看都会留下记录。",
    look_up: "查看",
    none: "还没有备案号。备案订单办结后，备案号会出现在这里。",
    no_more: "后面没有更多备案号了。",
    file: "去备案",
    first: "回到第一页",
    next: "下一页",
    back: "返回备案号列表",
    number: "备案号",
    number_hint: "例如“粤ICP备12345678号-1”，空格和全角字符都不影响。",
    state: "状态",
    domains: "域名",
    since: "登记日期",
    subject: "主体",
    account: "账号：",
    of_subject: "所属主体：",
    websites: "主体名下的网站",
    threatens: "风险提醒",
    nothing_threatens: "目前没有发现风险。",
    urgent: "紧急",
    warning: "注意",
    notice: "提示",
    formerly: "曾经误录为这个备案号、后来更正的：",
    is_cancelled: "备案号已经注销，不能恢复。网站要重新上线，须重新备案，取得新的备案号；备案成功之前，网站不得开通访问。",
    file_anew: "重新备案",
    found_untrue: "核查发现问题",
    mended: "核实已改正",
    untrue: "核查发现的问题",
    untrue_hidden: "具体内容涉及个人信息，这里不显示。",
    elsewhere_lead: "网站已经由其他服务商接入，并在那里办理了接入备案的，可以在这里登记；登记后不再提醒没有接入。",
    elsewhere: "登记：已由其他服务商接入",
    is_elsewhere: "已登记由其他服务商接入，所以不再提醒没有接入。情况有变化的，请更新登记。",
    left_elsewhere: "登记：不再由其他服务商接入",
    duties: "保持有效的四项要求",
    hosting: "接入情况",
    unknown_instance: "产品实例不详",
    terms: "域名到期日",
    terms_lead: "域名过期被删除后，新的持有者可以申请注销备案号。登记到期日，到期前 30 天起会提醒续费。",
    domain: "域名",
    expires_on: "到期日",
    expires_on_hint: "以域名注册商显示的为准，例如 2027-03-01。",
    no_day: "请填写年月日，例如 2027-03-01。",
    save_term: "保存到期日",
    history: "全部经过",
    when: "时间",
    what: "事项",
    who: "办理人",
    kept: "凭据",
    receipt: "回执",
    order: "订单",
    orders: "办理变更或新增",
    deeds: "登记",
    threat: "风险",
    no_threat: "没有发现风险",
    ending: "取消接入或注销",
    ending_lead: "办理之前请先看清后果。注销后不能恢复。",
    begin: "办理",
    propose: "提议按主管部门要求注销",
    account_fact: "账号",
    asked: "由谁提出",
    with_it: "一并办理的备案号",
    edition: "适用的规则版本",
    reference: "回执编号",
    leaf: "台账校验值",
    lost: "由此失去的",
    possible: "现在可以办理",
    verified_by: "本回执根据台账生成，随时可以再次打开；“现在可以办理”以打开时的情况为准，其余内容不会改变。凭回执编号，审计人员可以出具它在台账中的证明。",
    to_number: "查看备案号",
    as_pdf: "下载 PDF",
};
const EN: Words = Words {
    title: "Filing numbers",
    lead: "A filing number lasts as long as four duties are kept. Open one to see what threatens it and what to do, to change what is filed, or to end it.",
    look_up_lead: "Type the number of a subject or a website to see where it stands, what threatens it and all that happened to it. Looking is recorded.",
    look_up: "Show",
    none: "There are no filing numbers yet. Once an order is filed, its numbers are here.",
    no_more: "There are no more filing numbers.",
    file: "Begin a filing",
    first: "Back to the first page",
    next: "Next page",
    back: "Back to all numbers",
    number: "Filing number",
    number_hint: "Such as 粤ICP备12345678号-1; spaces and full-width characters do not matter.",
    state: "State",
    domains: "Domains",
    since: "Known since",
    subject: "Subject",
    account: "Account: ",
    of_subject: "Subject: ",
    websites: "Websites of the subject",
    threatens: "What threatens it",
    nothing_threatens: "Nothing is known to threaten it.",
    urgent: "Urgent",
    warning: "Warning",
    notice: "Notice",
    formerly: "Recorded under this number by mistake, and corrected since:",
    is_cancelled: "The number is cancelled, which nothing undoes. Before the website may be served again it is filed anew, and gets a new number.",
    file_anew: "File it anew",
    found_untrue: "Something was found untrue",
    mended: "It was mended",
    untrue: "What was found untrue",
    untrue_hidden: "What it was may be personal, and is not shown here.",
    elsewhere_lead: "If another provider hosts the website and filed the access, say so here, and nobody is reminded any more that it is hosted nowhere.",
    elsewhere: "Another provider hosts it now",
    is_elsewhere: "It was recorded that another provider hosts it, so nobody is reminded that it is hosted nowhere. If that has changed, say so.",
    left_elsewhere: "No other provider hosts it any more",
    duties: "Four duties that keep it",
    hosting: "Where it is hosted",
    unknown_instance: "instance not known",
    terms: "Until when the domains are registered",
    terms_lead: "Once a lapsed domain is deleted, its next holder can have the number cancelled. Say when it expires, and its owner is reminded from thirty days before.",
    domain: "Domain",
    expires_on: "Expires on",
    expires_on_hint: "As its registrar shows it, such as 2027-03-01.",
    no_day: "Give year, month and day, such as 2027-03-01.",
    save_term: "Save the day",
    history: "What happened to it",
    when: "When",
    what: "What",
    who: "By whom",
    kept: "On record",
    receipt: "Receipt",
    order: "Order",
    orders: "Changing, or adding to it",
    deeds: "Recording what happened",
    threat: "Threat",
    no_threat: "None known",
    ending: "Dropping the access, or cancelling",
    ending_lead: "Read what would be lost first. Nothing restores a cancelled number.",
    begin: "Begin: ",
    propose: "Propose to cancel it by order of an authority",
    account_fact: "Account",
    asked: "Who wanted it",
    with_it: "Numbers that went with it",
    edition: "Edition of the rules",
    reference: "Reference",
    leaf: "Hash in the ledger",
    lost: "What was lost",
    possible: "What is possible now",
    verified_by: "This receipt is made from the ledger: open it again at any time, and it says the same, but for what is possible now. By its reference an auditor proves that it is in the ledger.",
    to_number: "To the number",
    as_pdf: "Download as PDF",
};

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

/// Between things in a row.
pub(super) const fn between(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// The title of the page of a number.
pub(super) fn titled(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("备案号 {number}"),
        Lang::En => format!("Filing number {number}"),
    }
}

/// What an order about a number is for: of a website, or of its subject.
pub(super) const fn about(kind: Order, of: Machine, lang: Lang) -> &'static str {
    match (kind, of, lang) {
        (Order::Change, Machine::Subject, Lang::Zh) => {
            "变更备案主体的信息。现在登记的内容会自动填好，只改要变的。"
        }
        (Order::Change, Machine::Subject, Lang::En) => {
            "Change what is filed of the subject. It is filled in as it is now: edit only what changes."
        }
        (Order::Change, Machine::Website, Lang::Zh) => {
            "变更这个网站的信息。现在登记的内容会自动填好，只改要变的。"
        }
        (Order::Change, Machine::Website, Lang::En) => {
            "Change what is filed of the website. It is filled in as it is now: edit only what changes."
        }
        (Order::AddAccess, _, Lang::Zh) => "这个网站已经备案，现在又放到这里的服务器上。备案号会自动填好。",
        (Order::AddAccess, _, Lang::En) => {
            "The website is filed, and is now hosted here. Its number is filled in."
        }
        (_, _, Lang::Zh) => "为这个备案主体再备案一个网站。备案号会自动填好。",
        (_, _, Lang::En) => "File one more website of the subject. Its number is filled in.",
    }
}

/// What was recorded just now; `None` for a word of nobody's.
pub(super) fn done(done: &str, lang: Lang) -> Option<&'static str> {
    Some(match (done, lang) {
        ("term", Lang::Zh) => "到期日已保存",
        ("term", Lang::En) => "The day was saved",
        ("elsewhere", Lang::Zh) => "已登记由其他服务商接入",
        ("elsewhere", Lang::En) => "It was recorded that another provider hosts the website",
        ("left", Lang::Zh) => "已登记不再由其他服务商接入",
        ("left", Lang::En) => "It was recorded that no other provider hosts the website any more",
        _ => return None,
    })
}

/// What happens next unless somebody acts.
pub(super) fn comes(what: &str, on: Option<Date>, lang: Lang) -> String {
    match (lang, on) {
        (Lang::Zh, Some(on)) => format!("不处理的话：{on} 起，{what}。"),
        (Lang::Zh, None) => format!("不处理的话：{what}。"),
        (Lang::En, Some(on)) => format!("Unless you act: from {on} on, {what}."),
        (Lang::En, None) => format!("Unless you act: {what}."),
    }
}

/// When something was found untrue, until when it could be mended, and how it ended.
pub(super) fn untrue(recorded: &str, mend_by: &str, ended: Option<(&str, String)>, lang: Lang) -> String {
    match (lang, ended) {
        (Lang::Zh, None) => format!("{recorded} 登记，须在 {mend_by} 前（含当日）改正。"),
        (Lang::Zh, Some((how, at))) => format!("{recorded} 登记，改正期限 {mend_by}；{at} {how}。"),
        (Lang::En, None) => format!("Recorded on {recorded}; to be mended by {mend_by}."),
        (Lang::En, Some((how, at))) => {
            format!("Recorded on {recorded}, to be mended by {mend_by}; on {at}: {how}.")
        }
    }
}

/// Since when it is hosted somewhere, or was until when, and why no longer.
pub(super) fn hosted(since: &str, ended: Option<(String, &str)>, lang: Lang) -> String {
    match (lang, ended) {
        (Lang::Zh, None) => format!("{since} 至今"),
        (Lang::Zh, Some((until, why))) => format!("{since} 至 {until}（{why}）"),
        (Lang::En, None) => format!("Since {since}"),
        (Lang::En, Some((until, why))) => format!("{since} to {until} ({why})"),
    }
}

/// Until when a domain is registered, as somebody said.
pub(super) fn term(domain: &str, expires_on: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{domain}：{expires_on} 到期"),
        Lang::En => format!("{domain}: expires on {expires_on}"),
    }
}

pub(super) fn because(what: &str, why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{what}（{why}）"),
        Lang::En => format!("{what} ({why})"),
    }
}

pub(super) fn corrected(what: &str, was: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{what}（原录入 {was}）"),
        Lang::En => format!("{what} (recorded as {was} before)"),
    }
}

/// That a number was corrected, to whoever asked for it as it was recorded before.
pub(super) fn asked_as(was: &str, number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{was} 录入有误，已更正为 {number}。"),
        Lang::En => format!("{was} was recorded by mistake, and corrected to {number}."),
    }
}

/// By which day it is to be mended, or was.
pub(super) fn to_mend_by(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("改正期限 {day}"),
        Lang::En => format!("to be mended by {day}"),
    }
}

/// Who did it: as the provider knows him, and to the owner of the number whether it was he.
pub(super) fn by(named: &str, is_own: bool, lang: Lang) -> String {
    match named.split_once(':') {
        Some((kind, name)) if !is_own => ledger::actor(kind, name, lang),
        _ => who(named, lang).to_owned(),
    }
}

fn who(actor: &str, lang: Lang) -> &'static str {
    match (actor.starts_with("account:"), lang) {
        (true, Lang::Zh) => "本账号",
        (true, Lang::En) => "your account",
        (false, Lang::Zh) => "接入服务商",
        (false, Lang::En) => "the provider",
    }
}
