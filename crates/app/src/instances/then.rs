//! The decision on one instance by any edition and as of any moment, from what the desk knew then.

use super::{
    InstanceDecision,
    decision::{CodesCounted, last_changes},
    history::differences,
    read_facts,
};
use crate::{
    Asker, Desk,
    access::Principal,
    access_log::{About, Looking},
    accounts::is_name,
    codes::codes_issued,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
};
use jiff::Timestamp;
use rulebook::{Facts, NoEdition, Row, Scope as Per};
use std::sync::Arc;
use store::{
    CodeId, Tx, Unit, blacklist,
    codes::{self, CountedThen},
    instances::{self, Asked, Instance},
};
use uuid::{Builder, Uuid};

/// A decision on one instance is asked for.
#[derive(Clone, Debug)]
pub struct AskDecision {
    /// The instance, as its seller names it.
    pub instance: String,
    /// The customer who asks, of instances of his own only; `None` for staff.
    pub asker: Option<Asker>,
    /// The edition to decide by; `None` for the one that was in force at that time.
    pub edition: Option<String>,
    /// As of when; `None` for now.
    pub at: Option<Timestamp>,
}

/// Why there is no decision.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// The desk does not know the instance, or it is not the asker's, or was not at that time.
    #[error("there is no instance `{0}`")]
    UnknownInstance(String),
    /// The desk had not heard of the instance at that time.
    #[error("the desk first heard of instance `{instance}` at {first}")]
    BeforeFirst {
        /// The instance.
        instance: String,
        /// When the desk first heard of it.
        first: Timestamp,
    },
    /// There is no such edition, or none was in force at that time.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// What the rulebook says, or said, of one instance.
    pub async fn instance_decision(&self, ask: AskDecision) -> Result<InstanceDecision, DecisionError> {
        let (ask, now) = (Arc::new(ask), self.now());
        self.read(|ground| Ok(Ask { ground, wanted: Arc::clone(&ask), now })).await
    }
}

impl Desk {
    /// The same for whoever was recognised; what staff sees of an instance is in the access log before it is told.
    pub async fn instance_decision_for(
        &self,
        by: &Principal,
        ask: AskDecision,
    ) -> Result<InstanceDecision, DecisionError> {
        let (is_staff, as_of) = (ask.asker.is_none(), ask.at);
        let decided = self.instance_decision(ask).await?;
        if is_staff {
            let Facts { id, account, .. } = decided.facts().clone();
            let about = About { instance: Some(id), account, as_of, ..About::default() };
            self.note_looking(by, Looking::Instance, about).await?;
        }
        Ok(decided)
    }
}

/// The same within a unit, for staff: asked as whoever was the buyer at that time, in whose words it is then told.
pub(crate) async fn as_buyer(
    tx: &mut Tx<'_>,
    ground: &Arc<Ground>,
    instance: &str,
    edition: Option<String>,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Result<InstanceDecision, Failed<DecisionError>> {
    let wanted = Arc::new(AskDecision { instance: instance.to_owned(), asker: None, edition, at });
    let decided = Ask { ground: Arc::clone(ground), wanted, now }.run(tx).await?;
    Ok(InstanceDecision { asker: decided.facts.account.clone(), ..decided })
}

struct Ask {
    ground: Arc<Ground>,
    wanted: Arc<AskDecision>,
    now: Timestamp,
}

/// What was known of an instance at some time.
struct Then {
    facts: Facts,
    gone_at: Option<i64>,
}

impl Unit for Ask {
    type Output = InstanceDecision;
    type Error = Failed<DecisionError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<InstanceDecision, Self::Error> {
        let Self { ground, wanted: ask, now } = self;
        let unknown = || Failed::Because(DecisionError::UnknownInstance(ask.instance.clone()));
        let found = if is_name(&ask.instance) { instances::asked(tx, &ask.instance).await? } else { None };
        let found = found.filter(|found| is_shown(found, ask.asker.as_ref())).ok_or_else(unknown)?;
        ground.same::<DecisionError>(found.desk)?;
        // The present is not before what is known: the process that heard of it may have a clock that is ahead.
        let known = Timestamp::from_microsecond(found.instance.changed_at).unwrap_or(*now);
        let at = ask.at.unwrap_or_else(|| known.max(*now));
        let then = self.then(tx, &found.instance, at).await?;
        // What another bought, and he took over later, was not his to see.
        let asker = ask.asker.as_ref().map(|asker| asker.name().to_owned());
        if asker.is_some() && then.facts.account != asker {
            return Err(unknown());
        }
        let edition = ground.rulebook.edition_or_in_force(ask.edition.as_deref(), at);
        let edition = edition.map_err(|error| Failed::Because(error.into()))?;
        let mut facts = then.facts;
        let codes;
        (facts.codes_issued, codes) = if at >= *now {
            (codes_issued(edition.row(&facts.product), &found), CodesCounted::Then)
        } else {
            counted(tx, &found, &facts, edition.row(&facts.product), at).await?
        };
        let history = differences(&found.instance, &instances::history(tx, found.instance.id).await?)?;
        Ok(InstanceDecision {
            edition: Arc::clone(edition),
            facts,
            at,
            asker,
            blacklisted: was_blacklisted(tx, &found, at, *now).await?,
            gone_at: then.gone_at.and_then(|at| Timestamp::from_microsecond(at).ok()),
            codes,
            changes: last_changes(history, at),
        })
    }
}

/// Whether a subject of the buyer is on the blacklist, or was at an earlier time.
async fn was_blacklisted(
    tx: &mut Tx<'_>,
    found: &Asked,
    at: Timestamp,
    now: Timestamp,
) -> Result<bool, DeskError> {
    match found.instance.account {
        Some(account) if at < now => Ok(blacklist::blocked_then(tx, account, at.as_microsecond()).await?),
        _ => Ok(found.blocked.since.is_some()),
    }
}

/// Whether the instance is there for whoever asks.
fn is_shown(found: &Asked, asker: Option<&Asker>) -> bool {
    asker.is_none_or(|asker| found.instance.account == Some(asker.id()))
}

impl Ask {
    async fn then(
        &self,
        tx: &mut Tx<'_>,
        instance: &Instance,
        at: Timestamp,
    ) -> Result<Then, Failed<DecisionError>> {
        let first = heard_of(instance.id.uuid()).ok_or_else(|| Damage::Facts {
            instance: instance.name.clone(),
            fault: "when it was first heard of is not in its id".to_owned(),
        })?;
        // Ids carry whole milliseconds.
        if at.as_millisecond() < first.as_millisecond() {
            let instance = instance.name.clone();
            return Err(Failed::Because(DecisionError::BeforeFirst { instance, first }));
        }
        let change = instances::first_change_after(tx, instance.id, at.as_microsecond()).await?;
        let (facts, gone_at) = match &change {
            Some(change) => (&change.before, change.gone_at),
            None => (&instance.facts, instance.gone_at),
        };
        Ok(Then { facts: read_facts(&instance.name, facts)?, gone_at })
    }
}

/// When the desk first heard of what has that id.
pub(crate) fn heard_of(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
}

/// How many codes had been issued at an earlier time, in the scope that the row's quota counts.
async fn counted(
    tx: &mut Tx<'_>,
    found: &Asked,
    facts: &Facts,
    row: Option<&Row>,
    at: Timestamp,
) -> Result<(u32, CodesCounted), DeskError> {
    if row.is_some_and(crate::codes::counts_by_use) {
        // When a code was used, or a website submitted, its row does not say.
        return Ok((codes_issued(row, found), CodesCounted::Today));
    }
    let later = first_later(at);
    let (micros, per_account) =
        (at.as_microsecond(), row.and_then(Row::quota).is_some_and(|quota| quota.per == Per::Account));
    let CountedThen { counted, unsure } = match found.instance.account.filter(|_| per_account) {
        Some(owner) => codes::counted_then_of_owner(tx, owner, &facts.product, later, micros).await?,
        None => codes::counted_then(tx, found.instance.id, later, micros).await?,
    };
    let known = if unsure == 0 { CodesCounted::Then } else { CodesCounted::Unsure };
    Ok((u32::try_from(counted).unwrap_or(u32::MAX), known))
}

/// What sorts before the ids of all codes that were made after `at`.
fn first_later(at: Timestamp) -> CodeId {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default().saturating_add(1);
    CodeId::new(Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}
