//! The field of a form that a picture belongs to: for what it is, and of which website.

use filing::{
    checks::{Fault, MaterialFault, What},
    orders::{Form, Material},
    tables::{PURPOSES, Purpose},
};
use serde::{Deserialize, Serialize};
use store::AttachmentId;

/// Where a picture belongs in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureField {
    /// For what it is (附件用途): a number of [`PURPOSES`].
    pub purpose: u16,
    /// The website that it belongs to, counted from 0; none where it belongs to the subject.
    pub website: Option<u16>,
}

/// A form in which one field of a picture changed.
pub(super) struct Placed {
    pub(super) form: Form,
    /// Where it stands.
    pub(super) path: String,
    /// The id of the picture that stood there.
    pub(super) former: Option<AttachmentId>,
}

impl PictureField {
    /// What the table says of it; or what is wrong with it, as the checks of the order would say.
    pub(super) fn purpose(self) -> Result<&'static Purpose, Fault> {
        let purpose = PURPOSES.iter().find(|purpose| purpose.entry.id == self.purpose);
        let purpose =
            purpose.ok_or_else(|| fault("materials[].purpose", MaterialFault::Unknown(self.purpose)))?;
        match (purpose.of_website, self.website) {
            (true, None) => Err(fault("materials[].website", MaterialFault::OfWebsite(purpose))),
            (false, Some(_)) => Err(fault("materials[].website", MaterialFault::OfSubject(purpose))),
            (true, Some(_)) | (false, None) => Ok(purpose),
        }
    }

    /// The form with the picture in this field, in the place of the one that was there.
    pub(super) fn placed(self, mut form: Form, picture: AttachmentId) -> Placed {
        let Self { purpose, website } = self;
        let is_here = |material: &Material| material.purpose == Some(purpose) && material.website == website;
        let attachment = Some(picture.to_string());
        let mut former = None;
        let nth = form.materials.iter().position(is_here).unwrap_or(form.materials.len());
        match form.materials.get_mut(nth) {
            Some(material) => former = std::mem::replace(&mut material.attachment, attachment),
            None => form.materials.push(Material { attachment, purpose: Some(purpose), website }),
        }
        let former = former.and_then(|id| id.parse().ok());
        Placed { form, path: format!("materials[{nth}].attachment"), former }
    }

    /// Whether the order has the website that it belongs to.
    pub(super) fn is_of(self, form: &Form) -> Result<(), Fault> {
        match self.website {
            Some(website) if usize::from(website) >= form.websites.len() => {
                Err(fault("materials[].website", MaterialFault::NoWebsite { website }))
            }
            Some(_) | None => Ok(()),
        }
    }
}

fn fault(path: &str, fault: MaterialFault) -> Fault {
    Fault { path: path.to_owned(), what: What::Material(fault) }
}
