//! Pictures that people attach to orders: certificates, signed forms, photos taken at a face-to-face check.
//!
//! [`Picture::read`] takes a JPEG or PNG, told by its content, and refuses what a reviewer could not read, with what to do
//! about it. What it keeps is upright, opaque and free of metadata, and so is every [`JpegCopy`] made of it. The same bytes
//! give the same copies, on any machine.
//!
//! Pure: bytes in, bytes out. A call computes for a good part of a second and takes up to [`MOST_MEMORY`] while it reads, so
//! callers run it off the threads that serve requests, and only a few at a time.

mod en;
mod fault;
mod fit;
mod format;
mod jpeg;
mod judge;
mod limits;
mod picture;
mod png;
mod scale;
mod zh;

pub use fault::PictureFault;
pub use format::Format;
pub use limits::{
    MOST_BYTES, MOST_MEMORY, MOST_PIXELS, MOST_REVIEW_BYTES, MOST_SIDE, SHORTEST_COPY_SIDE, SHORTEST_SIDE,
};
pub use picture::{JpegCopy, Picture, base64_length};
