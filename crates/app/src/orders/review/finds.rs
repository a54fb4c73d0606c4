//! What is found today in an order that was submitted: by the checks, by testing its products again, and on the blacklist; and what
//! was verified for each website.

use crate::{
    Asker, accounts,
    deed::Setting,
    failure::DeskError,
    instances::facts_of,
    orders::{
        Beside, Faults,
        beside::beside,
        knowing::Knowing,
        marks,
        products::{Tested, Testing},
    },
};
use filing::{
    checks::{Weight, lookups},
    orders::Form,
};
use jiff::Timestamp;
use rulebook::Text;
use store::{BlacklistId, Tx, blacklist, instances, orders::Order, verifications};

/// What is found in an order, for whoever judges it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finds {
    /// What is wrong; warnings too.
    pub faults: Faults,
    /// What is on the blacklist: the field, and the entry of the list.
    pub listed: Vec<(String, BlacklistId)>,
    /// The orders that are under way beside it.
    pub beside: Vec<Beside>,
}

/// What was verified for a website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backing {
    /// The website, counted from 0.
    pub website: usize,
    /// The product, by its id.
    pub product: String,
    /// What it is called; `None` where the edition in force no longer has it.
    pub name: Option<Text>,
    /// The instance, as its seller names it.
    pub instance: String,
    /// The account that bought it; `None` where that is not known. It may have granted a code to the one that files.
    pub bought_by: Option<String>,
    /// Its public addresses when it was verified.
    pub addresses: Vec<String>,
    /// When it was verified.
    pub verified_at: Timestamp,
    /// Until when its term runs; `None` where that is not known.
    pub expires_at: Option<Timestamp>,
    /// Since when it is gone.
    pub gone_at: Option<Timestamp>,
}

/// A submitted order that is looked at.
pub(in crate::orders) struct Finding<'a> {
    pub(in crate::orders) setting: &'a Setting,
    pub(in crate::orders) order: &'a Order,
    pub(in crate::orders) form: &'a Form,
}

impl Finding<'_> {
    /// Everything that is found.
    pub(in crate::orders) async fn finds(&self, tx: &mut Tx<'_>) -> Result<Finds, DeskError> {
        let Self { setting, order, form } = *self;
        let tested = self.tested(tx).await?;
        let unmended = Vec::new();
        let knowing = Knowing { ground: &setting.ground, order, form, unmended, now: setting.now };
        let proved = tested.as_ref().map(|tested| tested.proved.as_slice());
        let checks = knowing.faults(tx, proved).await?;
        let products = tested.map(|tested| tested.faults).unwrap_or_default();
        let listed = self.listed(tx).await?;
        let beside = beside(tx, &setting.ground, order, form).await?;
        Ok(Finds { faults: Faults { checks, products, locked: Vec::new() }, listed, beside })
    }

    /// The products, tested as when the order was submitted; what it holds does not stand in its own way.
    async fn tested(&self, tx: &mut Tx<'_>) -> Result<Option<Tested>, DeskError> {
        let Self { setting, order, form } = *self;
        let in_force = setting.ground.rulebook.in_force(setting.now);
        let Ok(edition) = in_force else { return Ok(None) };
        if !order.kind.needs().verified {
            return Ok(None);
        }
        let asker = Asker { id: order.account, name: accounts::name_of(tx, order.account).await? };
        Ok(Some(Testing { setting, edition, asker: &asker, order: order.id, form }.test(tx).await?))
    }

    async fn listed(&self, tx: &mut Tx<'_>) -> Result<Vec<(String, BlacklistId)>, DeskError> {
        let mut listed = Vec::new();
        for lookup in lookups(self.order.kind, self.form) {
            let (kind, mark) = marks::of(&self.setting.ground, &lookup.wanted);
            let found = blacklist::find(tx, kind, &mark).await?;
            listed.extend(found.map(|found| (lookup.path, found.id)));
        }
        Ok(listed)
    }

    /// What was verified for each website that names a verification of the account.
    pub(super) async fn backings(&self, tx: &mut Tx<'_>) -> Result<Vec<Backing>, DeskError> {
        let Self { setting, order, form } = *self;
        let edition = setting.ground.rulebook.in_force(setting.now).ok();
        let mut all = Vec::new();
        for (website, given) in form.websites.iter().enumerate() {
            let Some(id) = given.verification.as_deref().and_then(|id| id.parse().ok()) else { continue };
            let found = verifications::by_id(tx, id).await?.filter(|found| found.account == order.account);
            let Some(found) = found else { continue };
            let Some(instance) = instances::by_id(tx, found.instance).await? else { continue };
            let bought_by = match instance.account {
                Some(account) => Some(accounts::name_of(tx, account).await?),
                None => None,
            };
            all.push(Backing {
                website,
                name: edition.and_then(|edition| edition.row(&found.product)).map(|row| row.name.clone()),
                product: found.product,
                addresses: found.addresses.split_whitespace().map(str::to_owned).collect(),
                verified_at: crate::orders::moment(found.made_at),
                bought_by,
                expires_at: facts_of(&instance)?.expires_at,
                gone_at: instance.gone_at.map(crate::orders::moment),
                instance: instance.name,
            });
        }
        Ok(all)
    }
}

impl Finds {
    /// The same with what must be mended alone.
    pub(in crate::orders) fn stopping(mut self) -> Self {
        self.faults.checks.retain(|fault| fault.what.weight() == Weight::Error);
        self
    }
}
