//! The picture that stands for every certificate and photo of the demo: lines as of a form, drawn here.

use anyhow::Result;
use image::{GrayImage, ImageFormat, Luma};
use std::io::Cursor;

/// Large enough that nothing of it is refused, small enough that reading dozens of it keeps nobody waiting.
const SIZE: (u32, u32) = (640, 420);

/// It, as PNG.
pub(super) fn drawn() -> Result<Vec<u8>> {
    let pixels = GrayImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let inked = y / 14 % 3 == 1 && (40..600).contains(&x) && (x / 7 + y / 14) % 5 != 0;
        Luma([if inked { 40 } else { 235 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The guide to filing sends it, so that whoever tries it needs no scan of his own.
    #[test]
    fn the_picture_of_the_guide_is_that_of_the_demo() {
        let read = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_luma8();
        let of_guide = include_bytes!("../../../../../examples/scan.png");
        assert_eq!(read(of_guide), read(&drawn().unwrap()));
    }
}
