//! Whether what is to stand under a number is what was cancelled under it. A number that was recorded with a slip is free again once it is
//! corrected, also where it is cancelled, for whoever has it in truth; what was cancelled comes back by none of that.

use super::filed::filed;
use crate::{failure::DeskError, ground::Ground};
use filing::{checks::registrable, orders::Website as Site};
use std::collections::BTreeSet;
use store::{
    AccountId, SubjectId, Tx, numbers,
    subjects::{self, Mark},
    websites,
};

/// The kind of marks that are made of a certificate.
pub(super) const CERTIFICATE: &str = "certificate";

/// Whether a subject that is found by one of these certificates was cancelled while it was recorded under that number.
pub(super) async fn is_cancelled_subject(
    tx: &mut Tx<'_>,
    number: &str,
    marks: &[Mark],
) -> Result<bool, DeskError> {
    let ended = numbers::ended_as(tx, number).await?;
    if ended.is_empty() {
        return Ok(false);
    }
    for Mark { kind, mark, .. } in marks.iter().filter(|mark| mark.kind == CERTIFICATE) {
        let same = subjects::marked(tx, kind, mark).await?;
        if same.iter().any(|subject| ended.contains(&subject.number)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a subject of the account, other than that one, was cancelled while it was recorded under that number.
pub(super) async fn is_cancelled_of(
    tx: &mut Tx<'_>,
    number: &str,
    account: AccountId,
    but: SubjectId,
) -> Result<bool, DeskError> {
    for now in numbers::ended_as(tx, number).await? {
        let found = subjects::by_number(tx, &now).await?;
        if found.is_some_and(|found| found.account == account && found.id != but) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a website with one of these domains was cancelled while it was recorded under that number. Where what was filed of it is erased,
/// nothing can be compared, and it is taken for the same.
pub(super) async fn is_cancelled_website(
    tx: &mut Tx<'_>,
    ground: &Ground,
    number: &str,
    domains: &[String],
) -> Result<bool, DeskError> {
    for now in numbers::ended_as(tx, number).await? {
        let Some(website) = websites::by_number(tx, &now).await? else { continue };
        let Some(subject) = subjects::by_id(tx, website.subject).await? else { continue };
        let Some(form) = filed(tx, ground, &subject, &[website]).await? else { return Ok(true) };
        let was: BTreeSet<_> = form.websites.iter().flat_map(domains_of).collect();
        if domains.iter().any(|domain| was.contains(domain)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The domains of a website in the form in which they are compared.
pub(super) fn domains_of(site: &Site) -> Vec<String> {
    let mut domains: Vec<_> = site.domains.iter().filter_map(|domain| registrable(domain).ok()).collect();
    domains.sort();
    domains.dedup();
    domains
}
