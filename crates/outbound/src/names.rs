//! Names into addresses, and what may be talked to of these.

use crate::reach::Reach;
use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

/// The addresses of a name, some time.
pub type Addresses<'n> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'n>>;

/// Whoever knows the addresses of names.
pub trait Names: Send + Sync + 'static {
    /// The addresses of `host`, in the order in which they are to be tried.
    fn addresses<'n>(&'n self, host: &'n str) -> Addresses<'n>;
}

/// The names as the operating system knows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn addresses<'n>(&'n self, host: &'n str) -> Addresses<'n> {
        Box::pin(
            async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) },
        )
    }
}

/// Nothing that a name leads to may be talked to.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("none of its addresses may be talked to")]
pub(crate) struct NoneAllowed;

/// A name cannot be resolved.
#[derive(Debug, thiserror::Error)]
#[error("its name cannot be resolved")]
pub(crate) struct Unresolved(#[source] io::Error);

/// Resolves for the client, which connects to what it is given and asks nobody else: what was looked at is what is used.
pub(crate) struct Checked {
    pub(crate) names: Arc<dyn Names>,
    pub(crate) reach: Arc<Reach>,
}

impl reqwest::dns::Resolve for Checked {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (names, reach) = (Arc::clone(&self.names), Arc::clone(&self.reach));
        Box::pin(async move {
            let found = names.addresses(name.as_str()).await.map_err(Unresolved)?;
            let allowed: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| reach.allows(*address))
                // Port 0 stands for the one that the address of the server names.
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if allowed.is_empty() {
                return Err(NoneAllowed.into());
            }
            Ok(Box::new(allowed.into_iter()) as reqwest::dns::Addrs)
        })
    }
}
