//! May a website be served under a domain now, and why not: one answer for load balancers, pages and people.

use super::{Reason, State};
use jiff::Timestamp;
use rulebook::{Lang, calendar::shanghai};

/// Whether a website may be served under a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Serving {
    /// It is filed, and hosted here.
    May,
    /// It may not.
    MayNot(NotServed),
}

/// Why a website may not be served under a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotServed {
    /// The name is none that can be filed.
    NoDomain,
    /// The domain is on the blacklist.
    Listed,
    /// No website with it is filed here; it may be filed through another provider, and then needs an access here.
    NotFiled,
    /// It is filed, and no longer hosted here.
    NotHostedHere,
    /// The number of the website that had it last is cancelled: it has to be filed anew.
    Cancelled,
}

/// That the number of the website that had a domain last is cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelledThen {
    /// The number.
    pub number: String,
    /// When it was cancelled here; where it was cancelled before this desk kept it, when it was taken over.
    pub at: Timestamp,
    /// Why, where it was cancelled here.
    pub reason: Option<Reason>,
}

impl CancelledThen {
    /// That in words.
    pub fn message(&self, lang: Lang) -> String {
        let (number, day) = (&self.number, shanghai(self.at).date());
        let why = self.reason.map(|reason| reason.label(lang));
        match (lang, why) {
            (Lang::Zh, Some(why)) => format!("备案号 {number} 已于 {day} 注销，原因：{why}。"),
            (Lang::Zh, None) => format!("备案号 {number} 在 {day} 导入本系统之前已经注销。"),
            (Lang::En, Some(why)) => {
                format!("The number {number} was cancelled on {day}. The reason: {why}.")
            }
            (Lang::En, None) => {
                format!("The number {number} had been cancelled before it was taken over here on {day}.")
            }
        }
    }
}

/// Whether a website may be served under a domain, what is worst first. `website` is where that one stands that has the domain, or that
/// had it last and is cancelled; `None` where there is none. `listed` says whether the domain is on the blacklist.
pub const fn serving(website: Option<State>, listed: bool) -> Serving {
    if listed {
        return Serving::MayNot(NotServed::Listed);
    }
    match website {
        Some(State::Active) => Serving::May,
        Some(State::AccessDropped) => Serving::MayNot(NotServed::NotHostedHere),
        Some(State::Cancelled) => Serving::MayNot(NotServed::Cancelled),
        None => Serving::MayNot(NotServed::NotFiled),
    }
}

impl NotServed {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::NoDomain, Self::Listed, Self::NotFiled, Self::NotHostedHere, Self::Cancelled];

    /// A stable word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoDomain => "no-domain",
            Self::Listed => "listed",
            Self::NotFiled => "not-filed",
            Self::NotHostedHere => "not-hosted-here",
            Self::Cancelled => "cancelled",
        }
    }

    /// As people read it.
    pub const fn message(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NoDomain, Lang::Zh) => "这不是可以备案的域名。",
            (Self::NoDomain, Lang::En) => "This is no domain that can be filed.",
            (Self::Listed, Lang::Zh) => "该域名在黑名单中，不得提供访问。",
            (Self::Listed, Lang::En) => "This domain is on the blacklist and may not be served.",
            (Self::NotFiled, Lang::Zh) => "该域名没有在本服务商备案。",
            (Self::NotFiled, Lang::En) => "No website with this domain is filed through this provider.",
            (Self::NotHostedHere, Lang::Zh) => "该网站已经取消在本服务商的接入。",
            (Self::NotHostedHere, Lang::En) => {
                "This website is filed and no longer hosted with this provider."
            }
            (Self::Cancelled, Lang::Zh) => "该网站的备案号已经注销，不得提供访问。",
            (Self::Cancelled, Lang::En) => {
                "The number of this website is cancelled, and it may not be served."
            }
        }
    }

    /// What to do.
    pub const fn suggestion(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NoDomain, Lang::Zh) => "请核对域名；公共后缀本身和 IP 地址不能备案。",
            (Self::NoDomain, Lang::En) => "Compare the name: public suffixes and IP addresses are not filed.",
            (Self::Listed, Lang::Zh) => "如有疑问，请联系客服。",
            (Self::Listed, Lang::En) => "If you have questions, ask support.",
            (Self::NotFiled, Lang::Zh) => "请先办理备案；已经通过其他接入服务商备案的，请办理新增接入。",
            (Self::NotFiled, Lang::En) => {
                "File it first; if it is filed through another provider, add an access here."
            }
            (Self::NotHostedHere, Lang::Zh) => "要恢复访问，请办理新增接入。",
            (Self::NotHostedHere, Lang::En) => "To have it served again, add an access.",
            (Self::Cancelled, Lang::Zh) => "要恢复访问，须重新备案，审核通过后取得新的备案号。",
            (Self::Cancelled, Lang::En) => "To have it served again, file it anew: it gets another number.",
        }
    }
}
