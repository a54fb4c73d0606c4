//! The list of instances, each with what the rulebook says of it today, page by page in the order of their names.

use super::{
    InstanceDecision,
    decision::{CodesCounted, last_changes},
    facts_of,
    history::differences,
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
use rulebook::{Edition, NoEdition, Verdict};
use std::sync::Arc;
use store::{
    Tx, Unit,
    instances::{self, Asked, Change, Listed, Piece},
};

/// How many instances a page has at most.
pub const MOST_INSTANCES: u32 = 200;
/// How many are looked at for one page: a filter that almost nothing passes gives short pages with a cursor instead of long
/// waits.
const MOST_LOOKED_AT: usize = 2000;
/// How many are read at a time, once those that were read first did not fill the page.
const PIECE: u32 = 250;
/// How many changes of each instance are looked at, the newest.
const CHANGES: i64 = 50;

/// Which instances are listed.
#[derive(Clone, Debug, Default)]
pub struct ListInstances {
    /// Only those that this customer bought; `None` for staff, who see those of every account.
    pub of: Option<Asker>,
    /// Only of this product, by its id.
    pub product: Option<String>,
    /// Only those of which this is said today.
    pub verdict: Option<Verdict>,
    /// Only those whose id begins so.
    pub prefix: Option<String>,
    /// Only those whose id has this in it, in letters of whichever case.
    pub text: Option<String>,
    /// Only those that are gone, or only those that are there; `None` for both.
    pub gone: Option<bool>,
    /// Only those after this id, as the page before said.
    pub after: Option<String>,
    /// So many at most, and never more than [`MOST_INSTANCES`].
    pub most: u32,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct InstancePage {
    /// The instances, in the order of the bytes of their ids.
    pub instances: Vec<InstanceDecision>,
    /// Where the next page goes on; `None` at the end. There may be a next page after one without instances.
    pub next: Option<String>,
}

/// Why instances are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListInstancesError {
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// A page of the list of instances. Pages that follow one another by their cursors tell every instance that was there all
    /// the time exactly once.
    pub async fn instances(&self, list: ListInstances) -> Result<InstancePage, ListInstancesError> {
        let (list, now) = (Arc::new(list), self.now());
        self.read(|ground| Ok(List { ground, wanted: Arc::clone(&list), now })).await
    }

    /// The same for whoever was recognised; each page that staff sees is in the access log before it is told.
    pub async fn instances_for(
        &self,
        by: &Principal,
        list: ListInstances,
    ) -> Result<InstancePage, ListInstancesError> {
        let is_staff = list.of.is_none();
        let page = self.instances(list).await?;
        if is_staff {
            self.note_looking(by, Looking::Instances, About::default()).await?;
        }
        Ok(page)
    }
}

/// The first page within a unit: the instances of one account, as its customer sees them.
pub(crate) async fn first_of(
    tx: &mut Tx<'_>,
    ground: &Arc<Ground>,
    of: Asker,
    most: u32,
    now: Timestamp,
) -> Result<InstancePage, Failed<ListInstancesError>> {
    let wanted = Arc::new(ListInstances { of: Some(of), most, ..ListInstances::default() });
    List { ground: Arc::clone(ground), wanted, now }.run(tx).await
}

struct List {
    ground: Arc<Ground>,
    wanted: Arc<ListInstances>,
    now: Timestamp,
}

impl Unit for List {
    type Output = InstancePage;
    type Error = Failed<ListInstancesError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<InstancePage, Self::Error> {
        let Self { ground, wanted: list, now } = self;
        ground.check::<ListInstancesError>(tx).await?;
        let edition = ground.rulebook.in_force(*now).map_err(|error| Failed::Because(error.into()))?;
        let texts = [list.prefix.as_ref(), list.after.as_ref()];
        // No id is longer, or has control characters: nothing begins so, or comes after it in this list.
        if texts.into_iter().flatten().any(|text| !text.is_empty() && !is_name(text)) {
            return Ok(InstancePage { instances: Vec::new(), next: None });
        }
        let (found, next) = self.look(tx, edition).await?;
        let with_history = found.iter().filter(|(listed, _)| listed.has_history);
        let queries: Vec<_> = with_history
            .map(|(listed, _)| instances::changes_of(&listed.asked.instance.id, &CHANGES))
            .collect();
        let mut histories = tx.each::<Change>(&queries).await?.into_iter();
        let mut instances = Vec::with_capacity(found.len());
        for (listed, decided) in found {
            let history = listed.has_history.then(|| histories.next()).flatten().unwrap_or_default();
            let changes = last_changes(differences(&listed.asked.instance, &history)?, *now);
            instances.push(InstanceDecision { changes, ..decided });
        }
        Ok(InstancePage { instances, next })
    }
}

impl List {
    /// The instances of this page, and where the next one begins.
    async fn look(
        &self,
        tx: &mut Tx<'_>,
        edition: &Arc<Edition>,
    ) -> Result<(Vec<(Listed, InstanceDecision)>, Option<String>), DeskError> {
        let list = &self.wanted;
        let most = list.most.clamp(1, MOST_INSTANCES);
        // A list of all that are there needs no second piece.
        let mut at_once = most;
        let prefix = list.prefix.as_deref().unwrap_or_default();
        let mut after = list.after.clone().unwrap_or_default();
        let (mut found, mut looked_at) = (Vec::new(), 0);
        while looked_at < MOST_LOOKED_AT {
            let of = list.of.as_ref().map(Asker::id);
            let piece = Piece { of, from: prefix, after: &after, most: at_once.into() };
            let read = instances::in_order(tx, &piece).await?;
            let ended = read.len() < at_once as usize;
            for listed in read {
                let asked = &listed.asked;
                if !asked.instance.name.starts_with(prefix) {
                    return Ok((found, None));
                }
                looked_at += 1;
                after.clone_from(&asked.instance.name);
                if let Some(decided) = self.decided(asked, edition)? {
                    found.push((listed, decided));
                    if found.len() == most as usize {
                        return Ok((found, Some(after)));
                    }
                }
            }
            if ended {
                return Ok((found, None));
            }
            at_once = PIECE;
        }
        Ok((found, Some(after)))
    }

    /// What is said of an instance, if it is one of those that are asked for.
    fn decided(&self, asked: &Asked, edition: &Arc<Edition>) -> Result<Option<InstanceDecision>, Damage> {
        let Self { wanted: list, now, .. } = self;
        let instance = &asked.instance;
        let unlike = list.product.as_ref().is_some_and(|product| *product != instance.product)
            || list.text.as_ref().is_some_and(|text| !has(&instance.name, text))
            || list.gone.is_some_and(|gone| gone != instance.gone_at.is_some());
        if unlike {
            return Ok(None);
        }
        let mut facts = facts_of(instance)?;
        facts.codes_issued = codes_issued(edition.row(&facts.product), asked);
        let decided = InstanceDecision {
            edition: Arc::clone(edition),
            facts,
            at: *now,
            asker: list.of.as_ref().map(|asker| asker.name().to_owned()),
            blacklisted: asked.blocked.since.is_some(),
            gone_at: instance.gone_at.and_then(|at| Timestamp::from_microsecond(at).ok()),
            codes: CodesCounted::Then,
            changes: Vec::new(),
        };
        let wanted = list.verdict.is_none_or(|verdict| decided.decision().verdict() == verdict);
        Ok(wanted.then_some(decided))
    }
}

/// Whether an id has a text in it.
fn has(id: &str, text: &str) -> bool {
    id.to_lowercase().contains(&text.to_lowercase())
}
