//! Reading a JPEG. The decoder is the one inside `image`, asked directly: only so can it be told to be strict.

mod walk;

use crate::PictureFault;
use crate::judge;
use crate::limits::{MOST_MEMORY, MOST_PIXELS, MOST_SIDE};
use crate::scale::Scaler;
use image::RgbImage;
use image::metadata::Orientation;
use walk::Walk;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Bytes of a pixel as it is decoded.
const OF_PIXEL: u64 = 3;
/// Bytes of a coefficient where these are held.
const OF_COEFFICIENT: u64 = 2;

/// Decodes and scales down, and tells how the result must be turned.
pub(crate) fn read(bytes: &[u8]) -> Result<(RgbImage, Orientation), PictureFault> {
    let walk = walk::walk(bytes)?;
    let [width, height] = [walk.frame.width, walk.frame.height].map(u32::from);
    if too_many(&walk) {
        return Err(PictureFault::TooManyPixels { width, height });
    }
    judge::is_large_enough(width, height)?;
    let (decoded, orientation) = decode(bytes, &walk).ok_or(PictureFault::Damaged)?;
    let mut scaler = Scaler::new(width, height, MOST_SIDE);
    let (pixels, _) = decoded.as_chunks::<3>();
    for row in pixels.chunks_exact(usize::from(walk.frame.width)) {
        scaler.add(row.iter().copied());
    }
    Ok((scaler.finish(), orientation))
}

fn too_many(walk: &Walk) -> bool {
    let pixels = u64::from(walk.frame.width) * u64::from(walk.frame.height);
    let held = if walk.held { u64::from(walk.frame.components) * OF_COEFFICIENT } else { 0 };
    pixels > MOST_PIXELS || pixels * (OF_PIXEL + held) > MOST_MEMORY
}

/// All of the picture, or `None`.
///
/// A baseline JPEG is given without the marker of its end: after it the decoder would take zeros for data, so that a file
/// whose middle is lost would pass; without it, data that ends too early is an error to it.
fn decode(bytes: &[u8], walk: &Walk) -> Option<(Vec<u8>, Orientation)> {
    let end = if walk.held { walk.end + 2 } else { walk.end };
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(walk.frame.width))
        .set_max_height(usize::from(walk.frame.height))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes.get(..end)?), options);
    decoder.decode_headers().ok()?;
    let dimensions = (usize::from(walk.frame.width), usize::from(walk.frame.height));
    if decoder.dimensions() != Some(dimensions) {
        return None;
    }
    let pixels = decoder.decode().ok()?;
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    (pixels.len() == dimensions.0 * dimensions.1 * 3)
        .then_some((pixels, orientation.unwrap_or(Orientation::NoTransforms)))
}
