//! The desk as it is asked: over its API, with one key, within bounds.

use crate::secret::Key;
use outbound::{
    Address, Answer, BadAddress, BadSetup, Failure, Headers, Limits, Outbound, Post, Reach, Setup,
};
use rulebook::Lang;
use serde_json::Value;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long an answer is waited for: the desk gives itself 30 seconds for one, and says so when they are over.
const WAIT: Duration = Duration::from_secs(35);
/// For the connection; the desk is on this machine or a name away.
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(5);
/// Bytes of an answer at most: what is longer fits into the memory of no assistant, and each of them can ask for less.
const MOST_BYTES: usize = 2 << 20;
/// Requests that run at the same time. An assistant that asks more waits, so that it does not use up what its key is allowed by the
/// minute in a moment.
const AT_ONCE: usize = 4;

/// The networks that this machine reaches itself by: for these alone a key goes over the wire unencrypted, as there is no wire.
const LOOPBACK: [&str; 2] = ["127.0.0.0/8", "::1"];

/// Why a desk cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum NoClient {
    /// Its address is none.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// The client cannot be made.
    #[error(transparent)]
    Setup(#[from] BadSetup),
}

/// What came of asking.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// What was asked for.
    Done(Value),
    /// A problem, as the desk tells it, and after how many seconds to come again.
    Refused { status: u16, retry_after: Option<u64>, problem: Value },
    /// Something answered that is no desk.
    NoDesk { status: u16 },
    /// There was no answer.
    NotReached(Failure),
    /// What stands in the path cannot: it is empty or leads elsewhere.
    NoPath,
}

/// The desk.
#[derive(Debug)]
pub(crate) struct Desk {
    client: Outbound,
    base: Address,
    key: Key,
    lang: Lang,
    at_once: Semaphore,
}

impl Desk {
    /// The desk at `url`, asked in `lang`. Unencrypted it is asked on this machine alone.
    pub(crate) fn new(url: &str, key: Key, lang: Lang) -> Result<Self, NoClient> {
        let plain = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        let reach = if plain {
            Reach::Listed(LOOPBACK.iter().filter_map(|network| network.parse().ok()).collect())
        } else {
            Reach::Named
        };
        let limits = Limits { connect: WAIT_FOR_CONNECTION, whole: WAIT, bytes: MOST_BYTES };
        let client = Outbound::new(Setup { limits, ..Setup::new(reach) })?;
        let base = client.address(url)?;
        Ok(Self { client, base, key, lang, at_once: Semaphore::new(AT_ONCE) })
    }

    /// In which language it is asked.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// The server that is asked, without anything secret.
    pub(crate) fn shown(&self) -> String {
        self.base.to_string()
    }

    /// Reads something.
    pub(crate) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Outcome {
        let Some(at) = self.at(path, query) else { return Outcome::NoPath };
        let _turn = self.at_once.acquire().await;
        read(self.client.get(&at, self.headers(None)).await)
    }

    /// Asks something that takes a body, or none where it is null. With a key of its own it is done once however often it is sent.
    pub(crate) async fn post(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        body: &Value,
        idempotency_key: Option<&str>,
    ) -> Outcome {
        let Some(at) = self.at(path, query) else { return Outcome::NoPath };
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let post = Post { content_type: "application/json", headers: self.headers(idempotency_key), body };
        let _turn = self.at_once.acquire().await;
        read(self.client.post(&at, post).await)
    }

    fn at(&self, path: &[&str], query: &[(&str, &str)]) -> Option<Address> {
        let whole: Vec<&str> = ["api", "v1"].iter().chain(path).copied().collect();
        self.base.below(&whole, query)
    }

    fn headers(&self, idempotency_key: Option<&str>) -> Headers {
        let language = match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        };
        let mut headers =
            vec![("authorization", self.key.authorization()), ("accept-language", language.to_owned())];
        headers.extend(idempotency_key.map(|key| ("idempotency-key", key.to_owned())));
        headers
    }
}

/// Success is an object, and so is a problem; anything else is somebody else's.
fn read(answer: Result<Answer, Failure>) -> Outcome {
    let Answer { status, retry_after, body } = match answer {
        Ok(answer) => answer,
        Err(failure) => return Outcome::NotReached(failure),
    };
    let value = serde_json::from_slice(&body).ok().filter(Value::is_object);
    match (status, value) {
        (200..300, Some(value)) => Outcome::Done(value),
        (400.., Some(problem)) if problem.get("title").is_some() => {
            Outcome::Refused { status, retry_after: retry_after.map(|wait| wait.as_secs()), problem }
        }
        _ => Outcome::NoDesk { status },
    }
}
