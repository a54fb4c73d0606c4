//! Whatever kind of JPEG or PNG comes, what leaves is the same ordinary JPEG.

use crate::made::{BLUE, GREEN, RED, YELLOW, corners, document, jpeg, noise, png, seen};
use image::{DynamicImage, GrayImage, ImageBuffer, Luma, LumaA, Rgb, Rgba, RgbaImage};
use pictures::Picture;

fn review(bytes: &[u8]) -> image::RgbImage {
    seen(&Picture::read(bytes).expect("is taken").review_copy().expect("is made").bytes)
}

fn assert_near(found: [u8; 3], expected: [u8; 3]) {
    let far = found.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
    assert!(far < Some(25), "{found:?} is not {expected:?}");
}

/// The middles of the four quarters.
fn assert_quarters(pixels: &image::RgbImage, expected: [[u8; 3]; 4]) {
    let (w, h) = pixels.dimensions();
    let places = [(w / 4, h / 4), (w * 3 / 4, h / 4), (w / 4, h * 3 / 4), (w * 3 / 4, h * 3 / 4)];
    for ((x, y), expected) in places.into_iter().zip(expected) {
        assert_near(pixels.get_pixel(x, y).0, expected);
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let file = jpeg(&document(1300, 900));
    let copies = || {
        let picture = Picture::read(&file).expect("is taken");
        (picture.review_copy(), picture.bureau_copy(100 << 10))
    };
    assert_eq!(copies(), copies());
}

#[test]
fn what_is_transparent_lies_on_white() {
    let pixels = RgbaImage::from_fn(500, 400, |x, y| match (x < 250, y < 200) {
        (true, true) => Rgba([0, 0, 0, 0]),
        (false, true) => Rgba([0, 0, 0, 128]),
        (true, false) => Rgba([220, 30, 30, 255]),
        (false, false) => Rgba([30, 30, 220, 255]),
    });
    let copy = review(&png(&DynamicImage::ImageRgba8(pixels)));
    assert_quarters(&copy, [[255; 3], [127; 3], RED, BLUE]);
}

#[test]
fn black_text_on_nothing_is_read_on_white() {
    let pixels = ImageBuffer::from_fn(500, 400, |x, _| LumaA([0_u8, if x < 250 { 0 } else { 255 }]));
    assert_quarters(&review(&png(&DynamicImage::ImageLumaA8(pixels))), [[255; 3], [0; 3], [255; 3], [0; 3]]);
}

#[test]
fn sixteen_bits_become_eight() {
    let wide = |value: u8| u16::from_be_bytes([value, 0x5A]);
    let pixels =
        ImageBuffer::from_fn(500, 400, |x, y| Rgb(corners(2, 2).get_pixel(x / 250, y / 200).0.map(wide)));
    assert_quarters(&review(&png(&DynamicImage::ImageRgb16(pixels))), [RED, GREEN, BLUE, YELLOW]);
    let grey = ImageBuffer::from_fn(500, 400, |x, _| Luma([if x < 250 { wide(40) } else { wide(210) }]));
    let grey = review(&png(&DynamicImage::ImageLuma16(grey)));
    assert_quarters(&grey, [[40; 3], [210; 3], [40; 3], [210; 3]]);
}

#[test]
fn colours_of_print_become_those_of_screens() {
    let copy = review(include_bytes!("data/cmyk.jpg"));
    assert_quarters(&copy, [[0, 255, 255], [255, 0, 255], [255, 255, 0], [0, 0, 0]]);
}

#[test]
fn a_progressive_jpeg_is_read() {
    let copy = review(include_bytes!("data/progressive.jpg"));
    assert_eq!(copy.dimensions(), (480, 400));
}

#[test]
fn a_grey_scan_stays_grey_and_costs_no_colour() {
    let grey = GrayImage::from_fn(700, 500, |x, y| Luma([if x / 9 % 2 == y / 7 % 2 { 40 } else { 230 }]));
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut file).encode_image(&grey).expect("is encoded");
    for file in [file, png(&DynamicImage::ImageLuma8(grey))] {
        let copy = Picture::read(&file).expect("is taken").review_copy().expect("is made");
        let opened = image::load_from_memory(&copy.bytes).expect("opens");
        assert_eq!(opened.color(), image::ColorType::L8);
    }
}

#[test]
fn scaling_keeps_the_mean_of_what_it_covers() {
    let stripes =
        image::RgbImage::from_fn(5120, 3000, |x, _| Rgb(if x % 2 == 0 { [0; 3] } else { [200; 3] }));
    let mut half = stripes;
    for (x, _, pixel) in half.enumerate_pixels_mut() {
        if x >= 2560 {
            *pixel = Rgb([20, 60, 200]);
        }
    }
    let copy = review(&png(&DynamicImage::ImageRgb8(half)));
    assert_eq!(copy.dimensions(), (2560, 1500));
    assert_quarters(&copy, [[100; 3], [20, 60, 200], [100; 3], [20, 60, 200]]);
}

#[test]
fn grain_is_no_reason_to_refuse() {
    assert_eq!(review(&jpeg(&noise(400, 400))).dimensions(), (400, 400));
}
