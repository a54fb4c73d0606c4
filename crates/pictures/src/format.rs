//! What a file is, told by how it begins; its name and what the browser said of it do not count.

/// A kind of file that is sent for a picture and is none that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// What iPhones take by default.
    Heic,
    /// The same container with a newer codec.
    Avif,
    /// A document.
    Pdf,
    /// A GIF.
    Gif,
    /// What browsers save from pages.
    WebP,
    /// A Windows bitmap.
    Bmp,
    /// What scanners write; raw files of cameras begin like it too.
    Tiff,
    /// A video, or the moving half of a live photo.
    Video,
    /// A document of an office program, or an archive.
    Office,
    /// None that is known here.
    Unknown,
}

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Jpeg,
    Png,
}

/// The eight bytes with which every PNG begins.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Format {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Heic,
        Self::Avif,
        Self::Pdf,
        Self::Gif,
        Self::WebP,
        Self::Bmp,
        Self::Tiff,
        Self::Video,
        Self::Office,
        Self::Unknown,
    ];
}

/// Tells what a file is.
pub(crate) fn tell(bytes: &[u8]) -> Result<Taken, Format> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    if begins(b"\xFF\xD8\xFF") {
        return Ok(Taken::Jpeg);
    }
    if begins(PNG) {
        return Ok(Taken::Png);
    }
    Err(match bytes.get(8..12) {
        Some(brand) if bytes.get(4..8) == Some(b"ftyp") => by_brand(brand),
        Some(b"WEBP") if begins(b"RIFF") => Format::WebP,
        _ if begins(b"%PDF-") => Format::Pdf,
        _ if begins(b"GIF8") => Format::Gif,
        _ if begins(b"BM") => Format::Bmp,
        _ if begins(b"II*\0") || begins(b"MM\0*") => Format::Tiff,
        _ if begins(b"PK\x03\x04") || begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Format::Office,
        _ => Format::Unknown,
    })
}

/// By the major brand of the ISO base media container (ISO/IEC 14496-12, 23008-12).
fn by_brand(brand: &[u8]) -> Format {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Format::Heic,
        b"avif" | b"avis" => Format::Avif,
        _ => Format::Video,
    }
}
