//! What the page of the blacklist says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) list: &'static str,
    pub(super) find: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) thing: &'static str,
    pub(super) why: &'static str,
    pub(super) since: &'static str,
    pub(super) act: &'static str,
    pub(super) how: &'static str,
    pub(super) unlist: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) proposals: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "黑名单",
        lead: "含有黑名单内容的备案订单不能通过检查。黑名单只保存加密哈希，这里也看不到原文；列入和移出都要两人复核。",
        list: "提议列入黑名单",
        find: "知道原文，要查询是否在列或提议移出",
        none: "黑名单是空的。",
        no_more: "后面没有更多条目了。",
        thing: "类型",
        why: "依据",
        since: "列入时间",
        act: "操作",
        how: "查看提议",
        unlist: "提议移出",
        first: "回到第一页",
        next: "下一页",
        proposals: "等待复核的提议",
    };
    const EN: Words = Words {
        title: "Blacklist",
        lead: "No order that names something on the blacklist passes its checks. Only keyed hashes are kept, so nobody reads the values, here or anywhere. What comes on it or off it two people decide.",
        list: "Propose to list something",
        find: "You know the value: find out whether it is listed, and propose to take it off",
        none: "Nothing is on the blacklist.",
        no_more: "There are no more entries.",
        thing: "What kind",
        why: "Why",
        since: "Since",
        act: "What to do",
        how: "See the proposal",
        unlist: "Propose to take it off",
        first: "Back to the first page",
        next: "Next page",
        proposals: "Proposals that wait",
    };
    either(lang, &ZH, &EN)
}
