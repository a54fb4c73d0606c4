//! The provider's own panel, asked over HTTP whose host a login is (`verify_url`): for a provider that does not give the
//! passwords of its hosts away, not even hashed. `docs/verify-url.en.md` is what its side is built from.
//!
//! Whatever is no right answer in time is [`PanelUnavailable`]: only a panel that says so knows that a login is wrong.

mod asking;
mod secret;
mod wire;

pub use asking::{BadPanel, HttpPanel, Settings};
pub use secret::{BadSecret, SHORTEST_SECRET, Secret};

#[cfg(doc)]
use app::verification::PanelUnavailable;
