//! What the page about failures says beside them.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) cause: &'static str,
    pub(super) what_to_do: &'static str,
    pub(super) still: &'static str,
    pub(super) products: &'static str,
    pub(super) codes: &'static str,
    pub(super) check: &'static str,
    pub(super) support: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "产品验证失败怎么办",
        lead: "验证产品时只会出现下面三种提示之一，提示下方会写明这一次的具体原因。找到您看到的提示，对照原因处理。",
        cause: "可能的原因",
        what_to_do: "处理方法",
        still: "还不清楚？",
        products: "查看自己的产品实例能不能备案，以及全部原因",
        codes: "查看自己的备案服务号和状态",
        check: "看看自己应该去哪里备案",
        support: "仍未解决的，请联系客服，并说明实例 ID、看到的提示和验证的时间。",
    };
    const EN: Words = Words {
        title: "Product verification failed: what now?",
        lead: "When a product is verified, one of these three messages is shown, with the cause of that time below it. Find the message you saw, and the cause.",
        cause: "What can be behind it",
        what_to_do: "What to do",
        still: "Still not clear?",
        products: "See what your instances are good for, with every reason",
        codes: "See your service codes and what they are",
        check: "See where you file",
        support: "If that does not help, ask support. Say the id of the instance, the message and the time.",
    };
    either(lang, &ZH, &EN)
}
