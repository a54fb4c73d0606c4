//! What would take too much of the machine is refused by its size and its header.

use crate::made::{chunk, document, jpeg};
use pictures::{MOST_BYTES, Picture, PictureFault};

fn header(width: u32, height: u32, depth: u8, colours: u8) -> Vec<u8> {
    let content = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colours, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &content)].concat()
}

#[test]
fn a_file_of_one_byte_too_many_is_too_large() {
    let mut file = jpeg(&document(640, 480));
    file.resize(MOST_BYTES, 0);
    assert_eq!(Picture::read(&file).err(), None, "as many as there may be");
    file.push(0);
    assert_eq!(Picture::read(&file).err(), Some(PictureFault::TooLarge { bytes: MOST_BYTES + 1 }));
}

#[test]
fn a_png_is_refused_by_what_its_header_says() {
    let too_many = |width, height| Some(PictureFault::TooManyPixels { width, height });
    assert_eq!(Picture::read(&header(60_000, 60_000, 8, 2)).err(), too_many(60_000, 60_000));
    assert_eq!(Picture::read(&header(u32::MAX, u32::MAX, 8, 2)).err(), too_many(u32::MAX, u32::MAX));
    assert_eq!(Picture::read(&header(8192, 6145, 8, 2)).err(), too_many(8192, 6145));
}

#[test]
fn a_png_of_sixteen_bits_is_refused_by_the_memory_it_needs() {
    let data = chunk(*b"IDAT", b"");
    let file = [header(8192, 6144, 16, 6), data.clone()].concat();
    let too_many = PictureFault::TooManyPixels { width: 8192, height: 6144 };
    assert_eq!(Picture::read(&file).err(), Some(too_many));
    let eight = [header(8192, 6144, 8, 6), data].concat();
    assert_eq!(Picture::read(&eight).err(), Some(PictureFault::Damaged), "it was looked into");
}

/// The same markers as a small picture, with other dimensions in the header of its frame.
fn as_large_as(file: &[u8], width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut file = file.to_vec();
    let frame =
        file.windows(4).position(|bytes| matches!(bytes, [0xFF, 0xC0 | 0xC2, 0, 17])).expect("has a frame");
    if progressive {
        file[frame + 1] = 0xC2;
    }
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

#[test]
fn a_jpeg_is_refused_by_what_its_header_says() {
    let file = as_large_as(&jpeg(&document(640, 480)), 65_535, 65_535, false);
    let too_many = PictureFault::TooManyPixels { width: 65_535, height: 65_535 };
    assert_eq!(Picture::read(&file).err(), Some(too_many));
}

#[test]
fn a_progressive_jpeg_is_refused_by_the_memory_of_its_coefficients() {
    let small = jpeg(&document(640, 480));
    let file = as_large_as(&small, 8000, 6000, true);
    let too_many = PictureFault::TooManyPixels { width: 8000, height: 6000 };
    assert_eq!(Picture::read(&file).err(), Some(too_many));
    let baseline = as_large_as(&small, 8000, 6000, false);
    assert_eq!(Picture::read(&baseline).err(), Some(PictureFault::Damaged), "it was looked into");
}

#[test]
fn a_jpeg_of_endless_scans_is_refused() {
    let file = include_bytes!("data/progressive.jpg");
    let at = file.windows(2).rposition(|bytes| bytes == [0xFF, 0xDA]).expect("has a scan");
    let (before, last) = file.split_at(at);
    let scan = &last[..last.len() - 2];
    let endless = [before, &scan.repeat(40), &[0xFF, 0xD9]].concat();
    assert_eq!(Picture::read(&endless).err(), Some(PictureFault::Damaged));
}
