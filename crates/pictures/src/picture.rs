//! A picture that was taken, and the copies that are made of it.

use crate::format::{self, Taken};
use crate::limits::{MOST_BYTES, MOST_REVIEW_BYTES};
use crate::{PictureFault, fit, jpeg, judge, png};
use image::{DynamicImage, RgbImage};

/// A picture that can be read by people: upright, opaque, without metadata, its longer side at most
/// [`MOST_SIDE`](crate::MOST_SIDE).
#[derive(Clone, Debug)]
pub struct Picture {
    pixels: RgbImage,
    /// Whether no pixel has a colour, so that copies need not tell any.
    grey: bool,
}

/// A picture as a JPEG file that holds nothing but pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JpegCopy {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Quality on the scale of libjpeg, 1 to 100.
    pub quality: u8,
}

/// Bytes of the base64 text of so many bytes: standard alphabet, padded, without line breaks.
pub const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3).saturating_mul(4)
}

impl Picture {
    /// Reads a JPEG or PNG, turns it as its EXIF orientation says, lays it on white, and looks whether it can be read.
    ///
    /// Colour profiles are dropped with the rest of the metadata: colours may shift a little, which no document minds. Of
    /// an animated PNG the still picture is taken.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureFault> {
        if bytes.is_empty() {
            return Err(PictureFault::Empty);
        }
        let taken = format::tell(bytes).map_err(PictureFault::Format)?;
        if bytes.len() > MOST_BYTES {
            return Err(PictureFault::TooLarge { bytes: bytes.len() });
        }
        let (pixels, orientation) = match taken {
            Taken::Jpeg => jpeg::read(bytes)?,
            Taken::Png => png::read(bytes)?,
        };
        let mut upright = DynamicImage::ImageRgb8(pixels);
        upright.apply_orientation(orientation);
        let pixels = upright.into_rgb8();
        judge::can_be_read(&pixels)?;
        let grey = pixels.pixels().all(|pixel| matches!(pixel.0, [r, g, b] if r == g && g == b));
        Ok(Self { pixels, grey })
    }

    /// Pixels from left to right.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Pixels from top to bottom.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// The copy that reviewers look at: at most [`MOST_REVIEW_BYTES`]. Fails as [`Self::bureau_copy`] does; no picture is
    /// known that makes it.
    pub fn review_copy(&self) -> Result<JpegCopy, PictureFault> {
        fit::within(&self.pixels, self.grey, MOST_REVIEW_BYTES).ok_or(PictureFault::TooDetailed)
    }

    /// The copy for the bureau, whose base64 text has at most so many bytes (`filing::tables`: 100 or 150 KiB): the largest
    /// dimensions at a fair quality, then the best quality at these. [`PictureFault::TooDetailed`] when it could not be read.
    pub fn bureau_copy(&self, most_base64_bytes: usize) -> Result<JpegCopy, PictureFault> {
        let most_bytes = most_base64_bytes / 4 * 3;
        fit::within(&self.pixels, self.grey, most_bytes).ok_or(PictureFault::TooDetailed)
    }
}

impl JpegCopy {
    /// Bytes of its base64 text.
    pub const fn base64_length(&self) -> usize {
        base64_length(self.bytes.len())
    }
}
