//! What nobody could read is refused, and never shown in part.

use crate::made::{corners, document, jpeg, noise, png};
use image::{DynamicImage, Rgb, RgbImage};
use pictures::{Picture, PictureFault, SHORTEST_SIDE};

const PROGRESSIVE: &[u8] = include_bytes!("data/progressive.jpg");

fn fault(bytes: &[u8]) -> Option<PictureFault> {
    Picture::read(bytes).err()
}

#[test]
fn nothing_is_empty() {
    assert_eq!(fault(b""), Some(PictureFault::Empty));
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_damaged() {
    let baseline = jpeg(&document(400, 360));
    let lossless = png(&DynamicImage::ImageRgb8(document(400, 360)));
    // A PNG is whole with its last row; the empty chunk that ends it may be missing.
    for (file, cut) in [(&baseline[..], 1), (PROGRESSIVE, 1), (&lossless, 13)] {
        assert_eq!(fault(file), None, "the whole is taken");
        for end in (8..=file.len() - cut).rev().step_by(file.len() / 60).chain([file.len() - cut]) {
            assert_eq!(fault(&file[..end]), Some(PictureFault::Damaged), "cut at {end} of {}", file.len());
        }
    }
}

#[test]
fn a_jpeg_whose_rest_is_lost_is_damaged_even_when_it_ends_as_it_should() {
    let file = jpeg(&document(400, 360));
    let data = file.len() / 10;
    for lost in [64, file.len() / 20, file.len() / 2] {
        let mut cut = file[..file.len() - lost].to_vec();
        while cut.last() == Some(&0xFF) {
            cut.pop();
        }
        cut.extend([0xFF, 0xD9]);
        assert!(cut.len() > data);
        assert_eq!(fault(&cut), Some(PictureFault::Damaged), "{lost} bytes lost");
    }
}

#[test]
fn a_preview_inside_does_not_stand_in_for_a_picture_that_is_cut_off() {
    let preview = jpeg(&corners(160, 120));
    let file = crate::made::jpeg_with(&document(400, 360), &[(0xE1, &[b"Exif\0\0", &preview[..]].concat())]);
    assert_eq!(fault(&file), None);
    assert_eq!(fault(&file[..file.len() / 2]), Some(PictureFault::Damaged));
}

#[test]
fn text_behind_the_signature_is_damaged() {
    assert_eq!(fault(b"\xFF\xD8\xFF<html>"), Some(PictureFault::Damaged));
    assert_eq!(fault(b"\x89PNG\r\n\x1a\n<html>"), Some(PictureFault::Damaged));
    assert_eq!(fault(b"\xFF\xD8\xFF\xD9"), Some(PictureFault::Damaged));
}

#[test]
fn a_thumbnail_is_too_small_and_one_pixel_more_is_not() {
    let small = fault(&jpeg(&document(640, SHORTEST_SIDE - 1)));
    assert_eq!(small, Some(PictureFault::TooSmall { width: 640, height: SHORTEST_SIDE - 1 }));
    let small = fault(&png(&DynamicImage::ImageRgb8(document(SHORTEST_SIDE - 1, 640))));
    assert_eq!(small, Some(PictureFault::TooSmall { width: SHORTEST_SIDE - 1, height: 640 }));
    assert_eq!(fault(&jpeg(&document(SHORTEST_SIDE, 640))), None);
}

#[test]
fn a_scrolling_screenshot_is_too_narrow() {
    let file = png(&DynamicImage::ImageRgb8(document(400, 6000)));
    assert_eq!(fault(&file), Some(PictureFault::TooNarrow));
}

#[test]
fn one_colour_is_blank_however_grainy_it_is() {
    let plain = RgbImage::from_pixel(800, 600, Rgb([240, 240, 240]));
    assert_eq!(fault(&jpeg(&plain)), Some(PictureFault::Blank));
    let grain = noise(800, 600);
    let covered = RgbImage::from_fn(800, 600, |x, y| Rgb(grain.get_pixel(x, y).0.map(|value| 8 + value / 8)));
    assert_eq!(fault(&jpeg(&covered)), Some(PictureFault::Blank));
}

#[test]
fn a_page_with_one_signature_is_not_blank() {
    let page = RgbImage::from_fn(1240, 1754, |x, y| {
        let signed = (700..900).contains(&x) && (1500..1560).contains(&y) && (x + y) % 12 < 4;
        Rgb(if signed { [40, 40, 90] } else { [245, 245, 245] })
    });
    assert_eq!(fault(&jpeg(&page)), None);
}
