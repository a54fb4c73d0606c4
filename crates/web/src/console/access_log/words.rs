//! What the page of the access log says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) recorded: &'static str,
    pub(super) when: &'static str,
    pub(super) who: &'static str,
    pub(super) what: &'static str,
    pub(super) about: &'static str,
    pub(super) purpose: &'static str,
    pub(super) instance: &'static str,
    pub(super) code: &'static str,
    pub(super) order: &'static str,
    pub(super) number: &'static str,
    pub(super) proposal: &'static str,
    pub(super) account: &'static str,
    pub(super) as_of: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) next: &'static str,
    pub(super) first: &'static str,
    pub(super) and: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "查看记录",
        lead: "工作人员和外部系统查看过什么、什么时候、为什么。每次查看都先记录再显示，记录不能修改。",
        recorded: "您打开本页也会留下一条记录。这里只有编号和备案号，没有个人信息。",
        when: "时间",
        who: "查看人",
        what: "查看内容",
        about: "对象",
        purpose: "用途",
        instance: "产品实例",
        code: "备案服务号",
        order: "备案订单",
        number: "备案号",
        proposal: "复核事项",
        account: "账号",
        as_of: "截至",
        none: "还没有人查看过。",
        no_more: "没有更早的记录了。",
        next: "更早的记录",
        first: "回到最新的记录",
        and: "；",
    };
    const EN: Words = Words {
        title: "Access log",
        lead: "What staff and other systems looked at, when, and for what. A look is recorded before anything is shown, and lines are never changed.",
        recorded: "Opening this page leaves a line as well. There are ids and filing numbers here, and no personal data.",
        when: "When",
        who: "Who",
        what: "What",
        about: "Of what",
        purpose: "Purpose",
        instance: "instance",
        code: "service code",
        order: "order",
        number: "filing number",
        proposal: "proposal",
        account: "account",
        as_of: "as of",
        none: "Nobody has looked at anything yet.",
        no_more: "There are no older lines.",
        next: "Older lines",
        first: "Back to the newest lines",
        and: "; ",
    };
    either(lang, &ZH, &EN)
}

/// What was looked at, by the word of a line. One of a newer program is told as it is.
pub(super) fn what(word: &str, lang: Lang) -> String {
    let [zh, en] = match word {
        "why-not" => ["查询为什么不能办理", "Why something is not possible"],
        "why-not-unknown" => ["查询为什么不能办理：没有查到", "Why not: nothing was found"],
        "access-log" => ["查看记录", "The access log"],
        "instance" => ["产品实例", "An instance"],
        "instances" => ["产品实例列表", "A list of instances"],
        "number" => ["备案号", "A filing number"],
        "order" => ["订单中的个人信息（明文）", "Personal data of an order, in clear"],
        "order-picture" => ["订单的材料图片", "A picture of an order"],
        "proposal" => ["复核事项（明文）", "A proposal, in clear"],
        other => [other, other],
    };
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}
