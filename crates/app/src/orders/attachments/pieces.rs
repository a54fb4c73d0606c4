//! A copy of a picture in pieces, each sealed under the subject's key.

use crate::{
    chance::Draw,
    failure::{Damage, DeskError},
    personal::Vault,
};
use keys::Place;
use store::{
    AttachmentId, Tx,
    attachments::{self, Attachment, Piece},
};

/// Bytes of a piece: four make the largest copy, and no row is so long that an engine keeps it in too many pages.
const PIECE_BYTES: usize = 256 << 10;

/// Which copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureCopy {
    /// That which reviewers look at: at most [`pictures::MOST_REVIEW_BYTES`].
    Review,
    /// That for the bureau, within the size that it takes.
    Bureau,
}

impl PictureCopy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Review, Self::Bureau];

    /// As it is stored, and as addresses name it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Bureau => "bureau",
        }
    }

    /// The copy of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|copy| copy.word() == word)
    }

    /// How many bytes it has of that picture.
    fn bytes(self, picture: &Attachment) -> i64 {
        let (review, bureau) = picture.bytes;
        match self {
            Self::Review => review,
            Self::Bureau => bureau,
        }
    }
}

/// A copy as it is kept.
#[derive(Debug)]
pub(super) struct Sealed {
    /// Its bytes when it is opened.
    pub(super) bytes: i64,
    pub(super) pieces: Vec<Piece>,
}

/// A piece is bound to its picture, its copy, its place in it, and the length of the whole: none can be swapped or left out.
fn row_of(id: AttachmentId, copy: PictureCopy, number: i64, bytes: i64) -> Vec<u8> {
    [id.as_bytes().as_slice(), copy.word().as_bytes(), &number.to_be_bytes(), &bytes.to_be_bytes()].concat()
}

const fn place(row: &[u8]) -> Place<'_> {
    Place { table: "attachment_pieces", column: "sealed", row }
}

/// Seals a copy.
pub(super) fn seal(
    vault: &Vault,
    id: AttachmentId,
    copy: PictureCopy,
    plain: &[u8],
    draw: &mut Draw,
) -> Result<Sealed, DeskError> {
    let bytes = i64::try_from(plain.len()).unwrap_or(i64::MAX);
    let pieces = plain.chunks(PIECE_BYTES).zip(0..).map(|(piece, number)| {
        let row = row_of(id, copy, number, bytes);
        let sealed = vault.seal(place(&row), piece, draw)?;
        Ok(Piece { attachment: id, copy: copy.word(), number, sealed })
    });
    Ok(Sealed { bytes, pieces: pieces.collect::<Result<_, DeskError>>()? })
}

/// A copy of a picture, opened; `None` where what it shows was forgotten.
pub(super) async fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    picture: &Attachment,
    copy: PictureCopy,
) -> Result<Option<Vec<u8>>, DeskError> {
    let pieces = attachments::pieces(tx, picture.id, copy.word()).await?;
    if pieces.is_empty() && picture.removed_at.is_some() {
        return Ok(None);
    }
    let bytes = copy.bytes(picture);
    let mut plain =
        Vec::with_capacity(usize::try_from(bytes).unwrap_or_default().min(pieces.len() * PIECE_BYTES));
    for (sealed, number) in pieces.iter().zip(0..) {
        let row = row_of(picture.id, copy, number, bytes);
        plain.extend_from_slice(&vault.open(place(&row), sealed)?);
    }
    if i64::try_from(plain.len()) != Ok(bytes) {
        let fault = format!("{} of {bytes} bytes of a picture are there", plain.len());
        return Err(Damage::Sealed { row: picture.id.uuid(), fault }.into());
    }
    Ok(Some(plain))
}
