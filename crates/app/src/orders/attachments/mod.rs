//! Pictures of orders (附件): read, freed of metadata and copied for reviewer and bureau, kept in pieces under the subject's key.
//!
//! `add.rs` and `remove.rs` change the materials of the form together with what is kept; a picture that was part of what was submitted
//! is kept for whoever looks at that round. `read.rs` shows a copy to the order's account, and to staff for a stated purpose.

mod add;
mod copies;
mod field;
mod pieces;
mod read;
mod remove;
mod write;

pub use add::{AddFault, AddPicture, PictureAdded};
pub(crate) use copies::Pictures;
pub use field::PictureField;
pub use pictures::{MOST_BYTES as MOST_PICTURE_BYTES, PictureFault};
pub use pieces::PictureCopy;
pub use read::{PictureAsked, ReadFault};
pub use remove::{PictureRemoved, RemoveFault, RemovePicture};
pub use store::{AttachmentId, attachments::MOST_ATTACHMENTS};
