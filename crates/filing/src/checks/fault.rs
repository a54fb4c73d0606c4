//! A fault: where it is, what is wrong, what to do. Every check adds its own kind.

use super::id_card::IdCardFault;
use super::{
    AccessAddressFault, AccessMethodFault, AddressFault, AlreadyHereFault, DomainFault, HomePageFault,
    LanguageFault, MaterialFault, PreApprovalFault, ProvinceFault, RegionFault, ServiceFault, TargetFault,
    WebsiteNameFault,
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
    /// An address under which a website is served.
    AccessAddress(AccessAddressFault),
    /// How a website is hosted.
    AccessMethod(AccessMethodFault),
    /// An address of the subject.
    Address(AddressFault),
    /// Something that is filed here, asked for elsewhere or on the blacklist.
    AlreadyHere(AlreadyHereFault),
    /// A domain.
    Domain(DomainFault),
    /// A home page.
    HomePage(HomePageFault),
    /// A language of a website.
    Language(LanguageFault),
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
    /// The name of a website.
    WebsiteName(WebsiteNameFault),
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
            Self::AccessAddress(fault) => fault,
            Self::AccessMethod(fault) => fault,
            Self::Address(fault) => fault,
            Self::AlreadyHere(fault) => fault,
            Self::Domain(fault) => fault,
            Self::HomePage(fault) => fault,
            Self::Language(fault) => fault,
            Self::Material(fault) => fault,
            Self::PreApproval(fault) => fault,
            Self::Province(fault) => fault,
            Self::Region(fault) => fault,
            Self::Service(fault) => fault,
            Self::Target(fault) => fault,
            Self::WebsiteName(fault) => fault,
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

impl From<AccessAddressFault> for What {
    fn from(fault: AccessAddressFault) -> Self {
        Self::AccessAddress(fault)
    }
}

impl From<AccessMethodFault> for What {
    fn from(fault: AccessMethodFault) -> Self {
        Self::AccessMethod(fault)
    }
}

impl From<AddressFault> for What {
    fn from(fault: AddressFault) -> Self {
        Self::Address(fault)
    }
}

impl From<AlreadyHereFault> for What {
    fn from(fault: AlreadyHereFault) -> Self {
        Self::AlreadyHere(fault)
    }
}

impl From<DomainFault> for What {
    fn from(fault: DomainFault) -> Self {
        Self::Domain(fault)
    }
}

impl From<HomePageFault> for What {
    fn from(fault: HomePageFault) -> Self {
        Self::HomePage(fault)
    }
}

impl From<LanguageFault> for What {
    fn from(fault: LanguageFault) -> Self {
        Self::Language(fault)
    }
}

impl From<MaterialFault> for What {
    fn from(fault: MaterialFault) -> Self {
        Self::Material(fault)
    }
}

impl From<PreApprovalFault> for What {
    fn from(fault: PreApprovalFault) -> Self {
        Self::PreApproval(fault)
    }
}

impl From<ProvinceFault> for What {
    fn from(fault: ProvinceFault) -> Self {
        Self::Province(fault)
    }
}

impl From<RegionFault> for What {
    fn from(fault: RegionFault) -> Self {
        Self::Region(fault)
    }
}

impl From<ServiceFault> for What {
    fn from(fault: ServiceFault) -> Self {
        Self::Service(fault)
    }
}

impl From<TargetFault> for What {
    fn from(fault: TargetFault) -> Self {
        Self::Target(fault)
    }
}

impl From<WebsiteNameFault> for What {
    fn from(fault: WebsiteNameFault) -> Self {
        Self::WebsiteName(fault)
    }
}
