//! Asking the panel, and what its answers mean.

use crate::{
    secret::{BadSecret, Secret},
    wire,
};
use app::{
    Clock,
    verification::{HostPanel, PanelAnswer, PanelAsk, PanelFuture, PanelUnavailable},
};
use jiff::SignedDuration;
use outbound::{Address, Answer, BadAddress, BadNetwork, BadSetup, Network, Outbound, Post, Reach, Setup};
use std::{fmt, path::PathBuf, sync::Arc};
use tokio::sync::Semaphore;

/// The panel is asked so many questions at once: a slow one would otherwise gather connections of everybody who waits.
const AT_ONCE: usize = 32;
/// The status of an answer.
const OK: u16 = 200;

/// How the panel is found and asked, as the operator configures it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its URL (`verify_url`): `https:`, or `http:` where its addresses are listed.
    pub url: String,
    /// What signs (`verify_url_secret_file`).
    pub secret: Secret,
    /// The networks that its address may be in (`verify_url_addresses`); when there are none, any public address.
    pub addresses: Vec<String>,
    /// Certificates (PEM) that are trusted besides the system's (`verify_url_ca`).
    pub ca_file: Option<PathBuf>,
}

/// Why the panel cannot be asked at all, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BadPanel {
    /// The URL cannot be asked.
    #[error("verify_url: {0}")]
    Url(BadAddress),
    /// A text of the list is no network.
    #[error("verify_url_addresses: `{text}`: {fault}")]
    Addresses {
        /// It.
        text: String,
        /// Why.
        fault: BadNetwork,
    },
    /// The secret is none.
    #[error("verify_url_secret_file: {0}")]
    Secret(#[from] BadSecret),
    /// There is no client.
    #[error("{0}")]
    Client(#[from] BadSetup),
}

/// The panel at a URL.
pub struct HttpPanel {
    client: Outbound,
    address: Address,
    secret: Secret,
    clock: Arc<dyn Clock>,
    places: Semaphore,
}

impl fmt::Debug for HttpPanel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpPanel({})", self.address)
    }
}

/// Why there is no answer, for the log. Nothing of what was asked is in it.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    #[error("{AT_ONCE} questions are open already")]
    Busy,
    #[error("the question cannot be written: {0}")]
    Unwritten(serde_json::Error),
    #[error(transparent)]
    Failed(#[from] outbound::Failure),
    #[error("status {}", .0.status)]
    Status(Answer),
    #[error("the answer is not the JSON that was expected")]
    Unlike,
}

impl NoAnswer {
    /// After how long the panel wants to be asked again.
    fn retry_after(&self) -> Option<SignedDuration> {
        match self {
            Self::Status(answer) => SignedDuration::try_from(answer.retry_after?).ok(),
            _ => None,
        }
    }
}

impl Settings {
    /// The client that goes where these settings allow.
    fn client(&self) -> Result<Setup, BadPanel> {
        let networks = self.addresses.iter().map(|text| {
            text.parse::<Network>().map_err(|fault| BadPanel::Addresses { text: text.clone(), fault })
        });
        let networks = networks.collect::<Result<Vec<_>, _>>()?;
        let reach = if networks.is_empty() { Reach::Public } else { Reach::Listed(networks) };
        Ok(Setup { ca_file: self.ca_file.clone(), ..Setup::new(reach) })
    }
}

impl HttpPanel {
    /// The panel as it is configured. Nothing is asked of it yet.
    pub fn new(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, BadPanel> {
        Self::with_setup(settings, settings.client()?, clock)
    }

    /// The same with other limits than the usual ones, or other names.
    pub fn with_setup(settings: &Settings, setup: Setup, clock: Arc<dyn Clock>) -> Result<Self, BadPanel> {
        let client = Outbound::new(setup)?;
        let address = client.address(&settings.url).map_err(BadPanel::Url)?;
        let secret = settings.secret.clone();
        Ok(Self { client, address, secret, clock, places: Semaphore::new(AT_ONCE) })
    }

    async fn answer(&self, ask: &PanelAsk) -> Result<PanelAnswer, NoAnswer> {
        let _place = self.places.try_acquire().map_err(|_| NoAnswer::Busy)?;
        let now = self.clock.now();
        let body = wire::body(ask, now).map_err(NoAnswer::Unwritten)?;
        let timestamp = now.as_second();
        let headers = vec![
            ("kebei-timestamp", timestamp.to_string()),
            ("kebei-signature", self.secret.signature(timestamp, &body)),
        ];
        let post = Post { content_type: "application/json", headers, body };
        let answer = self.client.post(&self.address, post).await?;
        if answer.status != OK {
            return Err(NoAnswer::Status(answer));
        }
        wire::answer(&answer.body).ok_or(NoAnswer::Unlike)
    }
}

impl HostPanel for HttpPanel {
    fn ask(&self, ask: PanelAsk) -> PanelFuture<'_> {
        Box::pin(async move {
            self.answer(&ask).await.map_err(|why| {
                tracing::warn!(event = "panel.no_answer", panel = %self.address, %why);
                PanelUnavailable { retry_after: why.retry_after() }
            })
        })
    }
}
