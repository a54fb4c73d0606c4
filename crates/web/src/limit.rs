//! How much one caller may ask in a minute, told in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
//!
//! A limit of one process, to keep one caller from taking it from all others. What must hold across processes, the tries at
//! passwords and codes, is counted in the database.

use crate::{
    address::{Peer, client_address, holder},
    language::spoken,
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::AUTHORIZATION},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZero,
    sync::{Mutex, PoisonError},
};

/// What is left, and for how long.
const LEFT: HeaderName = HeaderName::from_static("ratelimit");
/// How much there is.
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// Seconds for which requests are counted together.
const WINDOW: i64 = 60;
/// Callers that are counted at a time, twice over: some megabytes. When there are more, those not seen for longest are
/// forgotten, and may ask anew.
const MOST_CALLERS: usize = 20_000;
/// Addresses that are asked again and again by machines that watch the process.
const UNLIMITED: [&str; 2] = ["/healthz", "/readyz"];

/// Who asks, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Caller {
    /// By the SHA-256 of a token that was good when it was last presented.
    Token([u8; 32]),
    /// By the address of whoever [holds](holder) it.
    Address(IpAddr),
}

impl Caller {
    fn at(address: IpAddr) -> Self {
        Self::Address(holder(address))
    }
}

/// What one caller asked in the present window.
#[derive(Clone, Copy, Debug)]
struct Window {
    /// When it began, in seconds.
    since: i64,
    asked: u32,
}

/// Callers in two generations: when the younger one is full, the older one is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<[HashMap<Caller, Window>; 2]>);

/// What a caller is told of his limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    /// Requests that are left in this window; `None` where this one is too many.
    left: Option<u32>,
    /// Seconds until the window ends.
    ends_in: i64,
}

impl Standing {
    /// Seconds after which there is room again, at least one.
    fn again_after(self) -> u64 {
        u64::try_from(self.ends_in).unwrap_or(1).max(1)
    }
}

impl Limiter {
    /// Counts one request of that caller.
    fn count(&self, caller: Caller, most: NonZero<u32>, now: i64) -> Standing {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &mut *callers;
        let known = young.get(&caller).or_else(|| old.get(&caller)).copied();
        let going_on = known.filter(|window| (0..WINDOW).contains(&now.saturating_sub(window.since)));
        let mut window = going_on.unwrap_or(Window { since: now, asked: 0 });
        let left = most.get().checked_sub(window.asked).and_then(|left| left.checked_sub(1));
        if left.is_some() {
            window.asked = window.asked.saturating_add(1);
        }
        if young.len() >= MOST_CALLERS && !young.contains_key(&caller) {
            *old = std::mem::take(young);
        }
        young.insert(caller, window);
        Standing { left, ends_in: window.since.saturating_add(WINDOW).saturating_sub(now) }
    }

    fn knows(&self, caller: Caller) -> bool {
        let callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        callers.iter().any(|generation| generation.contains_key(&caller))
    }

    /// Takes back one request that was counted.
    fn give_back(&self, caller: Caller) {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = callers.iter_mut().find_map(|generation| generation.get_mut(&caller));
        if let Some(window) = found {
            window.asked = window.asked.saturating_sub(1);
        }
    }

    fn forget(&self, caller: Caller) {
        for generation in &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            generation.remove(&caller);
        }
    }
}

/// Answers as many requests of one caller as the settings allow. A token counts for itself from the first time on that it was
/// good; until then, and after it was refused, its address counts, so that nobody gets round the limit by inventing tokens.
pub(crate) async fn limited(State(site): State<Site>, request: Request, next: Next) -> Response {
    let Some(most) = site.settings.requests_per_minute else { return next.run(request).await };
    if UNLIMITED.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let lang = spoken(request.headers());
    let peer = request.extensions().get().copied();
    let address = client_address(peer, request.headers(), &site.settings.trusted_proxies);
    let (limiter, now) = (&site.limiter, seconds(site.desk.now()));
    let token = presented(request.headers());
    let caller = token.filter(|token| limiter.knows(*token)).unwrap_or(Caller::at(address));
    let standing = limiter.count(caller, most, now);
    if standing.left.is_none() {
        let problem = Problem::new(Kind::TooManyRequests, lang).again_after(standing.again_after());
        return told(problem.into_response(), most, standing);
    }
    let response = next.run(request).await;
    if let Some(token) = token.filter(|_| response.status() == StatusCode::UNAUTHORIZED) {
        limiter.forget(token);
    }
    told(response, most, standing)
}

/// A signed call that was counted before it was known whether its signature holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Who was charged for it.
    before: Caller,
    /// The key, as it is used from that address.
    there: Caller,
    /// The key, from wherever it is used.
    key: Caller,
}

/// Counts a signed call before it is known whether its signature holds: for its address, or for its key at that address once the key was
/// good there. The id of a key is no secret, so that nothing is charged to a key for calls that its holder may not have made. Refused with
/// the seconds after which there is room again; `None` where nothing is counted, or no key is named.
pub(crate) fn counts_signed(
    site: &Site,
    key: Option<&str>,
    headers: &HeaderMap,
    peer: Option<Peer>,
) -> Result<Option<Counted>, u64> {
    let Some(most) = site.settings.requests_per_minute else { return Ok(None) };
    let address = client_address(peer, headers, &site.settings.trusted_proxies);
    let there = key.map(|key| of_key(&[key, " at ", &holder(address).to_string()]));
    let before = there.filter(|there| site.limiter.knows(*there)).unwrap_or(Caller::at(address));
    room(site.limiter.count(before, most, seconds(site.desk.now())))?;
    Ok(key.zip(there).map(|(key, there)| Counted { before, there, key: of_key(&[key]) }))
}

/// Charges the key of a signed call that was good, and takes back what was charged before that was known. Refused where the key has asked
/// as much as it may.
pub(crate) fn charges_key(site: &Site, counted: Option<Counted>) -> Result<(), u64> {
    let (Some(most), Some(counted)) = (site.settings.requests_per_minute, counted) else { return Ok(()) };
    let (limiter, now) = (&site.limiter, seconds(site.desk.now()));
    room(limiter.count(counted.key, most, now))?;
    if !limiter.knows(counted.there) {
        limiter.count(counted.there, most, now);
        limiter.give_back(counted.there);
    }
    limiter.give_back(counted.before);
    Ok(())
}

/// Whether there was room for what was counted; else the seconds until there is.
fn room(standing: Standing) -> Result<(), u64> {
    if standing.left.is_some() { Ok(()) } else { Err(standing.again_after()) }
}

fn of_key(parts: &[&str]) -> Caller {
    // No token hashes to the same, so that none is charged for a key.
    Caller::Token(Sha256::new().chain_update("signing key ").chain_update(parts.concat()).finalize().into())
}

/// Whether a stranger may ask once more: whoever presents a token that was good is none, and is not counted.
pub(crate) fn counts_strangers(site: &Site, headers: &HeaderMap, peer: Option<Peer>) -> bool {
    let Some(most) = site.settings.requests_per_minute else { return true };
    if presented(headers).is_some_and(|token| site.limiter.knows(token)) {
        return true;
    }
    let address = client_address(peer, headers, &site.settings.trusted_proxies);
    site.limiter.count(Caller::at(address), most, seconds(site.desk.now())).left.is_some()
}

/// Notes that the token of these headers is not good any longer: from now on the address counts.
pub(crate) fn forgets(site: &Site, headers: &HeaderMap) {
    if let Some(token) = presented(headers) {
        site.limiter.forget(token);
    }
}

/// Counts one more for the token of these headers, which is good; how many seconds are left to wait where that is too many.
pub(crate) fn counts_token(site: &Site, headers: &HeaderMap) -> Result<(), u64> {
    let (Some(most), Some(token)) = (site.settings.requests_per_minute, presented(headers)) else {
        return Ok(());
    };
    room(site.limiter.count(token, most, seconds(site.desk.now())))
}

fn seconds(now: Timestamp) -> i64 {
    now.as_second()
}

/// Notes that the token of these headers is good: whoever recognised it says so, and nobody else, because what needs no token is
/// answered whatever is presented. From now on it counts for itself.
pub(crate) fn recognised(site: &Site, headers: &HeaderMap) {
    let (Some(most), Some(token)) = (site.settings.requests_per_minute, presented(headers)) else { return };
    if !site.limiter.knows(token) {
        site.limiter.count(token, most, seconds(site.desk.now()));
    }
}

/// The token that a request presents, good or not.
fn presented(headers: &HeaderMap) -> Option<Caller> {
    Some(Caller::Token(Sha256::digest(bearer(headers)?).into()))
}

/// The text of the bearer token that a request presents: one token, however the header spells what stands before it.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn told(mut response: Response, most: NonZero<u32>, standing: Standing) -> Response {
    let policy = format!("\"minute\";q={most};w={WINDOW}");
    let left = format!("\"minute\";r={};t={}", standing.left.unwrap_or(0), standing.ends_in);
    for (name, text) in [(POLICY, policy), (LEFT, left)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: NonZero<u32> = NonZero::new(2).unwrap();

    fn caller(nth: u32) -> Caller {
        Caller::at(IpAddr::V4(nth.into()))
    }

    #[test]
    fn a_caller_may_ask_so_often_in_a_minute_and_then_again_in_the_next() {
        let limiter = Limiter::default();
        let left = |now| limiter.count(caller(1), TWO, now).left;
        assert_eq!(
            [left(0), left(59), left(59), left(60), left(60), left(61)],
            [Some(1), Some(0), None, Some(1), Some(0), None]
        );
        assert_eq!(limiter.count(caller(2), TWO, 61), Standing { left: Some(1), ends_in: 60 });
        // A clock that was set back counts anew, and locks nobody out.
        assert_eq!(left(-7), Some(1));
    }

    #[test]
    fn what_is_remembered_of_callers_is_bounded() {
        let limiter = Limiter::default();
        let crowd = u32::try_from(MOST_CALLERS).unwrap() * 3;
        for nth in 0..crowd {
            limiter.count(caller(nth), TWO, 0);
        }
        let held: usize = limiter.0.lock().unwrap().iter().map(HashMap::len).sum();
        assert!(held <= 2 * MOST_CALLERS, "{held}");
        assert!(limiter.knows(caller(crowd - 1)) && !limiter.knows(caller(0)));
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        let at = |text: &str| Caller::at(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_ne!(at("203.0.113.1"), at("203.0.113.2"));
    }
}
