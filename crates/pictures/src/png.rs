//! Reading a PNG.

use crate::PictureFault;
use crate::format::PNG;
use crate::judge;
use crate::limits::{MOST_MEMORY, MOST_PIXELS, MOST_PNG_PARTS, MOST_SIDE};
use crate::scale::Scaler;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, Limits, RgbImage};
use std::io::Cursor;

/// Decodes and scales down, and tells how the result must be turned.
pub(crate) fn read(bytes: &[u8]) -> Result<(RgbImage, Orientation), PictureFault> {
    let (width, height) = dimensions(bytes).ok_or(PictureFault::Damaged)?;
    let too_many = PictureFault::TooManyPixels { width, height };
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_many);
    }
    judge::is_large_enough(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PNG_PARTS);
    let mut decoder =
        PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|_| PictureFault::Damaged)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(too_many);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colors = decoder.color_type();
    let mut samples = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(0)];
    decoder.read_image(&mut samples).map_err(|_| PictureFault::Damaged)?;
    let scaled = scale(&samples, (width, height), colors).ok_or(PictureFault::Damaged)?;
    Ok((scaled, orientation))
}

/// What the header says, which is the first chunk of every PNG.
fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(PNG)?.get(4..)?.strip_prefix(b"IHDR")?;
    let (width, rest) = header.split_first_chunk()?;
    let (height, _) = rest.split_first_chunk()?;
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    (width > 0 && height > 0).then_some((width, height))
}

/// Scales rows down as they become opaque 8-bit ones.
fn scale(samples: &[u8], (width, height): (u32, u32), colors: ColorType) -> Option<RgbImage> {
    let mut scaler = Scaler::new(width, height, MOST_SIDE);
    let of_pixel = usize::from(colors.bytes_per_pixel());
    let rows = samples.chunks_exact(usize::try_from(width).ok()?.checked_mul(of_pixel)?);
    let opaque: fn(&[u8]) -> [u8; 3] = match colors {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {
            |pixel| on_white(pixel.iter().copied())
        }
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            |pixel| on_white(upper(pixel))
        }
        _ => return None,
    };
    for row in rows {
        scaler.add(row.chunks_exact(of_pixel).map(opaque));
    }
    Some(scaler.finish())
}

/// The upper byte of every sample of two, which come in the machine's own order.
fn upper(pixel: &[u8]) -> impl Iterator<Item = u8> {
    let (samples, _) = pixel.as_chunks::<2>();
    samples.iter().map(|sample| u16::from_ne_bytes(*sample).to_be_bytes()[0])
}

/// A pixel of one to four samples (grey, grey and alpha, three colours, and alpha) laid on white.
fn on_white(samples: impl Iterator<Item = u8>) -> [u8; 3] {
    let mut all = [0; 4];
    let mut count = 0;
    for (place, sample) in all.iter_mut().zip(samples) {
        *place = sample;
        count += 1;
    }
    let [first, second, third, fourth] = all;
    let (pixel, alpha) = match count {
        1 => ([first; 3], u8::MAX),
        2 => ([first; 3], second),
        3 => ([first, second, third], u8::MAX),
        _ => ([first, second, third], fourth),
    };
    pixel.map(|value| over_white(value, alpha))
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let [value, alpha, white] = [value, alpha, u8::MAX].map(u32::from);
    let laid = (value * alpha + white * (white - alpha) + white / 2) / white;
    u8::try_from(laid).unwrap_or(u8::MAX)
}
