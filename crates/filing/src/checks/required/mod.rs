//! What must be there for an order of its kind, and is missing. Blank counts as missing.
//!
//! A part that a change gives is given whole, as the bureau takes it, so that nothing that is needed can be emptied; what a change
//! leaves out stays as it is filed.

mod field;

use super::{Checking, Found, Told};
use crate::{
    orders::{Kind, Overfull, Part, Person, Subject, Target, Website},
    tables::INDIVIDUAL,
};
pub use field::{Detail, Field, Whose};
use rulebook::Lang;

/// Something that must be there and is not, or is there too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequiredFault {
    /// A field is blank.
    Missing(Field),
    /// There are fewer websites than orders of this kind have.
    FewWebsites {
        /// How many there must be at least.
        least: usize,
    },
    /// There are more websites than orders of this kind have.
    ManyWebsites {
        /// How many there can be at most.
        most: usize,
        /// How many there are.
        found: usize,
    },
    /// A list of a website is longer than it may be.
    LongList {
        /// How many it may have.
        most: usize,
        /// How many it has.
        found: usize,
    },
    /// A change changes nothing.
    NoChange,
}

/// Checks that nothing is missing.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    target(asked, found);
    let given = asked.subject();
    let blank = Subject::default();
    if asked.asks(Part::Subject) && (given.is_some() || asked.kind != Kind::Change) {
        subject(asked.nature(), given.unwrap_or(&blank), found);
    }
    if asked.asks(Part::Websites) {
        websites(asked, found);
    }
    if asked.asks(Part::Cancellation) {
        let given = asked.form.cancellation.as_ref();
        let mut gaps = Gaps { found, at: "cancellation".to_owned() };
        let reason = if asked.kind == Kind::CancelAccess { Field::AccessReason } else { Field::Reason };
        gaps.text(reason, given.and_then(|given| given.reason.as_deref()));
        gaps.text(Field::Confirmation, given.and_then(|given| given.confirmation.as_deref()));
    }
}

/// What is missing at one place of the form.
struct Gaps<'a> {
    found: &'a mut Found,
    at: String,
}

impl Gaps<'_> {
    fn need(&mut self, field: Field, there: bool) {
        if !there {
            self.found.push(format!("{}.{}", self.at, field.key()), RequiredFault::Missing(field));
        }
    }

    fn text(&mut self, field: Field, typed: Option<&str>) {
        // What was blank is none since the form was tidied.
        self.need(field, typed.is_some());
    }
}

fn target(asked: Checking<'_>, found: &mut Found) {
    let field = match asked.kind.needs().target {
        Target::Nothing => return,
        Target::Subject => Field::SubjectNumber,
        Target::Website => Field::WebsiteNumber,
    };
    let number = asked.form.target.as_ref().and_then(|target| target.number.as_deref());
    Gaps { found, at: "target".to_owned() }.text(field, number);
}

fn subject(nature: Option<u16>, given: &Subject, found: &mut Found) {
    let organisation = nature.is_some_and(|nature| nature != INDIVIDUAL);
    let mut gaps = Gaps { found, at: "subject".to_owned() };
    gaps.need(Field::Nature, given.nature.is_some());
    gaps.text(Field::SubjectName, given.name.as_deref());
    gaps.need(Field::CertificateKind, given.certificate.kind.is_some());
    gaps.text(Field::CertificateNumber, given.certificate.number.as_deref());
    gaps.text(Field::CertificateAddress, given.certificate_address.as_deref());
    gaps.text(Field::Region, given.region.as_deref());
    gaps.text(Field::Address, given.address.as_deref());
    if organisation {
        gaps.text(Field::Investor, given.investor.as_deref());
    }
    // Somebody who files for himself is the person in charge: name and certificate that are left blank are his own.
    person(Whose::Subject, &given.person, organisation, organisation, &mut gaps);
}

fn person(whose: Whose, given: &Person, identity: bool, office: bool, gaps: &mut Gaps<'_>) {
    let of = |detail| Field::Person(whose, detail);
    if identity {
        gaps.text(of(Detail::Name), given.name.as_deref());
        gaps.need(of(Detail::CertificateKind), given.certificate.kind.is_some());
        gaps.text(of(Detail::CertificateNumber), given.certificate.number.as_deref());
    }
    gaps.text(of(Detail::Mobile), given.mobile.as_deref());
    if office {
        gaps.text(of(Detail::OfficePhone), given.office_phone.as_deref());
    }
    gaps.text(of(Detail::Email), given.email.as_deref());
    gaps.text(of(Detail::EmergencyPhone), given.emergency_phone.as_deref());
}

fn websites(asked: Checking<'_>, found: &mut Found) {
    let form = asked.form;
    let ((least, most), many) = (asked.kind.needs().websites, form.websites.len());
    if many < least {
        found.push("websites", RequiredFault::FewWebsites { least });
    }
    if many > most {
        found.push("websites", RequiredFault::ManyWebsites { most, found: many });
    }
    for Overfull { path, most, found: many } in form.overfull() {
        // Websites are counted above, by what the kind of order may have.
        if path != "websites" {
            found.push(path, RequiredFault::LongList { most, found: many });
        }
    }
    let empty = form.subject.is_none() && many == 0 && form.materials.is_empty();
    if asked.kind == Kind::Change && (empty || asked.known.unchanged) {
        found.push("subject", RequiredFault::NoChange);
    }
    let organisation = asked.by_an_organisation();
    for (at, given) in asked.websites() {
        website(asked.kind, given, organisation, &mut Gaps { found, at });
    }
}

fn website(kind: Kind, given: &Website, organisation: bool, gaps: &mut Gaps<'_>) {
    if kind.needs().verified {
        gaps.text(Field::Verification, given.verification.as_deref());
    }
    if kind == Kind::Change {
        gaps.text(Field::WebsiteNumber, given.number.as_deref());
    }
    // A website that is filed already is described by its filing; only how it is hosted here is new.
    if kind != Kind::AddAccess {
        described(given, organisation, gaps);
    }
    if kind != Kind::Change {
        gaps.need(Field::Addresses, !given.addresses.is_empty());
        gaps.need(Field::AccessMethods, !given.access_methods.is_empty());
    }
}

fn described(given: &Website, organisation: bool, gaps: &mut Gaps<'_>) {
    gaps.text(Field::WebsiteName, given.name.as_deref());
    gaps.need(Field::Domains, !given.domains.is_empty());
    gaps.text(Field::HomePage, given.home_page.as_deref());
    gaps.need(Field::Services, !given.services.is_empty());
    gaps.need(Field::Languages, !given.languages.is_empty());
    person(Whose::Website, &given.person, true, organisation, gaps);
    let at = gaps.at.clone();
    for (nth, approval) in given.pre_approvals.iter().enumerate() {
        let mut gaps = Gaps { found: gaps.found, at: format!("{at}.pre_approvals[{nth}]") };
        gaps.need(Field::ApprovalKind, approval.kind.is_some());
        gaps.text(Field::ApprovalNumber, approval.number.as_deref());
    }
}

impl Told for RequiredFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "required",
            Self::FewWebsites { .. } => "websites-few",
            Self::ManyWebsites { .. } => "websites-many",
            Self::LongList { .. } => "list-long",
            Self::NoChange => "change-nothing",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Missing(field)) if field.is_chosen() => {
                format!("没有选择{}。", field.label(lang))
            }
            (Lang::Zh, Self::Missing(field)) => format!("没有填写{}。", field.label(lang)),
            (Lang::Zh, Self::FewWebsites { least: 1 }) => "还没有填写要备案的网站。".to_owned(),
            (Lang::Zh, Self::FewWebsites { least }) => format!("网站不足 {least} 个。"),
            (Lang::Zh, Self::ManyWebsites { most, found }) => {
                format!("一份订单最多 {most} 个网站，您添加了 {found} 个。")
            }
            (Lang::Zh, Self::LongList { most, found }) => {
                format!("这里最多 {most} 项，您填写了 {found} 项。")
            }
            (Lang::Zh, Self::NoChange) => "变更备案没有要变更的内容。".to_owned(),
            (Lang::En, Self::Missing(field)) => format!("Missing: {}.", field.label(lang)),
            (Lang::En, Self::FewWebsites { least: 1 }) => {
                "The website that is to be filed is not described yet.".to_owned()
            }
            (Lang::En, Self::FewWebsites { least }) => format!("There are fewer than {least} websites."),
            (Lang::En, Self::ManyWebsites { most, found }) => {
                format!("An order of this kind has no more websites than {most}, this one has {found}.")
            }
            (Lang::En, Self::LongList { most, found }) => {
                format!("There are {found} here; {most} is the most.")
            }
            (Lang::En, Self::NoChange) => "The change changes nothing.".to_owned(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (_, Self::Missing(field)) => field.hint(lang),
            (Lang::Zh, Self::FewWebsites { .. }) => "请逐项填写网站的信息。",
            (Lang::Zh, Self::ManyWebsites { .. }) => "请把多出的网站放到另一份订单中。",
            (Lang::Zh, Self::LongList { .. }) => "请只保留本网站实际使用的。",
            (Lang::Zh, Self::NoChange) => "请填写要变更的主体信息或网站信息。",
            (Lang::En, Self::FewWebsites { .. }) => "Fill in what is asked of the website.",
            (Lang::En, Self::ManyWebsites { .. }) => "Put the others into orders of their own.",
            (Lang::En, Self::LongList { .. }) => "Keep only those that the website has.",
            (Lang::En, Self::NoChange) => "Enter what is to change of the subject or of a website.",
        }
        .to_owned()
    }
}
