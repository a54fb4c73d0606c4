//! Pictures made for tests: no file of a camera is kept here.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage};

pub(crate) const RED: [u8; 3] = [220, 30, 30];
pub(crate) const GREEN: [u8; 3] = [30, 200, 30];
pub(crate) const BLUE: [u8; 3] = [30, 30, 220];
pub(crate) const YELLOW: [u8; 3] = [220, 220, 30];

/// Four quarters: red and green above, blue and yellow below.
pub(crate) fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => YELLOW,
        })
    })
}

/// A document of some eight lines of short dark strokes on light paper, with a little grain; the same every time.
pub(crate) fn document(width: u32, height: u32) -> RgbImage {
    let mut grain = Grain(1);
    let scale = (height / 200).max(1);
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x / scale, y / scale);
        let inked = down / 12 % 2 == 1
            && (across / 3 + down / 3 * 7 + across / 12 * 5) % 4 < 2
            && (width / 10..width * 9 / 10).contains(&x);
        let noise = grain.byte() % 9;
        Rgb(if inked {
            [30 + noise, 35 + noise, 60 + noise]
        } else {
            [225 + noise, 230 + noise, 220 + noise]
        })
    })
}

/// Every pixel of its own colour: what compresses worst.
pub(crate) fn noise(width: u32, height: u32) -> RgbImage {
    let mut grain = Grain(2);
    RgbImage::from_fn(width, height, |_, _| Rgb([grain.byte(), grain.byte(), grain.byte()]))
}

/// A xorshift.
struct Grain(u64);

impl Grain {
    fn byte(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.to_le_bytes()[2]
    }
}

pub(crate) fn jpeg(pixels: &RgbImage) -> Vec<u8> {
    jpeg_with(pixels, &[])
}

/// A JPEG with segments right after its beginning: marker and content of each.
pub(crate) fn jpeg_with(pixels: &RgbImage, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(pixels).expect("is encoded");
    let mut planted = bytes[..2].to_vec();
    for (marker, content) in segments {
        planted.extend([0xFF, *marker]);
        planted.extend(u16::try_from(content.len() + 2).expect("is short").to_be_bytes());
        planted.extend(*content);
    }
    planted.extend(&bytes[2..]);
    planted
}

pub(crate) fn png(pixels: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    let kind = ExtendedColorType::from(pixels.color());
    encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), kind).expect("is encoded");
    bytes
}

/// Puts chunks right behind the header of a PNG.
pub(crate) fn png_with(pixels: &DynamicImage, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    const HEADER: usize = 8 + 25;
    let bytes = png(pixels);
    let mut planted = bytes[..HEADER].to_vec();
    for (kind, content) in chunks {
        planted.extend(chunk(**kind, content));
    }
    planted.extend(&bytes[HEADER..]);
    planted
}

/// A chunk: length, kind, content, check sum.
pub(crate) fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&kind[..], content].concat();
    let mut bytes = u32::try_from(content.len()).expect("is short").to_be_bytes().to_vec();
    bytes.extend(&checked);
    bytes.extend(crc(&checked).to_be_bytes());
    bytes
}

/// The check sum of PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}

/// The content of an EXIF segment that names an orientation, with a place of GPS and a text.
pub(crate) fn exif(orientation: u8, text: &[u8]) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // The camera's name: a text behind the directory, 8 + 2 + 2 × 12 + 4 bytes from its beginning.
    bytes.extend([0x01, 0x0F, 0, 2]);
    bytes.extend(u32::try_from(text.len()).expect("is short").to_be_bytes());
    bytes.extend([0, 0, 0, 38, 0, 0, 0, 0]);
    bytes.extend(text);
    bytes
}

/// A copy as its reader sees it.
pub(crate) fn seen(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).expect("the copy opens").into_rgb8()
}
