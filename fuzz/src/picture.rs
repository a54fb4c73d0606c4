//! What holds for any picture whatever: it is taken or refused with something to say, and its copies keep their limits.
//! A file of its own, so that the tests of `pictures` need nothing else to share it.

use pictures::{JpegCopy, MOST_REVIEW_BYTES, MOST_SIDE, Picture, PictureFault, SHORTEST_SIDE};
use rulebook::Lang;

/// Reads `bytes` as a picture and copies it; whether it was taken.
pub fn picture(bytes: &[u8]) -> bool {
    let picture = match Picture::read(bytes) {
        Ok(picture) => picture,
        Err(fault) => {
            told(&fault);
            return false;
        }
    };
    assert!(picture.width().max(picture.height()) <= MOST_SIDE);
    copied(picture.review_copy(), MOST_REVIEW_BYTES.div_ceil(3) * 4);
    copied(picture.bureau_copy(100 << 10), 100 << 10);
    true
}

fn copied(copy: Result<JpegCopy, PictureFault>, most_base64_bytes: usize) {
    match copy {
        Ok(copy) => {
            assert!(copy.base64_length() <= most_base64_bytes);
            assert!(copy.width.min(copy.height) >= SHORTEST_SIDE && copy.width.max(copy.height) <= MOST_SIDE);
            assert!(copy.bytes.starts_with(b"\xFF\xD8") && copy.bytes.ends_with(b"\xFF\xD9"));
        }
        Err(fault) => {
            assert_eq!(fault, PictureFault::TooDetailed);
            told(&fault);
        }
    }
}

fn told(fault: &PictureFault) {
    for lang in Lang::ALL {
        assert!(!fault.message(lang).is_empty() && !fault.suggestion(lang).is_empty());
    }
}
