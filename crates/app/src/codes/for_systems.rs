//! Codes as other systems of the provider see them: by what a code says, or all codes of an instance, each with where it stands and under
//! which number it was filed.

use super::{held::HeldThen, mine::ListFault};
use crate::{
    Asker, Desk,
    accounts::is_name,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
    instances::facts_of,
};
use filing::codes::{Instance, ServiceCode, Shown, Standing, State};
use jiff::Timestamp;
use rulebook::{Edition, Facts};
use std::sync::Arc;
use store::{
    Tx, Unit, accounts,
    codes::{self, Held},
    instances, websites,
};

/// Codes of one instance that are told at most: several times what any quota is.
const MOST: i64 = 200;

/// A code with what other systems ask of it.
#[derive(Clone, Debug)]
pub struct SystemsCode {
    /// The code itself.
    pub code: ServiceCode,
    /// The number of the account that owns it, where the desk was told.
    pub account: Option<i64>,
    /// What inventories call that account.
    pub owner: Option<String>,
    /// Its instance, as its seller names it, and the product; `None` as long as it is bound to none, and where the instance is gone.
    pub instance: Option<(String, String)>,
    /// The number by which the compatible interface knows the product.
    pub resource_type: Option<u8>,
    /// Where it stands today.
    pub shown: Shown,
    /// The number of the website that was filed by it.
    pub number: Option<String>,
}

impl Desk {
    /// The code that somebody typed; `None` where there is none.
    pub async fn systems_code(&self, code: ServiceCode) -> Result<Option<SystemsCode>, ListFault> {
        let now = self.now();
        let found = self.read(|ground| Ok(Ask { ground, of: Of::Code(code.clone()), now })).await?;
        Ok(found.and_then(|mut found| found.pop()))
    }

    /// The codes of an instance that the account has bought, oldest first; `None` where it has no such instance.
    pub async fn systems_codes(
        &self,
        buyer: &Asker,
        instance: &str,
    ) -> Result<Option<Vec<SystemsCode>>, ListFault> {
        let now = self.now();
        let of = || Of::Instance(buyer.clone(), instance.to_owned());
        self.read(|ground| Ok(Ask { ground, of: of(), now })).await
    }
}

enum Of {
    Code(ServiceCode),
    Instance(Asker, String),
}

struct Ask {
    ground: Arc<Ground>,
    of: Of,
    now: Timestamp,
}

impl Ask {
    /// The codes that are asked for.
    async fn held(&self, tx: &mut Tx<'_>) -> Result<Option<Vec<Held>>, DeskError> {
        match &self.of {
            Of::Code(code) => {
                let found = codes::held_by_lookup(tx, &self.ground.secrets.lookup(code).pair()).await?;
                Ok(found.map(|held| vec![held]))
            }
            Of::Instance(buyer, name) => {
                let found = if is_name(name) { instances::by_name(tx, name).await? } else { None };
                let found = found.filter(|found| found.account == Some(buyer.id()));
                match found {
                    Some(instance) => Ok(Some(codes::of_instance(tx, instance.id, MOST).await?)),
                    None => Ok(None),
                }
            }
        }
    }

    async fn told(&self, tx: &mut Tx<'_>, held: &Held, edition: &Edition) -> Result<SystemsCode, DeskError> {
        let facts = facts(tx, held).await?;
        let instance = match &facts {
            Some(facts) => Instance::Here { edition, facts, at: self.now },
            None => Instance::Gone,
        };
        let then = HeldThen::now(held);
        let shown = Standing::of(then.as_held().stored, instance).shown();
        let is_filed = shown == Shown::Stored(State::Recorded);
        let account = match held.code.owner {
            Some(owner) => accounts::by_id(tx, owner).await?.and_then(|account| account.number),
            None => None,
        };
        let row = facts.as_ref().and_then(|facts| edition.row(&facts.product));
        Ok(SystemsCode {
            code: self.ground.secrets.open(&held.code)?,
            account,
            owner: held.owner.clone(),
            resource_type: row.and_then(|row| row.rpc_resource_type),
            instance: facts.map(|facts| (facts.id, facts.product)),
            shown,
            number: if is_filed { websites::number_of_code(tx, held.code.id).await? } else { None },
        })
    }
}

/// What is known of the instance of a code, where that is there.
async fn facts(tx: &mut Tx<'_>, held: &Held) -> Result<Option<Facts>, DeskError> {
    let Some(id) = held.code.instance else { return Ok(None) };
    let found = instances::by_id(tx, id).await?;
    let found =
        found.ok_or(Damage::Code { id: held.code.id, fault: "its instance is not there".to_owned() })?;
    if found.gone_at.is_some() { Ok(None) } else { Ok(Some(facts_of(&found)?)) }
}

impl Unit for Ask {
    type Output = Option<Vec<SystemsCode>>;
    type Error = Failed<ListFault>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<ListFault>(tx).await?;
        let edition = self.ground.rulebook.in_force(self.now);
        let edition = edition.map_err(|error| Failed::Because(ListFault::from(error)))?;
        let Some(held) = self.held(tx).await? else { return Ok(None) };
        let mut told = Vec::with_capacity(held.len());
        for one in &held {
            told.push(self.told(tx, one, edition).await?);
        }
        Ok(Some(told))
    }
}

impl Desk {
    /// Whether an instance of that name is there, whosever it is: for systems that act for every account.
    pub async fn has_instance(&self, name: &str) -> Result<bool, DeskError> {
        self.read(|_| Ok(Has(name.to_owned()))).await
    }
}

struct Has(String);

impl Unit for Has {
    type Output = bool;
    type Error = Failed<DeskError>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        let found = if is_name(&self.0) { instances::by_name(tx, &self.0).await? } else { None };
        Ok(found.is_some_and(|found| found.gone_at.is_none()))
    }
}
