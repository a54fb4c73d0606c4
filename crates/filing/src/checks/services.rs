//! What a website offers: kinds that the bureau knows, each once; what another authority approves beforehand; what an individual
//! may not offer.

use super::{Checking, Found, Told, Weight};
use crate::tables::{PRE_APPROVALS, SERVICES, entry};
use rulebook::Lang;

/// What is wrong with a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceFault {
    /// No service has that number.
    Unknown(u16),
    /// It is there already.
    Twice(u16),
    /// It needs an approval that is not entered.
    NeedsApproval {
        /// The service.
        service: u16,
        /// The approval: a number of [`PRE_APPROVALS`].
        approval: u16,
        /// Whether it is never filed without one.
        always: bool,
    },
    /// An individual may not offer it.
    NotForIndividuals(u16),
}

/// Services by what approves them beforehand (互联网信息服务管理办法, articles 5 and 7), and whether always: news (互联网新闻信息服务管理规定) and
/// the financial services that the bureau's table took up for that reason. The rest depends on what exactly is offered.
const APPROVED: [(u16, u16, bool); 14] = [
    (5, 1, true),
    (6, 6, false),
    (10, 13, false),
    (11, 13, true),
    (12, 13, true),
    (13, 9, false),
    (14, 9, false),
    (15, 10, false),
    (21, 3, false),
    (29, 13, true),
    (30, 13, true),
    (31, 13, true),
    (32, 13, true),
    (33, 13, true),
];
/// What only organisations offer: the home of an organisation, and what is offered for money, which needs a licence that only
/// companies get (互联网信息服务管理办法, articles 3 and 4; 电信条例, article 13).
const OF_ORGANISATIONS: [u16; 16] = [3, 5, 7, 8, 9, 10, 11, 12, 18, 19, 20, 29, 30, 31, 32, 33];

/// Checks what every website offers.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        for (at, service) in website.services.iter().copied().enumerate() {
            let path = format!("{path}.services[{at}]");
            if entry(SERVICES, service).is_none() {
                found.push(path, ServiceFault::Unknown(service));
                continue;
            }
            if website.services.iter().take(at).any(|before| *before == service) {
                found.push(path, ServiceFault::Twice(service));
                continue;
            }
            if asked.individual() && OF_ORGANISATIONS.contains(&service) {
                found.push(path, ServiceFault::NotForIndividuals(service));
                continue;
            }
            let needed = APPROVED.into_iter().find(|(approved, ..)| *approved == service);
            if let Some((_, approval, always)) = needed
                && !website.pre_approvals.iter().any(|had| had.kind == Some(approval))
            {
                found.push(path, ServiceFault::NeedsApproval { service, approval, always });
            }
        }
    }
}

fn label(service: u16, lang: Lang) -> &'static str {
    entry(SERVICES, service).map_or("", |entry| entry.label(lang))
}

impl Told for ServiceFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "service-unknown",
            Self::Twice(_) => "service-twice",
            Self::NeedsApproval { .. } => "service-needs-approval",
            Self::NotForIndividuals(_) => "service-not-for-individuals",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::NeedsApproval { always: false, .. } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Unknown(id)) => format!("没有编号为 {id} 的服务内容。"),
            (Lang::Zh, Self::Twice(service)) => format!("服务内容“{}”重复了。", label(*service, lang)),
            (Lang::Zh, Self::NeedsApproval { service, approval, always }) => {
                let (service, needed) = (label(*service, lang), entry(PRE_APPROVALS, *approval));
                let needed = needed.map_or("", |entry| entry.zh);
                let how = if *always { "需要先取得" } else { "可能需要先取得" };
                format!("服务内容“{service}”{how}“{needed}”的前置审批。")
            }
            (Lang::Zh, Self::NotForIndividuals(service)) => {
                format!("个人备案的网站不能提供“{}”。", label(*service, lang))
            }
            (Lang::En, Self::Unknown(id)) => format!("No kind of service has the number {id}."),
            (Lang::En, Self::Twice(service)) => format!("`{}` is there already.", label(*service, lang)),
            (Lang::En, Self::NeedsApproval { service, approval, always }) => {
                let (service, needed) = (label(*service, lang), entry(PRE_APPROVALS, *approval));
                let needed = needed.map_or("", |entry| entry.en);
                let how = if *always { "needs" } else { "may need" };
                format!("`{service}` {how} an approval beforehand: {needed}.")
            }
            (Lang::En, Self::NotForIndividuals(service)) => {
                format!("The website of an individual cannot offer `{}`.", label(*service, lang))
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Unknown(_)) => "请从列表中重新选择。",
            (Lang::Zh, Self::Twice(_)) => "请删去一处。",
            (Lang::Zh, Self::NeedsApproval { .. }) => {
                "请在前置审批中填写批准文号；不提供这项服务的，请去掉它。"
            }
            (Lang::Zh, Self::NotForIndividuals(_)) => "请改选实际提供的服务内容，或者以单位名义备案。",
            (Lang::En, Self::Unknown(_)) => "Choose from the list again.",
            (Lang::En, Self::Twice(_)) => "Remove one of the two.",
            (Lang::En, Self::NeedsApproval { .. }) => {
                "Enter the number of the approval; if this is not offered, remove it."
            }
            (Lang::En, Self::NotForIndividuals(_)) => {
                "Choose what the website really offers, or file as an organisation."
            }
        }
        .to_owned()
    }
}
