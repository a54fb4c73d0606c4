//! How much is read and written: every bound has a name and a reason.

/// Bytes of a picture: photos of phones have 3 to 6 MB.
pub const MOST_BYTES: usize = 10 << 20;

/// Pixels of a picture: the most that phones take without being asked for more, 8192 × 6144.
pub const MOST_PIXELS: u64 = 8192 * 6144;

/// Bytes that decoding may take, as the header tells before any of it is taken: 50 megapixels with their alpha come to
/// 192 MiB. A progressive JPEG is held as coefficients as well, so that about 28 megapixels of it fit.
pub const MOST_MEMORY: u64 = 256 << 20;

/// Bytes that the parts of a PNG besides its pixels may unpack to: the largest colour profiles have a few MB.
pub(crate) const MOST_PNG_PARTS: u64 = 32 << 20;

/// Scans of a JPEG: encoders write about ten, and each is a walk over all pixels that costs its sender a few bytes.
pub(crate) const MOST_SCANS: usize = 32;

/// Pixels of the longer side of what is kept: a form on A4 comes to 219 to the inch, on which its small print is read.
pub const MOST_SIDE: u32 = 2560;

/// Pixels of the shorter side below which nothing is read: an ID card is 54 mm high and its characters 2.2 mm; the dense ones
/// among Chinese characters need 14 pixels.
pub const SHORTEST_SIDE: u32 = 340;

/// Pixels of the longer side below which no copy goes, unless the picture itself has fewer: the same characters have 20 pixels when
/// the card fills the picture, and still 14 when a margin of a quarter was left around it.
pub const SHORTEST_COPY_SIDE: u32 = 800;

/// Quality of JPEG below which no copy goes: the blocks become more visible than the strokes.
pub(crate) const LEAST_QUALITY: u8 = 30;

/// Quality at which a copy gets its size, and only then a better one: of the same bytes, small print is read better in many
/// pixels of this quality than in few of a high one.
pub(crate) const FAIR_QUALITY: u8 = 40;

/// Quality above which bytes buy nothing that is seen.
pub(crate) const MOST_QUALITY: u8 = 88;

/// How far qualities are apart that are tried: less is not seen.
pub(crate) const QUALITY_STEP: u8 = 6;

/// Bytes of the copy for reviewers, of which a page shows several.
pub const MOST_REVIEW_BYTES: usize = 1_000_000;

/// Steps between black and white (0 to 255) that the lightest and the darkest part of a picture are apart: ink on paper
/// makes more than a hundred, a covered lens two or three.
pub(crate) const LEAST_CONTRAST: u8 = 16;

/// Pixels of the longer side at which contrast is measured: noise is averaged out, a line of text is not.
pub(crate) const CONTRAST_SIDE: u32 = 128;
