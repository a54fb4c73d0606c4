//! What becomes of verified products, as rows: codes, places in quotas, verifications that are used.

use crate::{
    codes::scopes,
    failure::{Damage, DeskError},
};
use filing::codes::{Move, apply};
use store::{
    Tx, Write,
    codes::{Change, StoredCode},
    instances::Asked as Read,
    order_products::{self, HeldProduct},
    quotas::{self, GiveBack, PlaceUse, Scope, Take},
    verifications::{Use, Verification},
};
use uuid::Uuid;

/// What becomes of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The order holds it from now on.
    Held,
    /// The order is filed with it.
    Recorded,
    /// The order ends without it, and it can be used again.
    Released,
    /// The order ends without it, and it is lost.
    Burned,
    /// The website that it backed was cancelled, and its place in the quota comes back.
    Restored,
}

/// What becomes of one product, but for when.
#[derive(Debug)]
pub(crate) struct Happens {
    what: What,
    product: HeldProduct,
    /// Whose verification it is, where it is used now.
    verification: Option<Verification>,
    code: Option<StoredCode>,
    scopes: Vec<Scope>,
    /// The places that it takes, where no code has taken them before.
    takes: Vec<Take>,
    /// When the last of what it follows changed, in microseconds since 1970.
    followed: Vec<i64>,
}

impl Happens {
    /// The order holds a product from now on. `takes` are the places of a host; a code has its own already.
    pub(super) async fn held(
        tx: &mut Tx<'_>,
        product: HeldProduct,
        verification: &Verification,
        code: Option<StoredCode>,
        read: &Read,
        takes: Vec<Take>,
    ) -> Result<Self, DeskError> {
        let takes = if code.is_some() { Vec::new() } else { takes };
        let verification = Some(verification.clone());
        Self::of(tx, What::Held, product, verification, code, read, takes).await
    }

    /// The order is filed with a product, or ends without it.
    pub(super) async fn ended(
        tx: &mut Tx<'_>,
        what: What,
        product: HeldProduct,
        code: Option<StoredCode>,
        read: &Read,
    ) -> Result<Self, DeskError> {
        Self::of(tx, what, product, None, code, read, Vec::new()).await
    }

    async fn of(
        tx: &mut Tx<'_>,
        what: What,
        product: HeldProduct,
        verification: Option<Verification>,
        code: Option<StoredCode>,
        read: &Read,
        takes: Vec<Take>,
    ) -> Result<Self, DeskError> {
        let scopes = match &code {
            Some(code) => scopes(code),
            None => scopes_of_host(read),
        };
        let mut followed: Vec<i64> =
            code.iter().map(|code| code.changed_at).chain([read.instance.changed_at]).collect();
        for scope in &scopes {
            followed.extend(quotas::places(tx, scope).await?.map(|places| places.changed_at));
        }
        followed.extend(verification.iter().map(|verification| verification.made_at));
        Ok(Self { what, product, verification, code, scopes, takes, followed })
    }

    /// Whether it has a place in a quota that it could give back.
    pub(super) fn counts(&self) -> bool {
        self.code.as_ref().is_none_or(|code| code.stored.counted())
    }

    /// When the last of what it follows changed, in microseconds since 1970.
    pub(crate) fn followed(&self) -> impl Iterator<Item = i64> {
        self.followed.iter().copied()
    }

    /// Where places are counted that it gives back: a host's, which no code has.
    pub(super) fn frees(&self) -> &[Scope] {
        if self.what == What::Released && self.code.is_none() { &self.scopes } else { &[] }
    }

    /// What the ledger names of it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        let code = self.code.as_ref().map(|code| ("code", code.id.uuid()));
        code.into_iter().chain([("verification", self.product.verification.uuid())])
    }

    /// Its rows at `at`, in microseconds since 1970.
    pub(super) fn at(&self, at: i64, effects: &mut Effects) -> Result<(), DeskError> {
        let Self { what, product, verification, code, scopes, takes, .. } = self;
        if let Some(code) = code {
            let by = match what {
                What::Held => Move::Submit,
                What::Recorded => Move::File,
                What::Released => Move::AbandonRelease,
                What::Burned => Move::AbandonBurn,
                What::Restored => Move::RestorePlace,
            };
            let stored = apply(code.stored, by);
            let stored = stored.map_err(|error| Damage::Code { id: code.id, fault: error.to_string() })?;
            effects.changes.push(Change::new(code, StoredCode { stored, changed_at: at, ..code.clone() }));
        }
        let uses = || scopes.iter().map(|scope| PlaceUse::new(scope.clone(), at));
        match what {
            What::Held => {
                effects.uses.extend(verification.iter().map(|found| Use::new(found.id, found.account, at)));
                effects.takes.extend(takes.iter().map(|take| take.at(at)));
                effects.places_used.extend(uses());
                effects.held.push(HeldProduct { held_at: at, ..*product });
            }
            What::Recorded => {}
            What::Released => {
                effects.places_ended.extend(uses());
                if code.is_none() {
                    effects.given_back.extend(scopes.iter().map(|scope| GiveBack::new(scope.clone(), at)));
                }
                effects.ended.push((product.verification, at));
            }
            What::Burned => effects.ended.push((product.verification, at)),
            What::Restored => {
                effects.places_ended.extend(uses());
                effects.given_back.extend(scopes.iter().map(|scope| GiveBack::new(scope.clone(), at)));
            }
        }
        Ok(())
    }
}

/// Where the places of a host are counted, which no code has: that of its instance, and that of its buyer with the product.
pub(super) fn scopes_of_host(read: &Read) -> Vec<Scope> {
    let of_account = read.instance.account.map(|buyer| Scope::of_account(buyer, &read.instance.product));
    std::iter::once(Scope::of_instance(read.instance.id)).chain(of_account).collect()
}

/// Rows that are to be written.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    uses: Vec<Use>,
    changes: Vec<Change>,
    takes: Vec<Take>,
    places_used: Vec<PlaceUse>,
    places_ended: Vec<PlaceUse>,
    given_back: Vec<GiveBack>,
    held: Vec<HeldProduct>,
    ended: Vec<(store::VerificationId, i64)>,
}

impl Effects {
    /// All of them, what is given back before what is taken: it may be the last place. Each changes one row, or what was read is no
    /// longer so.
    pub(crate) fn writes(&self) -> Vec<Write<'_>> {
        let uses = self.uses.iter().map(Use::using);
        let changes = self.changes.iter().map(Change::changing);
        let takes = self.takes.iter().map(Take::taking);
        let begun = self.places_used.iter().map(PlaceUse::using);
        let over = self.places_ended.iter().map(PlaceUse::ending);
        let back = self.given_back.iter().map(GiveBack::giving_back);
        let held = self.held.iter().map(HeldProduct::holding);
        let ended = self.ended.iter().map(|(verification, at)| order_products::ending(verification, at));
        uses.chain(changes)
            .chain(over)
            .chain(back)
            .chain(takes)
            .chain(begun)
            .chain(held)
            .chain(ended)
            .collect()
    }
}
