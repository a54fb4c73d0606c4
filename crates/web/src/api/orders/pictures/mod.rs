//! Pictures of an order (附件), for the account that files.

pub(in crate::api) mod add;
pub(in crate::api) mod read;
pub(in crate::api) mod remove;

use crate::problem::{Problem, no_picture};
use app::orders::attachments::AttachmentId;
use rulebook::Lang;

/// The picture whose id stands in the path. What is no id names no picture.
pub(in crate::api) fn named(id: &str, lang: Lang) -> Result<AttachmentId, Problem> {
    id.parse().map_err(|_| no_picture(lang))
}
