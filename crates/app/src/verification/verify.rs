//! Verifying a product: found to be the customer's, or refused with exactly one cause. Either stands in the ledger.

use super::{
    limits::{self, Shown},
    marks,
    proof::{Given, Proof},
    question::{Ask, NOT_VERIFIED, Passed, Rows, VERIFIED, Verifying},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    access::tries::{self, Limit},
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, KeySeen, Setting},
    failure::{DeskError, Failed},
    ground::Ground,
    ledger_entry::{entry, ours, row, theirs},
};
use jiff::{SignedDuration, Timestamp};
use ledger::{Entry, EntryRef, IdRef};
use rulebook::{NoEdition, Text, VerifiedBy};
use serde::Serialize;
use std::net::IpAddr;
use store::{Tx, VerificationId, entries, verifications};
use uuid::Uuid;

/// How long a verification can be used.
const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How often a login is compared again because it changed meanwhile.
const TRIES: u32 = 3;

/// A product is to be verified.
#[derive(Clone, Debug)]
pub struct VerifyProduct {
    /// The account that files.
    pub asker: Asker,
    /// The product that he chose: an id, a name or an alias.
    pub product: String,
    /// What he gives for it.
    pub proof: Proof,
    /// From where he comes, where that is known.
    pub address: Option<IpAddr>,
}

/// Why it cannot even be asked whether a product is the customer's. None of the three failures.
#[derive(Clone, Debug, thiserror::Error)]
pub enum VerifyFault {
    /// No edition knows the product.
    #[error("there is no product `{0}`")]
    UnknownProduct(String),
    /// The product is proved by something else.
    #[error("product `{product}` is verified by {wanted}")]
    WrongProof {
        /// The id of the product.
        product: String,
        /// By what it is proved.
        wanted: VerifiedBy,
    },
    /// The product is filed in another system, and proved nowhere here.
    #[error("product `{}` is filed elsewhere", name.en)]
    FiledElsewhere {
        /// Its name.
        name: Text,
        /// Which system, and by which steps, where the rules say so.
        place: Option<Text>,
    },
    /// Too many tries.
    #[error("too many tries, the next one in {retry_after:#}")]
    TooMany {
        /// After how long the next one is looked at.
        retry_after: SignedDuration,
    },
    /// Too much is compared at the moment, or what was compared changed meanwhile. Nothing was changed; asking again may help.
    #[error("too much is being verified at the moment")]
    Busy,
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
}

impl Desk {
    /// Verifies a product, or refuses with exactly one cause. The same key and question again give the first answer again, and
    /// no password is compared for it.
    pub async fn verify_product(
        &self,
        ask: VerifyProduct,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Verifying>, Failure<VerifyFault>> {
        if matches!(ask.proof, Proof::Host { .. }) {
            let asked = Verify::of(&ask, &self.ground(), None);
            let seen = match &key {
                Some(key) => self.key_seen(key, &asked).await?,
                None => KeySeen::Never,
            };
            if seen == KeySeen::Never {
                self.by_login(&ask.product)?;
            }
            self.count_try(&ask.asker, &ask.proof, ask.address, seen).await?;
            match seen {
                KeySeen::Never => {}
                KeySeen::ForThis => return self.once(key, asked).await,
                KeySeen::ForAnother => return Err(Failure::KeyUsed),
            }
        }
        for _ in 0..TRIES {
            let given = self.weigh(&ask.product, &ask.proof).await?;
            let deed = Verify::of(&ask, &self.ground(), Some(given));
            match self.once(key.clone(), deed).await {
                Err(Failure::Because(VerifyFault::Busy)) => {}
                told => return told,
            }
        }
        Err(Failure::Because(VerifyFault::Busy))
    }
}

/// A verification with its proof weighed; `given` is `None` where it is known that this was done before.
#[derive(Serialize)]
struct Verify {
    asker: Asker,
    product: String,
    /// A keyed hash: what is kept of a request must not lead to a password.
    proof: String,
    #[serde(skip)]
    given: Option<Given>,
    #[serde(skip)]
    typed: Proof,
    #[serde(skip)]
    address: Option<IpAddr>,
}

impl Deed for Verify {
    const WORD: &'static str = "verify-product";
    type Ready = VerificationId;
    type Answer = Verifying;
    type Fault = VerifyFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<VerificationId, DeskError> {
        Ok(draw.id(setting.now))
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, id: &VerificationId) -> Done<Self> {
        let Self { asker, product, given, .. } = self;
        let given = given.as_ref().ok_or(Failed::Because(Failure::Because(VerifyFault::Busy)))?;
        let limits = self.limits(setting);
        if self.is_code()
            && let Some(retry_after) = tries::may(tx, &limits, setting.now).await?
        {
            return Err(Failed::Because(Failure::Because(VerifyFault::TooMany { retry_after })));
        }
        let ask = Ask { ground: &setting.ground, filer: asker, product, given, now: setting.now };
        let (rows, mut verifying) = ask.put(tx).await?;
        let verdict = verifying.decide()?;
        verifying.passed = verdict.passes.then(|| passed(*id, verifying.at()));
        let entry = row(setting.entry, &self.entry(&verifying, rows, verdict.record))?;
        let made =
            verifying.passed.zip(rows.instance).map(|(passed, instance)| verifications::Verification {
                id: passed.id,
                account: asker.id(),
                instance,
                code: rows.code,
                product: verifying.product().to_owned(),
                addresses: addresses(&verifying),
                made_at: verifying.at().as_microsecond(),
                expires_at: passed.expires_at.as_microsecond(),
                used_at: None,
            });
        let made = made.iter().map(verifications::Verification::adding);
        tx.together(&made.chain([entries::adding(&entry)]).collect::<Vec<_>>()).await?;
        self.settle(tx, setting, &verifying).await?;
        Ok(verifying)
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let damage = |fault: String| Failed::Desk(damaged(setting.entry, &fault).into());
        let rulebook = setting.ground.rulebook_of(tx, entry).await?;
        let mut verifying =
            Verifying::recorded(entry, &rulebook).map_err(|unlike| damage(unlike.to_string()))?;
        verifying.malformed = match self.given {
            Some(Given::Malformed(malformed)) => Some(malformed),
            _ => None,
        };
        let id = entry.ids.named("verification").find_map(|id| match id {
            IdRef::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
            IdRef::Text(_) => None,
        });
        verifying.passed = id.map(|id| passed(VerificationId::new(id), verifying.at()));
        // Counted although somebody was quicker with the same: it is one try, however often it is asked at once.
        if !self.is_code() && self.given.is_some() && !setting.unsure {
            tries::undecided(tx, &self.limits(setting)).await?;
        }
        Ok(verifying)
    }
}

/// The public addresses of the instance, as the row has them. They stay what they were: the instance may be another's later.
fn addresses(verifying: &Verifying) -> String {
    let known = verifying.facts().and_then(|facts| facts.public_ips.as_deref()).unwrap_or_default();
    known.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn passed(id: VerificationId, at: Timestamp) -> Passed {
    Passed { id, expires_at: at.saturating_add(LASTS).unwrap_or(Timestamp::MAX) }
}

impl Verify {
    fn of(ask: &VerifyProduct, ground: &Ground, given: Option<Given>) -> Self {
        let VerifyProduct { asker, product, proof, address } = ask;
        Self {
            asker: asker.clone(),
            product: product.clone(),
            proof: marks::of_proof(ground, proof),
            given,
            typed: proof.clone(),
            address: *address,
        }
    }

    fn is_code(&self) -> bool {
        matches!(self.typed, Proof::Code(_))
    }

    fn limits(&self, setting: &Setting) -> Vec<Limit> {
        limits::of(&setting.ground, &self.asker, &self.typed, self.address)
    }

    /// Counts a wrong guess, or forgives those before a right one. Of hosts the try is counted already: looking takes long, and
    /// many at once must not all pass for the first.
    async fn settle(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        verifying: &Verifying,
    ) -> Result<(), DeskError> {
        let limits = self.limits(setting);
        match (Shown::by(verifying), self.is_code()) {
            (Shown::Wrong, true) => tries::failed(tx, &limits, setting.now).await?,
            (Shown::Wrong, false) | (Shown::Neither, true) => {}
            (Shown::Right, false) => tries::succeeded(tx, &limits).await?,
            // Nothing was counted for it, and only what it was narrowly tried for is forgiven.
            (Shown::Right, true) => tries::succeeded(tx, limits.get(..1).unwrap_or_default()).await?,
            (Shown::Neither, false) => tries::undecided(tx, &limits).await?,
        }
        Ok(())
    }

    fn entry(&self, verifying: &Verifying, rows: Rows, record: Vec<u8>) -> Entry {
        let kind = if verifying.passed.is_some() { VERIFIED } else { NOT_VERIFIED };
        let named = verifying.facts().map(|facts| theirs("instance", &facts.id));
        let instance = rows.instance.map(|id| ours("instance_id", id.uuid()));
        let code = rows.code.map(|id| ours("code", id.uuid()));
        let made = verifying.passed.map(|passed| ours("verification", passed.id.uuid()));
        Entry {
            ids: [named, instance, code, made].into_iter().flatten().collect(),
            edition: Some(verifying.edition().id.clone()),
            rulebook: Some(*verifying.rulebook()),
            decided: Some(record),
            ..entry(verifying.at().as_microsecond(), &self.actor(), kind)
        }
    }
}
