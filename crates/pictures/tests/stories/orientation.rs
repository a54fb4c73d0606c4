//! Photos lie as the camera was held; copies stand as they were meant.

use crate::made::{BLUE, GREEN, RED, YELLOW, corners, exif, jpeg_with, png_with, seen};
use image::{DynamicImage, RgbImage};
use pictures::Picture;

/// The quarters of the upright picture, row by row, by the EXIF orientation of a file whose own are red, green, blue, yellow.
/// TIFF 6.0 and EXIF 2.32, tag 274: where row 0 and column 0 of the file are in the picture as it is meant.
const UPRIGHT: [(u8, [[u8; 3]; 4]); 8] = [
    (1, [RED, GREEN, BLUE, YELLOW]),
    (2, [GREEN, RED, YELLOW, BLUE]),
    (3, [YELLOW, BLUE, GREEN, RED]),
    (4, [BLUE, YELLOW, RED, GREEN]),
    (5, [RED, BLUE, GREEN, YELLOW]),
    (6, [BLUE, RED, YELLOW, GREEN]),
    (7, [YELLOW, GREEN, BLUE, RED]),
    (8, [GREEN, YELLOW, RED, BLUE]),
];

fn quarters(pixels: &RgbImage) -> [[u8; 3]; 4] {
    let (w, h) = pixels.dimensions();
    [(w / 4, h / 4), (w * 3 / 4, h / 4), (w / 4, h * 3 / 4), (w * 3 / 4, h * 3 / 4)]
        .map(|(x, y)| named(pixels.get_pixel(x, y).0))
}

/// The colour that was meant, which JPEG moves a little.
fn named(pixel: [u8; 3]) -> [u8; 3] {
    let far = |colour: &[u8; 3]| colour.iter().zip(pixel).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>();
    let nearest = [RED, GREEN, BLUE, YELLOW].into_iter().min_by_key(far).expect("there are four");
    assert!(far(&nearest) < 40, "{pixel:?} is none of the four");
    nearest
}

fn assert_upright(bytes: &[u8], orientation: u8, expected: [[u8; 3]; 4]) {
    let picture = Picture::read(bytes).expect("is taken");
    for copy in [picture.review_copy(), picture.bureau_copy(100 << 10)] {
        let copy = copy.expect("is made");
        let pixels = seen(&copy.bytes);
        assert_eq!(pixels.dimensions(), (copy.width, copy.height));
        let turned = orientation >= 5;
        assert_eq!(pixels.width() < pixels.height(), turned, "orientation {orientation}");
        assert_eq!(quarters(&pixels), expected, "orientation {orientation}");
    }
}

#[test]
fn a_jpeg_is_turned_as_each_orientation_says() {
    for (orientation, expected) in UPRIGHT {
        let file = jpeg_with(&corners(640, 480), &[(0xE1, &exif(orientation, b"phone"))]);
        assert_upright(&file, orientation, expected);
    }
}

#[test]
fn a_png_is_turned_as_each_orientation_says() {
    for (orientation, expected) in UPRIGHT {
        let tiff = &exif(orientation, b"phone")[6..];
        let file = png_with(&DynamicImage::ImageRgb8(corners(640, 480)), &[(b"eXIf", tiff)]);
        assert_upright(&file, orientation, expected);
    }
}

#[test]
fn an_orientation_that_means_nothing_turns_nothing() {
    for orientation in [0, 9, 255] {
        let file = jpeg_with(&corners(640, 480), &[(0xE1, &exif(orientation, b"phone"))]);
        assert_upright(&file, 1, UPRIGHT[0].1);
    }
}
