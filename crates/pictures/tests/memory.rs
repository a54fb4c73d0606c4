//! How much memory the largest pictures take, and those that pretend to be larger. Alone in its process, because it measures
//! the process: the kernel's peak of its address space, which counts memory that was asked for and never touched.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a story that cannot be told has failed")]
#![cfg(target_os = "linux")]

#[path = "stories/made.rs"]
#[expect(dead_code, reason = "the stories use the rest")]
mod made;

use pictures::{MOST_MEMORY, Picture, PictureFault};

/// What is held beside the decoded pixels: the input, the picture as it is kept, rows, and what the allocator keeps.
const BESIDE: u64 = 96 << 20;

/// 8192 × 6144 pixels of two colours, one half transparent: one bit each in the file, four bytes decoded.
const LARGEST: &[u8] = include_bytes!("stories/data/largest.png");

/// The peak of the address space so far, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:")).expect("has a peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("is a number") << 10
}

#[test]
fn memory_is_taken_within_the_limit_and_never_for_a_bomb() {
    let start = peak();
    let mut jpeg = made::jpeg(&made::document(640, 480));
    let frame = jpeg.windows(2).position(|bytes| bytes == [0xFF, 0xC0]).expect("has a frame");
    jpeg[frame + 5..frame + 9].fill(0xFF);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(made::chunk(*b"IHDR", b"\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0"));
    for bomb in [jpeg, png] {
        assert!(matches!(Picture::read(&bomb), Err(PictureFault::TooManyPixels { .. })));
    }
    assert!(peak() - start < 16 << 20, "a bomb took {} bytes", peak() - start);

    let before = peak();
    let fits = Picture::read(LARGEST).expect("is taken");
    assert_eq!(fits.width(), pictures::MOST_SIDE);
    let taken = peak() - before;
    assert!(taken <= MOST_MEMORY + BESIDE, "{taken} bytes");
}
