//! What the watch asks outside: resolvers one by one, and home pages, as it is configured.

use crate::settings::{Resolvers as Asked, Settings};
use app::watch::{Asking, Outside, Reading};
use filing::{checks::Host, registry::Answer};
use outbound::{Limits, Network, Outbound, Reach, Resolved, Resolvers, Setup};
use std::{net::IpAddr, time::Duration};

/// Resolvers that can agree.
const AGREEING: usize = 2;
/// Bytes of a home page that are read: its foot is within.
const MOST_BYTES: usize = 512 << 10;
/// How long a home page is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a page may lead on to another.
const MOST_HOPS: usize = 3;

/// Where the watch looks.
pub(crate) struct World {
    resolvers: Option<Resolvers>,
    own: Vec<Network>,
    /// Who fetches home pages; `None` where they are not looked at.
    pages: Option<Outbound>,
}

impl World {
    /// As the settings say. What cannot be set up is not looked at, and said in the log: everything else of the desk goes on.
    pub(crate) fn of(settings: &Settings) -> Self {
        let own = settings.watch_addresses.clone();
        Self { resolvers: resolvers(&settings.watch_resolvers), own, pages: pages(settings.watch_pages) }
    }

    /// The page at a URL, and those to which it leads within the domains.
    async fn fetch(&self, pages: &Outbound, url: String, domains: &[String]) -> Option<Vec<u8>> {
        let mut url = url;
        for _ in 0..=MOST_HOPS {
            let page = pages.page(&pages.address(&url).ok()?).await.ok()?;
            match (page.status, page.leads) {
                (200, _) => return Some(page.body),
                (301 | 302 | 303 | 307 | 308, Some(leads)) if is_within(&leads, domains) => url = leads,
                _ => return None,
            }
        }
        None
    }
}

impl Outside for World {
    fn domain<'a>(&'a self, names: &'a [String]) -> Asking<'a> {
        Box::pin(async move {
            let Some(resolvers) = &self.resolvers else { return Vec::new() };
            let mut said = vec![Vec::with_capacity(names.len()); resolvers.count()];
            for name in names {
                for (of, answer) in said.iter_mut().zip(resolvers.ask(name).await) {
                    of.push(answer);
                }
            }
            said.into_iter().map(together).collect()
        })
    }

    fn is_own(&self, address: IpAddr) -> bool {
        self.own.iter().any(|network| network.contains(address.to_canonical()))
    }

    fn page<'a>(&'a self, home_page: &'a str, domains: &'a [String]) -> Reading<'a> {
        Box::pin(async move {
            let pages = self.pages.as_ref()?;
            if home_page.starts_with("http://") || home_page.starts_with("https://") {
                return self.fetch(pages, home_page.to_owned(), domains).await;
            }
            let encrypted = self.fetch(pages, format!("https://{home_page}"), domains).await;
            if encrypted.is_some() {
                return encrypted;
            }
            self.fetch(pages, format!("http://{home_page}"), domains).await
        })
    }
}

/// What one resolver said of a domain by its names. That only some of them are there says nothing against it.
fn together(said: Vec<Resolved>) -> Answer {
    let (mut leads, mut is_there) = (Vec::new(), false);
    for one in said {
        match one {
            Resolved::Failed => return Answer::Failed,
            Resolved::Addresses(addresses) => {
                is_there = true;
                leads.extend(addresses);
            }
            Resolved::NoSuchName => {}
        }
    }
    if is_there { Answer::Leads(leads) } else { Answer::NoSuchName }
}

/// Whether a URL is of one of the domains.
fn is_within(url: &str, domains: &[String]) -> bool {
    Host::of_page(url).is_ok_and(|host| domains.iter().any(|domain| domain == host.registrable()))
}

fn resolvers(asked: &Asked) -> Option<Resolvers> {
    let found = match asked {
        Asked::None => return None,
        Asked::System => Resolvers::of_system(),
        Asked::At(addresses) => Resolvers::at(addresses),
    };
    match found {
        Ok(resolvers) if resolvers.count() >= AGREEING => Some(resolvers),
        Ok(resolvers) => {
            tracing::warn!(event = "watch.no_resolvers", count = resolvers.count());
            None
        }
        Err(error) => {
            tracing::warn!(event = "watch.no_resolvers", %error);
            None
        }
    }
}

fn pages(are_watched: bool) -> Option<Outbound> {
    if !are_watched {
        return None;
    }
    let limits = Limits { whole: PATIENCE, bytes: MOST_BYTES, ..Limits::default() };
    match Outbound::new(Setup { limits, ..Setup::new(Reach::Pages) }) {
        Ok(client) => Some(client),
        Err(error) => {
            tracing::warn!(event = "watch.no_pages", %error);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_domain_are_one_answer_and_a_failure_of_any_is_none() {
        let at = |last: u8| IpAddr::from([47, 96, 0, last]);
        let leads = |of: &[u8]| Resolved::Addresses(of.iter().map(|last| at(*last)).collect());
        assert_eq!(together(vec![leads(&[1]), leads(&[2])]), Answer::Leads(vec![at(1), at(2)]));
        assert_eq!(together(vec![leads(&[]), Resolved::NoSuchName, leads(&[2])]), Answer::Leads(vec![at(2)]));
        assert_eq!(together(vec![leads(&[1]), Resolved::NoSuchName]), Answer::Leads(vec![at(1)]));
        assert_eq!(together(vec![Resolved::NoSuchName, Resolved::NoSuchName]), Answer::NoSuchName);
        assert_eq!(together(vec![leads(&[1]), Resolved::Failed]), Answer::Failed);
        assert_eq!(together(vec![Resolved::Failed, Resolved::NoSuchName]), Answer::Failed);
    }

    #[test]
    fn a_page_is_followed_within_its_domains_alone() {
        let domains = ["example.com".to_owned()];
        for (url, within) in [
            ("https://www.example.com/start", true),
            ("http://example.com", true),
            ("https://example.com:8443/", true),
            ("https://example.org/", false),
            ("https://example.com.evil.cn/", false),
            ("https://evil.cn/example.com", false),
            ("file:///etc/passwd", false),
            ("https://user@evil.cn/", false),
        ] {
            assert_eq!(is_within(url, &domains), within, "{url}");
        }
    }

    #[test]
    fn what_is_not_configured_is_not_looked_at() {
        let settings = Settings::only(&[("watch_resolvers", "none"), ("watch_pages", "no")]);
        let world = World::of(&settings);
        assert!(world.resolvers.is_none() && world.pages.is_none());
        let one = Settings::only(&[("watch_resolvers", "127.0.0.1")]);
        assert!(World::of(&one).resolvers.is_none(), "one cannot agree with another");
        let two =
            Settings::only(&[("watch_resolvers", "127.0.0.1, 127.0.0.2"), ("watch_addresses", "10.0.0.0/8")]);
        let world = World::of(&two);
        assert_eq!(world.resolvers.as_ref().map(Resolvers::count), Some(2));
        assert!(world.is_own([10, 1, 2, 3].into()) && !world.is_own([47, 96, 0, 1].into()));
    }
}
