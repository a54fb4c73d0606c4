//! How much is read from an input before it is refused: every bound has a name and a reason.

/// An instance is a few hundred bytes in any format; a thousand times that is no instance.
const RECORD_BYTES: usize = 1 << 20;
/// Excel's own files of a million such rows stay below this.
const WORKBOOK_BYTES: usize = 64 << 20;
/// What the parts of such a workbook come to when unpacked, with room.
const INFLATED_BYTES: u64 = 256 << 20;
/// Texts of a workbook are held in memory while its rows are read, so they have a smaller bound of their own.
const SHARED_TEXT_BYTES: u64 = 64 << 20;
/// The rows that a sheet of Excel has.
const ROWS: u64 = 1 << 20;

/// Characters of an id, product, account or region: the longest of them have a few dozen. Many records are held in
/// memory at a time, so that texts as long as a record would come to gigabytes.
const TEXT_CHARACTERS: usize = 256;
/// Addresses of an instance, which are held in memory like its texts; more make no difference to any decision.
pub(crate) const ADDRESSES: usize = 256;

/// Whether `text` can be an id, product, account or region: short, and without control characters, which move the
/// cursor of terminals and are left where two rows ran into one.
pub(crate) fn is_short(text: &str) -> bool {
    if text.is_ascii() {
        return text.len() <= TEXT_CHARACTERS && !text.bytes().any(|byte| byte.is_ascii_control());
    }
    text.chars().take(TEXT_CHARACTERS + 1).count() <= TEXT_CHARACTERS && !text.chars().any(char::is_control)
}

/// How much is read before an input, or a record of it, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record or line, 1 MiB by default.
    pub record_bytes: usize,
    /// Bytes of a workbook, which is held in memory: 64 MiB by default.
    pub workbook_bytes: usize,
    /// Bytes of all parts of a workbook together when unpacked, 256 MiB by default.
    pub inflated_bytes: u64,
    /// Bytes of a workbook's texts when unpacked, 64 MiB by default.
    pub shared_text_bytes: u64,
    /// Rows of a sheet, 1 048 576 by default.
    pub rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes: RECORD_BYTES,
            workbook_bytes: WORKBOOK_BYTES,
            inflated_bytes: INFLATED_BYTES,
            shared_text_bytes: SHARED_TEXT_BYTES,
            rows: ROWS,
        }
    }
}
