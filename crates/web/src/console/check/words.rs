//! What the question where to file says beside the rules.

use crate::console::words::either;
use rulebook::{Edition, Lang};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) none_then: &'static str,
    pub(super) question: &'static str,
    pub(super) or_product: &'static str,
    pub(super) choose_title: &'static str,
    pub(super) choose: &'static str,
    pub(super) no_server: &'static str,
    pub(super) other_provider: &'static str,
    pub(super) outside_mainland: &'static str,
    pub(super) unsure: &'static str,
    pub(super) unsure_answer: &'static str,
    pub(super) go_on: &'static str,
    pub(super) instances_title: &'static str,
    pub(super) instances_lead: &'static str,
    pub(super) to_instances: &'static str,
    pub(super) to_products: &'static str,
    pub(super) to_rules: &'static str,
    pub(super) asks: &'static str,
    pub(super) in_mainland: &'static str,
    pub(super) if_not: &'static str,
    pub(super) next: &'static str,
    pub(super) again: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "我能备案吗？",
        lead: "只需回答一个问题，就知道该去哪里备案、怎么办理。不用登录。",
        none_then: "规则开始适用之后，再来这里查看。",
        question: "您的网站放在哪里，或打算放在哪里？",
        or_product: "在本服务商购买的产品上：",
        choose_title: "还没有选择",
        choose: "请选择网站所在的位置或产品。",
        no_server: "还没有服务器",
        other_provider: "在其他服务商的服务器上",
        outside_mainland: "在中国内地以外的服务器上（例如中国香港）",
        unsure: "在本服务商，但不清楚是哪种产品，或不在上面",
        unsure_answer: "把产品列表粘贴或上传，就能看到每个实例能不能备案和全部原因；也可以登录购买产品时使用的账号查看。只有列出的产品可以用来备案。",
        go_on: "查看去哪里备案",
        instances_title: "已经买了产品？",
        instances_lead: "粘贴或上传实例列表，逐个判断能不能备案。内容只用于判断，不会保存。",
        to_instances: "查一查我的实例能不能备案",
        to_products: "登录后查看自己的产品实例，申请备案服务号",
        to_rules: "查看各产品的备案要求",
        asks: "产品要满足什么",
        in_mainland: "位于中国内地，并且没有到期",
        if_not: "遇到这些情况怎么办",
        next: "接下来",
        again: "重新选择",
    };
    const EN: Words = Words {
        title: "Can I file?",
        lead: "One question, and you know where to file and what to do. There is no need to sign in.",
        none_then: "Come back once the rules are in force.",
        question: "Where is your website, or where will it be?",
        or_product: "On a product bought here:",
        choose_title: "Nothing is chosen",
        choose: "Choose where the website is, or the product.",
        no_server: "There is no server yet",
        other_provider: "On a server of another provider",
        outside_mainland: "On a server outside mainland China (in Hong Kong, for example)",
        unsure: "Here, but I don’t know on which product, or it is not in the list",
        unsure_answer: "Paste or upload the list of your products, and every instance is decided with all reasons; or sign in with the account that bought them. Only products in the list may back a filing.",
        go_on: "See where to file",
        instances_title: "Do you have products already?",
        instances_lead: "Paste or upload a list of instances, and each is decided. What you send is decided on and not stored.",
        to_instances: "Check my instances",
        to_products: "Sign in to see your instances and apply for service codes",
        to_rules: "What each product must meet",
        asks: "What the product must meet",
        in_mainland: "in mainland China, and not expired",
        if_not: "What if",
        next: "What next",
        again: "Choose again",
    };
    either(lang, &ZH, &EN)
}

/// The heading of the answer for somebody who has that product.
pub(super) fn have(product: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("使用{product}，怎么备案？"),
        Lang::En => format!("How do I file with {product}?"),
    }
}

/// Whose answer it is.
pub(super) fn edition(edition: &Edition, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("依据规则版本 {}。", edition.id),
        Lang::En => format!("According to edition {} of the rules.", edition.id),
    }
}
