//! A counter of the desk: where a key is recognised from memory, for what systems ask all day.
//!
//! That a key gives less is seen from the next request on, here as everywhere: it begins a new generation of the desk, and what is
//! answered at a counter comes out of a transaction that compares the generation. Where it is another, or where nothing was compared
//! because what is asked is wrong, the key is looked up again before the counter says anything. So is it before a host is asked for,
//! which is counted and may be asked of the provider's panel.

use super::{Credential, Principal, Unrecognised, recognise::Found, remembered::Good};
use crate::{
    Desk, Failure, IdempotencyKey, Told,
    codes::{CodesAsked, IssueFault, Issuing, Question},
    failure::DeskError,
    ground::Ground,
    verification::{Proof, VerifyFault, VerifyProduct, Verifying},
};
use jiff::SignedDuration;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

/// How long the database is waited for by whoever can go on without it.
const SOON: Duration = Duration::from_millis(250);

/// Where somebody asks whose key may have been recognised from memory.
#[derive(Clone, Debug)]
pub struct Counter {
    desk: Desk,
    principal: Principal,
}

/// Somebody who was recognised.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// Who he is.
    pub principal: Principal,
    /// Whether he was believed because the database did not answer.
    pub away: bool,
}

impl Counter {
    /// Who asks.
    pub const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// As [`Desk::check_codes`].
    pub async fn check_codes(&self, ask: CodesAsked) -> Result<Question, Failure<IssueFault>> {
        let answer = self.desk.check_codes(ask).await;
        self.told(answer).await
    }

    /// As [`Desk::issue_codes`].
    pub async fn issue_codes(
        &self,
        ask: CodesAsked,
        key: IdempotencyKey,
    ) -> Result<Told<Issuing>, Failure<IssueFault>> {
        let answer = self.desk.issue_codes(ask, key).await;
        self.told(answer).await
    }

    /// As [`Desk::verify_product`].
    pub async fn verify_product(
        &self,
        ask: VerifyProduct,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Verifying>, Failure<VerifyFault>> {
        if matches!(ask.proof, Proof::Host { .. }) {
            self.look_again().await?;
        }
        let answer = self.desk.verify_product(ask, key).await;
        self.told(answer).await
    }

    /// The answer, which compared the generation if it is one.
    async fn told<T, E>(&self, answer: Result<T, Failure<E>>) -> Result<T, Failure<E>> {
        if answer.is_err() {
            self.look_again().await?;
        }
        answer
    }

    async fn look_again(&self) -> Result<(), DeskError> {
        match self.desk.asks() {
            Some(good) => self.desk.look_again(good).await,
            None => Ok(()),
        }
    }
}

impl Desk {
    /// Who presents that, at a counter for what he asks. A key that was presented before is recognised from memory.
    pub async fn counter(&self, credential: &Credential) -> Result<Counter, Unrecognised> {
        let now = self.now();
        if let Some(good) = self.remembered().find(credential, self.ground().generation, now) {
            self.used(&good.principal, Some(good.noted(now)), now);
            let principal = good.principal.clone();
            return Ok(Counter { desk: self.asked_by(good), principal });
        }
        let found = self.found(credential, now).await.inspect_err(|unrecognised| {
            // What the database says is final; that it says nothing is not.
            if !matches!(unrecognised, Unrecognised::Desk(_)) {
                self.remembered().forget(credential);
            }
        });
        let Found { principal, used_at, good, .. } = found?;
        if let Some((generation, expires_at)) = good {
            let used_at = AtomicI64::new(used_at.unwrap_or_default());
            let (credential, principal) = (*credential, principal.clone());
            self.remembered().keep(&Arc::new(Good {
                credential,
                principal,
                generation,
                read_at: now,
                believed_at: AtomicI64::new(i64::MIN),
                away: AtomicBool::new(false),
                expires_at,
                used_at,
            }));
        }
        Ok(Counter { desk: self.clone(), principal })
    }

    /// Who presents that, for what must go on while the database is away: where it does not answer soon, a key is believed that was found
    /// good no longer than `longest` ago and has not expired.
    pub async fn known_to_the_gate(
        &self,
        credential: &Credential,
        longest: SignedDuration,
    ) -> Result<Recognised, Unrecognised> {
        let (now, generation) = (self.now(), self.ground().generation);
        if let Some(good) = self.remembered().find(credential, generation, now) {
            self.used(&good.principal, Some(good.noted(now)), now);
            return Ok(Recognised { principal: good.principal.clone(), away: false });
        }
        let Some(known) = self.remembered().lately(credential, longest, now) else {
            let counter = self.counter(credential).await?;
            return Ok(Recognised { principal: counter.principal, away: false });
        };
        if known.was_believed(now) {
            return Ok(Recognised { principal: known.principal.clone(), away: known.is_away() });
        }
        // One looks, and the others go on meanwhile; what he finds counts also where he does not wait for it.
        known.believe(now);
        let (desk, looked_up) = (self.clone(), *credential);
        let looking = tokio::spawn(async move { desk.counter(&looked_up).await });
        match tokio::time::timeout(SOON, looking).await {
            Ok(Ok(Ok(counter))) => Ok(Recognised { principal: counter.principal, away: false }),
            Ok(Ok(Err(unrecognised))) if !matches!(unrecognised, Unrecognised::Desk(_)) => Err(unrecognised),
            _ => {
                known.away.store(true, Ordering::Relaxed);
                Ok(Recognised { principal: known.principal.clone(), away: true })
            }
        }
    }

    /// Looks again who asks, where he was recognised from memory in another generation than this.
    pub(crate) async fn still_who(&self, asks: &Good, ground: &Ground) -> Result<(), DeskError> {
        if asks.generation == ground.generation { Ok(()) } else { self.look_again(asks).await }
    }

    /// Looks again who asks.
    async fn look_again(&self, asks: &Good) -> Result<(), DeskError> {
        match self.found(&asks.credential, self.now()).await {
            Ok(found) if found.principal == asks.principal => Ok(()),
            Ok(_) => Err(DeskError::Unsettled(1)),
            Err(Unrecognised::Desk(error)) => Err(error),
            Err(unrecognised) => Err(DeskError::Unrecognised(Box::new(unrecognised))),
        }
    }
}
