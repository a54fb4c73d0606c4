//! Is this product the customer's? With all that the answer rests on, so that it can be answered again years later.

use super::{
    VerifyFault,
    panel::PanelAnswer,
    proof::{Compared, Given, proved_by},
};
use crate::{
    Asker,
    clock::following,
    codes::{HeldThen, UnlikeDecided, basis, codes_issued},
    deed::{asked, decided},
    failure::{DeskError, Failed, Failure},
    ground::{Ground, Published},
    instances::facts_of,
};
use filing::{
    codes::{Malformed, State},
    verification::{
        Asked, Behind, Failed as NotVerified, Host, Proof, Reader, Typed, Verified, may_use, verify,
    },
};
use jiff::Timestamp;
use ledger::{ActorKind, ActorRef, EntryRef, IdRef};
use rulebook::{Decision, Edition, Facts};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{
    CodeId, InstanceId, Tx, VerificationId, codes,
    instances::{self, Asked as Read},
};

/// The ledger's kind of an entry about a product that was verified.
pub(crate) const VERIFIED: &str = "product.verified";
/// The ledger's kind of an entry about a product that was not.
pub(crate) const NOT_VERIFIED: &str = "product.not-verified";

/// How many codes of an instance are looked at for one that is unused.
const MOST_SPARE: i64 = 64;

/// Is this product the customer's, at that time, by that edition?
#[derive(Clone, Debug)]
pub struct Verifying {
    edition: Arc<Edition>,
    rulebook: [u8; 32],
    at: Timestamp,
    kept: Kept,
    /// What is wrong with the code that was typed. Not kept: it quotes what was typed.
    pub(super) malformed: Option<Malformed>,
    pub(super) passed: Option<Passed>,
}

/// A verification that was made: one order can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Its id.
    pub id: VerificationId,
    /// Until when an order can use it.
    pub expires_at: Timestamp,
}

/// What of it only its entry in the ledger can keep: nothing of what was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    filer: String,
    product: String,
    proof: KeptProof,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptProof {
    MalformedCode,
    UnknownCode,
    Code { held: HeldThen, instance: Option<KeptInstance>, spare: u32 },
    UnmatchedHost,
    Host(KeptInstance),
    UnavailableHost { retry_at: i64 },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptInstance {
    facts: Facts,
    gone: bool,
}

/// What was found, for the ledger.
#[derive(Serialize)]
struct Found<D> {
    cause: Option<&'static str>,
    decision: Option<D>,
}

/// What a question comes to.
pub(super) struct Verdict {
    pub(super) passes: bool,
    pub(super) record: Vec<u8>,
}

/// The rows behind a question.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rows {
    pub(super) code: Option<CodeId>,
    pub(super) instance: Option<InstanceId>,
}

impl KeptInstance {
    fn behind(&self) -> Behind<'_> {
        Behind { facts: &self.facts, gone: self.gone }
    }
}

impl Verifying {
    /// Answers it, and hands the answer to `tell`, with whom the filer is to it.
    pub fn judge<T>(&self, tell: impl FnOnce(Result<Verified<'_>, NotVerified<'_>>, Reader) -> T) -> T {
        let asked = self.asked();
        tell(verify(&asked), asked.filer_reads_as())
    }

    /// The verification; `None` when there is none, or none was asked for.
    pub const fn passed(&self) -> Option<Passed> {
        self.passed
    }

    /// The edition by which it is decided.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// SHA-256 of the rulebook of that edition.
    pub const fn rulebook(&self) -> &[u8; 32] {
        &self.rulebook
    }

    /// When it is asked.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// The id of the product that the customer chose.
    pub fn product(&self) -> &str {
        &self.kept.product
    }

    /// What is known of the instance, where the filer may use what he gave for it.
    pub(super) fn facts(&self) -> Option<&Facts> {
        match &self.kept.proof {
            KeptProof::Code { instance: Some(instance), .. } | KeptProof::Host(instance) => {
                Some(&instance.facts)
            }
            _ => None,
        }
    }

    fn asked(&self) -> Asked<'_> {
        let proof = match &self.kept.proof {
            // Which place is wrong is told to who typed it, and does not change the answer.
            KeptProof::MalformedCode => {
                Proof::Code(Typed::Malformed(self.malformed.unwrap_or(Malformed::Check)))
            }
            KeptProof::UnknownCode => Proof::Code(Typed::Unknown),
            KeptProof::Code { held, instance, spare } => Proof::Code(Typed::Known {
                held: held.as_held(),
                instance: instance.as_ref().map(KeptInstance::behind),
                spare: *spare,
            }),
            KeptProof::UnmatchedHost => Proof::Host(Host::Unmatched),
            KeptProof::Host(instance) => Proof::Host(Host::Matched(instance.behind())),
            KeptProof::UnavailableHost { retry_at } => {
                let retry_at = Timestamp::from_microsecond(*retry_at).unwrap_or(Timestamp::MAX);
                Proof::Host(Host::Unavailable { retry_at })
            }
        };
        Asked {
            edition: &self.edition,
            at: self.at,
            filer: &self.kept.filer,
            product: &self.kept.product,
            proof,
        }
    }

    /// Answers it for the ledger.
    pub(super) fn decide(&self) -> Result<Verdict, DeskError> {
        let asked = self.asked();
        let cause = verify(&asked).err().map(|failed| failed.true_cause().name().word());
        let decision = asked.decision();
        let found = Found { cause, decision: decision.as_ref().map(Decision::record) };
        let record = decided(&self.kept, &found, cause.into_iter().collect())?;
        Ok(Verdict { passes: cause.is_none(), record })
    }

    /// What an entry of the ledger says was decided, by the rulebook that it names.
    pub fn recorded(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let kept: Kept = asked(entry).map_err(UnlikeDecided::Unreadable)?;
        let (edition, at) = basis(entry, rulebook)?;
        Ok(Self { edition, rulebook: *rulebook.digest(), at, kept, malformed: None, passed: None })
    }

    /// The same, once it was decided again from what stands in the entry and came to the same, to the last byte.
    pub fn verified(entry: &EntryRef<'_>, rulebook: &Published) -> Result<Self, UnlikeDecided> {
        let verifying = Self::recorded(entry, rulebook)?;
        let Self { edition, kept, .. } = &verifying;
        if !rulebook.in_force(verifying.at).is_ok_and(|in_force| in_force.id == edition.id) {
            return Err(UnlikeDecided::NotInForce(edition.id.clone()));
        }
        let filer = ActorRef { kind: ActorKind::Account, id: IdRef::Text(&kept.filer) };
        let instance = verifying.facts().map(|facts| IdRef::Text(&facts.id));
        if entry.actor != filer || !entry.ids.named("instance").eq(instance) {
            return Err(UnlikeDecided::Misnamed);
        }
        let again = verifying.decide().map_err(|error| UnlikeDecided::Unreadable(error.to_string()))?;
        let (kind, made) = if again.passes { (VERIFIED, 1) } else { (NOT_VERIFIED, 0) };
        let same = entry.decided == Some(again.record.as_slice())
            && entry.kind == kind
            && entry.ids.named("verification").count() == made;
        if same { Ok(verifying) } else { Err(UnlikeDecided::Otherwise) }
    }
}

/// A question as it is put.
pub(super) struct Ask<'a> {
    pub(super) ground: &'a Ground,
    pub(super) filer: &'a Asker,
    pub(super) product: &'a str,
    pub(super) given: &'a Given,
    pub(super) now: Timestamp,
}

type Put<T> = Result<T, Failed<Failure<VerifyFault>>>;

fn because<T>(fault: VerifyFault) -> Put<T> {
    Err(Failed::Because(Failure::Because(fault)))
}

impl Ask<'_> {
    /// Reads what is known, and puts the question. The time is now, but later than all that the question follows. Of a code
    /// that the filer may not use nothing more is read than of one that does not exist.
    pub(super) async fn put(&self, tx: &mut Tx<'_>) -> Put<(Rows, Verifying)> {
        let desk = self.ground.check(tx).await?;
        let Some(product) = self.ground.rulebook.product_id(self.product) else {
            return because(VerifyFault::UnknownProduct(self.product.to_owned()));
        };
        let edition = self.edition(self.now)?;
        self.fits(&edition, product)?;
        let mut followed = vec![desk.changed_at];
        let mut rows = Rows::default();
        let proof = match self.given {
            Given::Malformed(_) => KeptProof::MalformedCode,
            Given::Code(code) => {
                let lookup = self.ground.secrets.lookup(code).pair();
                match codes::held_by_lookup(tx, &lookup).await? {
                    None => KeptProof::UnknownCode,
                    Some(held) => {
                        rows.code = Some(held.code.id);
                        followed.push(held.code.changed_at);
                        self.code(tx, &edition, &held, &mut followed, &mut rows).await?
                    }
                }
            }
            Given::Compared(compared) => {
                self.compared(tx, &edition, compared, &mut followed, &mut rows).await?
            }
            Given::Panel(PanelAnswer::No) => KeptProof::UnmatchedHost,
            Given::Panel(PanelAnswer::Host { instance }) => {
                let read = instances::asked(tx, instance).await?;
                self.of_panel(&edition, read, &mut followed, &mut rows)?
            }
            Given::Unavailable(at) => KeptProof::UnavailableHost { retry_at: at.as_microsecond() },
        };
        let at = following(self.now, followed)?;
        if self.edition(at)?.id != edition.id {
            // Midnight passed meanwhile, and with it what may be read.
            return because(VerifyFault::Busy);
        }
        let kept = Kept { filer: self.filer.name().to_owned(), product: product.to_owned(), proof };
        let malformed = match self.given {
            Given::Malformed(malformed) => Some(*malformed),
            _ => None,
        };
        let rulebook = *self.ground.rulebook.digest();
        Ok((rows, Verifying { edition, rulebook, at, kept, malformed, passed: None }))
    }

    fn edition(&self, at: Timestamp) -> Put<Arc<Edition>> {
        match self.ground.rulebook.in_force(at) {
            Ok(edition) => Ok(Arc::clone(edition)),
            Err(error) => because(error.into()),
        }
    }

    /// Whether the product is proved by what was given.
    fn fits(&self, edition: &Edition, product: &str) -> Put<()> {
        let by_code = matches!(self.given, Given::Malformed(_) | Given::Code(_));
        proved_by(edition, product, by_code).or_else(because)
    }

    async fn code(
        &self,
        tx: &mut Tx<'_>,
        edition: &Edition,
        held: &codes::Held,
        followed: &mut Vec<i64>,
        rows: &mut Rows,
    ) -> Put<KeptProof> {
        let then = HeldThen::now(held);
        let usable = may_use(edition, &then.as_held(), self.filer.name());
        let read = match held.code.instance.filter(|_| usable) {
            Some(id) => instances::asked_by_id(tx, id).await?,
            None => None,
        };
        let used = matches!(held.code.stored.state(), State::Recording | State::Recorded);
        let spare = match &read {
            Some(read) if used => self.spare(tx, read.instance.id).await?,
            _ => 0,
        };
        let instance = read.map(|read| known(edition, &read, followed, rows)).transpose()?;
        Ok(KeptProof::Code { held: then, instance, spare })
    }

    /// How many unused codes of an instance the filer may use.
    async fn spare(&self, tx: &mut Tx<'_>, instance: InstanceId) -> Put<u32> {
        let all = codes::of_instance(tx, instance, MOST_SPARE).await?;
        let his = |held: &&codes::Held| [held.code.owner, held.code.grantee].contains(&Some(self.filer.id()));
        let unused = all.iter().filter(his).filter(|held| held.code.stored.state() == State::Bound);
        Ok(u32::try_from(unused.count()).unwrap_or(u32::MAX))
    }

    async fn compared(
        &self,
        tx: &mut Tx<'_>,
        edition: &Edition,
        compared: &Compared,
        followed: &mut Vec<i64>,
        rows: &mut Rows,
    ) -> Put<KeptProof> {
        match compared.host(tx).await? {
            None => because(VerifyFault::Busy),
            Some(None) => Ok(KeptProof::UnmatchedHost),
            Some(Some(host)) => match instances::asked_by_id(tx, host).await? {
                None => Ok(KeptProof::UnmatchedHost),
                Some(read) => Ok(KeptProof::Host(known(edition, &read, followed, rows)?)),
            },
        }
    }

    /// The instance that the panel names. One that no inventory has named yet is not there, and may be soon.
    fn of_panel(
        &self,
        edition: &Edition,
        read: Option<Read>,
        followed: &mut Vec<i64>,
        rows: &mut Rows,
    ) -> Put<KeptProof> {
        if let Some(read) = read {
            return Ok(KeptProof::Host(known(edition, &read, followed, rows)?));
        }
        tracing::warn!(event = "verification.unknown_instance");
        let wait = super::PanelUnavailable { retry_after: None }.wait();
        let at = self.now.saturating_add(wait).unwrap_or(Timestamp::MAX);
        Ok(KeptProof::UnavailableHost { retry_at: at.as_microsecond() })
    }
}

/// What is known of the instance behind a proof.
fn known(edition: &Edition, read: &Read, followed: &mut Vec<i64>, rows: &mut Rows) -> Put<KeptInstance> {
    let places = [read.own, read.of_account].into_iter().flatten().map(|places| places.changed_at);
    followed.extend(places.chain([read.instance.changed_at]));
    rows.instance = Some(read.instance.id);
    let mut facts = facts_of(&read.instance)?;
    facts.codes_issued = codes_issued(edition.row(&facts.product), read);
    Ok(KeptInstance { facts, gone: read.instance.gone_at.is_some() })
}
