//! The tests of a product verification, in the order of SPEC 5: the first that fails is the answer.

use super::{Asked, Behind, Cause, Failed, Host, Proof, Reader, Typed};
use crate::codes::{Cause as Ended, Held, Instance, Standing, State, Stored};
use rulebook::{Code, CodeUse, Decision, Edition, Facts, Verdict, decide};
use std::net::IpAddr;

/// A product that was verified.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'a> {
    /// What is known of its instance.
    pub instance: &'a Facts,
}

impl<'a> Verified<'a> {
    /// The public addresses of the instance: none where none is known.
    pub fn addresses(&self) -> &'a [IpAddr] {
        self.instance.public_ips.as_deref().unwrap_or_default()
    }
}

/// Decides whether the product is the filer's and may back a filing now. What is unknown of the instance stands in nobody's
/// way, and a code has its place in the quota already.
pub fn verify<'a>(asked: &Asked<'a>) -> Result<Verified<'a>, Failed<'a>> {
    match &asked.proof {
        Proof::Code(typed) => by_code(asked, typed),
        Proof::Host(host) => by_host(asked, host),
    }
}

fn by_code<'a>(asked: &Asked<'a>, typed: &Typed<'a>) -> Result<Verified<'a>, Failed<'a>> {
    let (held, instance, spare) = match typed {
        Typed::Malformed(malformed) => return Err(Failed::early(asked, Cause::MalformedCode(*malformed))),
        Typed::Unknown => return Err(Failed::early(asked, Cause::UnknownCode)),
        Typed::Known { held, instance, spare } => (held, *instance, *spare),
    };
    if !may_use(asked.edition, held, asked.filer) {
        return Err(Failed::early(asked, Cause::NotGranted));
    }
    let Some(behind) = instance else {
        // Only a code that was never bound has no instance: it waits to be bound, or was made void.
        let void = held.stored.state() == State::Void;
        return Err(Failed::early(asked, if void { Cause::CodeVoid } else { Cause::CodeUnbound }));
    };
    if behind.facts.product != asked.product {
        return Err(mismatch(asked, &behind));
    }
    let standing = standing(asked, &behind);
    let cause = match held.stored.state() {
        State::Init => Some(Cause::CodeUnbound),
        State::Recorded => Some(Cause::CodeRecorded { room: has_room(&standing, spare) }),
        State::Recording => Some(Cause::CodeRecording { room: has_room(&standing, spare) }),
        State::Void => Some(Cause::CodeVoid),
        State::Bound => unfit(&standing),
    };
    judged(asked, behind.facts, standing, cause)
}

fn by_host<'a>(asked: &Asked<'a>, host: &Host<'a>) -> Result<Verified<'a>, Failed<'a>> {
    let behind = match host {
        Host::Unmatched => return Err(Failed::early(asked, Cause::BadCredentials)),
        Host::Unavailable { retry_at } => {
            return Err(Failed::early(asked, Cause::UpstreamUnavailable { retry_at: *retry_at }));
        }
        Host::Matched(behind) => *behind,
    };
    // Said only to whoever has the password: to anyone else another host is an unknown one.
    if behind.facts.product != asked.product {
        return Err(mismatch(asked, &behind));
    }
    let standing = standing(asked, &behind);
    let exhausted = standing.decision().is_some_and(|decision| decision.has(Code::QuotaExhausted));
    let cause = if exhausted { Some(Cause::InstanceLimitReached) } else { unfit(&standing) };
    judged(asked, behind.facts, standing, cause)
}

fn mismatch<'a>(asked: &Asked<'a>, behind: &Behind<'a>) -> Failed<'a> {
    Failed::early(asked, Cause::ProductMismatch { bought: &behind.facts.product })
}

fn judged<'a>(
    asked: &Asked<'a>,
    instance: &'a Facts,
    standing: Standing<'a>,
    cause: Option<Cause<'a>>,
) -> Result<Verified<'a>, Failed<'a>> {
    match cause {
        None => Ok(Verified { instance }),
        Some(cause) => Err(Failed::late(asked, cause, standing)),
    }
}

/// The test of SPEC 4: what an unused code of the instance would be now. A host is tested by the same.
fn standing<'a>(asked: &Asked<'a>, behind: &Behind<'a>) -> Standing<'a> {
    let instance = match behind {
        Behind { gone: true, .. } => Instance::Gone,
        Behind { facts, gone: false } => Instance::Here { edition: asked.edition, facts, at: asked.at },
    };
    Standing::of(Stored::BOUND, instance)
}

/// Why the instance cannot back a filing now, if it cannot.
fn unfit(standing: &Standing<'_>) -> Option<Cause<'static>> {
    let ended = |cause: &Ended<'_>| match cause {
        Ended::Gone => Some(true),
        Ended::Ended(_) => Some(false),
        Ended::Finding(finding) => (finding.code == Code::Expired).then_some(false),
    };
    if let Some(gone) = standing.causes().find_map(|cause| ended(&cause)) {
        return Some(Cause::InstanceExpired { gone });
    }
    let elsewhere = standing.decision().is_some_and(|decision| decision.verdict() == Verdict::Elsewhere);
    (standing.causes().next().is_some() || elsewhere).then_some(Cause::InstanceIneligible)
}

/// Whether the instance, which may back filings, has an unused code or a free place.
fn has_room(standing: &Standing<'_>, spare: u32) -> bool {
    let places = standing.decision().and_then(Decision::quota).is_none_or(|quota| quota.left > 0);
    unfit(standing).is_none() && (spare > 0 || places)
}

impl Asked<'_> {
    /// As whom the filer himself reads what it came to.
    pub fn filer_reads_as(&self) -> Reader {
        match &self.proof {
            Proof::Code(Typed::Known { held, .. }) if held.owner == Some(self.filer) => Reader::Owner,
            Proof::Code(Typed::Known { held, .. }) if held.grantee == Some(self.filer) => Reader::Grantee,
            Proof::Host(Host::Matched(Behind { facts, .. })) => {
                // Whoever has the password may use the host; what it cost, and until when, is its buyer's.
                let own = facts.account.as_deref() == Some(self.filer);
                if own { Reader::Owner } else { Reader::Grantee }
            }
            Proof::Code(_) | Proof::Host(Host::Unmatched | Host::Unavailable { .. }) => Reader::Stranger,
        }
    }

    /// Today's decision on the instance behind the proof, asked as its buyer; `None` where none was looked for, or it is gone.
    pub fn decision(&self) -> Option<Decision<'_>> {
        let behind = match &self.proof {
            Proof::Code(Typed::Known { instance, .. }) => (*instance)?,
            Proof::Host(Host::Matched(behind)) => *behind,
            Proof::Code(_) | Proof::Host(_) => return None,
        };
        let Behind { facts, gone } = behind;
        (!gone).then(|| decide(self.edition, facts, self.at, facts.account.as_deref()))
    }
}

/// Whether `filer` may use a code: its owner and whom he granted it may, or whoever knows it, as the edition says. A code made
/// beforehand for nobody is anybody's who has it. Who may not learns nothing of its instance.
pub fn may_use(edition: &Edition, held: &Held<'_>, filer: &str) -> bool {
    match edition.policy.code_use.value {
        CodeUse::Anyone => true,
        CodeUse::Granted => held.owner.is_none() || is_his(held, filer),
    }
}

/// Whether a code is `account`'s, or was granted to it.
fn is_his(held: &Held<'_>, account: &str) -> bool {
    [held.owner, held.grantee].contains(&Some(account))
}
