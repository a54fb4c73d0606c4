//! What the watch asks outside, as the program is told to: a story hands in one of its own.

use filing::registry::Answer;
use std::{future::Future, net::IpAddr, pin::Pin};

/// What each resolver says, some time.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Vec<Answer>> + Send + 'a>>;
/// The beginning of a page, some time; `None` where it cannot be fetched.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send + 'a>>;

/// Whoever looks outside. Each answer is bounded in time.
pub trait Outside: Send + Sync + 'static {
    /// What each resolver says of a domain, of which all these `names` are asked: it leads wherever one of them does, and is gone where none
    /// is there. Nothing where no resolvers are configured.
    fn domain<'a>(&'a self, names: &'a [String]) -> Asking<'a>;

    /// Whether an address is one of the provider's, such as that of a load balancer, on whatever instance a website is.
    fn is_own(&self, address: IpAddr) -> bool;

    /// The beginning of a home page, as it is filed, with or without a scheme. Where it leads on, it is followed within `domains`.
    fn page<'a>(&'a self, home_page: &'a str, domains: &'a [String]) -> Reading<'a>;
}
