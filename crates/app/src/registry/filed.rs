//! What is filed of subjects and websites, sealed under the key of the subject.

use crate::{chance::Draw, failure::DeskError, ground::Ground, personal::Vault};
use filing::orders::{Form, Subject as Filled, Website as Site};
use keys::Place;
use store::{SubjectId, Tx, WebsiteId, subjects::Subject, websites::Website};

fn place<'a>(table: &'a str, row: &'a [u8; 16]) -> Place<'a> {
    Place { table, column: "sealed", row }
}

pub(super) fn seal_subject(
    vault: &Vault,
    id: SubjectId,
    filled: &Filled,
    draw: &mut Draw,
) -> Result<Vec<u8>, DeskError> {
    vault.seal_json(place("subjects", id.as_bytes()), filled, draw)
}

pub(super) fn seal_website(
    vault: &Vault,
    id: WebsiteId,
    site: &Site,
    draw: &mut Draw,
) -> Result<Vec<u8>, DeskError> {
    vault.seal_json(place("websites", id.as_bytes()), site, draw)
}

fn open_website(vault: &Vault, website: &Website) -> Result<Site, DeskError> {
    vault.open_json(place("websites", website.id.as_bytes()), &website.sealed)
}

/// What is filed of a subject and of some of its websites, as it was filled in; `None` once it was erased.
pub(crate) async fn filed(
    tx: &mut Tx<'_>,
    ground: &Ground,
    subject: &Subject,
    some: &[Website],
) -> Result<Option<Form>, DeskError> {
    let Some(vault) = Vault::find(tx, ground, subject.subject_key).await?.vault() else { return Ok(None) };
    let filled = vault.open_json(place("subjects", subject.id.as_bytes()), &subject.sealed)?;
    let websites = some.iter().map(|site| open_website(&vault, site)).collect::<Result<_, _>>()?;
    Ok(Some(Form { subject: Some(filled), websites, ..Form::default() }))
}
