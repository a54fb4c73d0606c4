//! The name of a website: what names providers and bureaus send back.
//!
//! No law lists them. The rules here are those that two published pages of providers agree on: 新网《服务名称填写要求》 and the list that
//! circulates as 个人网站命名规范, both read in 2026. What only one province wants, or one page says, is a warning.

use super::{Checking, Found, Host, Told, Weight};
use crate::{
    orders::Website,
    tables::{PRE_APPROVALS, entry},
};
use rulebook::{Lang, folded};

/// What is wrong with the name of a website.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebsiteNameFault {
    /// It is too short.
    Short,
    /// It is too long.
    Long {
        /// Characters that it has.
        found: usize,
    },
    /// It has fewer than three Chinese characters.
    FewChinese,
    /// It is a domain.
    Domain,
    /// It has nothing but Latin letters and digits.
    OnlyLatin,
    /// A sign that is neither a letter nor a digit.
    Sign(char),
    /// A word that only bodies of the state have in their names.
    National {
        /// It.
        word: &'static str,
        /// Whether the name of the subject is known and has not the word, and the name of the website begins with it.
        sure: bool,
    },
    /// A word that no website has in its name.
    Sensitive(&'static str),
    /// A word of something that another authority approves beforehand.
    NeedsApproval {
        /// It.
        word: &'static str,
        /// Which: a number of [`PRE_APPROVALS`].
        approval: u16,
    },
    /// A word of organisations, at the website of an individual.
    OfOrganisations(&'static str),
    /// A word that many bureaus do not take in the name of an individual's website.
    Unwelcome(&'static str),
    /// It is the name of the person who files.
    OwnName,
}

/// Characters that a name has at least (三个汉字或以上).
const LEAST: usize = 3;
/// Characters that a name has at most.
const MOST: usize = 30;
/// Words that names of bodies below the state do not begin with (非国家级单位，不得以…字头命名).
const NATIONAL: [&str; 6] = ["中国", "中华", "中央", "人民", "人大", "国家"];
/// Words in which one of those means nothing of the kind.
const HARMLESS: [&str; 2] = ["中央空调", "中央厨房"];
/// Natures of subjects that are bodies of the state: military, government, public institutions, mass organisations.
const STATE: [u16; 4] = [1, 2, 3, 13];
/// 不得使用敏感词语（如反腐、赌博、廉政、色情等）命名.
const SENSITIVE: [&str; 4] = ["反腐", "赌博", "廉政", "色情"];
/// 如涉及请到相关部门办理前置审批文件; the words by what the authorities of 互联网信息服务管理办法, article 5, approve.
const HINTS: [(&str, u16); 15] = [
    ("新闻", 1),
    ("时报", 1),
    ("出版", 2),
    ("教育", 3),
    ("医疗", 4),
    ("医院", 4),
    ("药品", 5),
    ("医疗器械", 5),
    ("论坛", 6),
    ("社区", 6),
    ("影视", 10),
    ("网约车", 12),
    ("借贷", 13),
    ("校外培训", 14),
    ("宗教", 15),
];
/// 个人网站禁止涉及企业信息.
const OF_ORGANISATIONS: [&str; 10] =
    ["公司", "集团", "企业", "协会", "学会", "商会", "政府", "委员会", "事务所", "官网"];
/// 全国网站命名时禁止使用如下词汇 (for individuals, after 新网; provinces differ: one asks for 个人主页).
const UNWELCOME: [&str; 14] = [
    "导航",
    "工作室",
    "平台",
    "热线",
    "社团",
    "网络",
    "网站",
    "网址",
    "主页",
    "资讯",
    "商城",
    "旗舰店",
    "交流",
    "在线",
];

/// Checks the name of every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        let Some(name) = website.name.as_deref() else { continue };
        let path = format!("{path}.name");
        if name.contains('.') && Host::read(&folded(name)).is_ok() {
            // Whatever else its words are, they are those of the domain.
            found.push(path, WebsiteNameFault::Domain);
            continue;
        }
        let mut faults = form(name);
        words(asked, name, website, &mut faults);
        if asked.individual() {
            of_an_individual(asked, name, website, &mut faults);
        }
        found.all(&path, faults);
    }
}

/// What is wrong with a name whosever it is.
fn form(name: &str) -> Vec<WebsiteNameFault> {
    let characters = name.chars().filter(|c| !c.is_whitespace()).count();
    let mut faults = Vec::new();
    if characters < LEAST {
        faults.push(WebsiteNameFault::Short);
    }
    if characters > MOST {
        faults.push(WebsiteNameFault::Long { found: characters });
    }
    if name.is_ascii() {
        faults.push(WebsiteNameFault::OnlyLatin);
    } else if characters >= LEAST
        && name.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count() < LEAST
    {
        faults.push(WebsiteNameFault::FewChinese);
    }
    let is_sign = |c: &char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '·' | '(' | ')' | '（' | '）'));
    faults.extend(name.chars().find(is_sign).map(WebsiteNameFault::Sign));
    faults
}

/// Words that need more, or that no name has.
fn words(asked: Checking<'_>, name: &str, website: &Website, faults: &mut Vec<WebsiteNameFault>) {
    let plain = HARMLESS.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    let subject = asked.subject().and_then(|subject| subject.name.as_deref());
    if !asked.nature().is_some_and(|nature| STATE.contains(&nature)) {
        let strange = |word: &&&'static str| !subject.is_some_and(|name| name.contains(**word));
        let word = NATIONAL.iter().filter(|word| plain.contains(**word)).find(strange);
        faults.extend(word.map(|word| WebsiteNameFault::National {
            word,
            sure: subject.is_some() && plain.starts_with(word),
        }));
    }
    let sensitive = SENSITIVE.into_iter().filter(|word| plain.contains(word));
    faults.extend(sensitive.map(WebsiteNameFault::Sensitive));
    for (word, approval) in HINTS {
        let has = website.pre_approvals.iter().any(|had| had.kind == Some(approval));
        let told = faults.iter().any(
            |fault| matches!(fault, WebsiteNameFault::NeedsApproval { approval: told, .. } if *told == approval),
        );
        if plain.contains(word) && !has && !told {
            faults.push(WebsiteNameFault::NeedsApproval { word, approval });
        }
    }
}

fn of_an_individual(asked: Checking<'_>, name: &str, website: &Website, faults: &mut Vec<WebsiteNameFault>) {
    let own = asked.subject().and_then(|subject| subject.name.as_deref());
    let own = own.into_iter().chain(website.person.name.as_deref());
    if own.map(folded).any(|own| own == folded(name)) {
        faults.push(WebsiteNameFault::OwnName);
    }
    let contained = |word: &&str| name.contains(word);
    faults.extend(
        OF_ORGANISATIONS.into_iter().filter(contained).map(WebsiteNameFault::OfOrganisations).take(1),
    );
    faults.extend(UNWELCOME.into_iter().filter(contained).map(WebsiteNameFault::Unwelcome).take(1));
}

impl Told for WebsiteNameFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Short => "website-name-short",
            Self::Long { .. } => "website-name-long",
            Self::FewChinese => "website-name-few-chinese",
            Self::Domain => "website-name-domain",
            Self::OnlyLatin => "website-name-only-latin",
            Self::Sign(_) => "website-name-sign",
            Self::National { .. } => "website-name-national",
            Self::Sensitive(_) => "website-name-sensitive",
            Self::NeedsApproval { .. } => "website-name-needs-approval",
            Self::OfOrganisations(_) => "website-name-of-organisations",
            Self::Unwelcome(_) => "website-name-unwelcome",
            Self::OwnName => "website-name-own-name",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::FewChinese
            | Self::NeedsApproval { .. }
            | Self::Unwelcome(_)
            | Self::National { sure: false, .. } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::NeedsApproval { .. }) => "如果网站确实提供这类内容，请在前置审批中填写批准文号；否则请改用别的名称。",
            (Lang::Zh, Self::National { .. }) => "请去掉这个词；名称确经批准的，请在备注中说明，并上传批准文件（附件用途选择“网站名称等的批准文件”）。",
            (Lang::Zh, Self::Unwelcome(_) | Self::FewChinese) => "建议换一个名称，以免被管局退回。",
            (Lang::Zh, _) => "请换一个与网站内容相符的中文名称，例如“小林的摄影笔记”；单位也可以用全称。",
            (Lang::En, Self::NeedsApproval { .. }) => {
                "If the website offers this, enter the number of the approval; otherwise choose another name."
            }
            (Lang::En, Self::National { .. }) => {
                "Leave the word out; if the name was approved, say so in the remark and add a picture of the approval, for that purpose."
            }
            (Lang::En, Self::Unwelcome(_) | Self::FewChinese) => "Better choose another name: the bureau may send it back.",
            (Lang::En, _) => "Choose a Chinese name that says what the website is about, or the full name of the organisation.",
        }
        .to_owned()
    }
}

impl WebsiteNameFault {
    fn zh(&self) -> String {
        match self {
            Self::Short => format!("网站名称至少 {LEAST} 个字。"),
            Self::Long { found } => format!("网站名称有 {found} 个字，最多 {MOST} 个字。"),
            Self::FewChinese => format!("网站名称里的汉字少于 {LEAST} 个。"),
            Self::Domain => "网站名称不能是域名。".to_owned(),
            Self::OnlyLatin => "网站名称不能只有字母和数字。".to_owned(),
            Self::Sign(sign) => format!("网站名称里不能有特殊符号「{sign}」。"),
            Self::National { word, .. } => format!("网站名称里有“{word}”，只有国家级单位可以使用。"),
            Self::Sensitive(word) => format!("网站名称里不能有“{word}”。"),
            Self::NeedsApproval { word, approval } => {
                let needed = entry(PRE_APPROVALS, *approval).map_or("", |entry| entry.zh);
                format!("网站名称里有“{word}”，涉及“{needed}”，通常需要前置审批。")
            }
            Self::OfOrganisations(word) => format!("个人网站的名称里不能有“{word}”。"),
            Self::Unwelcome(word) => format!("个人网站的名称里有“{word}”，不少省份的管局不接受。"),
            Self::OwnName => "网站名称不能只是您自己的姓名。".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Short => format!("The name of a website has at least {LEAST} characters."),
            Self::Long { found } => format!("The name has {found} characters; {MOST} is the most."),
            Self::FewChinese => format!("The name has fewer than {LEAST} Chinese characters."),
            Self::Domain => "The name of a website cannot be a domain.".to_owned(),
            Self::OnlyLatin => "The name cannot be Latin letters and digits alone.".to_owned(),
            Self::Sign(_) => "The name has a sign that is neither a letter nor a digit.".to_owned(),
            Self::National { .. } => "The name has a word that only bodies of the state may use.".to_owned(),
            Self::Sensitive(_) => "The name has a word that no website may have in its name.".to_owned(),
            Self::NeedsApproval { approval, .. } => {
                let needed = entry(PRE_APPROVALS, *approval).map_or("", |entry| entry.en);
                format!("The name speaks of something that usually needs an approval beforehand: {needed}.")
            }
            Self::OfOrganisations(_) => {
                "The name has a word that an individual's website may not use.".to_owned()
            }
            Self::Unwelcome(_) => {
                "The name has a word that many bureaus do not take for an individual's website.".to_owned()
            }
            Self::OwnName => "The name of a website cannot be just your own name.".to_owned(),
        }
    }
}
