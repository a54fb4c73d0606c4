//! What every request is served with.

use crate::limit::Limiter;
use app::Desk;
use axum::http::HeaderMap;
use outbound::Network;
use papers::{Fonts, NoFont};
use std::{
    num::NonZero,
    ops::Deref,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// How the desk is served, as the operator decided.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where the desk is reached from outside, such as `https://beian.example.com`, without a slash at the end. `None`: links
    /// in answers are relative.
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// How much one caller may ask; `None`: as much as he likes.
    pub requests_per_minute: Option<NonZero<u32>>,
    /// How people reach support, as they read it.
    pub contact: Option<Arc<str>>,
    /// Where and when identities are checked face to face, as people read it.
    pub check_place: Option<Arc<str>>,
}

/// An open desk with the settings with which it is served. Clones share it.
#[derive(Clone, Debug)]
pub struct Site(Arc<Inner>);

/// What the clones of a [`Site`] share.
#[derive(Debug)]
pub struct Inner {
    /// The desk.
    pub desk: Desk,
    /// How it is served.
    pub settings: Settings,
    /// When the process began to serve, in microseconds since 1970, and how many requests it has had.
    requests: (i64, AtomicU64),
    /// Who asked how much lately.
    pub(crate) limiter: Limiter,
    /// Where the fonts for documents are, once some were found.
    fonts: OnceLock<Fonts>,
}

impl Site {
    /// The desk, served so.
    pub fn new(desk: Desk, settings: Settings) -> Self {
        let requests = (desk.now().as_microsecond(), AtomicU64::new(0));
        Self(Arc::new(Inner {
            desk,
            settings,
            requests,
            limiter: Limiter::default(),
            fonts: OnceLock::new(),
        }))
    }
}

impl Inner {
    /// The fonts of the machine; they are looked for until there are some. It reads many files, and belongs on a thread that may wait.
    pub(crate) fn fonts(&self) -> Result<&Fonts, NoFont> {
        match self.fonts.get() {
            Some(fonts) => Ok(fonts),
            None => Fonts::of_the_machine().map(|found| self.fonts.get_or_init(|| found)),
        }
    }

    /// The number that a request was given on its way in; another where it was given none.
    pub(crate) fn request_number(&self, headers: &HeaderMap) -> String {
        let given = headers.get("x-request-id").and_then(|id| id.to_str().ok());
        given.map_or_else(|| self.request_id(), str::to_owned)
    }

    /// A number for one request, which no other has.
    pub(crate) fn request_id(&self) -> String {
        let (since, count) = &self.requests;
        format!("{since:x}-{:x}", count.fetch_add(1, Ordering::Relaxed))
    }
}

impl Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
