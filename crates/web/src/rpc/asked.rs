//! What a call says: its parameters, wherever they stand, each once.

use super::{
    ACTION, NONCE, VERSION,
    fault::{Expected, Refusal},
};
use crate::{address::Peer, caller::actor, site::Site};
use app::{
    Actor, DeskError,
    access::{Principal, Right},
};
use axum::{
    body::Bytes,
    http::{
        HeaderMap, Method,
        header::{AUTHORIZATION, CONTENT_TYPE},
        request::Parts,
    },
};
use rulebook::Lang;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// Parameters of a call at most: a hundred names, and what stands beside them.
const MOST_PARAMETERS: usize = 256;

/// A call as it was sent, of which nothing is believed yet.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) method: Method,
    /// Parameters of query and body.
    pub(super) parameters: BTreeMap<String, String>,
    /// Those of the query alone, which the newer signature signs as such.
    pub(super) query: BTreeMap<String, String>,
    pub(super) body: Bytes,
    /// Empty where none is named, and so is the version.
    pub(super) action: String,
    pub(super) version: String,
    /// The public id of the key with which it says that it is signed.
    pub(super) key: Option<String>,
    nonce: Option<String>,
    /// From where it came.
    pub(super) peer: Option<Peer>,
}

fn header(headers: &HeaderMap, name: &axum::http::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

impl Sent {
    /// The nonce that it carries.
    pub(super) fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// Reads it. A parameter that stands twice, in query, body or both, is refused: whoever signs and whoever reads might take another.
    pub(super) fn read(parts: &Parts, body: Bytes) -> Result<Self, Refusal> {
        let query = pairs(parts.uri.query().unwrap_or_default().as_bytes())?;
        let mut parameters = query.clone();
        let kind = header(&parts.headers, &CONTENT_TYPE).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            for (name, value) in pairs(&body)? {
                if parameters.insert(name.clone(), value).is_some() {
                    return Err(Refusal::Repeated(name));
                }
            }
        } else if !body.is_empty() {
            return Err(Refusal::NotAForm);
        }
        // What is signed counts: headers under the newer signature, parameters under the older.
        let by_headers = parts.headers.contains_key(AUTHORIZATION);
        let named = |name: &str, by: &axum::http::HeaderName| {
            if by_headers { header(&parts.headers, by) } else { parameters.get(name).cloned() }
        };
        let action = named("Action", &ACTION).unwrap_or_default();
        let version = named("Version", &VERSION).unwrap_or_default();
        let key = super::signed::key_of(&parameters, &parts.headers);
        let nonce = named("SignatureNonce", &NONCE);
        let peer = parts.extensions.get().copied();
        Ok(Self { method: parts.method.clone(), parameters, query, body, action, version, key, nonce, peer })
    }
}

fn pairs(text: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    let mut pairs = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text) {
        if pairs.len() == MOST_PARAMETERS {
            return Err(Refusal::TooLarge);
        }
        if let Some(_before) = pairs.insert(name.clone().into_owned(), value.into_owned()) {
            return Err(Refusal::Repeated(name.into_owned()));
        }
    }
    Ok(pairs)
}

/// A call by somebody who was recognised.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) site: Site,
    pub(super) principal: Principal,
    pub(super) sent: Sent,
    pub(super) lang: Lang,
}

impl Asked {
    /// A parameter, where it is there and says something.
    pub(super) fn maybe(&self, name: &str) -> Option<&str> {
        self.sent.parameters.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// A parameter that has to be there.
    pub(super) fn text(&self, name: &'static str) -> Result<&str, Refusal> {
        self.maybe(name).ok_or(Refusal::Missing(name))
    }

    /// The parameters `Name.1`, `Name.2` and so on, without a gap; from 1 to `most`.
    pub(super) fn list(&self, name: &'static str, most: usize) -> Result<Vec<String>, Refusal> {
        let nth = |nth: usize| self.maybe(&format!("{name}.{nth}")).map(str::to_owned);
        let all: Vec<_> = (1..).map_while(nth).take(most + 1).collect();
        let beginning = format!("{name}.");
        let given = self.sent.parameters.keys().filter(|given| given.starts_with(&beginning)).count();
        match all.len() {
            0 => Err(Refusal::Missing(name)),
            many if many < given.min(most + 1) => Err(Refusal::Unfit { name, expected: Expected::NoGap }),
            many if many > most => Err(Refusal::Unfit { name, expected: Expected::Values { most } }),
            _ => Ok(all),
        }
    }

    /// Whether the caller's key may do that.
    pub(super) fn may(&self, right: Right) -> Result<(), Refusal> {
        if self.principal.may(right) { Ok(()) } else { Err(Refusal::NotAllowed(right)) }
    }

    /// As the ledger names the caller.
    pub(super) fn actor(&self) -> Result<Actor, Refusal> {
        actor(&self.principal, self.lang).map_err(|_| Refusal::Fault)
    }
}

/// What a fault of the desk is to whoever calls; the log has it whole.
pub(super) fn failed(error: &DeskError) -> Refusal {
    use app::Trouble;
    match error.trouble() {
        Trouble::Unknown => {
            tracing::warn!(event = "rpc.busy", %error);
            Refusal::OutcomeUnknown
        }
        Trouble::Busy => {
            tracing::warn!(event = "rpc.busy", %error);
            Refusal::Unavailable
        }
        Trouble::Fault => {
            tracing::error!(event = "rpc.fault", %error);
            Refusal::Fault
        }
    }
}
