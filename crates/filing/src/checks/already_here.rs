//! What the desk found under what it looked up: the blacklist, what is filed here, what another order asks for.
//!
//! One table says what is wrong for which kind of order: a new website's domain must not be filed, one that is hosted here too must be,
//! and whoever changes his own filing does not meet himself.

use super::{Checking, Found, FoundHere, Told, Weight, registrable};
use crate::orders::Kind;
use rulebook::Lang;

/// The code of what is on the blacklist. Which of the two is on the list is nobody's business but the provider's.
pub const ON_BLACKLIST: &str = "cannot-be-filed";

/// Something that is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyHereFault {
    /// What was looked up.
    pub thing: Thing,
    /// What was found.
    pub found: FoundHere,
}

/// What was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A domain.
    Domain,
    /// The certificate of the subject.
    Certificate,
    /// The name of the subject.
    SubjectName,
    /// The name of a website.
    WebsiteName,
    /// The number that the order starts from, and the subject that has it: by whatever that is known.
    Target,
    /// The number of a website that the order changes.
    WebsiteNumber,
}

/// Tells what was found where that is wrong for an order of this kind.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for hit in asked.known.hits.iter().flatten() {
        let Some(thing) = thing_at(&hit.path) else { continue };
        let own = hit.found == FoundHere::FiledByAnother
            && thing == Thing::Domain
            && is_of_target(asked, &hit.path);
        let fault = AlreadyHereFault { thing, found: hit.found };
        if !own && fault.is_one_for(asked) {
            found.push(&hit.path, fault);
        }
    }
}

fn thing_at(path: &str) -> Option<Thing> {
    match path {
        "target.number" => Some(Thing::Target),
        "subject.name" => Some(Thing::SubjectName),
        "subject.certificate.number" => Some(Thing::Certificate),
        _ if path.starts_with("websites[") && path.contains("].domains[") => Some(Thing::Domain),
        _ if path.starts_with("websites[") && path.ends_with("].name") => Some(Thing::WebsiteName),
        _ if path.starts_with("websites[") && path.ends_with("].number") => Some(Thing::WebsiteNumber),
        _ => None,
    }
}

/// Whether the domain at `path` is one of the website that the order is about.
fn is_of_target(asked: Checking<'_>, path: &str) -> bool {
    let domain = asked.websites().find_map(|(website, of)| {
        let at = path.strip_prefix(&website)?.strip_prefix(".domains[")?.strip_suffix(']')?;
        registrable(of.domains.get(at.parse::<usize>().ok()?)?).ok()
    });
    domain.is_some_and(|domain| asked.filed().is_some_and(|filed| filed.domains.contains(&domain)))
}

impl AlreadyHereFault {
    /// Whether it is wrong for an order of this kind.
    fn is_one_for(self, asked: Checking<'_>) -> bool {
        let new_website = matches!(asked.kind, Kind::FirstFiling | Kind::AddWebsite);
        let new_subject = asked.kind == Kind::FirstFiling;
        let changed = asked.kind == Kind::Change;
        match (self.thing, self.found) {
            (_, FoundHere::Blacklisted | FoundHere::Contradicted { .. })
            | (Thing::Domain | Thing::Certificate, FoundHere::FiledByAnother | FoundHere::InAnotherOrder) => {
                true
            }
            (Thing::Domain, FoundHere::FiledByOneself) => new_website || changed,
            (Thing::WebsiteName, FoundHere::FiledByOneself | FoundHere::FiledByAnother) => new_website,
            (Thing::Certificate, FoundHere::FiledByOneself) => new_subject || changed,
            // People have the same names as others; organisations of one place do not.
            (Thing::SubjectName, FoundHere::FiledByAnother) => new_subject && asked.by_an_organisation(),
            (Thing::SubjectName, FoundHere::FiledByOneself)
            | (Thing::SubjectName | Thing::WebsiteName, FoundHere::InAnotherOrder)
            | (Thing::Target | Thing::WebsiteNumber, _) => false,
        }
    }
}

impl Told for AlreadyHereFault {
    fn code(&self) -> &'static str {
        match (self.thing, self.found) {
            // Which of the two is on the list is nobody's business but the provider's.
            (_, FoundHere::Blacklisted) => ON_BLACKLIST,
            (_, FoundHere::Contradicted { .. }) | (Thing::Target | Thing::WebsiteNumber, _) => {
                "filing-number-in-another-order"
            }
            (Thing::Domain, FoundHere::FiledByOneself) => "domain-filed-by-yourself",
            (Thing::Domain, FoundHere::FiledByAnother) => "domain-filed",
            (Thing::Domain, FoundHere::InAnotherOrder) => "domain-in-another-order",
            (Thing::Certificate, FoundHere::FiledByOneself) => "subject-filed-by-yourself",
            (Thing::Certificate, FoundHere::FiledByAnother) => "subject-filed",
            (Thing::Certificate, FoundHere::InAnotherOrder) => "subject-in-another-order",
            (Thing::SubjectName, _) => "subject-name-filed",
            (Thing::WebsiteName, _) => "website-name-filed",
        }
    }

    fn weight(&self) -> Weight {
        match (self.thing, self.found) {
            (_, FoundHere::Blacklisted | FoundHere::Contradicted { .. })
            | (Thing::Domain | Thing::Certificate | Thing::Target | Thing::WebsiteNumber, _) => Weight::Error,
            (Thing::SubjectName | Thing::WebsiteName, _) => Weight::Warning,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.suggestion_zh(),
            Lang::En => self.suggestion_en(),
        }
        .to_owned()
    }
}

impl AlreadyHereFault {
    fn zh(self) -> String {
        match (self.thing, self.found) {
            (_, FoundHere::Contradicted { by }) => {
                return format!(
                    "这个备案号正在另一份订单中办理“{}”，不能同时办理本订单。",
                    by.label(Lang::Zh)
                );
            }
            (_, FoundHere::Blacklisted) | (Thing::Target | Thing::WebsiteNumber, _) => {
                "该信息暂不能用于备案。"
            }
            (Thing::Domain, FoundHere::FiledByOneself) => "这个域名您已经备案过了。",
            (Thing::Domain, FoundHere::FiledByAnother) => "这个域名已经由其他主体备案。",
            (Thing::Domain, FoundHere::InAnotherOrder) => "这个域名正在另一份备案订单中办理。",
            (Thing::Certificate, FoundHere::FiledByOneself) => "这个证件对应的主体已经备案过了。",
            (Thing::Certificate, FoundHere::FiledByAnother) => "这个证件对应的主体已经在其他账号下备案。",
            (Thing::Certificate, FoundHere::InAnotherOrder) => "这个证件对应的主体正在另一份备案订单中办理。",
            (Thing::SubjectName, _) => "已经有同名的主体备案。",
            (Thing::WebsiteName, _) => "已经有同名的网站备案。",
        }
        .to_owned()
    }

    fn en(self) -> String {
        match (self.thing, self.found) {
            (_, FoundHere::Contradicted { by }) => {
                let by = by.label(Lang::En);
                return format!("Another order about this filing number is under way (“{by}”), and the two cannot go on at once.");
            }
            (_, FoundHere::Blacklisted) | (Thing::Target | Thing::WebsiteNumber, _) => "This cannot be filed at present.",
            (Thing::Domain, FoundHere::FiledByOneself) => "You have filed this domain already.",
            (Thing::Domain, FoundHere::FiledByAnother) => "Another subject has filed this domain.",
            (Thing::Domain, FoundHere::InAnotherOrder) => {
                "Another order that is not finished asks for this domain."
            }
            (Thing::Certificate, FoundHere::FiledByOneself) => {
                "The subject with this certificate is filed already."
            }
            (Thing::Certificate, FoundHere::FiledByAnother) => {
                "The subject with this certificate is filed already, under another account."
            }
            (Thing::Certificate, FoundHere::InAnotherOrder) => {
                "Another order that is not finished is about the subject with this certificate."
            }
            (Thing::SubjectName, _) => "A subject of this name is filed already.",
            (Thing::WebsiteName, _) => "A website of this name is filed already.",
        }
        .to_owned()
    }

    fn suggestion_zh(self) -> &'static str {
        match (self.thing, self.found) {
            (_, FoundHere::Contradicted { .. }) => {
                "请等那份订单办结，或者先撤回它；已经提交管局的不能撤回。如果那份订单不是您的，请联系客服。"
            }
            (_, FoundHere::Blacklisted) | (Thing::Target | Thing::WebsiteNumber, _) => {
                "如有疑问，请联系客服。"
            }
            (Thing::Domain, FoundHere::FiledByOneself) => {
                "要修改信息请办理变更备案；网站已不在本服务商接入的，请办理新增接入。"
            }
            (Thing::Domain, FoundHere::FiledByAnother) => {
                "请核对域名；如果域名是您新近取得的，请先请原主体注销该网站的备案。"
            }
            (_, FoundHere::InAnotherOrder) => {
                "如果那份订单是您自己的，请等它办结，或者先撤回它；如果不是，请核对填写的内容，或者联系客服。"
            }
            (Thing::Certificate, FoundHere::FiledByOneself) => "请改为办理新增网站。",
            (Thing::Certificate, FoundHere::FiledByAnother) => {
                "请用原来备案的账号办理新增网站，或者联系客服。"
            }
            (Thing::SubjectName, _) => "请核对名称和证件号码；无误的请继续，审核人员会核对。",
            (Thing::WebsiteName, _) => "建议换一个名称，以免被管局退回。",
        }
    }

    fn suggestion_en(self) -> &'static str {
        match (self.thing, self.found) {
            (_, FoundHere::Contradicted { .. }) => {
                "Wait until that order is finished, or withdraw it, unless the bureau has it already. If it is not yours, ask support."
            }
            (_, FoundHere::Blacklisted) | (Thing::Target | Thing::WebsiteNumber, _) => {
                "If you have questions, ask support."
            }
            (Thing::Domain, FoundHere::FiledByOneself) => {
                "To mend what is filed, change the filing; if it is no longer hosted here, add an access."
            }
            (Thing::Domain, FoundHere::FiledByAnother) => {
                "Compare the domain; if you came by it lately, have the former subject cancel its website first."
            }
            (_, FoundHere::InAnotherOrder) => {
                "If that order is yours, wait until it is finished, or withdraw it; otherwise compare what you entered, or ask support."
            }
            (Thing::Certificate, FoundHere::FiledByOneself) => "Add a website to it instead.",
            (Thing::Certificate, FoundHere::FiledByAnother) => {
                "Add the website with the account that filed it, or ask support."
            }
            (Thing::SubjectName, _) => {
                "Compare the name and the number of the certificate; if they are right, go on: a reviewer will look at it."
            }
            (Thing::WebsiteName, _) => "Better choose another name: the bureau may send it back.",
        }
    }
}
