//! What pictures are added for (附件用途), and how large the bureau takes them.

use super::Entry;

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its number and names.
    pub entry: Entry,
    /// Whether it belongs to a website; otherwise to the subject.
    pub of_website: bool,
    /// Bytes of its base64 text at most, as the bureau takes it.
    pub most_bytes: usize,
}

/// Every purpose.
pub const PURPOSES: &[Purpose] = &[
    purpose(1, "网站备案信息真实性核验单", "Verification form of the website filing", true, 150),
    purpose(2, "主办单位有效证件", "Certificate of the principal", false, 100),
    purpose(3, "主体负责人有效证件", "Certificate of the principal contact", false, 100),
    purpose(4, "网站负责人有效证件", "Certificate of the website contact", true, 100),
    purpose(5, "当面核验拍摄照片", "Photo taken at the face-to-face check", true, 100),
];

const fn purpose(id: u16, zh: &'static str, en: &'static str, of_website: bool, kib: usize) -> Purpose {
    Purpose { entry: Entry::new(id, zh, en), of_website, most_bytes: kib << 10 }
}
