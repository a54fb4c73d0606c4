//! Why a picture is not taken, told to whoever sent it.

use crate::{Format, en, zh};
use rulebook::Lang;
use std::fmt;

/// Why a picture is not taken, or no copy of it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// There are no bytes.
    Empty,
    /// There are more bytes than [`MOST_BYTES`](crate::MOST_BYTES).
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// It is neither JPEG nor PNG.
    Format(Format),
    /// It has more pixels than [`MOST_PIXELS`](crate::MOST_PIXELS), or needs more memory than
    /// [`MOST_MEMORY`](crate::MOST_MEMORY) for them. Told by the header, before any memory is taken.
    TooManyPixels {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// It is cut off, damaged, or of a variant of its format that hardly any program opens. A picture of which only a part
    /// can be shown is never taken for the whole.
    Damaged,
    /// The shorter side has fewer pixels than [`SHORTEST_SIDE`](crate::SHORTEST_SIDE).
    TooSmall {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// Its longer side would be scaled down so far that the shorter one has fewer pixels than that.
    TooNarrow,
    /// It shows nothing: one colour, or nearly.
    Blank,
    /// It does not fit the size of a copy at the least dimensions and quality that can be read.
    TooDetailed,
}

impl PictureFault {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture-empty",
            Self::TooLarge { .. } => "picture-too-large",
            Self::Format(Format::Heic) => "picture-heic",
            Self::Format(_) => "picture-format",
            Self::TooManyPixels { .. } => "picture-too-many-pixels",
            Self::Damaged => "picture-damaged",
            Self::TooSmall { .. } => "picture-too-small",
            Self::TooNarrow => "picture-too-narrow",
            Self::Blank => "picture-blank",
            Self::TooDetailed => "picture-too-detailed",
        }
    }

    /// What is wrong, as whoever sent it reads it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::message(self),
            Lang::En => en::message(self),
        }
    }

    /// What to do about it.
    pub fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::suggestion(self),
            Lang::En => en::suggestion(self),
        }
        .to_owned()
    }
}

/// For logs: what it is, and nothing of the picture.
impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for PictureFault {}
