//! What a draft of the rules would do to everything that the desk knows, before anybody publishes it: every instance, the codes on
//! those that change, and the orders under way that they back. One pass over the inventory, and nothing is written.

use super::publish::{PublishError, added, broken, read};
use crate::{
    Desk,
    access::Principal,
    access_log::{About, Looking},
    codes::codes_issued,
    failure::{DeskError, Failed},
    ground::{Ground, Published},
    instances::facts_of,
    orders::OrderId,
};
use filing::{
    codes::State as CodeState,
    orders::{Kind, State},
};
use jiff::Timestamp;
use rulebook::{DryRun, Edition, Effect, NoEdition, Shift, Tally};
use std::{collections::HashMap, sync::Arc};
use store::{
    InstanceId, Tx, Unit,
    codes::{self, OpenCodes},
    instances::{self, Asked, Piece},
    order_products::{self, Backed},
    verifications::{self, Unused},
};

/// Instances that change and are told one by one, in the order of the bytes of their ids; all are counted.
pub const MOST_TOLD: usize = 500;
/// Instances that are read at a time.
const PIECE: i64 = 1000;
/// Orders under way that are looked at, and instances that are verified for drafts: more than the largest hosts have at a time.
pub const MOST_LOOKED_AT: u32 = 200_000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct AskImpact {
    /// The text of the rulebook.
    pub text: Vec<u8>,
    /// The edition of it that is held against the one in force; `None` for the last that it adds, or where it adds none for its last.
    pub edition: Option<String>,
    /// Orders under way that are looked at, and instances that are verified for drafts: [`MOST_LOOKED_AT`].
    pub most: u32,
}

/// What a draft does to the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// The edition in force.
    pub before: String,
    /// The draft.
    pub after: String,
    /// As of when both are asked.
    pub at: Timestamp,
    /// What was counted of all instances that are there.
    pub total: Tally,
    /// The same product by product, as far as there are any; `None` for products that neither edition knows.
    pub products: Vec<(Option<String>, Tally)>,
    /// The codes that serve for a filing today, and would no longer ([`Shift::hits_codes`]).
    pub codes: CodesHit,
    /// The orders under way that instances of such codes back.
    pub orders: Vec<OrderHit>,
    /// How often such instances were verified for orders that are not submitted yet, and can still be used. Which draft names which
    /// stands in its sealed form.
    pub verifications: u64,
    /// Whether there was more than was looked at, so that orders or verifications are missing.
    pub cut: bool,
    /// The instances that change, [`MOST_TOLD`] of them at most.
    pub changes: Vec<InstanceHit>,
}

/// Codes that would serve for no filing any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodesHit {
    /// Nobody has used them.
    pub unused: u64,
    /// The same, of those that are granted to another account.
    pub granted: u64,
    /// Orders under way use them.
    pub recording: u64,
}

/// An order under way whose product would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderHit {
    /// The order.
    pub order: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The instance that backs it.
    pub instance: String,
}

/// An instance that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceHit {
    /// The instance, as its seller names it.
    pub instance: String,
    /// The account that bought it.
    pub account: Option<String>,
    /// Its product.
    pub product: String,
    /// What either edition says of it.
    pub shift: Shift,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ImpactError {
    /// For the same reasons for which it could not be published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// It has no such edition, or none is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Holds a draft against the edition in force over the whole inventory. It is in the access log before it is told.
    pub async fn impact_of_rulebook(&self, by: &Principal, ask: AskImpact) -> Result<Impact, ImpactError> {
        let draft = Arc::new(read(&ask.text)?);
        let (now, most, edition) = (self.now(), ask.most, Arc::new(ask.edition));
        let unit = |ground| {
            let (draft, edition) = (Arc::clone(&draft), Arc::clone(&edition));
            Ok(Pass { ground, draft, edition, now, most })
        };
        let impact = self.read(unit).await?;
        self.note_looking(by, Looking::Instances, About::default()).await?;
        Ok(impact)
    }
}

struct Pass {
    ground: Arc<Ground>,
    draft: Arc<Published>,
    edition: Arc<Option<String>>,
    now: Timestamp,
    most: u32,
}

/// What instances back, before it is known which of them are hit.
struct Backing {
    orders: HashMap<InstanceId, Vec<Backed>>,
    verified: HashMap<InstanceId, u64>,
    cut: bool,
}

impl Unit for Pass {
    type Output = Impact;
    type Error = Failed<ImpactError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Impact, Self::Error> {
        self.ground.check::<ImpactError>(tx).await?;
        let broken = broken(&self.ground.rulebook, &self.draft);
        if !broken.is_empty() {
            return Err(because(PublishError::Breaks(broken)));
        }
        let before = self.ground.rulebook.in_force(self.now).map_err(because)?;
        let after = self.draft(before)?;
        let mut backing = self.backing(tx).await?;
        let mut run =
            Run { dry: DryRun::new(before, after, self.now), found: Found::default(), before, after };
        let mut name = String::new();
        loop {
            let piece = Piece { of: None, from: "", after: &name, most: PIECE };
            let read = instances::in_order(tx, &piece).await?;
            let Some(last) = read.last() else { break };
            name.clone_from(&last.asked.instance.name);
            let hit = run.hold(read.into_iter().map(|listed| listed.asked))?;
            run.found.codes(tx, &hit).await?;
            run.found.orders(&hit, &mut backing);
        }
        let Run { dry, found, .. } = run;
        let products = dry.by_product().filter(|(_, tally)| tally.held() > 0);
        let products = products.map(|(product, tally)| (product.map(str::to_owned), tally.clone())).collect();
        Ok(Impact {
            before: before.id.clone(),
            after: after.id.clone(),
            at: self.now,
            total: dry.total(),
            products,
            codes: found.codes,
            orders: found.orders,
            verifications: found.verifications,
            cut: backing.cut,
            changes: found.changes,
        })
    }
}

impl Pass {
    /// The orders under way and the verifications for drafts, by instance.
    async fn backing(&self, tx: &mut Tx<'_>) -> Result<Backing, DeskError> {
        let one_more = i64::from(self.most) + 1;
        let under_way = order_products::under_way(tx, one_more).await?;
        let unused = verifications::unused(tx, self.now.as_microsecond(), one_more).await?;
        let most = usize::try_from(self.most).unwrap_or(usize::MAX);
        let cut = under_way.len() > most || unused.len() > most;
        let mut orders: HashMap<_, Vec<_>> = HashMap::new();
        for one in under_way.into_iter().take(most) {
            orders.entry(one.instance).or_default().push(one);
        }
        let count = |one: Unused| (one.instance, u64::try_from(one.count).unwrap_or_default());
        let verified = unused.into_iter().take(most).map(count).collect();
        Ok(Backing { orders, verified, cut })
    }

    /// The edition that is held against the one in force.
    fn draft(&self, in_force: &Arc<Edition>) -> Result<&Arc<Edition>, Failed<ImpactError>> {
        if let Some(named) = self.edition.as_deref() {
            return self.draft.edition(named).map_err(because);
        }
        let newest = added(&self.ground.rulebook, &self.draft).pop().map(|(id, _)| id);
        self.draft.edition(newest.as_deref().unwrap_or(&in_force.id)).map_err(because)
    }
}

/// A pass that goes on.
struct Run<'e> {
    dry: DryRun<'e>,
    found: Found,
    before: &'e Edition,
    after: &'e Edition,
}

/// What is found beside what is counted.
#[derive(Default)]
struct Found {
    codes: CodesHit,
    orders: Vec<OrderHit>,
    verifications: u64,
    changes: Vec<InstanceHit>,
}

impl Run<'_> {
    /// Holds some instances against both editions; those whose codes are hit.
    fn hold(&mut self, read: impl Iterator<Item = Asked>) -> Result<Vec<(InstanceId, String)>, DeskError> {
        let mut hit = Vec::new();
        for asked in read.filter(|asked| asked.instance.gone_at.is_none()) {
            let mut facts = facts_of(&asked.instance)?;
            facts.codes_issued = codes_issued(self.before.row(&facts.product), &asked);
            let issued_after = codes_issued(self.after.row(&facts.product), &asked);
            let shift = self.dry.hold_counted(&facts, issued_after, None);
            let (id, instance) = (asked.instance.id, asked.instance.name);
            if shift.hits_codes() {
                hit.push((id, instance.clone()));
            }
            if shift.effect() != Effect::Same && self.found.changes.len() < MOST_TOLD {
                let (account, product) = (facts.account, facts.product);
                self.found.changes.push(InstanceHit { instance, account, product, shift });
            }
        }
        Ok(hit)
    }
}

impl Found {
    async fn codes(&mut self, tx: &mut Tx<'_>, hit: &[(InstanceId, String)]) -> Result<(), DeskError> {
        let queries: Vec<_> = hit.iter().map(|(id, _)| codes::open_on(id)).collect();
        for open in tx.each::<OpenCodes>(&queries).await?.into_iter().flatten() {
            let count = u64::try_from(open.count).unwrap_or_default();
            match open.state {
                CodeState::Recording => self.codes.recording += count,
                _ => self.codes.unused += count,
            }
            if open.granted && open.state == CodeState::Bound {
                self.codes.granted += count;
            }
        }
        Ok(())
    }

    fn orders(&mut self, hit: &[(InstanceId, String)], backing: &mut Backing) {
        for (id, instance) in hit {
            self.verifications += backing.verified.remove(id).unwrap_or_default();
            let orders = backing.orders.remove(id).unwrap_or_default().into_iter();
            self.orders.extend(orders.map(|Backed { order, kind, state, .. }| OrderHit {
                order,
                kind,
                state,
                instance: instance.clone(),
            }));
        }
    }
}

fn because(fault: impl Into<ImpactError>) -> Failed<ImpactError> {
    Failed::Because(fault.into())
}
