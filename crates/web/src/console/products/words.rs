//! What the page of products says.

use crate::console::words::either;
use rulebook::{Lang, QuotaState, Scope};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) account: &'static str,
    pub(super) instance: &'static str,
    pub(super) product: &'static str,
    pub(super) region: &'static str,
    pub(super) term: &'static str,
    pub(super) codes: &'static str,
    pub(super) used_up: &'static str,
    pub(super) look_at_codes: &'static str,
    pub(super) verdict: &'static str,
    pub(super) act: &'static str,
    pub(super) unknown: &'static str,
    pub(super) apply: &'static str,
    pub(super) view: &'static str,
    pub(super) host: &'static str,
    pub(super) why_not: &'static str,
    pub(super) no_need: &'static str,
    pub(super) text: &'static str,
    pub(super) all_verdicts: &'static str,
    pub(super) filter: &'static str,
    pub(super) none_such: &'static str,
    pub(super) all: &'static str,
    pub(super) look_on: &'static str,
    pub(super) none: &'static str,
    pub(super) missing: &'static str,
    pub(super) no_more: &'static str,
    pub(super) next: &'static str,
    pub(super) first: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "申请备案服务号",
        lead: "下面是您账号下的产品实例。可以申请的，点“申请备案服务号”；不能申请的，点“为什么不能申请？”查看全部原因和处理方法。",
        account: "当前账号：",
        instance: "实例",
        product: "产品",
        region: "地域",
        term: "时长",
        codes: "已用名额",
        used_up: "这个实例的备案名额已经用完。已有的备案服务号中，还没有用来备案的可以直接使用。",
        look_at_codes: "查看我的备案服务号",
        verdict: "结论",
        act: "操作",
        unknown: "未知",
        apply: "申请备案服务号",
        view: "查看备案服务号",
        host: "不用申请，怎么验证？",
        why_not: "为什么不能申请？",
        no_need: "为什么不用申请？",
        text: "实例 ID 里有",
        all_verdicts: "全部结论",
        filter: "筛选",
        none_such: "没有符合筛选条件的实例。",
        all: "查看全部实例",
        look_on: "这一页没有符合筛选条件的实例，请继续看下一页。",
        none: "这个账号下还没有产品实例。",
        missing: "没有看到您的实例？请确认当前登录账号就是购买时使用的账号。刚购买的实例，要等接入服务商同步后才会出现。",
        no_more: "后面没有更多实例了。",
        next: "下一页",
        first: "回到第一页",
    };
    const EN: Words = Words {
        title: "Apply for service codes",
        lead: "These are the instances of your account. Where codes can be had, apply for them; where not, “Why can’t I apply?” opens every reason and what to do.",
        account: "Account: ",
        instance: "Instance",
        product: "Product",
        region: "Region",
        term: "Term",
        codes: "Codes used",
        used_up: "All codes of this instance are issued. Those with which nothing was filed yet can be used:",
        look_at_codes: "see my codes",
        verdict: "Verdict",
        act: "What to do",
        unknown: "unknown",
        apply: "Apply for service codes",
        view: "See the service code",
        host: "No code needed: how is it verified?",
        why_not: "Why can’t I apply?",
        no_need: "Why is no code needed?",
        text: "Text in the instance’s id",
        all_verdicts: "All verdicts",
        filter: "Filter",
        none_such: "No instance matches the filter.",
        all: "See all instances",
        look_on: "No instance on this page matches the filter: go on to the next.",
        none: "There are no instances in this account yet.",
        missing: "Don’t see your instance? Check that you are signed in with the account that bought it. One bought just now appears once your provider has passed it on.",
        no_more: "There are no more instances.",
        next: "Next page",
        first: "Back to the first page",
    };
    either(lang, &ZH, &EN)
}

/// How many months were bought.
pub(super) fn bought(months: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh if months == 0 => "购买不足 1 个月".to_owned(),
        Lang::Zh => format!("购买 {months} 个月"),
        Lang::En if months == 0 => "bought for less than a month".to_owned(),
        Lang::En => format!("bought for {months} {}", plural(months)),
    }
}

/// How many whole months are left, and the day of expiry; no months where it is over.
pub(super) fn left(months: Option<u32>, day: &str, lang: Lang) -> String {
    match (lang, months) {
        (Lang::Zh, Some(0)) => format!("剩余不足 1 个月（{day} 到期）"),
        (Lang::Zh, Some(months)) => format!("剩余 {months} 个月（{day} 到期）"),
        (Lang::Zh, None) => format!("已于 {day} 到期"),
        (Lang::En, Some(0)) => format!("less than a month left (until {day})"),
        (Lang::En, Some(months)) => format!("{months} {} left (until {day})", plural(months)),
        (Lang::En, None) => format!("ended on {day}"),
    }
}

/// How many codes are used of how many, and what they are counted for.
pub(super) fn codes(quota: QuotaState, lang: Lang) -> String {
    let QuotaState { limit, per, used, .. } = quota;
    match (lang, per) {
        (Lang::Zh, Scope::Instance) => format!("{used} / {limit} 个（按实例）"),
        (Lang::Zh, Scope::Account) => format!("{used} / {limit} 个（按账号）"),
        (Lang::En, Scope::Instance) => format!("{used} of {limit} for this instance"),
        (Lang::En, Scope::Account) => format!("{used} of {limit} for the account"),
    }
}

const fn plural(months: u32) -> &'static str {
    if months == 1 { "month" } else { "months" }
}
