//! Reading a picture and making its copies: a good part of a second and up to 256 MiB, so one after the other.

use super::pieces::{PictureCopy, Sealed, seal};
use crate::{
    chance::Draw,
    failure::DeskError,
    personal::Vault,
    turns::{Turn, Turns},
};
use pictures::{Picture, PictureFault};
use sha2::{Digest, Sha256};
use store::{AttachmentId, attachments::Piece};

/// Pictures that are read at once. One takes up to [`pictures::MOST_MEMORY`], and a desk is to run on a machine with 1 GiB.
const AT_ONCE: usize = 1;
/// Pictures that are read or wait for it, each held with up to [`pictures::MOST_BYTES`]; the last waits some ten seconds at worst.
const MOST_WAITING: usize = 16;

/// Reads pictures, in turn.
#[derive(Debug)]
pub(crate) struct Pictures(Turns);

impl Default for Pictures {
    fn default() -> Self {
        Self(Turns::new(AT_ONCE, MOST_WAITING))
    }
}

/// What a picture is kept as.
#[derive(Debug)]
pub(crate) struct Copies {
    pub(super) id: AttachmentId,
    /// Width and height of the copy for the reviewer, in pixels.
    pub(super) size: (u32, u32),
    pub(super) review: Sealed,
    pub(super) bureau: Sealed,
    /// SHA-256 of both copies, for the commitment of the ledger.
    pub(super) digest: [u8; 32],
}

impl Copies {
    pub(super) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.review.pieces.iter().chain(&self.bureau.pieces)
    }
}

/// A picture of which copies are to be made.
pub(super) struct Making {
    pub(super) id: AttachmentId,
    pub(super) bytes: Vec<u8>,
    /// Bytes of the base64 text of the bureau's copy at most.
    pub(super) most_base64_bytes: usize,
    pub(super) vault: Vault,
    pub(super) draw: Draw,
}

impl Pictures {
    /// A place in the queue; [`DeskError::Busy`] when it is full.
    pub(super) fn turn(&self) -> Result<Turn, DeskError> {
        self.0.turn()
    }

    /// The copies of a picture, sealed; or why it is not taken.
    pub(super) async fn copies(
        &self,
        turn: Turn,
        making: Making,
    ) -> Result<Result<Copies, PictureFault>, DeskError> {
        self.0.take(turn, move || making.made()).await?
    }
}

impl Making {
    fn made(self) -> Result<Result<Copies, PictureFault>, DeskError> {
        let Self { id, bytes, most_base64_bytes, vault, mut draw } = self;
        let made = Picture::read(&bytes)
            .and_then(|picture| Ok((picture.review_copy()?, picture.bureau_copy(most_base64_bytes)?)));
        drop(bytes);
        let (review, bureau) = match made {
            Ok(copies) => copies,
            Err(fault) => return Ok(Err(fault)),
        };
        let digest = Sha256::new()
            .chain_update(Sha256::digest(&review.bytes))
            .chain_update(Sha256::digest(&bureau.bytes))
            .finalize();
        Ok(Ok(Copies {
            id,
            size: (review.width, review.height),
            review: seal(&vault, id, PictureCopy::Review, &review.bytes, &mut draw)?,
            bureau: seal(&vault, id, PictureCopy::Bureau, &bureau.bytes, &mut draw)?,
            digest: digest.into(),
        }))
    }
}
