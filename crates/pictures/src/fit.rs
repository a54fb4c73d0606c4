//! A copy within a number of bytes: the largest dimensions at a fair quality, then the best quality at these.

use crate::JpegCopy;
use crate::limits::{
    FAIR_QUALITY, LEAST_QUALITY, MOST_QUALITY, QUALITY_STEP, SHORTEST_COPY_SIDE, SHORTEST_SIDE,
};
use crate::scale;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};
use std::io::{self, Write};

/// What is to be fitted, and into how much.
struct Fitting<'a> {
    pixels: &'a RgbImage,
    grey: bool,
    most_bytes: usize,
}

/// Dimensions at which the copy fits, with the pixels scaled to them.
struct Fit {
    pixels: RgbImage,
    copy: JpegCopy,
}

/// The copy, or `None` where it would have to go below the least dimensions or quality.
pub(crate) fn within(pixels: &RgbImage, grey: bool, most_bytes: usize) -> Option<JpegCopy> {
    let fitting = Fitting { pixels, grey, most_bytes };
    if let Some(copy) = fitting.encode(pixels, MOST_QUALITY) {
        return Some(copy);
    }
    let (least, larger) = sides(pixels);
    let smallest = scale::to_side(pixels, least);
    let Some(copy) = fitting.encode(&smallest, FAIR_QUALITY) else {
        let copy = fitting.encode(&smallest, LEAST_QUALITY)?;
        return Some(fitting.better(Fit { pixels: smallest, copy }, FAIR_QUALITY));
    };
    let largest = fitting.largest(Fit { pixels: smallest, copy }, least, &larger);
    Some(fitting.better(largest, MOST_QUALITY))
}

/// The least longer side that a copy may have, and the larger ones to try, each an eighth above the one before, up to the
/// picture's own.
fn sides(pixels: &RgbImage) -> (u32, Vec<u32>) {
    let (shorter, longer) = (pixels.width().min(pixels.height()).max(1), pixels.width().max(pixels.height()));
    let for_shorter = (longer * SHORTEST_SIDE).div_ceil(shorter);
    let least = SHORTEST_COPY_SIDE.max(for_shorter).min(longer);
    let larger = std::iter::successors(Some(least), |side| {
        (*side < longer).then(|| (side + (side / 8).max(1)).min(longer))
    });
    (least, larger.skip(1).collect())
}

impl Fitting<'_> {
    /// The largest of the `larger` sides at which a fair quality fits, else what fits already. Bytes grow nearly as pixels do, so
    /// that the search begins close to its end.
    fn largest(&self, smallest: Fit, least: u32, larger: &[u32]) -> Fit {
        let [most, found] = [self.most_bytes, smallest.copy.bytes.len().max(1)]
            .map(|bytes| u64::try_from(bytes).unwrap_or(u64::MAX));
        let square = most.saturating_mul(u64::from(least).pow(2)) / found;
        let guess = u32::try_from(square.isqrt()).unwrap_or(u32::MAX);
        let (below, above) = larger.split_at(larger.partition_point(|side| *side <= guess));
        let mut best = smallest;
        for (tried, side) in below.iter().rev().enumerate() {
            if let Some(fit) = self.at(*side) {
                best = fit;
                if tried > 0 {
                    return best;
                }
                break;
            }
        }
        for side in above {
            match self.at(*side) {
                Some(fit) => best = fit,
                None => break,
            }
        }
        best
    }

    fn at(&self, side: u32) -> Option<Fit> {
        let pixels = scale::to_side(self.pixels, side);
        let copy = self.encode(&pixels, FAIR_QUALITY)?;
        Some(Fit { pixels, copy })
    }

    /// The best quality up to `most` that fits at these dimensions, in steps that can be told apart.
    fn better(&self, fit: Fit, most: u8) -> JpegCopy {
        let Fit { pixels, copy: mut best } = fit;
        let mut steps = (most - best.quality) / QUALITY_STEP;
        while steps > 0 {
            let middle = steps.div_ceil(2);
            match self.encode(&pixels, best.quality + middle * QUALITY_STEP) {
                Some(copy) => {
                    best = copy;
                    steps -= middle;
                }
                None => steps = middle - 1,
            }
        }
        best
    }

    /// Encodes, if the result fits; else it stops where it does no longer.
    fn encode(&self, pixels: &RgbImage, quality: u8) -> Option<JpegCopy> {
        let (width, height) = pixels.dimensions();
        let mut bounded = Bounded { bytes: Vec::new(), room: self.most_bytes };
        let mut encoder = JpegEncoder::new_with_quality(&mut bounded, quality);
        if self.grey {
            let values: Vec<u8> = pixels.as_raw().iter().step_by(3).copied().collect();
            encoder.encode(&values, width, height, ExtendedColorType::L8).ok()?;
        } else {
            encoder.encode(pixels.as_raw(), width, height, ExtendedColorType::Rgb8).ok()?;
        }
        Some(JpegCopy { bytes: bounded.bytes, width, height, quality })
    }
}

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    room: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room = self.room.checked_sub(bytes.len()).ok_or(io::ErrorKind::FileTooLarge)?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
