//! A fault: where it is, what is wrong, what to do. Every check adds its own kind.

use super::{
    business_licence::BusinessLicenceFault, certificates::CertificateFault, credit_code::CreditCodeFault,
    email::EmailFault, emergency_phone::EmergencyPhoneFault, id_card::IdCardFault, mobile::MobileFault,
    office_phone::OfficePhoneFault, organisation_code::OrganisationCodeFault,
    organisation_name::OrganisationNameFault, own_number::OwnNumberFault, pass::PassFault,
    permanent_resident::PermanentResidentFault, person_name::PersonNameFault, required::RequiredFault,
    residence_permit::ResidencePermitFault,
};
use crate::orders::Part;
use rulebook::Lang;

/// Something that is wrong with what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: `subject.certificate.number`, `websites[0].domains[1]`.
    pub path: String,
    /// What.
    pub what: What,
}

/// Whether an order can be submitted with a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It cannot.
    Error,
    /// It can: it may be right, and a reviewer looks at it.
    Warning,
}

/// What can be wrong, by the check that finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The number of an ID card.
    IdCard(IdCardFault),
    /// Something that must be there and is missing.
    Required(RequiredFault),
    /// Certificates that do not belong together.
    Certificate(CertificateFault),
    /// The number of a residence permit.
    ResidencePermit(ResidencePermitFault),
    /// The number of a permanent residence card.
    PermanentResident(PermanentResidentFault),
    /// The number of a pass or a passport.
    Pass(PassFault),
    /// A unified social credit code.
    CreditCode(CreditCodeFault),
    /// An organisation code.
    OrganisationCode(OrganisationCodeFault),
    /// The number of an old business licence.
    BusinessLicence(BusinessLicenceFault),
    /// The number of a certificate without a public form.
    OwnNumber(OwnNumberFault),
    /// The name of a person.
    PersonName(PersonNameFault),
    /// The name of an organisation.
    OrganisationName(OrganisationNameFault),
    /// A mobile number.
    Mobile(MobileFault),
    /// An office phone.
    OfficePhone(OfficePhoneFault),
    /// An e-mail address.
    Email(EmailFault),
    /// An emergency phone.
    EmergencyPhone(EmergencyPhoneFault),
}

/// What every kind of fault can say.
pub(crate) trait Told {
    /// A stable word for programs.
    fn code(&self) -> &'static str;
    /// Whether an order can be submitted with it.
    fn weight(&self) -> Weight {
        Weight::Error
    }
    /// What is wrong, as a customer reads it.
    fn message(&self, lang: Lang) -> String;
    /// What to do about it, as a customer reads it.
    fn suggestion(&self, lang: Lang) -> String;
}

impl What {
    fn told(&self) -> &dyn Told {
        match self {
            Self::IdCard(fault) => fault,
            Self::Required(fault) => fault,
            Self::Certificate(fault) => fault,
            Self::ResidencePermit(fault) => fault,
            Self::PermanentResident(fault) => fault,
            Self::Pass(fault) => fault,
            Self::CreditCode(fault) => fault,
            Self::OrganisationCode(fault) => fault,
            Self::BusinessLicence(fault) => fault,
            Self::OwnNumber(fault) => fault,
            Self::PersonName(fault) => fault,
            Self::OrganisationName(fault) => fault,
            Self::Mobile(fault) => fault,
            Self::OfficePhone(fault) => fault,
            Self::Email(fault) => fault,
            Self::EmergencyPhone(fault) => fault,
        }
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        self.told().code()
    }

    /// Whether an order can be submitted with it.
    pub fn weight(&self) -> Weight {
        self.told().weight()
    }

    /// What is wrong, as a customer reads it.
    pub fn message(&self, lang: Lang) -> String {
        self.told().message(lang)
    }

    /// What to do about it, as a customer reads it.
    pub fn suggestion(&self, lang: Lang) -> String {
        self.told().suggestion(lang)
    }
}

impl Fault {
    /// The part of the form that it is in; `None` for a path that names none.
    pub fn part(&self) -> Option<Part> {
        let end = self.path.find(['.', '[']).unwrap_or(self.path.len());
        self.path.get(..end).and_then(Part::from_word)
    }

    /// The website that it is about, counted from 0.
    pub fn website(&self) -> Option<usize> {
        let (nth, _) = self.path.strip_prefix("websites[")?.split_once(']')?;
        nth.parse().ok()
    }
}

impl Weight {
    /// As answers carry it: `error`, `warning`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl From<IdCardFault> for What {
    fn from(fault: IdCardFault) -> Self {
        Self::IdCard(fault)
    }
}

impl From<RequiredFault> for What {
    fn from(fault: RequiredFault) -> Self {
        Self::Required(fault)
    }
}

impl From<CertificateFault> for What {
    fn from(fault: CertificateFault) -> Self {
        Self::Certificate(fault)
    }
}

impl From<ResidencePermitFault> for What {
    fn from(fault: ResidencePermitFault) -> Self {
        Self::ResidencePermit(fault)
    }
}

impl From<PermanentResidentFault> for What {
    fn from(fault: PermanentResidentFault) -> Self {
        Self::PermanentResident(fault)
    }
}

impl From<PassFault> for What {
    fn from(fault: PassFault) -> Self {
        Self::Pass(fault)
    }
}

impl From<CreditCodeFault> for What {
    fn from(fault: CreditCodeFault) -> Self {
        Self::CreditCode(fault)
    }
}

impl From<OrganisationCodeFault> for What {
    fn from(fault: OrganisationCodeFault) -> Self {
        Self::OrganisationCode(fault)
    }
}

impl From<BusinessLicenceFault> for What {
    fn from(fault: BusinessLicenceFault) -> Self {
        Self::BusinessLicence(fault)
    }
}

impl From<OwnNumberFault> for What {
    fn from(fault: OwnNumberFault) -> Self {
        Self::OwnNumber(fault)
    }
}

impl From<PersonNameFault> for What {
    fn from(fault: PersonNameFault) -> Self {
        Self::PersonName(fault)
    }
}

impl From<OrganisationNameFault> for What {
    fn from(fault: OrganisationNameFault) -> Self {
        Self::OrganisationName(fault)
    }
}

impl From<MobileFault> for What {
    fn from(fault: MobileFault) -> Self {
        Self::Mobile(fault)
    }
}

impl From<OfficePhoneFault> for What {
    fn from(fault: OfficePhoneFault) -> Self {
        Self::OfficePhone(fault)
    }
}

impl From<EmailFault> for What {
    fn from(fault: EmailFault) -> Self {
        Self::Email(fault)
    }
}

impl From<EmergencyPhoneFault> for What {
    fn from(fault: EmergencyPhoneFault) -> Self {
        Self::EmergencyPhone(fault)
    }
}
