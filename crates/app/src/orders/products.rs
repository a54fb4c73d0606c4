//! The verified products of an order: tested again and held when it is submitted, recorded when it is filed, given back when it ends
//! without a filing number.

use super::{
    addresses,
    effects::{Effects, Happens, What, scopes_of_host},
};
use crate::{
    Asker,
    codes::{HeldThen, codes_issued, counted_scope, in_scope, takes},
    deed::Setting,
    failure::{Damage, DeskError},
    instances::facts_of,
};
use filing::{
    codes::{State, Stored},
    orders::Form,
    verification::{Asked, Behind, Failed as NotVerified, Host, Proof, Typed, verify},
};
use rulebook::{Edition, Facts, Lang, OnAbandon, Text};
use store::{
    CodeId, OrderId, Tx, VerificationId, codes,
    instances::{self, Asked as Read},
    order_products::{self, HeldProduct},
    quotas::Scope,
    verifications::{self, Verification},
};

/// Why the product of a website cannot back it, as its filer may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFault {
    /// The website, counted from 0.
    pub website: usize,
    /// A stable word: a cause of SPEC 5, or one of a verification that cannot be used.
    pub cause: &'static str,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub suggestion: Text,
}

/// Why a verification cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unusable {
    Unknown,
    Used,
    Expired,
    /// Another website of the order names the same code, by another verification.
    CodeTwice,
}

/// The products of an order, as they are tested when it is submitted.
pub(super) struct Testing<'a> {
    pub(super) setting: &'a Setting,
    pub(super) edition: &'a Edition,
    pub(super) asker: &'a Asker,
    pub(super) order: OrderId,
    pub(super) form: &'a Form,
}

/// What the products of an order come to.
#[derive(Debug, Default)]
pub(super) struct Tested {
    /// What is wrong with them.
    pub(super) faults: Vec<ProductFault>,
    /// What happens to them when there is nothing wrong.
    pub(super) happens: Vec<Happens>,
    /// What each proves, website by website; `None` where it cannot be used.
    pub(super) proved: Vec<Option<Verification>>,
    /// The codes that websites of the order name.
    codes: Vec<CodeId>,
    /// Where places are counted that hosts of the order take now.
    taken: Vec<Scope>,
    /// Where places are counted that hosts give back which the order no longer names.
    freed: Vec<Scope>,
}

impl Testing<'_> {
    /// Tests the product of each website; those that the order held and no longer names are given back.
    pub(super) async fn test(&self, tx: &mut Tx<'_>) -> Result<Tested, DeskError> {
        let held = order_products::of_order(tx, self.order).await?;
        let mut tested = Tested::default();
        let ids = self.form.websites.iter().filter_map(|website| website.verification.as_deref());
        let kept: Vec<VerificationId> = ids.filter_map(|id| id.parse().ok()).collect();
        let dropped = held.iter().filter(|held| !kept.contains(&held.verification)).copied();
        tested.happens = given_back(tx, self.edition, dropped.collect()).await?;
        tested.freed = tested.happens.iter().flat_map(Happens::frees).cloned().collect();
        let mut named: Vec<VerificationId> = Vec::new();
        for (nth, website) in self.form.websites.iter().enumerate() {
            // That none is given is told with what else is missing.
            let Some(given) = website.verification.as_deref() else {
                tested.proved.push(None);
                continue;
            };
            let id: Option<VerificationId> = given.parse().ok();
            let again = id.is_some_and(|id| held.iter().any(|held| held.verification == id));
            let found = match id {
                None => Err(Unusable::Unknown),
                Some(id) if named.contains(&id) => Err(Unusable::Used),
                Some(id) => self.usable(tx, id, again).await?,
            };
            named.extend(id);
            match found.and_then(|found| tested.alone_with_its_code(found)) {
                Err(unusable) => {
                    tested.faults.push(unusable.fault(nth));
                    tested.proved.push(None);
                }
                Ok(verification) => self.product(tx, nth, verification, again, &mut tested).await?,
            }
        }
        Ok(tested)
    }

    /// The verification with that id, if the order can use it.
    async fn usable(
        &self,
        tx: &mut Tx<'_>,
        id: VerificationId,
        again: bool,
    ) -> Result<Result<Verification, Unusable>, DeskError> {
        let found = verifications::by_id(tx, id).await?.filter(|found| found.account == self.asker.id());
        let now = self.setting.now.as_microsecond();
        Ok(match found {
            None => Err(Unusable::Unknown),
            Some(found) if again => Ok(found),
            Some(found) if found.used_at.is_some() => Err(Unusable::Used),
            Some(found) if found.expires_at <= now => Err(Unusable::Expired),
            Some(found) => Ok(found),
        })
    }

    async fn product(
        &self,
        tx: &mut Tx<'_>,
        nth: usize,
        verification: Verification,
        again: bool,
        tested: &mut Tested,
    ) -> Result<(), DeskError> {
        let read = instances::asked_by_id(tx, verification.instance).await?;
        let read = read.ok_or_else(|| missing(&verification, "its instance is missing"))?;
        let mut facts = facts_of(&read.instance)?;
        let held = if let Some(code) = verification.code {
            facts.codes_issued = codes_issued(self.edition.row(&facts.product), &read);
            let held = codes::held(tx, code).await?;
            Some(held.ok_or_else(|| missing(&verification, "its code is missing"))?)
        } else {
            facts.codes_issued = self.places_before(&facts, &read, again, tested);
            None
        };
        let gone = read.instance.gone_at.is_some();
        if let Some(fault) = self.judged(nth, &verification, held.as_ref(), (&facts, gone), again) {
            tested.faults.push(fault);
            tested.proved.push(None);
            return Ok(());
        }
        if !again {
            if held.is_none() {
                tested.taken.extend(scopes_of_host(&read));
            }
            let product = HeldProduct { verification: verification.id, order: self.order, held_at: 0 };
            let takes = |at| takes(&read, self.edition.row(&facts.product), 1, at);
            let happens =
                Happens::held(tx, product, &verification, held.map(|held| held.code), &read, takes(0));
            tested.happens.push(happens.await?);
        }
        tested.proved.push(Some(addresses::as_of_now(verification, &facts)));
        Ok(())
    }

    /// The places that count before a host takes one for a website of this order. What the order holds itself must not stand in its
    /// own way, and what it takes for other websites must.
    fn places_before(&self, facts: &Facts, read: &Read, again: bool, tested: &Tested) -> u32 {
        let row = self.edition.row(&facts.product);
        let counted = counted_scope(row, read);
        let of = |scopes: &[Scope]| {
            let places = scopes.iter().filter(|scope| Some(*scope) == counted.as_ref());
            u32::try_from(places.count()).unwrap_or(u32::MAX)
        };
        // Codes that were issued while the instance was another product have places that no host can take.
        let taken = u32::try_from(in_scope(row, read).taken).unwrap_or(u32::MAX);
        let own = of(&tested.freed).saturating_add(again.into());
        codes_issued(row, read).max(taken).saturating_add(of(&tested.taken)).saturating_sub(own)
    }

    /// Why the product cannot back a website now, by the same tests as when it was verified.
    fn judged(
        &self,
        nth: usize,
        verification: &Verification,
        held: Option<&codes::Held>,
        (facts, gone): (&Facts, bool),
        again: bool,
    ) -> Option<ProductFault> {
        let then = held.map(HeldThen::now);
        let behind = Behind { facts, gone };
        let proof = match &then {
            None => Proof::Host(Host::Matched(behind)),
            Some(then) => {
                let mut held = then.as_held();
                if again && let Some(bound) = Stored::new(State::Bound, true) {
                    held.stored = bound;
                }
                Proof::Code(Typed::Known { held, instance: Some(behind), spare: 0 })
            }
        };
        let asked = Asked {
            edition: self.edition,
            at: self.setting.now,
            filer: self.asker.name(),
            product: &verification.product,
            proof,
        };
        let reader = asked.filer_reads_as();
        verify(&asked).err().map(|failed: NotVerified<'_>| ProductFault {
            website: nth,
            cause: failed.cause(reader).word(),
            message: both(|lang| failed.message(reader, lang)),
            suggestion: both(|lang| failed.suggestion(reader, lang)),
        })
    }
}

impl Tested {
    /// Notes the code behind a verification, which backs one website only.
    fn alone_with_its_code(&mut self, found: Verification) -> Result<Verification, Unusable> {
        if found.code.is_some_and(|code| self.codes.contains(&code)) {
            return Err(Unusable::CodeTwice);
        }
        self.codes.extend(found.code);
        Ok(found)
    }
}

/// What happens to products that an order gives back, as the edition in force says.
pub(super) async fn given_back(
    tx: &mut Tx<'_>,
    edition: &Edition,
    held: Vec<HeldProduct>,
) -> Result<Vec<Happens>, DeskError> {
    let what = match edition.policy.on_abandon.value {
        OnAbandon::Release => What::Released,
        OnAbandon::Burn => What::Burned,
    };
    ended(tx, what, held).await
}

/// The same of all that an order holds.
pub(super) async fn all_given_back(
    tx: &mut Tx<'_>,
    setting: &Setting,
    order: OrderId,
) -> Result<Vec<Happens>, DeskError> {
    let held = order_products::of_order(tx, order).await?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    match setting.ground.rulebook.in_force(setting.now) {
        Ok(edition) => given_back(tx, edition, held).await,
        // Before the first edition nothing could have been held.
        Err(_) => Ok(Vec::new()),
    }
}

/// The codes behind an order that is filed become `recorded`.
pub(super) async fn recorded(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<Happens>, DeskError> {
    let held = order_products::of_order(tx, order).await?;
    ended(tx, What::Recorded, held).await
}

async fn ended(tx: &mut Tx<'_>, what: What, held: Vec<HeldProduct>) -> Result<Vec<Happens>, DeskError> {
    let mut happens = Vec::with_capacity(held.len());
    for product in held {
        let verification = verifications::by_id(tx, product.verification).await?;
        let verification = verification.ok_or_else(|| Damage::Order {
            id: product.order,
            fault: "a verification that it holds is missing".to_owned(),
        })?;
        let code = match verification.code {
            Some(code) => codes::held(tx, code).await?.map(|held| held.code),
            None => None,
        };
        let read = instances::asked_by_id(tx, verification.instance).await?;
        let read = read.ok_or_else(|| missing(&verification, "its instance is missing"))?;
        happens.push(Happens::ended(tx, what, product, code, &read).await?);
    }
    Ok(happens)
}

/// The website that a verified product backed was cancelled, and the product no longer counts; `None` where its code does not count
/// already.
pub(crate) async fn restored(
    tx: &mut Tx<'_>,
    verification: VerificationId,
) -> Result<Option<Happens>, DeskError> {
    let Some(product) = order_products::of_verification(tx, verification).await? else { return Ok(None) };
    let happens = ended(tx, What::Restored, vec![product]).await?.pop();
    Ok(happens.filter(Happens::counts))
}

/// All of it at `at`, in microseconds since 1970.
pub(crate) fn effects<'a>(
    happens: impl IntoIterator<Item = &'a Happens>,
    at: i64,
) -> Result<Effects, DeskError> {
    let mut effects = Effects::default();
    for one in happens {
        one.at(at, &mut effects)?;
    }
    Ok(effects)
}

fn missing(verification: &Verification, fault: &str) -> Damage {
    Damage::Facts { instance: verification.instance.to_string(), fault: fault.to_owned() }
}

fn both(text: impl Fn(Lang) -> String) -> Text {
    Text { zh: text(Lang::Zh), en: text(Lang::En) }
}

impl Unusable {
    fn fault(self, website: usize) -> ProductFault {
        let (cause, zh, en) = self.words();
        let (zh_remedy, en_remedy) = self.remedy();
        let text = |zh: &str, en: &str| Text { zh: zh.to_owned(), en: en.to_owned() };
        ProductFault { website, cause, message: text(zh, en), suggestion: text(zh_remedy, en_remedy) }
    }

    /// Its stable word, and what is wrong.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Unknown => {
                ("unknown-verification", "没有找到这个产品验证记录。", "There is no such verification.")
            }
            Self::Used => (
                "verification-used",
                "该产品验证已经用于另一个网站，不能重复使用。",
                "The verification is used for another website and cannot be used again.",
            ),
            Self::Expired => (
                "verification-expired",
                "该产品验证已超过 30 天，已经失效。",
                "The verification is older than 30 days and can no longer be used.",
            ),
            Self::CodeTwice => (
                "code-named-twice",
                "这个备案服务号已经用于本订单中的另一个网站，一个备案服务号只能用于一个网站。",
                "Another website of this order names the same service code, and a code backs one website.",
            ),
        }
    }

    /// What to do.
    const fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown | Self::Used | Self::Expired => {
                ("请重新进行产品验证后再提交。", "Verify the product again, then submit.")
            }
            Self::CodeTwice => (
                "请用另一个备案服务号为这个网站验证产品。",
                "Verify the product of this website with another service code.",
            ),
        }
    }
}
