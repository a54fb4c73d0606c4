//! The home page of a website: an address of the web whose host is one of the website's domains or a name below one. The bureau
//! refuses others (result 1041).

use super::{Checking, Found, Host, Told};
use crate::orders::Website;
use rulebook::Lang;

/// What is wrong with a home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomePageFault {
    /// It begins with a scheme that browsers do not open pages with.
    Scheme,
    /// Its host is no domain.
    Host,
    /// Its host is none of the website's domains and below none.
    Elsewhere,
}

/// Checks the home page of every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        if let Some(fault) = website.home_page.as_deref().and_then(|page| fault_of(page, website)) {
            found.push(format!("{path}.home_page"), fault);
        }
    }
}

impl Host {
    /// The host of a home page, which is an address with or without `http://` or `https://`.
    pub fn of_page(page: &str) -> Result<Self, HomePageFault> {
        let page = page.to_lowercase();
        let rest = match page.split_once("://") {
            Some(("http" | "https", rest)) => rest,
            Some(_) => return Err(HomePageFault::Scheme),
            None => page.as_str(),
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match host.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => host,
            _ => host,
        };
        Self::read(host).map_err(|_| HomePageFault::Host)
    }
}

fn fault_of(page: &str, website: &Website) -> Option<HomePageFault> {
    let host = match Host::of_page(page) {
        Ok(host) => host,
        Err(fault) => return Some(fault),
    };
    // A domain that is wrong is told where it stands.
    let domains: Vec<Host> = website.domains.iter().filter_map(|domain| Host::read(domain).ok()).collect();
    let elsewhere = !domains.is_empty() && !domains.iter().any(|domain| host.within(domain.registrable()));
    elsewhere.then_some(HomePageFault::Elsewhere)
}

impl Told for HomePageFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Scheme => "home-page-scheme",
            Self::Host => "home-page-host",
            Self::Elsewhere => "home-page-elsewhere",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Scheme) => "首页网址只能以“http://”或“https://”开头。",
            (Lang::Zh, Self::Host) => "首页网址里没有正确的域名。",
            (Lang::Zh, Self::Elsewhere) => "首页网址不在本网站填写的域名之下。",
            (Lang::En, Self::Scheme) => "A home page begins with `http://` or `https://`.",
            (Lang::En, Self::Host) => "The home page has no proper domain.",
            (Lang::En, Self::Elsewhere) => "The home page is under none of the domains of this website.",
        }
        .to_owned()
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => "请填写本网站域名下的网址，例如“www.example.com”。",
            Lang::En => "Enter an address under a domain of this website, such as `www.example.com`.",
        }
        .to_owned()
    }
}
