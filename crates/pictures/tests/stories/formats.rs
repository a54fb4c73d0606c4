//! What is no picture that is taken is named, so that its sender knows what he sent.

use pictures::{Format, Picture, PictureFault};
use rulebook::Lang;

const BEGINNINGS: &[(&[u8], Format)] = &[
    (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", Format::Heic),
    (b"\0\0\0\x24ftypheix\0\0\0\0", Format::Heic),
    (b"\0\0\0\x24ftypmif1\0\0\0\0", Format::Heic),
    (b"\0\0\0\x24ftypmsf1\0\0\0\0", Format::Heic),
    (b"\0\0\0\x24ftyphevc\0\0\0\0", Format::Heic),
    (b"\0\0\0\x1cftypavif\0\0\0\0", Format::Avif),
    (b"\0\0\0\x14ftypqt  \0\0\0\0", Format::Video),
    (b"\0\0\0\x18ftypmp42\0\0\0\0", Format::Video),
    (b"%PDF-1.7\n", Format::Pdf),
    (b"GIF89a\x01\0\x01\0", Format::Gif),
    (b"GIF87a\x01\0\x01\0", Format::Gif),
    (b"RIFF\x24\0\0\0WEBPVP8 ", Format::WebP),
    (b"RIFF\x24\0\0\0WAVEfmt ", Format::Unknown),
    (b"BM\x46\0\0\0\0\0\0\0", Format::Bmp),
    (b"II*\0\x08\0\0\0", Format::Tiff),
    (b"MM\0*\0\0\0\x08", Format::Tiff),
    (b"PK\x03\x04\x14\0", Format::Office),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Office),
    (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Format::Unknown),
    (b"x", Format::Unknown),
];

#[test]
fn every_known_format_is_told_by_how_it_begins() {
    for (bytes, format) in BEGINNINGS {
        let fault = Picture::read(bytes).expect_err("is no picture that is taken");
        assert_eq!(fault, PictureFault::Format(*format), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_large_file_of_another_format_is_told_its_format_rather_than_its_size() {
    let mut video = b"\0\0\0\x18ftypmp42".to_vec();
    video.resize(pictures::MOST_BYTES + 1, 0);
    assert_eq!(Picture::read(&video).err(), Some(PictureFault::Format(Format::Video)));
}

#[test]
fn the_photo_of_an_iphone_is_told_the_setting_to_change() {
    let fault = PictureFault::Format(Format::Heic);
    assert_eq!(fault.code(), "picture-heic");
    let zh = fault.message(Lang::Zh) + &fault.suggestion(Lang::Zh);
    assert!(zh.contains("HEIC") && zh.contains("兼容性最佳"), "{zh}");
    let en = fault.message(Lang::En) + &fault.suggestion(Lang::En);
    assert!(en.contains("HEIC") && en.contains("Most Compatible"), "{en}");
}

#[test]
fn every_fault_is_told_in_both_languages_and_no_two_alike() {
    let mut faults = vec![
        PictureFault::Empty,
        PictureFault::TooLarge { bytes: 12 << 20 },
        PictureFault::TooManyPixels { width: 60_000, height: 60_000 },
        PictureFault::Damaged,
        PictureFault::TooSmall { width: 120, height: 90 },
        PictureFault::TooNarrow,
        PictureFault::Blank,
        PictureFault::TooDetailed,
    ];
    faults.extend(Format::ALL.map(PictureFault::Format));
    let mut told = Vec::new();
    for fault in &faults {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| (fault.message(lang), fault.suggestion(lang)));
        for text in [&zh.0, &zh.1] {
            assert!(text.ends_with('。') && !text.contains(','), "{text}");
        }
        for text in [&en.0, &en.1] {
            assert!(text.ends_with('.') && text.chars().all(|c| !('\u{4e00}'..).contains(&c)), "{text}");
        }
        told.extend([zh.0, en.0]);
    }
    let count = told.len();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), count, "two faults say the same");
}
