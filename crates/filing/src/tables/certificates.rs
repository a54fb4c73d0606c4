//! The nature of a subject (单位性质) and the kinds of certificates (证件类型) that go with it.

use super::Entry;
use NumberForm::{
    BusinessLicence, Credit, CreditOrOwn, HongKongMacaoPass, IdCard, Organisation, Own, Passport,
    PermanentResident, ResidencePermit, TaiwanPass,
};

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
    /// What its number looks like.
    pub number: NumberForm,
}

/// What the number of a certificate looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// That of a resident ID card (GB 11643).
    IdCard,
    /// That of a residence permit of people from Hong Kong, Macao or Taiwan, in the form of an ID card's; it begins with one of
    /// these six digits, which are no region of the mainland.
    ResidencePermit(&'static [u32]),
    /// That of a foreigner's permanent residence card.
    PermanentResident,
    /// That of the pass of people from Hong Kong and Macao.
    HongKongMacaoPass,
    /// That of the pass of people from Taiwan.
    TaiwanPass,
    /// That of a passport of any country.
    Passport,
    /// The organisation code (GB 11714).
    Organisation,
    /// The unified social credit code (GB 32100) or, on licences before 2015, the registration number of 15 digits.
    BusinessLicence,
    /// The unified social credit code, which begins with these symbols: of who registers, and of what kind of body
    /// (GB 32100-2015, table 1 and its amendment).
    Credit(&'static str),
    /// The same on new ones; older ones have a number of their own.
    CreditOrOwn(&'static str),
    /// One of its own, whose form nobody publishes.
    Own,
}

/// Every kind of certificate.
pub const CERTIFICATES: &[CertificateKind] = &[
    kind(1, "工商营业执照", "Business licence", 4, BusinessLicence),
    kind(2, "身份证", "Resident ID card", 5, IdCard),
    kind(3, "组织机构代码证", "Organisation code certificate (public institution)", 3, Organisation),
    kind(4, "事业单位法人证书", "Public institution legal person certificate", 3, CreditOrOwn("12")),
    kind(5, "军队代号", "Military unit code", 1, Own),
    kind(6, "社会团体法人登记证书", "Social organisation legal person certificate", 6, CreditOrOwn("51")),
    kind(7, "护照", "Passport", 5, Passport),
    kind(8, "军官证", "Officer card", 5, Own),
    kind(9, "组织机构代码证", "Organisation code certificate (government body)", 2, Organisation),
    kind(10, "组织机构代码证", "Organisation code certificate (social organisation)", 6, Organisation),
    kind(11, "台湾居民来往大陆通行证", "Taiwan resident permit", 5, TaiwanPass),
    kind(12, "组织机构代码证", "Organisation code certificate (enterprise)", 4, Organisation),
    kind(
        13,
        "统一社会信用代码证书",
        "Unified social credit code certificate (government body)",
        2,
        Credit("11"),
    ),
    kind(14, "港澳居民来往内地通行证", "Hong Kong / Macao resident permit", 5, HongKongMacaoPass),
    kind(
        15,
        "统一社会信用代码证书",
        "Unified social credit code certificate (public institution)",
        3,
        Credit("12"),
    ),
    kind(16, "组织机构代码证", "Organisation code certificate (private non-enterprise)", 9, Organisation),
    kind(
        17,
        "民办非企业单位登记证书",
        "Private non-enterprise registration certificate",
        9,
        CreditOrOwn("52"),
    ),
    kind(18, "组织机构代码证", "Organisation code certificate (foundation)", 10, Organisation),
    kind(19, "基金会法人登记证书", "Foundation legal person certificate", 10, CreditOrOwn("53")),
    kind(20, "组织机构代码证", "Organisation code certificate (law practice)", 11, Organisation),
    kind(21, "律师事务所执业许可证", "Law firm practice licence", 11, CreditOrOwn("31")),
    kind(22, "外国在华文化中心登记证", "Foreign cultural centre registration", 12, CreditOrOwn("41")),
    kind(23, "军队单位对外有偿服务许可证", "Military paid-service licence", 1, Own),
    kind(
        24,
        "统一社会信用代码证书",
        "Unified social credit code certificate (mass organisation)",
        13,
        Credit("13"),
    ),
    kind(25, "宗教活动场所登记证", "Religious site registration", 15, CreditOrOwn("71")),
    kind(
        27,
        "外国企业常驻代表机构登记证",
        "Foreign enterprise representative office registration",
        4,
        BusinessLicence,
    ),
    kind(28, "司法鉴定许可证", "Judicial appraisal licence", 14, CreditOrOwn("34")),
    kind(30, "外国人永久居留身份证", "Foreign permanent resident card", 5, PermanentResident),
    kind(
        34,
        "外国政府旅游部门常驻代表机构批准登记证",
        "Foreign tourism office registration",
        12,
        CreditOrOwn("6"),
    ),
    kind(35, "境外机构证件", "Certificate of an institution outside the mainland", 16, Own),
    kind(36, "社会服务机构登记证书", "Social service institution registration", 9, CreditOrOwn("52")),
    kind(37, "民办学校办学许可证", "Private school licence", 9, Own),
    kind(38, "医疗机构执业许可证", "Medical institution licence", 17, Own),
    kind(39, "公证机构执业证", "Notary licence", 18, CreditOrOwn("32")),
    kind(40, "北京市外国驻华使馆人员子女学校办学许可证", "Beijing embassy school licence", 12, Own),
    kind(41, "港澳居民居住证", "Hong Kong / Macao residence permit", 5, ResidencePermit(&[810_000, 820_000])),
    kind(42, "台湾居民居住证", "Taiwan residence permit", 5, ResidencePermit(&[830_000])),
    kind(43, "农村集体经济组织登记证", "Rural collective registration", 19, CreditOrOwn("N")),
    kind(44, "仲裁委员会登记证", "Arbitration commission registration", 20, CreditOrOwn("35")),
];

const fn kind(
    id: u16,
    zh: &'static str,
    en: &'static str,
    nature: u16,
    number: NumberForm,
) -> CertificateKind {
    CertificateKind { entry: Entry::new(id, zh, en), nature, personal: nature == INDIVIDUAL, number }
}

/// The kind of certificate of that number.
pub fn certificate(id: u16) -> Option<&'static CertificateKind> {
    CERTIFICATES.iter().find(|kind| kind.entry.id == id)
}
