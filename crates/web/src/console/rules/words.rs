//! What the pages about rules say beside the rules.

use crate::console::words::either;
use app::Published;
use jiff::civil::Date;
use rulebook::{Edition, Lang};

pub(super) struct Words {
    pub(super) products: &'static str,
    pub(super) product: &'static str,
    pub(super) asks: &'static str,
    pub(super) counted: &'static str,
    pub(super) handling: &'static str,
    pub(super) source: &'static str,
    pub(super) colon: &'static str,
    pub(super) policies: &'static str,
    pub(super) check: &'static str,
    pub(super) check_instances: &'static str,
    pub(super) editions: &'static str,
    pub(super) edition: &'static str,
    pub(super) since: &'static str,
    pub(super) standing: &'static str,
    pub(super) compared: &'static str,
    /// Around the edition before.
    pub(super) changes_since: &'static str,
    pub(super) changes_since_end: &'static str,
    pub(super) documents: &'static str,
    pub(super) version: &'static str,
    pub(super) to_present: &'static str,
    pub(super) none_in_force: &'static str,
    pub(super) none_such: &'static str,
    pub(super) none_then: &'static str,
    pub(super) changes: &'static str,
    pub(super) unchanged: &'static str,
    pub(super) compare: &'static str,
    pub(super) compare_act: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        products: "哪些产品可以用来备案",
        product: "产品",
        asks: "购买要求",
        counted: "数量限制",
        handling: "如何验证",
        source: "出处",
        colon: "：",
        policies: "所有产品通用的规则",
        check: "不确定自己属于哪种情况？看看去哪里备案",
        check_instances: "查一查自己的实例能不能备案",
        editions: "各个版本",
        edition: "版本",
        since: "适用日期",
        standing: "状态",
        compared: "有什么变化",
        changes_since: "与 ",
        changes_since_end: " 版比较",
        documents: "依据的文档",
        version: "文档版本 ",
        to_present: "查看当前适用的规则",
        none_in_force: "现在没有适用的规则",
        none_such: "没有这个版本的规则",
        none_then: "在规则开始适用之前，服务台不做判定，也不能申请备案服务号。已有的版本见下表；有疑问请联系接入服务商。",
        changes: "规则变化",
        unchanged: "两个版本的规则没有不同。",
        compare: "比较其他版本",
        compare_act: "比较",
        from: "从",
        to: "到",
    };
    const EN: Words = Words {
        products: "Which products may back a filing",
        product: "Product",
        asks: "What it must meet",
        counted: "How many",
        handling: "How it is verified",
        source: "Source",
        colon: ": ",
        policies: "What holds for every product",
        check: "Not sure which case is yours? See where to file",
        check_instances: "Check your own instances",
        editions: "All editions",
        edition: "Edition",
        since: "In force from",
        standing: "State",
        compared: "What changed",
        changes_since: "compared with ",
        changes_since_end: "",
        documents: "Documents",
        version: "version ",
        to_present: "The rules in force now",
        none_in_force: "No rules are in force now",
        none_such: "There is no such edition of the rules",
        none_then: "Until rules come into force the desk decides nothing, and no service codes can be had. The editions that there are stand below; your provider answers questions.",
        changes: "What changed in the rules",
        unchanged: "The two editions say the same.",
        compare: "Compare other editions",
        compare_act: "Compare",
        from: "From",
        to: "To",
    };
    either(lang, &ZH, &EN)
}

/// How an edition stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    InForce,
    Earlier,
    Coming,
}

impl Standing {
    pub(super) fn of(edition: &Edition, rulebook: &Published, today: Date) -> Self {
        if edition.effective > today {
            return Self::Coming;
        }
        let newest = rulebook.editions.iter().rev().find(|edition| edition.effective <= today);
        let is_newest = newest.is_some_and(|newest| newest.id == edition.id);
        if is_newest { Self::InForce } else { Self::Earlier }
    }

    pub(super) const fn label(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::InForce) => "当前适用",
            (Lang::Zh, Self::Earlier) => "已被取代",
            (Lang::Zh, Self::Coming) => "尚未生效",
            (Lang::En, Self::InForce) => "in force",
            (Lang::En, Self::Earlier) => "earlier",
            (Lang::En, Self::Coming) => "coming",
        }
    }

    pub(super) const fn mood(self) -> &'static str {
        match self {
            Self::InForce => "good",
            Self::Earlier => "calm",
            Self::Coming => "open",
        }
    }
}

/// The heading: whose rules these are.
pub(super) fn title(provider: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{provider}备案规则"),
        Lang::En => format!("Filing rules of {provider}"),
    }
}

/// The title of the page, with its edition.
pub(super) fn page_title(title: &str, edition: &Edition, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{title}（{} 版）", edition.id),
        Lang::En => format!("{title} (edition {})", edition.id),
    }
}

/// Which edition, from when on, and by which documents.
pub(super) fn lead(edition: &Edition, lang: Lang) -> String {
    let since = format!("{}{}", edition.effective, edition.estimate(lang));
    let since = since.trim_end();
    match lang {
        Lang::Zh => format!(
            "{} 版，自 {since} 起适用，依据文档 {}。本页由规则数据生成，与系统的判定一致。",
            edition.id,
            edition.source.join("、")
        ),
        Lang::En => format!(
            "Edition {}, in force from {since}, according to documents {}. This page is made from the rules themselves and says what the desk does.",
            edition.id,
            edition.source.join(", ")
        ),
    }
}

/// That this is not the edition in force.
pub(super) const fn other(standing: Standing, lang: Lang) -> Option<&'static str> {
    match (lang, standing) {
        (_, Standing::InForce) => None,
        (Lang::Zh, Standing::Earlier) => Some("这是以前的版本，现在已不适用。"),
        (Lang::Zh, Standing::Coming) => Some("这个版本还没有生效，到适用日期才会用来判定。"),
        (Lang::En, Standing::Earlier) => Some("This is an earlier edition and no longer in force."),
        (Lang::En, Standing::Coming) => {
            Some("This edition is not in force yet: nothing is decided by it before its day.")
        }
    }
}

/// The heading of what changed.
pub(super) fn changes_title(from: &str, to: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("规则变化：从 {from} 版到 {to} 版"),
        Lang::En => format!("What changed in the rules from {from} to {to}"),
    }
}
