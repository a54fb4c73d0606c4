//! Names into addresses by resolvers that are asked one by one, so that what each says can be held against the others.

use hickory_resolver::{
    TokioResolver,
    config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts},
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{RData, RecordType},
    },
    system_conf::read_system_conf,
};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// How long one resolver is waited for, and how often it is asked.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: usize = 2;
/// Addresses that are taken of one answer.
const MOST_ADDRESSES: usize = 32;

/// What one resolver says of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// The addresses to which it leads, aliases followed; none where the name is there without one.
    Addresses(Vec<IpAddr>),
    /// There is no such name.
    NoSuchName,
    /// The resolver failed, or took too long.
    Failed,
}

/// Resolvers, each asked by itself. What they said is not remembered.
#[derive(Clone)]
pub struct Resolvers {
    each: Vec<TokioResolver>,
}

/// Why there are no resolvers.
#[derive(Debug, thiserror::Error)]
#[error("the resolvers cannot be set up: {0}")]
pub struct NoResolvers(#[from] NetError);

impl Resolvers {
    /// Those at these addresses, over UDP, and over TCP where an answer is too long for that.
    pub fn at(addresses: &[SocketAddr]) -> Result<Self, NoResolvers> {
        let each = addresses.iter().map(|address| resolver(*address));
        Ok(Self { each: each.collect::<Result<_, _>>()? })
    }

    /// Those that the system asks.
    pub fn of_system() -> Result<Self, NoResolvers> {
        let (system, _) = read_system_conf()?;
        let at = |server: &NameServerConfig| {
            let port = server.connections.first().map_or(53, |connection| connection.port);
            SocketAddr::new(server.ip, port)
        };
        let mut addresses: Vec<_> = system.name_servers().iter().map(at).collect();
        addresses.dedup();
        Self::at(&addresses)
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.each.len()
    }

    /// What each says of a name, in their order, asked side by side.
    pub async fn ask(&self, name: &str) -> Vec<Resolved> {
        // With a dot at its end no domain of this machine is searched.
        let name = format!("{}.", name.trim_end_matches('.'));
        let asked: Vec<_> = self
            .each
            .iter()
            .map(|resolver| {
                let (resolver, name) = (resolver.clone(), name.clone());
                tokio::spawn(async move { ask(&resolver, &name).await })
            })
            .collect();
        let mut said = Vec::with_capacity(asked.len());
        for one in asked {
            said.push(one.await.unwrap_or(Resolved::Failed));
        }
        said
    }
}

fn resolver(address: SocketAddr) -> Result<TokioResolver, NetError> {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    for connection in &mut server.connections {
        connection.port = address.port();
    }
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let mut options = ResolverOpts::default();
    options.timeout = PATIENCE;
    options.attempts = TRIES;
    // What this machine calls something is nothing that others see.
    options.use_hosts_file = ResolveHosts::Never;
    options.cache_size = 0;
    let provider = TokioRuntimeProvider::default();
    TokioResolver::builder_with_config(config, provider).with_options(options).build()
}

/// IPv4 and IPv6 addresses, asked side by side. One that fails spoils the answer only where the other has no address.
async fn ask(resolver: &TokioResolver, name: &str) -> Resolved {
    let [v4, v6] = [RecordType::A, RecordType::AAAA].map(|of| {
        let (resolver, name) = (resolver.clone(), name.to_owned());
        tokio::spawn(async move { one(&resolver, &name, of).await })
    });
    let both = [v4.await.unwrap_or(Resolved::Failed), v6.await.unwrap_or(Resolved::Failed)];
    let mut addresses: Vec<_> = both
        .iter()
        .flat_map(|said| if let Resolved::Addresses(found) = said { found.as_slice() } else { &[] })
        .copied()
        .collect();
    addresses.truncate(MOST_ADDRESSES);
    if !addresses.is_empty() {
        return Resolved::Addresses(addresses);
    }
    if both.contains(&Resolved::Failed) {
        return Resolved::Failed;
    }
    if both.contains(&Resolved::NoSuchName) { Resolved::NoSuchName } else { Resolved::Addresses(addresses) }
}

async fn one(resolver: &TokioResolver, name: &str, of: RecordType) -> Resolved {
    match resolver.lookup(name, of).await {
        Ok(found) => Resolved::Addresses(
            found
                .answers()
                .iter()
                .filter_map(|record| match record.data {
                    RData::A(address) => Some(IpAddr::V4(address.0)),
                    RData::AAAA(address) => Some(IpAddr::V6(address.0)),
                    _ => None,
                })
                .collect(),
        ),
        Err(error) if error.is_nx_domain() => Resolved::NoSuchName,
        Err(error) if is_empty(&error) => Resolved::Addresses(Vec::new()),
        Err(_) => Resolved::Failed,
    }
}

/// Whether the resolver said that the name is there, without an address of that kind.
fn is_empty(error: &NetError) -> bool {
    matches!(error, NetError::Dns(DnsError::NoRecordsFound(none)) if none.response_code == ResponseCode::NoError)
}
