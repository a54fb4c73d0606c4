//! How guesses at codes and passwords are slowed down: by the account and what it tries, by the account, and by the address. What
//! others try at the same host is never counted against anybody, so that nobody can lock another's.

use super::{Proof, VerifyFault, marks, question::Verifying};
use crate::{
    Asker, Desk,
    access::{
        Slowing,
        tries::{self, Limit, address_part},
    },
    deed::KeySeen,
    failure::{Failed, Failure},
    ground::Ground,
};
use filing::verification::CauseWord;
use jiff::Timestamp;
use std::net::IpAddr;
use store::{Tx, Unit};

/// Tries of one account at one host, or with one code.
const PER_ACCOUNT_AND_HOST: Slowing = Slowing { free: 5 };
/// Tries of one account at all of them.
const PER_ACCOUNT: Slowing = Slowing { free: 50 };
/// Tries from one address: an office behind one has many who mistype in a day.
const PER_ADDRESS: Slowing = Slowing { free: 100 };

/// The limits of one try, the narrowest first.
pub(super) fn of(ground: &Ground, asker: &Asker, proof: &Proof, address: Option<IpAddr>) -> Vec<Limit> {
    let account = asker.id();
    let account = account.as_bytes().as_slice();
    let tried = match proof {
        Proof::Code(_) => marks::of_proof(ground, proof).into_bytes(),
        Proof::Host { name, .. } => marks::of_name(ground, name).to_vec(),
    };
    let secrets = &ground.secrets;
    let address = address_part(address);
    let mut limits = vec![
        Limit::on("verify", &[account, &tried], PER_ACCOUNT_AND_HOST, secrets),
        Limit::on("verify-account", &[account], PER_ACCOUNT, secrets),
    ];
    if !address.is_empty() {
        limits.push(Limit::on("verify-address", &[&address], PER_ADDRESS, secrets));
    }
    limits
}

/// What a try showed of the code or password that was given, whatever became of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is one: only that forgives tries before it.
    Right,
    /// It may have been a guess at what is somebody else's.
    Wrong,
    /// Neither. A code that is none was never looked for, and of a login nobody knew.
    Neither,
}

impl Shown {
    pub(super) fn by(verifying: &Verifying) -> Self {
        let cause = verifying.judge(|answer, _| answer.err().map(|failed| failed.true_cause().name()));
        match cause {
            Some(CauseWord::UnknownCode | CauseWord::NotGranted | CauseWord::BadCredentials) => Self::Wrong,
            Some(CauseWord::MalformedCode | CauseWord::UpstreamUnavailable) => Self::Neither,
            None
            | Some(
                CauseWord::CodeUnbound
                | CauseWord::ProductMismatch
                | CauseWord::CodeRecorded
                | CauseWord::CodeRecording
                | CauseWord::InstanceLimitReached
                | CauseWord::CodeVoid
                | CauseWord::InstanceExpired
                | CauseWord::InstanceIneligible,
            ) => Self::Right,
        }
    }
}

impl Desk {
    /// Counts a try whose outcome takes long to find, or refuses it. One that was made before is not counted again, and is
    /// refused like any other: who is slowed down must not learn meanwhile which of his guesses is the one that was made.
    pub(super) async fn count_try(
        &self,
        asker: &Asker,
        proof: &Proof,
        address: Option<IpAddr>,
        seen: KeySeen,
    ) -> Result<(), Failure<VerifyFault>> {
        let (now, counts) = (self.now(), seen != KeySeen::ForThis);
        self.write(|ground| Ok(Try { limits: of(&ground, asker, proof, address), counts, now })).await
    }
}

struct Try {
    limits: Vec<Limit>,
    counts: bool,
    now: Timestamp,
}

impl Unit for Try {
    type Output = ();
    type Error = Failed<Failure<VerifyFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        if let Some(retry_after) = tries::may(tx, &self.limits, self.now).await? {
            return Err(Failed::Because(Failure::Because(VerifyFault::TooMany { retry_after })));
        }
        if self.counts {
            tries::failed(tx, &self.limits, self.now).await?;
        }
        Ok(())
    }
}
