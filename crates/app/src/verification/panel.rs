//! The provider's own panel, which knows the passwords of its hosts: asked instead of imported hashes.

use crate::access::Password;
use jiff::SignedDuration;
use std::{future::Future, pin::Pin};

/// The least and the most for which a customer is told to wait when the panel does not answer.
const WAIT: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(30), SignedDuration::from_hours(1));

/// The login of which host is this?
#[derive(Clone, Debug)]
pub struct PanelAsk {
    /// The id of the product that the customer chose.
    pub product: String,
    /// The user name, or the name of the host, as it was typed.
    pub name: Password,
    /// The password.
    pub password: Password,
}

/// What the panel answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelAnswer {
    /// That of this instance, as inventories name it.
    Host {
        /// Its id.
        instance: String,
    },
    /// There is no such host, or the password is another.
    No,
}

/// The panel did not answer in time, or not as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the panel of the hosts does not answer")]
pub struct PanelUnavailable {
    /// After how long to try again; `None` where the panel does not say.
    pub retry_after: Option<SignedDuration>,
}

impl PanelUnavailable {
    /// After how long a customer is told to try again.
    pub(crate) fn wait(self) -> SignedDuration {
        self.retry_after.unwrap_or(WAIT.0).clamp(WAIT.0, WAIT.1)
    }
}

/// What the panel is asked, and answers some time. It gives up by itself.
pub type PanelFuture<'p> = Pin<Box<dyn Future<Output = Result<PanelAnswer, PanelUnavailable>> + Send + 'p>>;

/// The provider's own panel (`verify_url`).
pub trait HostPanel: Send + Sync + 'static {
    /// Asks whose login that is.
    fn ask(&self, ask: PanelAsk) -> PanelFuture<'_>;
}
