//! What the frame of pages says, and the pages that every form may lead to. A page's own words stand beside it.

use app::access::Right;
use rulebook::Lang;

/// Words in both languages, chosen when a page is made.
pub(crate) const fn either<W>(lang: Lang, zh: &'static W, en: &'static W) -> &'static W {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Around every page.
pub(crate) struct Frame {
    pub(crate) desk: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) pages: &'static str,
    /// The other language, in itself.
    pub(crate) other: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) document: &'static str,
    pub(crate) problems: &'static str,
    pub(crate) failures: &'static str,
    pub(crate) status: &'static str,
    /// In which time zone times are.
    pub(crate) times: &'static str,
    /// In front of how support is reached.
    pub(crate) support: &'static str,
    /// In front of the title when something is wrong.
    pub(crate) error: &'static str,
}

pub(crate) const fn frame(lang: Lang) -> &'static Frame {
    const ZH: Frame = Frame {
        desk: "可备 备案服务台",
        skip: "跳到正文",
        pages: "页面",
        other: "English",
        sign_in: "登录",
        sign_out: "退出登录",
        document: "接口文档（英文）",
        problems: "接口问题类型",
        failures: "产品验证失败怎么办",
        status: "服务状态",
        times: "页面上的时间均为北京时间。",
        support: "客服：",
        error: "错误：",
    };
    const EN: Frame = Frame {
        desk: "Kebei filing desk",
        skip: "Skip to the content",
        pages: "Pages",
        other: "中文",
        sign_in: "Sign in",
        sign_out: "Sign out",
        document: "API document",
        problems: "Kinds of API problems",
        failures: "Product verification failed?",
        status: "State of the service",
        times: "Times are those of Beijing (UTC+8).",
        support: "Support: ",
        error: "Error: ",
    };
    either(lang, &ZH, &EN)
}

/// The pages of the bar at the top: address, name, and the right of whoever is shown it; `None` for everybody.
pub(crate) const fn links(lang: Lang) -> &'static [(&'static str, &'static str, Option<Right>)] {
    match lang {
        Lang::Zh => &[
            ("/products", "申请备案服务号", Some(Right::OwnInstances)),
            ("/codes", "我的备案服务号", Some(Right::OwnCodes)),
            ("/orders", "备案订单", Some(Right::OwnOrders)),
            ("/numbers", "备案号", Some(Right::OwnNumbers)),
            ("/numbers", "备案号", Some(Right::ReadNumbers)),
            ("/review", "订单审核", Some(Right::ReadOrders)),
            ("/proposals", "两人复核", Some(Right::ProposeAndAgree)),
            ("/gate", "放行", Some(Right::AskGate)),
            ("/why-not", "为什么不能？", Some(Right::LookUp)),
            ("/ledger", "台账", Some(Right::ReadLedger)),
            ("/access-log", "查看记录", Some(Right::ReadAccessLog)),
            ("/check", "我能备案吗？", None),
            ("/rules", "备案规则", None),
        ],
        Lang::En => &[
            ("/products", "Apply for service codes", Some(Right::OwnInstances)),
            ("/codes", "My service codes", Some(Right::OwnCodes)),
            ("/orders", "Filing orders", Some(Right::OwnOrders)),
            ("/numbers", "Filing numbers", Some(Right::OwnNumbers)),
            ("/numbers", "Filing numbers", Some(Right::ReadNumbers)),
            ("/review", "Review of orders", Some(Right::ReadOrders)),
            ("/proposals", "Two people", Some(Right::ProposeAndAgree)),
            ("/gate", "The gate", Some(Right::AskGate)),
            ("/why-not", "Why not?", Some(Right::LookUp)),
            ("/ledger", "Ledger", Some(Right::ReadLedger)),
            ("/access-log", "Access log", Some(Right::ReadAccessLog)),
            ("/check", "Can I file?", None),
            ("/rules", "Rules", None),
        ],
    }
}

/// Above the fields of a form in which something is wrong.
pub(crate) struct Summary {
    pub(crate) title: &'static str,
}

pub(crate) const fn summary(lang: Lang) -> &'static Summary {
    either(lang, &Summary { title: "有需要改正的地方" }, &Summary { title: "There is a problem" })
}

/// A form that an earlier session had begun.
pub(crate) struct OnceMore {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) leave: &'static str,
}

pub(crate) const fn once_more(lang: Lang) -> &'static OnceMore {
    const ZH: OnceMore = OnceMore {
        title: "请再确认一次",
        lead: "您提交的页面是在重新登录之前打开的，所以还没有办理。您填写的内容都还在，确认无误后请继续。",
        go_on: "继续提交",
        leave: "不提交，返回首页",
    };
    const EN: OnceMore = OnceMore {
        title: "Please confirm once more",
        lead: "The page you sent was opened before you signed in again, so nothing has been done yet. What you filled in is still here: go on if it is what you want.",
        go_on: "Go on",
        leave: "Do nothing, and go to the first page",
    };
    either(lang, &ZH, &EN)
}

/// Nothing is at an address.
pub(crate) const fn no_such_page(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "没有这个页面。请检查网址，或返回首页。",
        Lang::En => "There is no such page. Check the address, or go to the first page.",
    }
}

/// A page on which only a problem is told.
pub(crate) struct ProblemPage {
    pub(crate) go_back: &'static str,
    pub(crate) begin: &'static str,
}

pub(crate) const fn problem_page(lang: Lang) -> &'static ProblemPage {
    const ZH: ProblemPage = ProblemPage {
        go_back: "用浏览器的返回键可以回到刚才的页面，您填写的内容还在。",
        begin: "返回首页",
    };
    const EN: ProblemPage = ProblemPage {
        go_back: "The back button of your browser returns to the page before, with what you filled in.",
        begin: "To the first page",
    };
    either(lang, &ZH, &EN)
}

/// What is typed to say that it is this number that is meant.
pub(crate) fn confirm(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("输入或粘贴 {number} 中的全部数字来确认"),
        Lang::En => format!("Type or paste all digits of {number} to confirm"),
    }
}
