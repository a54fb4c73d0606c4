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
    pub(super) grant_to: &'static str,
    pub(super) grant_means: &'static [&'static str],
    pub(super) account: &'static str,
    pub(super) account_hint: &'static str,
    pub(super) grant_it: &'static str,
    pub(super) granted_next: &'static [&'static str],
    pub(super) withdraw: &'static str,
    pub(super) withdraw_lead: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) withdrawn_next: &'static [&'static str],
    pub(super) why_not_grant: &'static str,
    pub(super) why_not_withdraw: &'static str,
    pub(super) no_key: &'static str,
    pub(super) bind: &'static str,
    pub(super) bind_lead: &'static str,
    pub(super) bind_means: &'static [&'static str],
    pub(super) bind_code_hint: &'static str,
    pub(super) bind_instance: &'static str,
    pub(super) bind_instance_hint: &'static str,
    pub(super) bind_it: &'static str,
    pub(super) bind_one: &'static str,
    pub(super) no_instance: &'static str,
    pub(super) back: &'static str,
    pub(super) all_states: &'static str,
    pub(super) filter: &'static str,
    pub(super) none_such: &'static str,
    pub(super) look_on: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) apply: &'static str,
    pub(super) next: &'static str,
    pub(super) first: &'static str,
}

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
    grant_to: "授权给其他账号",
    grant_means: &[
        "授权后，对方和您都可以用它办理备案，谁先提交备案订单，就由谁用掉。",
        "名额仍然算在您的实例上。实例到期、释放或不再符合条件的，对方也不能用。",
        "对方看得到备案服务号、产品名称和状态，看不到您的账号、实例和到期时间。",
        "同一时间只能授权给一个账号。对方提交备案订单之前，您可以随时收回授权。",
    ],
    account: "对方的账号名",
    account_hint: "对方登录后，在“申请备案服务号”页面上可以看到自己的账号名。",
    grant_it: "授权",
    granted_next: &[
        "请告诉对方：现在登录，就能在“我的备案服务号”里看到它，在备案订单的“产品验证”一步使用。",
        "对方提交备案订单后，这里的状态会变成“备案中”，授权就不能更改了；在那之前，您可以随时收回。",
    ],
    withdraw: "收回授权",
    withdraw_lead: "收回后，对方不能再用它提交备案订单，也不能再看到它。已经用它验证、还没有提交的订单，要换一个备案服务号重新验证。",
    withdrawn: "授权已收回",
    withdrawn_next: &["对方从现在起不能再用它。您可以自己使用，也可以授权给其他账号。"],
    why_not_grant: "为什么不能授权？",
    why_not_withdraw: "为什么不能收回授权？",
    bind: "绑定已有的备案服务号",
    bind_lead: "服务商给您的备案服务号，如果还没有绑定产品实例，请先在这里绑定，再用来备案。",
    bind_means: &["占用所选产品实例的一个备案名额。", "绑定后不能改绑到其他实例，请核对后再绑定。"],
    bind_code_hint: "20 位字母和数字，空格和横线可有可无，不分大小写。",
    bind_instance: "产品实例",
    bind_instance_hint: "填写实例 ID，见“申请备案服务号”页面的“实例”一列。",
    bind_it: "绑定",
    bind_one: "绑定到产品实例",
    no_instance: "请填写实例 ID。",
    no_key: "页面不完整，请重新打开后再提交。",
    back: "返回备案服务号列表",
    all_states: "全部状态",
    filter: "筛选",
    none_such: "没有这个状态的备案服务号。",
    look_on: "这一页没有这个状态的备案服务号，请继续看下一页。",
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
    grant_to: "Grant to another account",
    grant_means: &[
        "The other account and you can both file with it. Whoever submits an order first uses it up.",
        "Its place stays counted on your instance. When the instance expires, is released or no longer qualifies, the other account cannot use the code either.",
        "The other account sees the code, the name of the product and the state, but not your account, your instance or its dates.",
        "It can be granted to one account at a time. Until that account submits an order, you can withdraw the grant.",
    ],
    account: "Name of the other account",
    account_hint: "Its holder finds the name on the page “Apply for service codes” once signed in.",
    grant_it: "Grant",
    granted_next: &[
        "Tell its holder: the code is now under “My service codes”, to be used where an order verifies the product.",
        "Once an order is submitted with it, the code is “in an order” here, and the grant can no longer be changed. Until then you can withdraw it.",
    ],
    withdraw: "Withdraw the grant",
    withdraw_lead: "The other account can then no longer submit an order with the code, or see it. An order that was verified with it and is not submitted yet has to be verified with another code.",
    withdrawn: "The grant is withdrawn",
    withdrawn_next: &[
        "The other account can no longer use the code. Use it yourself, or grant it to another account.",
    ],
    why_not_grant: "Why can’t I grant it?",
    why_not_withdraw: "Why can’t I withdraw the grant?",
    bind: "Bind a code that you were given",
    bind_lead: "If the provider gave you a code that has no instance yet, bind it here: before that it files nothing.",
    bind_means: &[
        "It takes one place of the quota of that instance.",
        "Once it is bound, it goes to no other instance.",
    ],
    bind_code_hint: "Twenty letters and digits; spaces, hyphens and case do not matter.",
    bind_instance: "Instance",
    bind_instance_hint: "Its id, as the page on which you apply for codes shows it.",
    bind_it: "Bind it",
    bind_one: "Bind it to an instance",
    no_instance: "Give the id of the instance.",
    no_key: "The page is incomplete: open it again, and then send it.",
    back: "Back to the service codes",
    all_states: "All states",
    filter: "Filter",
    none_such: "No service code is in that state.",
    look_on: "No service code on this page is in that state: go on to the next.",
    none: "There are no service codes yet.",
    no_more: "There are no more service codes.",
    apply: "Apply for service codes",
    next: "Next page",
    first: "Back to the first page",
};

pub(super) const fn words(lang: Lang) -> &'static Words {
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

/// That a code was granted, and to whom.
pub(super) fn granted(account: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已授权给账号 {account}"),
        Lang::En => format!("Granted to account {account}"),
    }
}

/// That a code was bound to an instance.
pub(super) fn bound(instance: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("备案服务号已绑定到 {instance}，可以用来备案了"),
        Lang::En => format!("The code is bound to {instance}, and can be used"),
    }
}
