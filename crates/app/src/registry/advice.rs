//! What advice about a number has to know of its owner: whether the blacklist stands in his way, and how he showed products to be his.

use crate::failure::DeskError;
use filing::registry::{Advice, Barred, ShownBy};
use store::{Tx, WebsiteId, accesses, blacklist, subjects::Subject, verifications};

/// How products behind websites were shown to be their owner's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    /// By service codes whose places in quotas stay taken.
    pub(super) used: usize,
    /// By service codes whose places came back.
    pub(super) restored: usize,
    /// By user name and password of a host.
    pub(super) passwords: usize,
}

impl Shown {
    /// Counts what stands behind a website, where it is hosted and where it was.
    pub(super) async fn count(&mut self, tx: &mut Tx<'_>, website: WebsiteId) -> Result<(), DeskError> {
        for access in accesses::of_website(tx, website).await? {
            let Some(verification) = access.verification else { continue };
            let Some(found) = verifications::by_id(tx, verification).await? else { continue };
            let (by_code, came_back) = (found.code.is_some(), access.restored_at.is_some());
            self.used += usize::from(by_code && !came_back);
            self.restored += usize::from(by_code && came_back);
            self.passwords += usize::from(!by_code);
        }
        Ok(())
    }

    /// What advice to the owner of a subject has to know.
    pub(super) async fn advice(self, tx: &mut Tx<'_>, subject: &Subject) -> Result<Advice, DeskError> {
        let barred = if blacklist::has_listed(tx, subject.id).await? {
            Barred::Filing
        } else if blacklist::blocked(tx, subject.account).await?.since.is_some() {
            Barred::Codes
        } else {
            Barred::Nothing
        };
        Ok(Advice { barred, shown_by: ShownBy::of(self.used + self.restored, self.passwords) })
    }
}
