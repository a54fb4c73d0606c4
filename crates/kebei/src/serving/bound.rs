//! The addresses that are served on, taken before anything else is started.

use crate::{
    commands::Call,
    settings::Settings,
    words::{Told, serving::ServeSay},
};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// What was bound.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) main: TcpListener,
    pub(crate) metrics: Option<TcpListener>,
    pub(crate) rpc: Option<TcpListener>,
}

impl Bound {
    /// Binds what the settings name.
    pub(crate) async fn of(settings: &Settings, call: Call) -> Result<Self, Told> {
        let main = one(settings.listen, "listen", call).await?;
        let metrics = match settings.metrics_listen {
            None => None,
            Some(address) => Some(one(address, "metrics_listen", call).await?),
        };
        let rpc = match settings.rpc_listen {
            None => None,
            Some(address) => Some(one(address, "rpc_listen", call).await?),
        };
        Ok(Self { main, metrics, rpc })
    }
}

/// Binds one address; where that fails, it is told by the name of its setting.
pub(crate) async fn one(address: SocketAddr, setting: &str, call: Call) -> Result<TcpListener, Told> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| Told(ServeSay::NotBound { setting, address, error: &error }.to_text(call.lang)))
}
