//! Bytes as people read and compare them.

/// Lower-case hex, two digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    std::fmt::from_fn(|f| bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))).to_string()
}
