//! What is checked in an order: before it is submitted, at review, and by `kebei check-filing`, with the same code.
//!
//! One file is one check. Each looks at the whole of what was filled in, says every fault at once with its path, and is silent about
//! what is missing: `required` tells that alone. [`Known`] is what only a desk knows; a check that needs it and was not told
//! says nothing.
//!
//! To add one: a file with its enum of faults and their sentences, as `id_card.rs` has them; a variant of [`What`]; a line in
//! [`check`]; its table of cases in `tests/checks/`.

mod access_addresses;
mod address;
mod already_here;
mod business_licence;
mod certificates;
mod chosen;
mod credit_code;
mod data_file;
mod domain;
mod eighteen;
mod email;
mod emergency_phone;
mod fault;
mod home_page;
mod id_card;
mod known;
mod listed;
mod lookups;
mod materials;
mod mobile;
mod office_phone;
mod organisation_code;
mod organisation_name;
mod own_number;
mod pass;
mod permanent_resident;
mod person_name;
mod pre_approvals;
mod province_rules;
mod provinces;
mod region;
mod required;
mod residence_permit;
mod services;
mod suffixes;
mod symbol;
mod target;
mod unmended;
mod walk;
mod website_name;
mod whose;

pub use access_addresses::AccessAddressFault;
pub use address::AddressFault;
pub use already_here::{AlreadyHereFault, ON_BLACKLIST, Thing};
pub use business_licence::BusinessLicenceFault;
pub use certificates::CertificateFault;
pub use chosen::{Choice, ChoiceFault};
pub use credit_code::{CreditCode, CreditCodeFault};
pub use data_file::{Expected, FileFault, Wrong};
pub use domain::{DomainFault, Host, registrable, shown as domain_shown};
pub use email::EmailFault;
pub use emergency_phone::EmergencyPhoneFault;
pub(crate) use fault::Told;
pub use fault::{Fault, Weight, What};
pub use home_page::HomePageFault;
pub use id_card::{IdCard, IdCardFault};
pub use known::{Filed, FoundHere, Hit, Known, Product, WebsiteHere};
pub use lookups::{Lookup, NumberNamed, Wanted, lookups, numbers};
pub use materials::MaterialFault;
pub use mobile::MobileFault;
pub use office_phone::OfficePhoneFault;
pub use organisation_code::OrganisationCodeFault;
pub use organisation_name::OrganisationNameFault;
pub use own_number::OwnNumberFault;
pub use pass::PassFault;
pub use permanent_resident::PermanentResidentFault;
pub use person_name::PersonNameFault;
pub use pre_approvals::PreApprovalFault;
pub use province_rules::{ProvinceFault, Wanting};
pub use provinces::{ProvinceRule, Provinces, Rule, Whom};
pub use region::RegionFault;
pub use required::{Detail, Field, RequiredFault, Whose};
pub use residence_permit::ResidencePermitFault;
pub use services::ServiceFault;
pub use suffixes::Suffixes;
pub use target::{FilingNumber, Instead, Lost, TargetFault, confirms};
pub use unmended::UnmendedFault;
pub use website_name::WebsiteNameFault;

use crate::orders::{Form, Kind};
use jiff::civil::Date;

/// What is asked: is there anything wrong with this form?
#[derive(Clone, Copy, Debug)]
pub struct Checking<'a> {
    /// What the order asks for; it says what must be there.
    pub kind: Kind,
    /// What was filled in, tidied ([`Form::tidied`]).
    pub form: &'a Form,
    /// What the desk knows beside it.
    pub known: &'a Known,
    /// The day in Shanghai.
    pub today: Date,
}

/// Every fault, in the order of the form and at one place in the order of the checks.
pub fn check(asked: Checking<'_>) -> Vec<Fault> {
    let mut found = Found::default();
    required::check(asked, &mut found);
    certificates::check(asked, &mut found);
    person_name::check(asked, &mut found);
    organisation_name::check(asked, &mut found);
    id_card::check(asked, &mut found);
    residence_permit::check(asked, &mut found);
    permanent_resident::check(asked, &mut found);
    pass::check(asked, &mut found);
    credit_code::check(asked, &mut found);
    organisation_code::check(asked, &mut found);
    business_licence::check(asked, &mut found);
    own_number::check(asked, &mut found);
    mobile::check(asked, &mut found);
    office_phone::check(asked, &mut found);
    email::check(asked, &mut found);
    emergency_phone::check(asked, &mut found);
    target::check(asked, &mut found);
    region::check(asked, &mut found);
    address::check(asked, &mut found);
    website_name::check(asked, &mut found);
    domain::check(asked, &mut found);
    home_page::check(asked, &mut found);
    services::check(asked, &mut found);
    pre_approvals::check(asked, &mut found);
    chosen::languages(asked, &mut found);
    chosen::access_methods(asked, &mut found);
    access_addresses::check(asked, &mut found);
    materials::check(asked, &mut found);
    already_here::check(asked, &mut found);
    unmended::check(asked, &mut found);
    province_rules::check(asked, &mut found);
    found.in_order()
}

/// Faults as they are found.
#[derive(Debug, Default)]
pub(crate) struct Found(Vec<Fault>);

impl Found {
    /// Notes a fault of what stands at `path`.
    pub(crate) fn push(&mut self, path: impl Into<String>, what: impl Into<What>) {
        self.0.push(Fault { path: path.into(), what: what.into() });
    }

    /// Notes every fault of what stands at `path`.
    pub(crate) fn all<W: Into<What>>(&mut self, path: &str, faults: impl IntoIterator<Item = W>) {
        self.0.extend(faults.into_iter().map(|what| Fault { path: path.to_owned(), what: what.into() }));
    }

    /// The faults by the parts of the form, those of a part as they were found.
    fn in_order(mut self) -> Vec<Fault> {
        self.0.sort_by_key(|fault| (fault.part(), fault.website()));
        self.0
    }
}
