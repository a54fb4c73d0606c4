//! The nature of a subject (单位性质) and the kinds of certificates (证件类型) that go with it.

use super::Entry;

/// Somebody who files for himself.
pub const INDIVIDUAL: u16 = 5;
/// The resident ID card (居民身份证).
pub const RESIDENT_ID: u16 = 2;

/// What a subject can be.
pub const NATURES: &[Entry] = &[
    Entry::new(1, "国防机构", "Military"),
    Entry::new(2, "政府机关", "Government body"),
    Entry::new(3, "事业单位", "Public institution"),
    Entry::new(4, "企业", "Enterprise"),
    Entry::new(5, "个人", "Individual"),
    Entry::new(6, "社会团体", "Social organisation"),
    Entry::new(9, "民办非企业单位", "Private non-enterprise unit"),
    Entry::new(10, "基金会", "Foundation"),
    Entry::new(11, "律师执业机构", "Law practice"),
    Entry::new(12, "外国在华文化中心", "Foreign cultural centre in China"),
    Entry::new(13, "群众性团体组织", "Mass organisation"),
    Entry::new(14, "司法鉴定机构", "Judicial appraisal institution"),
    Entry::new(15, "宗教团体", "Religious body"),
    Entry::new(16, "境外机构", "Institution outside the mainland"),
    Entry::new(17, "医疗机构", "Medical institution"),
    Entry::new(18, "公证机构", "Notary institution"),
    Entry::new(19, "集体经济", "Collective economy"),
    Entry::new(20, "仲裁机构", "Arbitration institution"),
];

/// A kind of certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateKind {
    /// Its number and names.
    pub entry: Entry,
    /// The nature of the subjects that have it.
    pub nature: u16,
    /// Whether somebody in charge can have it.
    pub personal: bool,
}

/// Every kind of certificate.
pub const CERTIFICATES: &[CertificateKind] = &[
    kind(1, "工商营业执照", "Business licence", 4, false),
    kind(2, "身份证", "Resident ID card", 5, true),
    kind(3, "组织机构代码证", "Organisation code certificate (public institution)", 3, false),
    kind(4, "事业单位法人证书", "Public institution legal person certificate", 3, false),
    kind(5, "军队代号", "Military unit code", 1, false),
    kind(6, "社会团体法人登记证书", "Social organisation legal person certificate", 6, false),
    kind(7, "护照", "Passport", 5, true),
    kind(8, "军官证", "Officer card", 5, true),
    kind(9, "组织机构代码证", "Organisation code certificate (government body)", 2, false),
    kind(10, "组织机构代码证", "Organisation code certificate (social organisation)", 6, false),
    kind(11, "台湾居民来往大陆通行证", "Taiwan resident permit (台胞证)", 5, true),
    kind(12, "组织机构代码证", "Organisation code certificate (enterprise)", 4, false),
    kind(13, "统一社会信用代码证书", "Unified social credit code certificate (government body)", 2, false),
    kind(14, "港澳居民来往内地通行证", "Hong Kong / Macao resident permit", 5, true),
    kind(15, "统一社会信用代码证书", "Unified social credit code certificate (public institution)", 3, false),
    kind(16, "组织机构代码证", "Organisation code certificate (private non-enterprise)", 9, false),
    kind(17, "民办非企业单位登记证书", "Private non-enterprise registration certificate", 9, false),
    kind(18, "组织机构代码证", "Organisation code certificate (foundation)", 10, false),
    kind(19, "基金会法人登记证书", "Foundation legal person certificate", 10, false),
    kind(20, "组织机构代码证", "Organisation code certificate (law practice)", 11, false),
    kind(21, "律师事务所执业许可证", "Law firm practice licence", 11, false),
    kind(22, "外国在华文化中心登记证", "Foreign cultural centre registration", 12, false),
    kind(23, "军队单位对外有偿服务许可证", "Military paid-service licence", 1, false),
    kind(24, "统一社会信用代码证书", "Unified social credit code certificate (mass organisation)", 13, false),
    kind(25, "宗教活动场所登记证", "Religious site registration", 15, false),
    kind(27, "外国企业常驻代表机构登记证", "Foreign enterprise representative office registration", 4, false),
    kind(28, "司法鉴定许可证", "Judicial appraisal licence", 14, false),
    kind(30, "外国人永久居留身份证", "Foreign permanent resident card", 5, true),
    kind(34, "外国政府旅游部门常驻代表机构批准登记证", "Foreign tourism office registration", 12, false),
    kind(35, "境外机构证件", "Certificate of an institution outside the mainland", 16, false),
    kind(36, "社会服务机构登记证书", "Social service institution registration", 9, false),
    kind(37, "民办学校办学许可证", "Private school licence", 9, false),
    kind(38, "医疗机构执业许可证", "Medical institution licence", 17, false),
    kind(39, "公证机构执业证", "Notary licence", 18, false),
    kind(40, "北京市外国驻华使馆人员子女学校办学许可证", "Beijing embassy school licence", 12, false),
    kind(41, "港澳居民居住证", "Hong Kong / Macao residence permit", 5, true),
    kind(42, "台湾居民居住证", "Taiwan residence permit", 5, true),
    kind(43, "农村集体经济组织登记证", "Rural collective registration", 19, false),
    kind(44, "仲裁委员会登记证", "Arbitration commission registration", 20, false),
];

const fn kind(id: u16, zh: &'static str, en: &'static str, nature: u16, personal: bool) -> CertificateKind {
    CertificateKind { entry: Entry::new(id, zh, en), nature, personal }
}

/// The kind of certificate of that number.
pub fn certificate(id: u16) -> Option<&'static CertificateKind> {
    CERTIFICATES.iter().find(|kind| kind.entry.id == id)
}
