//! The body of the fuzz target, run for a short while over good pictures that were damaged at random.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a story that cannot be told has failed")]

#[path = "../../../fuzz/src/picture.rs"]
#[expect(unreachable_pub, reason = "public to the fuzz target")]
mod body;

#[path = "stories/made.rs"]
#[expect(dead_code, reason = "the stories use the rest")]
mod made;

use image::DynamicImage;
use made::{chunk, document, exif, jpeg_with, png};
use proptest::prelude::*;
use std::sync::LazyLock;

static JPEG: LazyLock<Vec<u8>> =
    LazyLock::new(|| jpeg_with(&document(360, 344), &[(0xE1, &exif(6, b"phone"))]));
static PNG: LazyLock<Vec<u8>> = LazyLock::new(|| png(&DynamicImage::ImageRgb8(document(360, 344))));
const PROGRESSIVE: &[u8] = include_bytes!("stories/data/progressive.jpg");
const CMYK: &[u8] = include_bytes!("stories/data/cmyk.jpg");

/// One kind of damage; places are parts of 65 536 of the input.
#[derive(Clone, Debug)]
enum Damage {
    Flip { at: u16, bit: u8 },
    Set { at: u16, bytes: Vec<u8> },
    Cut { at: u16 },
    Insert { at: u16, bytes: Vec<u8> },
    Remove { at: u16, bytes: u16 },
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling = prop::sample::select(
        [
            &b"\xFF\xD9"[..],
            b"\xFF\xDA",
            b"\xFF\xC0",
            b"\xFF\xC2",
            b"\xFF\xC4",
            b"\xFF\xDD",
            b"\xFF\xD0",
            b"\0\0",
            b"\xFF\xFF",
        ]
        .map(<[u8]>::to_vec)
        .to_vec(),
    );
    let inserted = prop_oneof![telling, prop::collection::vec(any::<u8>(), 1..8)];
    // Half of the places are in the first sixteenth, where the headers are.
    let place = || prop_oneof![any::<u16>(), 0..4096_u16];
    prop_oneof![
        4 => (place(), 0u8..8).prop_map(|(at, bit)| Damage::Flip { at, bit }),
        4 => (place(), inserted.clone()).prop_map(|(at, bytes)| Damage::Set { at, bytes }),
        1 => place().prop_map(|at| Damage::Cut { at }),
        1 => (place(), inserted).prop_map(|(at, bytes)| Damage::Insert { at, bytes }),
        1 => (place(), any::<u16>()).prop_map(|(at, bytes)| Damage::Remove { at, bytes }),
    ]
}

fn damaged(good: &[u8], damage: &[Damage]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for damage in damage {
        let place = |at: u16, bytes: &[u8]| usize::from(at) * bytes.len() / 65_536;
        match damage {
            Damage::Flip { at, bit } => {
                let at = place(*at, &bytes);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Damage::Set { at, bytes: set } => {
                let at = place(*at, &bytes);
                bytes.iter_mut().skip(at).zip(set).for_each(|(byte, set)| *byte = *set);
            }
            Damage::Cut { at } => bytes.truncate(place(*at, &bytes)),
            Damage::Insert { at, bytes: inserted } => {
                let at = place(*at, &bytes);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Damage::Remove { at, bytes: count } => {
                let at = place(*at, &bytes);
                let end = bytes.len().min(at + usize::from(*count));
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

fn several() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(damage(), 0..4)
}

/// The chunks of a PNG with their check sums made good, so that damage reaches behind them.
fn mended(png: &[u8]) -> Vec<u8> {
    let (signature, mut rest) = png.split_at(png.len().min(8));
    let mut bytes = signature.to_vec();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let Some((kind, after)) = after.split_first_chunk::<4>() else { break };
        let content = &after[..after.len().min(length)];
        bytes.extend(chunk(*kind, content));
        rest = after.get(content.len() + 4..).unwrap_or_default();
    }
    bytes
}

/// Damage that hits something which was never taken would prove nothing.
#[test]
fn what_is_damaged_is_taken_when_it_is_whole() {
    assert!(body::picture(&JPEG) && body::picture(&PNG) && body::picture(&mended(&PNG)));
    assert!(body::picture(PROGRESSIVE) && body::picture(CMYK));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_jpegs_are_taken_or_told(damage in several()) {
        body::picture(&damaged(&JPEG, &damage));
    }

    #[test]
    fn damaged_progressive_jpegs_are_taken_or_told(damage in several()) {
        body::picture(&damaged(PROGRESSIVE, &damage));
    }

    #[test]
    fn damaged_jpegs_of_print_are_taken_or_told(damage in several()) {
        body::picture(&damaged(CMYK, &damage));
    }

    #[test]
    fn damaged_pngs_are_taken_or_told(damage in several()) {
        body::picture(&damaged(&PNG, &damage));
    }

    #[test]
    fn damaged_pngs_with_good_sums_are_taken_or_told(damage in several()) {
        body::picture(&mended(&damaged(&PNG, &damage)));
    }

    #[test]
    fn any_bytes_are_taken_or_told(start in 0..4_usize, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let start: &[u8] = [&b""[..], b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftyp"][start];
        body::picture(&[start, &bytes].concat());
    }
}
