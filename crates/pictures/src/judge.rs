//! Whether people could read anything in a picture.

use crate::PictureFault;
use crate::limits::{CONTRAST_SIDE, LEAST_CONTRAST, SHORTEST_SIDE};
use crate::scale;
use image::RgbImage;

/// Whether a picture, as it is kept, has the pixels and the contrast that reading needs.
pub(crate) fn can_be_read(pixels: &RgbImage) -> Result<(), PictureFault> {
    if pixels.width().min(pixels.height()) < SHORTEST_SIDE {
        return Err(PictureFault::TooNarrow);
    }
    if contrast(&scale::to_side(pixels, CONTRAST_SIDE)) < LEAST_CONTRAST {
        return Err(PictureFault::Blank);
    }
    Ok(())
}

/// Fails when a side has too few pixels, before anything is decoded.
pub(crate) fn is_large_enough(width: u32, height: u32) -> Result<(), PictureFault> {
    if width.min(height) < SHORTEST_SIDE {
        return Err(PictureFault::TooSmall { width, height });
    }
    Ok(())
}

/// How far the darkest and the lightest pixel are apart, in the channel in which they are farthest.
fn contrast(pixels: &RgbImage) -> u8 {
    let (mut least, mut most) = ([u8::MAX; 3], [u8::MIN; 3]);
    for pixel in pixels.pixels() {
        for ((least, most), value) in least.iter_mut().zip(&mut most).zip(pixel.0) {
            *least = value.min(*least);
            *most = value.max(*most);
        }
    }
    least.iter().zip(most).map(|(least, most)| most.saturating_sub(*least)).max().unwrap_or(0)
}
