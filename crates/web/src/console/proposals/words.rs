//! What the pages of what two people decide say.

use crate::console::words::either;
use app::two_people::{Extent, Measure, Outcome, ProposalSeen, ThingKind};
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) made: &'static str,
    pub(super) made_next: &'static str,
    pub(super) reference: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) what: &'static str,
    pub(super) why: &'static str,
    pub(super) by: &'static str,
    pub(super) own: &'static str,
    pub(super) since: &'static str,
    pub(super) propose: &'static str,
    pub(super) to_list: &'static str,
    pub(super) to_unlist: &'static str,
    pub(super) to_cancel: &'static str,
    pub(super) to_publish: &'static str,
    pub(super) why_rulebook: &'static str,
    pub(super) see_blacklist: &'static str,
    pub(super) value: &'static str,
    pub(super) certificate: &'static str,
    pub(super) entry: &'static str,
    pub(super) colon: &'static str,
    pub(super) decided_by: &'static str,
    pub(super) decided_at: &'static str,
    pub(super) reference_fact: &'static str,
    pub(super) note: &'static str,
    pub(super) effect: &'static str,
    pub(super) account: &'static str,
    pub(super) see_number: &'static str,
    pub(super) gone: &'static str,
    pub(super) own_title: &'static str,
    pub(super) own_lead: &'static str,
    pub(super) decide: &'static str,
    pub(super) agree: &'static str,
    pub(super) decline: &'static str,
    pub(super) take_back: &'static str,
    pub(super) later: &'static str,
    pub(super) back: &'static str,
    pub(super) propose_lead: &'static str,
    pub(super) propose_act: &'static str,
    pub(super) leave: &'static str,
    pub(super) choose: &'static str,
    pub(super) thing: &'static str,
    pub(super) is_no_certificate: &'static str,
    pub(super) value_hint: &'static str,
    pub(super) number: &'static str,
    pub(super) number_hint: &'static str,
    pub(super) extent: &'static str,
    pub(super) extents_title: &'static str,
    pub(super) extents: [&'static str; 3],
    pub(super) note_hint: &'static str,
    pub(super) no_thing: &'static str,
    pub(super) no_certificate_kind: &'static str,
    pub(super) no_reason: &'static str,
    pub(super) no_extent: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "两人复核",
    lead: "列入或移出黑名单、按主管部门要求注销备案号、发布规则集，都要由一人提议，另一人同意后才生效。下面是等待复核的提议。",
    made: "提议已提交",
    made_next: "需要另一名初审人员或管理员复核，同意后才会生效。",
    reference: "编号：",
    none: "没有等待复核的提议。需要列入黑名单或注销备案号的，从下面提议。",
    no_more: "后面没有更多提议了。",
    first: "回到第一页",
    next: "下一页",
    what: "事项",
    why: "依据",
    by: "提议人",
    own: "您提出的",
    since: "提议时间",
    propose: "提出新的提议",
    to_list: "列入黑名单",
    to_unlist: "移出黑名单",
    to_cancel: "按主管部门要求注销备案号",
    to_publish: "发布规则集",
    why_rulebook: "规则变化",
    see_blacklist: "查看黑名单",
    value: "内容",
    certificate: "证件类型",
    entry: "黑名单条目",
    colon: "：",
    decided_by: "复核人",
    decided_at: "复核时间",
    reference_fact: "编号",
    note: "说明",
    effect: "同意后会怎样",
    account: "受影响的账号：",
    see_number: "查看这个备案号",
    gone: "提议的内容和说明已经销毁，台账中只留下经过。",
    own_title: "等待另一人复核",
    own_lead: "这是您提出的，不能由您自己同意。请另一名初审人员或管理员登录后复核；不再需要的，可以撤回。",
    decide: "您的决定",
    agree: "同意，立即执行",
    decline: "否决",
    take_back: "撤回提议",
    later: "暂不决定，返回列表",
    back: "返回列表",
    propose_lead: "提交后不会马上生效，要由另一名初审人员或管理员复核同意。填写的内容加密保存，复核之后即销毁。",
    propose_act: "提交复核",
    leave: "不提交，返回列表",
    choose: "请选择",
    thing: "类型",
    is_no_certificate: "不是证件",
    value_hint: "域名、证件号码或名称的全文。",
    number: "备案号",
    number_hint: "主体备案号或网站备案号，例如“粤ICP备12345678号-1”。",
    extent: "注销范围",
    extents_title: "各种范围的后果",
    extents: [
        "只注销这个号码：填写主体备案号的，名下网站一并注销；填写网站备案号的，只注销这个网站。",
        "情节严重：主体和名下全部网站都注销，主体的证件号码和所涉网站的名称列入黑名单。",
        "情节严重，含域名：另外把所涉网站的域名列入黑名单，只在主管部门要求时选择。",
    ],
    note_hint: "给复核人看的说明，例如来函文号，最多 500 字。请不要填写与复核无关的个人信息。",
    no_thing: "请选择类型。",
    no_certificate_kind: "请选择证件类型。",
    no_reason: "请选择依据。",
    no_extent: "请选择注销范围。",
};

const EN: Words = Words {
    title: "Two people",
    lead: "What goes on the blacklist or comes off it, what an authority cancels, and which rules are published, one person proposes and another agrees to. These proposals wait for a second person.",
    made: "It is proposed",
    made_next: "It takes effect once another reviewer or operator agrees.",
    reference: "Reference: ",
    none: "No proposal waits. What is to be listed or cancelled is proposed below.",
    no_more: "There are no more proposals.",
    first: "Back to the first page",
    next: "Next page",
    what: "What",
    why: "Why",
    by: "Proposed by",
    own: "your own",
    since: "Proposed at",
    propose: "Propose something",
    to_list: "Put something on the blacklist",
    to_unlist: "Take something off the blacklist",
    to_cancel: "Cancel a number by order of an authority",
    to_publish: "Publish a rulebook",
    why_rulebook: "the rules change",
    see_blacklist: "See the blacklist",
    value: "What is named",
    certificate: "Kind of certificate",
    entry: "Entry of the blacklist",
    colon: ": ",
    decided_by: "Decided by",
    decided_at: "Decided at",
    reference_fact: "Reference",
    note: "Note",
    effect: "What happens once you agree",
    account: "Account: ",
    see_number: "See the number",
    gone: "What the proposal named and its note are destroyed. The ledger keeps what was done.",
    own_title: "It waits for another person",
    own_lead: "You proposed this, so you cannot agree to it. Another reviewer or operator has to sign in and decide. Where it is not needed any more, take it back.",
    decide: "Your decision",
    agree: "Agree, and do it now",
    decline: "Decline",
    take_back: "Take it back",
    later: "Decide later, back to the list",
    back: "Back to the list",
    propose_lead: "Nothing happens until another reviewer or operator agrees. What you fill in is kept sealed, and destroyed once it is decided.",
    propose_act: "Propose it",
    leave: "Don’t propose, back to the list",
    choose: "Please choose",
    thing: "What kind",
    is_no_certificate: "it is no certificate",
    value_hint: "The domain, number or name in full.",
    number: "Filing number",
    number_hint: "Of a subject or a website, such as 粤ICP备12345678号-1.",
    extent: "How far it goes",
    extents_title: "What each means",
    extents: [
        "This number alone: that of a subject ends with all its websites, that of a website by itself.",
        "Serious: the subject ends with all its websites, and its certificate and the names of the websites concerned go on the blacklist.",
        "Serious, with domains: their domains go there too. Choose it only where the authority demands it.",
    ],
    note_hint: "For whoever decides, such as the reference of a letter, up to 500 characters. No personal data that is not needed.",
    no_thing: "Choose what kind it is.",
    no_certificate_kind: "Choose the kind of certificate.",
    no_reason: "Choose why.",
    no_extent: "Choose how far it goes.",
};

/// What kind of thing is listed.
pub(in crate::console) const fn thing(kind: ThingKind, lang: Lang) -> &'static str {
    match (lang, kind) {
        (Lang::Zh, ThingKind::Domain) => "域名",
        (Lang::Zh, ThingKind::Certificate) => "证件号码",
        (Lang::Zh, ThingKind::SubjectName) => "主体名称",
        (Lang::Zh, ThingKind::WebsiteName) => "网站名称",
        (Lang::En, ThingKind::Domain) => "domain",
        (Lang::En, ThingKind::Certificate) => "certificate",
        (Lang::En, ThingKind::SubjectName) => "name of a subject",
        (Lang::En, ThingKind::WebsiteName) => "name of a website",
    }
}

/// Why something is listed, by the word that is kept; empty for a word that is none.
pub(in crate::console) fn reason(word: &str, lang: Lang) -> &'static str {
    match (lang, word) {
        (Lang::Zh, "by-authority") => "主管部门要求",
        (Lang::Zh, "unlawful-content") => "内容违法",
        (Lang::Zh, "false-information") => "备案信息不真实",
        (Lang::En, "by-authority") => "demanded by an authority",
        (Lang::En, "unlawful-content") => "unlawful content",
        (Lang::En, "false-information") => "untrue information",
        _ => "",
    }
}

/// Why something is taken off, by its word.
pub(super) fn why_off(word: &str, lang: Lang) -> &'static str {
    match (lang, word) {
        (Lang::Zh, "mistake") => "误列",
        (Lang::Zh, _) => "主管部门已解除要求",
        (Lang::En, "mistake") => "listed by mistake",
        (Lang::En, _) => "no longer demanded by the authority",
    }
}

/// Why something is proposed.
pub(super) fn why(measure: &Measure, lang: Lang) -> &'static str {
    match measure {
        Measure::List { reason: why, .. } => reason(why.word(), lang),
        Measure::Unlist { reason: why, .. } => why_off(why.word(), lang),
        Measure::Cancel { .. } => reason("by-authority", lang),
    }
}

/// How far a cancellation goes.
pub(super) const fn extent(extent: Extent, lang: Lang) -> &'static str {
    match (lang, extent) {
        (Lang::Zh, Extent::Number) => "只注销这个号码",
        (Lang::Zh, Extent::Serious { domains: false }) => "情节严重",
        (Lang::Zh, Extent::Serious { domains: true }) => "情节严重，含域名",
        (Lang::En, Extent::Number) => "this number alone",
        (Lang::En, Extent::Serious { domains: false }) => "serious",
        (Lang::En, Extent::Serious { domains: true }) => "serious, with domains",
    }
}

/// What is proposed, in a few words.
pub(super) fn measure(measure: &Measure, lang: Lang) -> String {
    match (lang, measure) {
        (Lang::Zh, Measure::List { thing: kind, .. }) => format!("列入黑名单：{}", thing(*kind, lang)),
        (Lang::Zh, Measure::Unlist { thing: kind, .. }) => format!("移出黑名单：{}", thing(*kind, lang)),
        (Lang::Zh, Measure::Cancel { number, extent: Extent::Number }) => format!("注销 {number}"),
        (Lang::Zh, Measure::Cancel { number, extent: far }) => {
            format!("注销 {number}（{}）", extent(*far, lang))
        }
        (Lang::En, Measure::List { thing: kind, .. }) => format!("Blacklist: {}", thing(*kind, lang)),
        (Lang::En, Measure::Unlist { thing: kind, .. }) => {
            format!("Off the blacklist: {}", thing(*kind, lang))
        }
        (Lang::En, Measure::Cancel { number, extent: Extent::Number }) => format!("Cancel {number}"),
        (Lang::En, Measure::Cancel { number, extent: far }) => {
            format!("Cancel {number} ({})", extent(*far, lang))
        }
    }
}

/// What an agreement means, beside what is lost.
pub(super) fn means(measure: &Measure, lang: Lang) -> Vec<&'static str> {
    let words: &[&'static str] = match (lang, measure) {
        (Lang::Zh, Measure::List { .. }) => &[
            "立即生效：含有它的备案订单不能通过检查，主体命中的账号不能再申请备案服务号。",
            "黑名单只保存它的加密哈希，之后谁也读不到原文。",
        ],
        (Lang::Zh, Measure::Unlist { .. }) => &["立即生效：以后的备案订单和备案服务号申请不再因它受阻。"],
        (Lang::Zh, Measure::Cancel { extent: Extent::Number, .. }) => {
            &["以账号的名义生成一份注销订单并立即办结，账号所有人能看到原因。"]
        }
        (Lang::Zh, Measure::Cancel { extent: Extent::Serious { domains: false }, .. }) => &[
            "以账号的名义生成一份注销订单并立即办结，账号所有人能看到原因。",
            "主体的证件号码和所涉网站的名称列入黑名单。",
        ],
        (Lang::Zh, Measure::Cancel { .. }) => &[
            "以账号的名义生成一份注销订单并立即办结，账号所有人能看到原因。",
            "主体的证件号码、所涉网站的名称和域名列入黑名单。",
        ],
        (Lang::En, Measure::List { .. }) => &[
            "At once: orders with it pass no check, and accounts with such a subject get no codes.",
            "The blacklist keeps a keyed hash of it; nobody can read it afterwards.",
        ],
        (Lang::En, Measure::Unlist { .. }) => {
            &["At once: it no longer stands in the way of orders and codes."]
        }
        (Lang::En, Measure::Cancel { extent: Extent::Number, .. }) => {
            &["An order in the account’s name cancels it at once; its owner reads why."]
        }
        (Lang::En, Measure::Cancel { extent: Extent::Serious { domains: false }, .. }) => &[
            "An order in the account’s name cancels it at once; its owner reads why.",
            "The certificate of the subject and the names of the websites concerned go on the blacklist.",
        ],
        (Lang::En, Measure::Cancel { .. }) => &[
            "An order in the account’s name cancels it at once; its owner reads why.",
            "The certificate of the subject, and the names and domains of the websites concerned go on the blacklist.",
        ],
    };
    words.to_vec()
}

/// Where a proposal stands, and how that looks.
pub(super) fn state(seen: &ProposalSeen, lang: Lang) -> (&'static str, &'static str) {
    let (zh, en, mood) = match &seen.decided {
        None => ("待复核", "waiting", "open"),
        Some((Outcome::Agreed, ..)) => ("已同意", "agreed", "good"),
        Some((Outcome::Declined, by, _)) if *by == seen.proposal.proposed_by => {
            ("已撤回", "taken back", "calm")
        }
        Some((Outcome::Declined, ..)) => ("已否决", "declined", "calm"),
    };
    match lang {
        Lang::Zh => (zh, mood),
        Lang::En => (en, mood),
    }
}

/// What was decided just now.
pub(super) fn done(word: &str, lang: Lang) -> Option<&'static str> {
    match (word, lang) {
        ("agreed", Lang::Zh) => Some("已同意，并已执行"),
        ("agreed", Lang::En) => Some("Agreed, and done"),
        ("declined", Lang::Zh) => Some("提议没有执行，已经结束"),
        ("declined", Lang::En) => Some("Nothing of it was done, and it is over"),
        _ => None,
    }
}

/// The heading of a form in which something is proposed.
pub(super) fn proposing(at: &str, lang: Lang) -> &'static str {
    let w = words(lang);
    match at {
        "/proposals/new/list" => w.to_list,
        "/proposals/new/unlist" => w.to_unlist,
        _ => w.to_cancel,
    }
}
