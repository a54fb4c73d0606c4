//! The header `Idempotency-Key`: a request that is sent again is done once and answered alike.

use crate::{
    language::spoken,
    problem::{Kind, Problem},
    words::Say,
};
use app::IdempotencyKey;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use rulebook::Lang;
use std::{future::Future, time::Duration};
use tokio::time::timeout;
use tracing::Instrument;

/// The header.
const HEADER: &str = "idempotency-key";
/// How long a request waits for another with the same key that is being worked on, before it is told to come again.
const WAIT: Duration = Duration::from_secs(10);
/// Seconds after which it is to come again.
const AGAIN_AFTER: u64 = 10;

/// A key that the operation needs.
#[derive(Debug)]
pub(crate) struct Key(pub(crate) IdempotencyKey);

/// A key that the operation takes where there is one.
#[derive(Debug)]
pub(crate) struct MaybeKey(pub(crate) Option<IdempotencyKey>);

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        given(&parts.headers, lang)?.map(Self).ok_or_else(|| Problem::new(Kind::KeyMissing, lang))
    }
}

impl<S: Sync> FromRequestParts<S> for MaybeKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        given(&parts.headers, spoken(&parts.headers)).map(Self)
    }
}

fn given(headers: &HeaderMap, lang: Lang) -> Result<Option<IdempotencyKey>, Problem> {
    let mut values = headers.get_all(HEADER).into_iter();
    let (first, second) = (values.next(), values.next());
    let Some(first) = first else { return Ok(None) };
    let key =
        first.to_str().ok().filter(|_| second.is_none()).and_then(|text| IdempotencyKey::parse(text).ok());
    let bad = || {
        let [message, suggestion] =
            [Say::BadIdempotencyKey, Say::WriteIdempotencyKey].map(|say| say.to_text(lang));
        Problem::new(Kind::Unreadable, lang).with("Idempotency-Key", "malformed", message, suggestion)
    };
    key.map(Some).ok_or_else(bad)
}

/// What `work` comes to, unless it takes so long that the caller had better come again. The work goes on meanwhile, and when the
/// caller goes away. Whoever sent no key cannot ask what became of it, and is told to look before he sends it again.
pub(crate) async fn soon<T: Send + 'static>(
    lang: Lang,
    keyed: bool,
    work: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    let late = || {
        if keyed {
            Problem::new(Kind::StillWorking, lang).again_after(AGAIN_AFTER)
        } else {
            Problem::new(Kind::OutcomeUnknown, lang).saying(Say::MayYetBeDone.to_text(lang))
        }
    };
    let work = tokio::spawn(work.in_current_span());
    match timeout(WAIT, work).await {
        Ok(Ok(done)) => done,
        // Told and logged where panics of requests are.
        Ok(Err(ended)) => ended
            .try_into_panic()
            .map_or_else(|_| Err(Problem::new(Kind::Fault, lang)), |why| std::panic::resume_unwind(why)),
        Err(_) => Err(late()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use std::future::{pending, ready};
    use tokio::sync::oneshot;

    #[tokio::test(start_paused = true)]
    async fn a_request_that_waits_for_another_is_told_to_come_again_after_ten_seconds() {
        let began = tokio::time::Instant::now();
        let told = soon::<()>(Lang::En, true, pending()).await.unwrap_err().into_response();
        assert_eq!((told.status().as_u16(), told.headers()["retry-after"].as_bytes()), (409, &b"10"[..]));
        assert_eq!(began.elapsed(), WAIT);
        let keyless = soon::<()>(Lang::En, false, pending()).await.unwrap_err().into_response();
        assert_eq!((keyless.status().as_u16(), keyless.headers().get("retry-after")), (503, None));
        assert!(soon(Lang::En, true, ready(Ok(7))).await.is_ok_and(|answer| answer == 7));
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_long_goes_on_behind_the_answer() {
        let ((let_go, gate), (tell, done)) = (oneshot::channel::<()>(), oneshot::channel());
        let work = async move {
            gate.await.unwrap();
            tell.send("done").unwrap();
            Ok(())
        };
        assert!(soon(Lang::En, true, work).await.is_err());
        let_go.send(()).unwrap();
        assert_eq!(done.await, Ok("done"));
    }
}
