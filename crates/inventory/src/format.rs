//! The formats that are read, and how they are told apart by their first bytes.

use crate::fault::Alien;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// The provider's own JSON answers, of ECS and SWAS.
    Answers,
    /// Kebei's records, one JSON object a line.
    JsonLines,
    /// Rows of cells as text.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

impl Format {
    /// Its name, in any language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answers => "JSON",
            Self::JsonLines => "JSON Lines",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
        }
    }
}

/// What the first bytes of an input tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Format(Format),
    /// UTF-16, which must be decoded before more can be told.
    Utf16,
    Empty,
    Alien(Alien),
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

const MAGIC: &[(&[u8], Told)] = &[
    (b"PK\x03\x04", Told::Format(Format::Xlsx)),
    (b"PK\x05\x06", Told::Format(Format::Xlsx)),
    (b"\xD0\xCF\x11\xE0", Told::Alien(Alien::OldWorkbook)),
    (b"%PDF", Told::Alien(Alien::Pdf)),
    (b"\x1F\x8B", Told::Alien(Alien::Compressed)),
    (b"BZh", Told::Alien(Alien::Compressed)),
    (b"\xFD7zXZ", Told::Alien(Alien::Compressed)),
    (b"\x28\xB5\x2F\xFD", Told::Alien(Alien::Compressed)),
    (b"7z\xBC\xAF", Told::Alien(Alien::Compressed)),
    (b"Rar!", Told::Alien(Alien::Compressed)),
    (b"\x89PNG", Told::Alien(Alien::Picture)),
    (b"\xFF\xD8\xFF", Told::Alien(Alien::Picture)),
    (b"GIF8", Told::Alien(Alien::Picture)),
    (b"\xFF\xFE", Told::Utf16),
    (b"\xFE\xFF", Told::Utf16),
];

/// The format of an input that begins with `bytes`.
pub(crate) fn told(bytes: &[u8]) -> Told {
    if let Some((_, told)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *told;
    }
    let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        None => Told::Empty,
        Some(b'<') => Told::Alien(Alien::Markup),
        Some(b'{') => match first_key(text) {
            Some(b'A'..=b'Z') => Told::Format(Format::Answers),
            _ => Told::Format(Format::JsonLines),
        },
        Some(b'[') => match inside(text, b'[').and_then(first_key) {
            Some(b'a'..=b'z') => Told::Alien(Alien::RecordList),
            _ => Told::Format(Format::Answers),
        },
        Some(_) if is_binary(text) => Told::Alien(Alien::Binary),
        Some(_) => Told::Format(Format::Csv),
    }
}

/// Of a byte order mark, so many bytes.
pub(crate) fn mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 }
}

/// How the first key of an object begins: the provider writes its keys with a capital, Kebei without.
fn first_key(text: &[u8]) -> Option<u8> {
    inside(text, b'{')?.strip_prefix(b"\"")?.first().copied()
}

/// What follows an opening bracket.
fn inside(text: &[u8], bracket: u8) -> Option<&[u8]> {
    text.strip_prefix(&[bracket]).map(<[u8]>::trim_ascii_start)
}

/// Control characters other than white space: none in a text, in any encoding that is read.
fn is_binary(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        for (text, format) in [
            (r#"{"Instances":{"Instance":[]}}"#, Format::Answers),
            (" \r\n [\n {\n \"PageNumber\": 1", Format::Answers),
            ("[]", Format::Answers),
            (r#"{"id":"i-1","product":"ecs"}"#, Format::JsonLines),
            ("{}", Format::JsonLines),
            ("\u{FEFF}{\"id\":1}", Format::JsonLines),
            ("\u{FEFF}实例ID,产品类型\n", Format::Csv),
            ("id;product", Format::Csv),
            ("PK\u{3}\u{4}", Format::Xlsx),
        ] {
            assert_eq!(told(text.as_bytes()), Told::Format(format), "{text}");
        }
    }

    #[test]
    fn what_is_not_read_is_told_by_content_too() {
        for (bytes, alien) in [
            (&b"%PDF-1.7"[..], Alien::Pdf),
            (b"\x1F\x8B\x08", Alien::Compressed),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", Alien::OldWorkbook),
            (b"\n<!DOCTYPE html>", Alien::Markup),
            (b"\x89PNG\r\n", Alien::Picture),
            (b"\x7FELF\x02\x01\x00", Alien::Binary),
            (b"[ {\"id\": \"i-1\"}]", Alien::RecordList),
        ] {
            assert_eq!(told(bytes), Told::Alien(alien));
        }
        assert_eq!(told(b" \r\n"), Told::Empty);
        assert_eq!(told(b"\xFF\xFEi\0d\0"), Told::Utf16);
    }
}
