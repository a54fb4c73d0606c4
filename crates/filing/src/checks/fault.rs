//! A fault: where it is, what is wrong, what to do. Every check adds its own kind.

use super::{
    AccessAddressFault, AddressFault, AlreadyHereFault, BusinessLicenceFault, CertificateFault, ChoiceFault,
    CreditCodeFault, DomainFault, EmailFault, EmergencyPhoneFault, HomePageFault, IdCardFault, MaterialFault,
    MobileFault, OfficePhoneFault, OrganisationCodeFault, OrganisationNameFault, OwnNumberFault, PassFault,
    PermanentResidentFault, PersonNameFault, PreApprovalFault, ProvinceFault, RegionFault, RequiredFault,
    ResidencePermitFault, ServiceFault, TargetFault, UnmendedFault, WebsiteNameFault,
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

/// Declares the kinds of faults: each check tells its own.
macro_rules! faults {
    ($( $(#[$doc:meta])* $kind:ident($fault:ident), )*) => {
        /// What can be wrong, by the check that finds it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum What {
            $( $(#[$doc])* $kind($fault), )*
        }

        impl What {
            fn told(&self) -> &dyn Told {
                match self {
                    $( Self::$kind(fault) => fault, )*
                }
            }
        }

        $(
            impl From<$fault> for What {
                fn from(fault: $fault) -> Self {
                    Self::$kind(fault)
                }
            }
        )*
    };
}

faults! {
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
    /// An address under which a website is served.
    AccessAddress(AccessAddressFault),
    /// What is chosen from a table.
    Choice(ChoiceFault),
    /// An address of the subject.
    Address(AddressFault),
    /// Something that is filed here, asked for elsewhere or on the blacklist.
    AlreadyHere(AlreadyHereFault),
    /// A domain.
    Domain(DomainFault),
    /// A home page.
    HomePage(HomePageFault),
    /// A picture.
    Material(MaterialFault),
    /// An approval of another authority.
    PreApproval(PreApprovalFault),
    /// What the bureau of one province wants.
    Province(ProvinceFault),
    /// The region of the subject.
    Region(RegionFault),
    /// What a website offers.
    Service(ServiceFault),
    /// A filing number.
    Target(TargetFault),
    /// What was given back and is unchanged.
    Unmended(UnmendedFault),
    /// The name of a website.
    WebsiteName(WebsiteNameFault),
}

impl What {
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
        website_of(&self.path)
    }
}

/// The website that a path is of, counted from 0.
pub(super) fn website_of(path: &str) -> Option<usize> {
    let (nth, _) = path.strip_prefix("websites[")?.split_once(']')?;
    nth.parse().ok()
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
