//! Something that is done once: asked with a key, decided, written, and told again to whoever asks again.

use crate::{
    Actor, Desk, IdempotencyKey,
    chance::Draw,
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    repeatable::Repeatable,
};
use jiff::Timestamp;
use ledger::EntryRef;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{future::Future, sync::Arc};
use store::{EntryId, StoreError, Tx, Unit, entries, requests::Request};

/// A use case that changes something. What it serialises to is what was asked: two requests with one key are the same when
/// that is the same. A field that is added later leaves no trace in it while it is absent.
pub(crate) trait Deed: Serialize + Send + Sync + 'static {
    /// Its word, so that one key cannot stand for two kinds of deeds.
    const WORD: &'static str;
    /// What is made beforehand: ids, and whatever takes time.
    type Ready: Send + Sync + 'static;
    /// What is told.
    type Answer: Send + 'static;
    /// What can be wrong with what is asked, so that nothing is decided.
    type Fault: Send + 'static;

    /// Who does it.
    fn actor(&self) -> Actor;

    /// Makes what must not be made twice or takes time, before the transaction.
    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Self::Ready, DeskError>;

    /// Decides and writes. A refusal is an answer: it belongs in the ledger.
    fn run(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        ready: &Self::Ready,
    ) -> impl Future<Output = Done<Self>> + Send;

    /// The answer that was given before, from the entry of the ledger that says it.
    fn again(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        entry: &EntryRef<'_>,
    ) -> impl Future<Output = Done<Self>> + Send;
}

/// What a deed comes to inside its transaction.
pub(crate) type Done<D> = Result<<D as Deed>::Answer, Failed<Failure<<D as Deed>::Fault>>>;

/// On what a deed is done.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Keys and rulebook.
    pub(crate) ground: Arc<Ground>,
    /// When it was asked.
    pub(crate) now: Timestamp,
    /// The entry of the ledger that will say it, or said it the first time.
    pub(crate) entry: EntryId,
    /// Whether it is told again only because nobody knew whether it had been kept: what it did then, it did for this asking.
    pub(crate) unsure: bool,
}

/// What is known of a key before anything is done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeySeen {
    /// It was not used, or nobody has seen yet that it was.
    Never,
    /// It was used for the same request: doing it once more tells what it came to.
    ForThis,
    /// It was used for another request.
    ForAnother,
}

/// What the desk told. It is durable, and in the ledger.
#[derive(Clone, Debug)]
pub struct Told<A> {
    /// The entry of the ledger that says it.
    pub entry: EntryId,
    /// Whether this was told before, to the same request.
    pub before: bool,
    /// What.
    pub answer: A,
}

impl Desk {
    /// Does a deed, or tells what it came to before. Where it is not known whether it was done, the key lets us ask again.
    pub(crate) async fn once<D: Deed>(
        &self,
        key: Option<IdempotencyKey>,
        deed: D,
    ) -> Result<Told<D::Answer>, Failure<D::Fault>> {
        let (deed, now) = (Arc::new(deed), self.now());
        let request = |key| Repeatable::new(&self.ground(), &deed.actor(), key, D::WORD, &*deed);
        let request = key.map(request).transpose()?;
        let entry = self.chance().draw().id(now);
        let make = |ground| {
            let setting = Setting { ground, now, entry, unsure: false };
            let ready = deed.prepare(&setting, &mut self.chance().draw())?;
            Ok(Once { deed: Arc::clone(&deed), request: request.clone(), setting, ready })
        };
        match self.write(make).await {
            Err(Failure::Desk(error)) if error.outcome_unknown() && request.is_some() => {
                tracing::warn!(event = "desk.outcome_unknown", deed = D::WORD, %error);
                self.write(make).await
            }
            told => told,
        }
    }

    /// For what a key was used, for a deed that takes work before it can be done. Looking decides nothing: whoever is told
    /// [`KeySeen::Never`] may still find that somebody was quicker.
    pub(crate) async fn key_seen<D: Deed>(
        &self,
        key: &IdempotencyKey,
        deed: &D,
    ) -> Result<KeySeen, DeskError> {
        let asked = Repeatable::new(&self.ground(), &deed.actor(), key.clone(), D::WORD, deed)?;
        let found = self.store().read(LookForKey(asked.clone())).await?;
        Ok(match found {
            None => KeySeen::Never,
            Some(first) if asked.is_same(&first) => KeySeen::ForThis,
            Some(_) => KeySeen::ForAnother,
        })
    }
}

/// Looks for the request that was made with a key.
struct LookForKey(Repeatable);

impl Unit for LookForKey {
    type Output = Option<Request>;
    type Error = StoreError;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        self.0.first(tx).await
    }
}

/// A deed with its key: done now, or told again.
struct Once<D: Deed> {
    deed: Arc<D>,
    request: Option<Repeatable>,
    setting: Setting,
    ready: D::Ready,
}

impl<D: Deed> Unit for Once<D> {
    type Output = Told<D::Answer>;
    type Error = Failed<Failure<D::Fault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let Self { deed, setting, ready, .. } = self;
        let before = match &self.request {
            Some(request) => request.before(tx, setting.entry, setting.now).await?,
            None => None,
        };
        if let Some(entry) = before {
            let bytes = entries::by_id(tx, entry).await?.map(|row| row.bytes).unwrap_or_default();
            let read = EntryRef::decode(&bytes);
            let read = read.map_err(|error| Damage::Entry { id: entry, fault: error.to_string() })?;
            setting.ground.check(tx).await?;
            // What is wrong with the entry must name it, and not the one that is not written now.
            let unsure = entry == setting.entry;
            let first = Setting { ground: Arc::clone(&setting.ground), now: setting.now, entry, unsure };
            let answer = deed.again(tx, &first, &read).await?;
            return Ok(Told { entry, before: true, answer });
        }
        let answer = deed.run(tx, setting, ready).await?;
        Ok(Told { entry: setting.entry, before: false, answer })
    }
}

/// What the ledger keeps of a decision, as JSON: everything from which it can be made again.
#[derive(Serialize, Deserialize)]
struct Decided<A, F> {
    /// The version of this form.
    v: u32,
    /// What was asked, with all that the answer rests on.
    asked: A,
    /// What was found.
    found: F,
    /// The words of the reasons for which it was refused; none when it was not.
    refused: Vec<String>,
}

const VERSION: u32 = 1;

/// What an entry of the ledger keeps of a decision.
pub(crate) fn decided(
    asked: &impl Serialize,
    found: &impl Serialize,
    refused: Vec<&'static str>,
) -> Result<Vec<u8>, DeskError> {
    let refused = refused.into_iter().map(str::to_owned).collect();
    serde_json::to_vec(&Decided { v: VERSION, asked, found, refused })
        .map_err(|error| DeskError::unwritable(&error))
}

/// What was asked, from what an entry keeps.
pub(crate) fn asked<A: DeserializeOwned>(entry: &EntryRef<'_>) -> Result<A, String> {
    let bytes = entry.decided.ok_or("it does not say what was decided on")?;
    let read: Decided<A, serde::de::IgnoredAny> =
        serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if read.v == VERSION {
        Ok(read.asked)
    } else {
        Err(format!("it is of version {}, not {VERSION}", read.v))
    }
}
