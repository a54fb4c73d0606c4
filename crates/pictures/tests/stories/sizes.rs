//! The bureau counts bytes of base64; people must still be able to read what it gets.

use crate::made::{document, jpeg, noise};
use pictures::{MOST_REVIEW_BYTES, MOST_SIDE, Picture, PictureFault, SHORTEST_COPY_SIDE, base64_length};

fn read(bytes: &[u8]) -> Picture {
    Picture::read(bytes).expect("is taken")
}

#[test]
fn base64_has_four_letters_for_three_bytes_begun() {
    assert_eq!([0, 1, 2, 3, 4, 76_800].map(base64_length), [0, 4, 4, 4, 8, 102_400]);
}

#[test]
fn a_copy_for_the_bureau_fits_and_nearly_fills_its_limit() {
    let picture = read(&jpeg(&document(2000, 1500)));
    for most in [100 << 10, 150 << 10] {
        let copy = picture.bureau_copy(most).expect("is made");
        assert!(copy.base64_length() <= most, "{} of {most}", copy.base64_length());
        assert!(copy.base64_length() > most / 2, "{} of {most}: it could be clearer", copy.base64_length());
    }
}

#[test]
fn a_larger_limit_never_makes_a_smaller_copy() {
    let picture = read(&jpeg(&document(1600, 1200)));
    let mut before = (0, 0);
    for kib in [100, 120, 150, 200, 300, 500] {
        let copy = picture.bureau_copy(kib << 10).expect("is made");
        let now = (copy.width, copy.quality);
        assert!(now.0 >= before.0, "{now:?} after {before:?}");
        before = now;
    }
}

#[test]
fn a_copy_for_reviewers_keeps_all_pixels_when_they_fit() {
    let picture = read(&jpeg(&document(1200, 900)));
    let copy = picture.review_copy().expect("is made");
    assert_eq!((copy.width, copy.height), (1200, 900));
    assert!(copy.bytes.len() <= MOST_REVIEW_BYTES);
}

#[test]
fn a_large_picture_is_kept_at_the_largest_side() {
    let picture = read(&jpeg(&document(3000, 1500)));
    assert_eq!((picture.width(), picture.height()), (MOST_SIDE, MOST_SIDE / 2));
}

#[test]
fn no_copy_goes_below_what_can_be_read() {
    let picture = read(&jpeg(&noise(1600, 1200)));
    let mut refused = 0;
    for kib in (20..=400).step_by(20) {
        match picture.bureau_copy(kib << 10) {
            Ok(copy) => {
                assert!(copy.base64_length() <= kib << 10);
                assert!(copy.width >= SHORTEST_COPY_SIDE && copy.quality >= 30, "{kib}: {copy:?}");
            }
            Err(fault) => {
                assert_eq!(fault, PictureFault::TooDetailed);
                refused += 1;
            }
        }
    }
    assert!((1..20).contains(&refused), "{refused} refused");
}

#[test]
fn a_picture_smaller_than_the_least_copy_is_not_scaled() {
    let copy = read(&jpeg(&document(640, 480))).bureau_copy(100 << 10).expect("is made");
    assert_eq!((copy.width, copy.height), (640, 480));
}

#[test]
fn the_shorter_side_of_a_long_picture_stays_readable() {
    let copy = read(&jpeg(&noise(2000, 400))).bureau_copy(300 << 10).expect("is made");
    assert!(copy.height >= pictures::SHORTEST_SIDE, "{} × {}", copy.width, copy.height);
}

#[test]
fn no_limit_is_too_small_to_be_refused() {
    let picture = read(&jpeg(&document(640, 480)));
    for most in [0, 1, 3, 4, 1024] {
        assert_eq!(picture.bureau_copy(most), Err(PictureFault::TooDetailed));
    }
}
