//! What the page for asking for codes says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) instance: &'static str,
    pub(super) product: &'static str,
    pub(super) term: &'static str,
    pub(super) codes: &'static str,
    pub(super) count: &'static str,
    pub(super) no_number: &'static str,
    pub(super) no_key: &'static str,
    pub(super) final_title: &'static str,
    pub(super) for_ever: &'static str,
    pub(super) one_site: &'static str,
    pub(super) apply: &'static str,
    pub(super) not_now: &'static str,
    pub(super) back: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "申请备案服务号",
        instance: "实例",
        product: "产品",
        term: "时长",
        codes: "已用名额",
        count: "申请几个？",
        no_number: "请填写要申请的个数，例如 1。",
        no_key: "页面不完整，请重新打开后再申请。",
        final_title: "申请之前请了解",
        for_ever: "申请后名额不能退回；备案服务号用来备案成功后，也不能再用于其他备案。",
        one_site: "一个备案服务号用于一个网站。您也可以把它授权给其他账号使用。",
        apply: "申请备案服务号",
        not_now: "现在不能申请",
        back: "返回产品列表",
    };
    const EN: Words = Words {
        title: "Apply for service codes",
        instance: "Instance",
        product: "Product",
        term: "Term",
        codes: "Codes used",
        count: "How many?",
        no_number: "Enter how many codes you want, such as 1.",
        no_key: "The page is incomplete: open it again, and then apply.",
        final_title: "Before you apply",
        for_ever: "A code cannot be given back for another place in the quota, and once something is filed with it, it cannot be used again.",
        one_site: "One code is for one website. You can also grant it to another account.",
        apply: "Apply for service codes",
        not_now: "Codes cannot be had now",
        back: "Back to the products",
    };
    either(lang, &ZH, &EN)
}

/// What one code more leaves.
pub(super) fn may(left: Option<u32>, lang: Lang) -> String {
    match (lang, left) {
        (Lang::Zh, Some(left)) => format!("可以申请。申请 1 个后还剩 {left} 个名额。"),
        (Lang::Zh, None) => "可以申请。".to_owned(),
        (Lang::En, Some(left)) => format!("Codes can be had. After one, {left} more are left."),
        (Lang::En, None) => "Codes can be had.".to_owned(),
    }
}

/// How many can be asked for at once.
pub(super) fn how_many(most: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("一次最多 {most} 个。"),
        Lang::En => format!("At most {most} at once."),
    }
}
