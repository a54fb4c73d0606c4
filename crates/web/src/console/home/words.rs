//! What the first page says.

use crate::console::words::either;
use app::access::Right;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) own: &'static str,
    pub(super) open: &'static str,
}

/// Where to go on.
pub(super) struct Entry {
    pub(super) href: &'static str,
    pub(super) name: &'static str,
    /// What is there.
    pub(super) says: &'static str,
    /// The right of whoever is shown it; `None` for everybody.
    pub(super) right: Option<Right>,
}

const fn entry(href: &'static str, name: &'static str, says: &'static str, right: Option<Right>) -> Entry {
    Entry { href, name, says, right }
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "备案服务台",
        lead: "网站在中国内地接入，要先通过接入服务商完成 ICP 备案。在这里可以查询产品能否用于备案、申请备案服务号、办理备案订单、管理备案号。不能办理时，会说明全部原因和处理方法。",
        sign_in: "登录后办理",
        own: "办理事项",
        open: "其他",
    };
    const EN: Words = Words {
        title: "The filing desk",
        lead: "A website hosted in mainland China is first filed (ICP备案) through its hosting provider. Here you find whether a product may back the filing, apply for service codes, file, and keep your filing numbers. Where the answer is no, you are told every reason and what to do.",
        sign_in: "Sign in to begin",
        own: "What you can do",
        open: "Also here",
    };
    either(lang, &ZH, &EN)
}

const OWN_ZH: &[Entry] = &[
    entry(
        "/products",
        "申请备案服务号",
        "查看每个产品实例能否用于备案，申请备案服务号。",
        Some(Right::OwnInstances),
    ),
    entry("/orders", "备案订单", "为网站备案、变更或注销，查看办理进度。", Some(Right::OwnOrders)),
    entry("/codes", "我的备案服务号", "查看已有的备案服务号、状态和授权。", Some(Right::OwnCodes)),
    entry(
        "/numbers",
        "备案号",
        "查看备案号的状态和风险，登记域名到期日，办理取消接入或注销。",
        Some(Right::OwnNumbers),
    ),
    entry("/numbers", "查询备案号", "查看任一备案号的状态、风险和全部经过。", Some(Right::ReadNumbers)),
    entry("/review", "订单审核", "初审备案订单，报送管局，登记审核结果。", Some(Right::ReadOrders)),
    entry(
        "/proposals",
        "两人复核",
        "列入或移出黑名单、按主管部门要求注销备案号：提议和复核。",
        Some(Right::ProposeAndAgree),
    ),
    entry("/blacklist", "黑名单", "查看在列的条目、依据和时间。", Some(Right::ProposeAndAgree)),
    entry("/gate", "查询放行", "查询域名或 IP 地址现在能不能提供访问、依据是什么。", Some(Right::AskGate)),
    entry(
        "/gate/windows",
        "放行白名单",
        "让域名在规定时间内不备案也放行，提前结束。",
        Some(Right::ManageGate),
    ),
    entry("/gate/ranges", "放行地址段", "登记和移除可以直接用 IP 访问的地址。", Some(Right::ManageGate)),
    entry(
        "/rulebook",
        "规则集",
        "查看草稿对全部实例、备案服务号和订单的影响，提请发布新版本。",
        Some(Right::PublishRulebook),
    ),
    entry(
        "/retention",
        "保留期限",
        "各类内容保留多久、依据什么，现在到期多少。",
        Some(Right::ErasePersonalData),
    ),
    entry("/why-not", "为什么不能？", "查询客户看到的原话和背后的依据，复制答复。", Some(Right::LookUp)),
    entry(
        "/users",
        "用户",
        "新增和停用用户，更改角色，重置密码，管理外部系统的密钥。",
        Some(Right::ManageUsers),
    ),
    entry("/import", "导入产品实例", "上传产品实例列表，看清变化以后再应用。", Some(Right::ImportInstances)),
    entry("/ledger", "台账", "查看和核验每一次办理的记录，取得证明，导出台账。", Some(Right::ReadLedger)),
    entry("/access-log", "查看记录", "谁在什么时候查看过什么，用途是什么。", Some(Right::ReadAccessLog)),
];
const OWN_EN: &[Entry] = &[
    entry(
        "/products",
        "Apply for service codes",
        "See what each instance is good for, and apply.",
        Some(Right::OwnInstances),
    ),
    entry(
        "/orders",
        "Filing orders",
        "File a website, change or cancel what is filed, and follow your orders.",
        Some(Right::OwnOrders),
    ),
    entry(
        "/codes",
        "My service codes",
        "The codes you have, what they are, and who may use them.",
        Some(Right::OwnCodes),
    ),
    entry(
        "/numbers",
        "Filing numbers",
        "Where each stands, what threatens it and what to do, and how it is ended.",
        Some(Right::OwnNumbers),
    ),
    entry(
        "/numbers",
        "Look a number up",
        "Where any number stands, what threatens it and all that happened to it.",
        Some(Right::ReadNumbers),
    ),
    entry(
        "/review",
        "Review of orders",
        "Review filing orders, hand them to the bureau, and record its answers.",
        Some(Right::ReadOrders),
    ),
    entry(
        "/proposals",
        "Two people",
        "What goes on the blacklist or off it, and what an authority cancels: proposed by one, decided by another.",
        Some(Right::ProposeAndAgree),
    ),
    entry("/blacklist", "Blacklist", "What is on it, why and since when.", Some(Right::ProposeAndAgree)),
    entry(
        "/gate",
        "Ask the gate",
        "May a domain or an IP address be served here now, and why.",
        Some(Right::AskGate),
    ),
    entry(
        "/gate/windows",
        "White list of the gate",
        "Have domains served for a time before they are filed, and end that.",
        Some(Right::ManageGate),
    ),
    entry(
        "/gate/ranges",
        "Ranges of addresses",
        "Which IP addresses are the provider's own, and served.",
        Some(Right::ManageGate),
    ),
    entry(
        "/rulebook",
        "Rulebook",
        "See what a draft does to all instances, service codes and orders, and propose to publish it.",
        Some(Right::PublishRulebook),
    ),
    entry(
        "/retention",
        "How long things are kept",
        "What is kept for how long, by whom, and how much is over now.",
        Some(Right::ErasePersonalData),
    ),
    entry(
        "/why-not",
        "Why not?",
        "The very words that a customer sees, and what they rest on, to be copied.",
        Some(Right::LookUp),
    ),
    entry(
        "/users",
        "Users",
        "Add and lock users, change roles, reset passwords, and keep the keys of other systems.",
        Some(Right::ManageUsers),
    ),
    entry(
        "/import",
        "Import instances",
        "Upload a list of instances, see what changes by it, and apply it.",
        Some(Right::ImportInstances),
    ),
    entry(
        "/ledger",
        "Ledger",
        "Read and verify the entry of every act, get proofs, and export it.",
        Some(Right::ReadLedger),
    ),
    entry("/access-log", "Access log", "Who looked at what, when, and for what.", Some(Right::ReadAccessLog)),
];

/// What those who signed in can do.
pub(super) const fn own(lang: Lang) -> &'static [Entry] {
    match lang {
        Lang::Zh => OWN_ZH,
        Lang::En => OWN_EN,
    }
}

/// What is open to everybody.
pub(super) const fn open(lang: Lang) -> &'static [Entry] {
    const ZH: &[Entry] = &[
        entry("/check", "我能备案吗？", "回答一个问题，看看该去哪里备案、怎么办理。", None),
        entry("/check/instances", "查一查我的实例", "粘贴或上传实例列表，逐个判断能不能备案，不保存。", None),
        entry("/rules", "备案规则", "各产品的备案要求和数量限制，以前的版本和变化。", None),
        entry("/failures", "产品验证失败怎么办", "三种提示各自的原因和处理方法。", None),
        entry("/status", "服务状态", "现在哪些服务可用，正在填写的内容会怎样。", None),
        entry("/api/docs", "接口文档（英文）", "各接口的用法，可以在页面上直接试用。", None),
        entry("/api/openapi.json", "接口文档（JSON）", "同一份文档的 OpenAPI 格式，供程序和工具读取。", None),
        entry("/problems", "接口问题类型", "接口可能返回的各种问题、含义和处理方法。", None),
    ];
    const EN: &[Entry] = &[
        entry("/check", "Can I file?", "One question, and you know where to file and what to do.", None),
        entry(
            "/check/instances",
            "Check my instances",
            "Paste or upload a list; each is decided, nothing is stored.",
            None,
        ),
        entry("/rules", "Rules", "What each product must meet, earlier editions, and what changed.", None),
        entry(
            "/failures",
            "Product verification failed?",
            "The three messages, with causes and what to do.",
            None,
        ),
        entry(
            "/status",
            "State of the service",
            "What works now, and what becomes of what you are filling in.",
            None,
        ),
        entry(
            "/api/docs",
            "API document",
            "How each operation is called; it can be tried on the page.",
            None,
        ),
        entry(
            "/api/openapi.json",
            "API document as JSON",
            "The same as OpenAPI, for programs and tools.",
            None,
        ),
        entry(
            "/problems",
            "Kinds of API problems",
            "What the API may answer instead, what it means and what to do.",
            None,
        ),
    ];
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
}
