//! Something is proposed that needs two people.

use super::{
    Extent, Measure, Thing, ThingFault, ThingKind, WhyListed, WhyUnlisted, effect::Target, measure::Named,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{Damage, DeskError, Failed},
    ground::{Ground, SUBJECTS},
    ledger_entry::{entry, ours, row},
    marks::mark,
    orders::mark_of,
    personal::Vault,
};
use filing::checks::Wanted;
use ledger::{Entry, EntryRef};
use rulebook::calendar::shanghai;
use serde::{Deserialize, Serialize};
use store::{
    BlacklistId, ProposalId, SubjectKeyId, Tx,
    blacklist::{self, Listed},
    entries,
    proposals::Proposal,
    subject_keys::SubjectKey,
};

/// The entry of the ledger.
const PROPOSED: &str = "proposal.made";
/// Under which what proposals name is told apart: what is kept of a request must not lead to it.
const REQUESTS: &str = "kebei v1 proposals";
/// Characters of a note at most.
pub const LONGEST_NOTE: usize = 500;

/// Something is to be proposed.
#[derive(Clone, Debug)]
pub struct Propose {
    /// Who proposes it.
    pub by: Operator,
    /// What.
    pub wish: Wish,
    /// What whoever decides should know; it is kept until then. May be empty.
    pub note: String,
}

/// What is to be proposed.
#[derive(Clone, Debug)]
pub enum Wish {
    /// To put something on the blacklist.
    List {
        /// What.
        thing: Thing,
        /// Why.
        reason: WhyListed,
    },
    /// To take something off it.
    Unlist {
        /// What.
        off: Off,
        /// Why.
        reason: WhyUnlisted,
    },
    /// To cancel a number by order of an authority.
    Cancel {
        /// That of a website, or of a subject with all its websites.
        number: String,
        /// What else.
        extent: Extent,
    },
}

/// What is to be taken off the blacklist.
#[derive(Clone, Debug)]
pub enum Off {
    /// The entry with that id.
    Entry(BlacklistId),
    /// Whatever is listed under this.
    Thing(Thing),
}

/// Why something is not proposed. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeFault {
    /// What is named cannot be compared with anything.
    #[error(transparent)]
    Thing(#[from] ThingFault),
    /// The note is too long, or has characters that cannot be shown.
    #[error("a note has no more than {LONGEST_NOTE} characters")]
    Note,
    /// It is on the blacklist already.
    #[error("it is on the blacklist already, as `{entry}`")]
    ListedAlready {
        /// The entry.
        entry: BlacklistId,
    },
    /// It is not on the blacklist.
    #[error("it is not on the blacklist")]
    NotListed,
    /// Nothing is filed here under that number, or it is cancelled.
    #[error("nothing is filed here under `{0}`")]
    NothingFiled(String),
}

/// A proposal that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its id.
    #[serde(with = "by_text")]
    pub id: ProposalId,
    /// What is proposed.
    pub measure: Measure,
}

impl Desk {
    /// Proposes something, for another person to decide.
    pub async fn propose(
        &self,
        ask: Propose,
        key: IdempotencyKey,
    ) -> Result<Told<Proposed>, Failure<ProposeFault>> {
        let note = ask.note.trim().to_owned();
        let shown = |symbol: char| !symbol.is_control() || symbol == '\n';
        if note.chars().count() > LONGEST_NOTE || !note.chars().all(shown) {
            return Err(Failure::Because(ProposeFault::Note));
        }
        let thing = ask.wish.thing().cloned();
        let today = shanghai(self.now()).date();
        let wanted = thing.as_ref().map(|thing| thing.wanted(today)).transpose();
        let wanted = wanted.map_err(|fault| Failure::Because(fault.into()))?;
        self.have_key(&SUBJECTS).await?;
        let asked = asked_as(&self.ground(), &ask.wish, &note)?;
        let named = Named { thing, note };
        self.once(Some(key), Proposing { by: ask.by, asked, wish: ask.wish, wanted, named }).await
    }
}

impl Wish {
    fn thing(&self) -> Option<&Thing> {
        match self {
            Self::List { thing, .. } | Self::Unlist { off: Off::Thing(thing), .. } => Some(thing),
            Self::Unlist { off: Off::Entry(_), .. } | Self::Cancel { .. } => None,
        }
    }
}

/// By what a request is known again: a keyed hash of all that was asked, in hex.
fn asked_as(ground: &Ground, wish: &Wish, note: &str) -> Result<String, DeskError> {
    let wish = match wish {
        Wish::List { thing, reason } => serde_json::to_vec(&("list", thing, reason)),
        Wish::Unlist { off: Off::Entry(id), reason } => {
            serde_json::to_vec(&("entry", id.to_string(), reason))
        }
        Wish::Unlist { off: Off::Thing(thing), reason } => serde_json::to_vec(&("unlist", thing, reason)),
        Wish::Cancel { number, extent } => serde_json::to_vec(&("cancel", number, extent)),
    };
    let wish = wish.map_err(|error| DeskError::unwritable(&error))?;
    Ok(crate::hex(&mark(ground, REQUESTS, &[&wish, note.as_bytes()])))
}

/// A proposal with what it names read.
#[derive(Serialize)]
struct Proposing {
    by: Operator,
    asked: String,
    #[serde(skip)]
    wish: Wish,
    #[serde(skip)]
    wanted: Option<Wanted>,
    #[serde(skip)]
    named: Named,
}

/// What is drawn beforehand.
struct Fresh {
    proposal: ProposalId,
    key: SubjectKey,
    seed: [u8; 32],
}

type Failing = Failed<Failure<ProposeFault>>;

impl Deed for Proposing {
    const WORD: &'static str = "propose";
    type Ready = Fresh;
    type Answer = Proposed;
    type Fault = ProposeFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Fresh, DeskError> {
        let id: SubjectKeyId = draw.id(setting.now);
        let key = Vault::generate(&setting.ground, id, setting.now.as_microsecond(), draw)?;
        Ok(Fresh { proposal: draw.id(setting.now), key, seed: draw.bytes() })
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, fresh: &Fresh) -> Done<Self> {
        setting.ground.check(tx).await?;
        let (measure, followed) = self.measure(tx, setting).await?;
        let at = following(setting.now, followed)?.as_microsecond();
        tx.together(&[fresh.key.adding()]).await?;
        let vault = Vault::find(tx, &setting.ground, fresh.key.id).await?.vault();
        let missing = || Damage::Sealed { row: fresh.key.id.uuid(), fault: "it is missing".to_owned() };
        let vault = vault.ok_or_else(missing)?;
        let proposal = self.row(fresh, &vault, &measure, at)?;
        let proposed = Proposed { id: fresh.proposal, measure };
        let entry = Entry {
            ids: vec![ours("proposal", fresh.proposal.uuid())],
            decided: Some(decided(&proposed, &(), Vec::new())?),
            commitments: vec![("named".into(), vault.commitment("named", &self.named)?)],
            ..entry(at, &self.actor(), PROPOSED)
        };
        tx.together(&[proposal.adding(), entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(proposed)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl Proposing {
    /// What is proposed, as it is kept; with when the last of what it follows changed, in microseconds since 1970.
    async fn measure(&self, tx: &mut Tx<'_>, setting: &Setting) -> Result<(Measure, Vec<i64>), Failing> {
        match &self.wish {
            Wish::List { thing, reason } => {
                if let Some(listed) = self.listed(tx, setting).await? {
                    return Err(because(ProposeFault::ListedAlready { entry: listed.id }));
                }
                Ok((Measure::List { thing: thing.kind(), reason: *reason }, Vec::new()))
            }
            Wish::Unlist { off, reason } => {
                let listed = match off {
                    Off::Entry(id) => blacklist::by_id(tx, *id).await?,
                    Off::Thing(_) => self.listed(tx, setting).await?,
                };
                let listed = listed.ok_or_else(|| because(ProposeFault::NotListed))?;
                let thing = kind_of(&listed)?;
                Ok((Measure::Unlist { entry: listed.id, thing, reason: *reason }, vec![listed.at]))
            }
            Wish::Cancel { number, extent } => {
                let target = Target::find(tx, number).await?;
                let target = target.ok_or_else(|| because(ProposeFault::NothingFiled(number.clone())))?;
                let followed = target.followed();
                Ok((Measure::Cancel { number: target.number().to_owned(), extent: *extent }, followed))
            }
        }
    }

    /// What is listed under what is named.
    async fn listed(&self, tx: &mut Tx<'_>, setting: &Setting) -> Result<Option<Listed>, DeskError> {
        let Some(wanted) = &self.wanted else { return Ok(None) };
        let (kind, mark) = mark_of(&setting.ground, wanted);
        Ok(blacklist::find(tx, kind, &mark).await?)
    }

    fn row(&self, fresh: &Fresh, vault: &Vault, measure: &Measure, at: i64) -> Result<Proposal, DeskError> {
        let id = fresh.proposal;
        Ok(Proposal {
            id,
            kind: measure.word().to_owned(),
            payload: serde_json::to_vec(measure).map_err(|error| DeskError::unwritable(&error))?,
            subject_key: fresh.key.id,
            sealed: self.named.seal(vault, id, &mut Draw::of(fresh.seed))?,
            state: "open".to_owned(),
            proposed_by: self.by.as_str().to_owned(),
            proposed_at: at,
            decided: None,
        })
    }
}

/// What kind of thing is listed.
pub(super) fn kind_of(listed: &Listed) -> Result<ThingKind, DeskError> {
    let unknown = || Damage::Sealed { row: listed.id.uuid(), fault: format!("`{}` is no kind", listed.kind) };
    Ok(ThingKind::from_word(&listed.kind).ok_or_else(unknown)?)
}

fn because(fault: ProposeFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
