//! What the page of codes says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) new_next: &'static str,
    pub(super) file: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) code: &'static str,
    pub(super) state: &'static str,
    pub(super) message: &'static str,
    pub(super) product: &'static str,
    pub(super) grant: &'static str,
    pub(super) own: &'static str,
    pub(super) granted: &'static str,
    pub(super) granted_to: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) apply: &'static str,
    pub(super) next: &'static str,
    pub(super) first: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "我的备案服务号",
        lead: "备案时在“产品验证”一步使用。忘记也没关系，随时可以在这里查看。",
        new_next: "接下来可以新建备案订单，在“产品验证”一步选择或填写备案服务号。",
        file: "新建备案订单",
        copy: "复制",
        copied: "已复制",
        code: "备案服务号",
        state: "状态",
        message: "说明",
        product: "产品",
        grant: "授权",
        own: "自用",
        granted: "由其他账号授权给您使用",
        granted_to: "已授权给账号 ",
        none: "还没有备案服务号。",
        no_more: "后面没有更多备案服务号了。",
        apply: "去申请备案服务号",
        next: "下一页",
        first: "回到第一页",
    };
    const EN: Words = Words {
        title: "My service codes",
        lead: "A code verifies your product when you file. It is never lost: you find it here at any time.",
        new_next: "Next, begin a filing, and choose or type the code where the product is verified.",
        file: "Begin a filing order",
        copy: "Copy",
        copied: "Copied",
        code: "Service code",
        state: "State",
        message: "What that means",
        product: "Product",
        grant: "Grant",
        own: "your own use",
        granted: "granted to you by another account",
        granted_to: "granted to account ",
        none: "There are no service codes yet.",
        no_more: "There are no more service codes.",
        apply: "Apply for service codes",
        next: "Next page",
        first: "Back to the first page",
    };
    either(lang, &ZH, &EN)
}

/// How many codes were issued.
pub(super) fn issued(codes: usize, lang: Lang) -> String {
    match (lang, codes) {
        (Lang::Zh, codes) => format!("申请成功，共 {codes} 个备案服务号"),
        (Lang::En, 1) => "One service code was issued".to_owned(),
        (Lang::En, codes) => format!("{codes} service codes were issued"),
    }
}
