//! Where a photo was taken, by whom and with what is nobody's business.

use crate::made::{document, exif, jpeg_with, png_with};
use image::DynamicImage;
use pictures::Picture;

const PLANTED: &[u8] = b"30.2741N-120.1551E";

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn assert_in_no_copy(file: &[u8], what: &str) {
    assert!(has(file, PLANTED), "nothing was planted: {what}");
    let picture = Picture::read(file).expect("is taken");
    for copy in [picture.review_copy(), picture.bureau_copy(100 << 10)] {
        let bytes = copy.expect("is made").bytes;
        assert!(!has(&bytes, PLANTED), "{what} is in a copy");
        for marker in [&b"Exif"[..], b"http://", b"ICC_PROFILE", b"Photoshop", b"MPF"] {
            assert!(!has(&bytes, marker), "{what}: {} is in a copy", marker.escape_ascii());
        }
    }
}

#[test]
fn no_segment_of_a_jpeg_is_in_a_copy() {
    let with = |begin: &[u8]| [begin, PLANTED].concat();
    let segments = [
        ("EXIF", 0xE1, exif(1, PLANTED)),
        ("XMP", 0xE1, with(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>")),
        ("ICC profile", 0xE2, with(b"ICC_PROFILE\0\x01\x01")),
        ("IPTC", 0xED, with(b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x12")),
        ("preview", 0xE2, with(b"MPF\0")),
        ("vendor's", 0xEF, with(b"")),
        ("comment", 0xFE, with(b"")),
    ];
    for (what, marker, content) in segments {
        assert_in_no_copy(&jpeg_with(&document(600, 400), &[(marker, &content)]), what);
    }
}

#[test]
fn what_follows_the_end_of_a_jpeg_is_in_no_copy() {
    let file = [&jpeg_with(&document(600, 400), &[]), PLANTED].concat();
    assert_in_no_copy(&file, "trailer");
}

#[test]
fn no_chunk_of_a_png_is_in_a_copy() {
    let with = |begin: &[u8]| [begin, PLANTED].concat();
    let chunks: [(&str, &[u8; 4], Vec<u8>); 5] = [
        ("text", b"tEXt", with(b"Comment\0")),
        ("international text", b"iTXt", with(b"XML:com.adobe.xmp\0\0\0\0\0")),
        ("EXIF", b"eXIf", exif(1, PLANTED)[6..].to_vec()),
        ("suggested palette", b"sPLT", with(b"x\0\x08")),
        ("a chunk of its own", b"kbPv", with(b"")),
    ];
    for (what, kind, content) in chunks {
        let pixels = DynamicImage::ImageRgb8(document(600, 400));
        assert_in_no_copy(&png_with(&pixels, &[(kind, &content)]), what);
    }
}
