//! The places of codes in the quotas: which count, which are taken, which are given back.

use rulebook::{CodeMade, Row, Scope as Per, VerifiedBy};
use store::{
    codes::StoredCode,
    instances::Asked,
    quotas::{Places, Scope, Take},
};

/// The places that `count` codes on an instance take: in its own scope and in its buyer's, so that both are right whichever an
/// edition counts. The one that counts by `row` is guarded by its limit.
pub(crate) fn takes(found: &Asked, row: Option<&Row>, count: u32, at: i64) -> Vec<Take> {
    let quota = row.and_then(Row::quota);
    let limit = |per: Per| quota.filter(|quota| quota.per == per).map(|quota| quota.codes.get());
    let own = Take::new(Scope::of_instance(found.instance.id), count, limit(Per::Instance), at);
    let of_account = found.instance.account.map(|buyer| {
        Take::new(Scope::of_account(buyer, &found.instance.product), count, limit(Per::Account), at)
    });
    std::iter::once(own).chain(of_account).collect()
}

/// The scopes in which a counted code has a place: that of its instance, and that of its owner with the product.
pub(crate) fn scopes(code: &StoredCode) -> Vec<Scope> {
    let own = code.instance.map(Scope::of_instance);
    let of_account =
        code.owner.zip(code.product.as_deref()).map(|(owner, product)| Scope::of_account(owner, product));
    own.into_iter().chain(of_account).collect()
}

/// The fact `codes_issued` (SPEC 3.2): places taken in the quota's scope, or places in use for products whose codes are
/// made with the purchase or that need none.
pub(crate) fn codes_issued(row: Option<&Row>, found: &Asked) -> u32 {
    let places = in_scope(row, found);
    let by_use = row.is_some_and(counts_by_use);
    u32::try_from(if by_use { places.used } else { places.taken }).unwrap_or(u32::MAX)
}

/// Whether the rules look at places in use rather than at those taken.
pub(crate) fn counts_by_use(row: &Row) -> bool {
    row.verified_by.value == VerifiedBy::HostPassword || row.code_made.value == CodeMade::OnPurchase
}

/// The places in the scope that the edition's quota counts: the account's with that product, or the instance's.
pub(crate) fn in_scope(row: Option<&Row>, found: &Asked) -> Places {
    let per_account = row.and_then(Row::quota).is_some_and(|quota| quota.per == Per::Account);
    if per_account { found.of_account } else { found.own }.unwrap_or_default()
}

/// The scope that the edition's quota counts; `None` where it is the account's and nobody is known to have bought the instance.
pub(crate) fn counted_scope(row: Option<&Row>, found: &Asked) -> Option<Scope> {
    let instance = &found.instance;
    match row.and_then(Row::quota).map(|quota| quota.per) {
        Some(Per::Account) => instance.account.map(|buyer| Scope::of_account(buyer, &instance.product)),
        Some(Per::Instance) | None => Some(Scope::of_instance(instance.id)),
    }
}
