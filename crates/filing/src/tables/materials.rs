//! What pictures are added for (附件用途): for the bureau, and how large it takes them; or as proof for the reviewer.

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
    /// Whether it goes to the bureau; otherwise it is proof for the reviewer alone.
    pub to_bureau: bool,
}

/// Every purpose: those of the bureau's table, and from 101 on what only reviewers look at.
pub const PURPOSES: &[Purpose] = &[
    purpose(1, "网站备案信息真实性核验单", "Verification form of the website filing", true, 150),
    purpose(2, "主办单位有效证件", "Certificate of the principal", false, 100),
    purpose(3, "主体负责人有效证件", "Certificate of the principal contact", false, 100),
    purpose(4, "网站负责人有效证件", "Certificate of the website contact", true, 100),
    purpose(5, "当面核验拍摄照片", "Photo taken at the face-to-face check", true, 100),
    proof(101, "居住证或暂住证", "Residence permit", false),
    proof(102, "主体负责人授权书", "Power of attorney of the principal contact", false),
    proof(103, "网站负责人授权书", "Power of attorney of the website contact", true),
    proof(104, "主体的其他证明材料", "Other proof of the principal", false),
    proof(105, "网站名称等的批准文件", "Approval of the website's name or content", true),
];

const fn purpose(id: u16, zh: &'static str, en: &'static str, of_website: bool, kib: usize) -> Purpose {
    Purpose { entry: Entry::new(id, zh, en), of_website, most_bytes: kib << 10, to_bureau: true }
}

/// What the bureau does not ask for; as large as most of what it does.
const fn proof(id: u16, zh: &'static str, en: &'static str, of_website: bool) -> Purpose {
    Purpose { to_bureau: false, ..purpose(id, zh, en, of_website, 100) }
}

/// Whether pictures for that are proof for reviewers alone.
pub fn is_proof(purpose: u16) -> bool {
    PURPOSES.iter().any(|known| known.entry.id == purpose && !known.to_bureau)
}
