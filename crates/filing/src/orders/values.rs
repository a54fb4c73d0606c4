//! Going through everything that a form holds, each value with its path, in the order of [`FIELDS`](super::FIELDS).
//!
//! Every struct of the form is taken apart by name, so that a new field does not compile before it is walked through.

use super::{Cancellation, Certificate, FiledNumber, Form, Material, Person, PreApproval, Subject, Website};
use std::mem;

/// What stands at one place of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing was filled in.
    #[default]
    Nothing,
    /// A text.
    Text(String),
    /// Some texts.
    Texts(Vec<String>),
    /// A number of a table, or of a website.
    Number(u16),
    /// Some numbers of a table.
    Numbers(Vec<u16>),
    /// A list of groups, by how many they are. Its groups follow with their own values.
    Count(usize),
}

/// A place where a value can be read and written.
pub(super) enum Slot<'a> {
    Text(&'a mut Option<String>),
    Texts(&'a mut Vec<String>),
    Number(&'a mut Option<u16>),
    Numbers(&'a mut Vec<u16>),
    Count(usize),
}

impl Form {
    /// Everything that the form holds, with its path. Places that hold nothing are there too, but not those of groups that are missing.
    pub fn values(&self) -> Vec<(String, Value)> {
        let mut form = self.clone();
        let mut values = Vec::new();
        form.walk(&mut |path, slot| values.push((path.to_owned(), slot.take())));
        values
    }

    /// Hands every place of the form to `visit`, with its path.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(&str, Slot<'_>)) {
        let Self { target, subject, websites, materials, cancellation } = self;
        if let Some(FiledNumber { number }) = target {
            visit("target.number", Slot::Text(number));
        }
        if let Some(subject) = subject {
            walk_subject(subject, visit);
        }
        visit("websites", Slot::Count(websites.len()));
        for (nth, website) in websites.iter_mut().enumerate() {
            walk_website(website, &format!("websites[{nth}]"), visit);
        }
        visit("materials", Slot::Count(materials.len()));
        for (nth, Material { attachment, purpose, website }) in materials.iter_mut().enumerate() {
            visit(&format!("materials[{nth}].attachment"), Slot::Text(attachment));
            visit(&format!("materials[{nth}].purpose"), Slot::Number(purpose));
            visit(&format!("materials[{nth}].website"), Slot::Number(website));
        }
        if let Some(Cancellation { reason, confirmation }) = cancellation {
            visit("cancellation.reason", Slot::Text(reason));
            visit("cancellation.confirmation", Slot::Text(confirmation));
        }
    }
}

fn walk_subject(subject: &mut Subject, visit: &mut dyn FnMut(&str, Slot<'_>)) {
    let Subject { nature, name, certificate, certificate_address, region, address, investor, person, remark } =
        subject;
    visit("subject.nature", Slot::Number(nature));
    visit("subject.name", Slot::Text(name));
    walk_certificate(certificate, "subject.certificate", visit);
    visit("subject.certificate_address", Slot::Text(certificate_address));
    visit("subject.region", Slot::Text(region));
    visit("subject.address", Slot::Text(address));
    visit("subject.investor", Slot::Text(investor));
    walk_person(person, "subject.person", visit);
    visit("subject.remark", Slot::Text(remark));
}

fn walk_certificate(certificate: &mut Certificate, path: &str, visit: &mut dyn FnMut(&str, Slot<'_>)) {
    let Certificate { kind, number } = certificate;
    visit(&format!("{path}.kind"), Slot::Number(kind));
    visit(&format!("{path}.number"), Slot::Text(number));
}

fn walk_person(person: &mut Person, path: &str, visit: &mut dyn FnMut(&str, Slot<'_>)) {
    let Person { name, certificate, mobile, office_phone, email, emergency_phone } = person;
    visit(&format!("{path}.name"), Slot::Text(name));
    walk_certificate(certificate, &format!("{path}.certificate"), visit);
    visit(&format!("{path}.mobile"), Slot::Text(mobile));
    visit(&format!("{path}.office_phone"), Slot::Text(office_phone));
    visit(&format!("{path}.email"), Slot::Text(email));
    visit(&format!("{path}.emergency_phone"), Slot::Text(emergency_phone));
}

fn walk_website(website: &mut Website, path: &str, visit: &mut dyn FnMut(&str, Slot<'_>)) {
    let Website {
        verification,
        number,
        name,
        domains,
        home_page,
        services,
        pre_approvals,
        languages,
        addresses,
        access_methods,
        person,
        remark,
    } = website;
    visit(&format!("{path}.verification"), Slot::Text(verification));
    visit(&format!("{path}.number"), Slot::Text(number));
    visit(&format!("{path}.name"), Slot::Text(name));
    visit(&format!("{path}.domains"), Slot::Texts(domains));
    visit(&format!("{path}.home_page"), Slot::Text(home_page));
    visit(&format!("{path}.services"), Slot::Numbers(services));
    visit(&format!("{path}.pre_approvals"), Slot::Count(pre_approvals.len()));
    for (nth, PreApproval { kind, number }) in pre_approvals.iter_mut().enumerate() {
        visit(&format!("{path}.pre_approvals[{nth}].kind"), Slot::Number(kind));
        visit(&format!("{path}.pre_approvals[{nth}].number"), Slot::Text(number));
    }
    visit(&format!("{path}.languages"), Slot::Numbers(languages));
    visit(&format!("{path}.addresses"), Slot::Texts(addresses));
    visit(&format!("{path}.access_methods"), Slot::Numbers(access_methods));
    walk_person(person, &format!("{path}.person"), visit);
    visit(&format!("{path}.remark"), Slot::Text(remark));
}

impl Slot<'_> {
    /// What stands there, which then stands there no more.
    fn take(self) -> Value {
        match self {
            Self::Text(text) => {
                text.take().filter(|text| !text.is_empty()).map_or(Value::Nothing, Value::Text)
            }
            Self::Texts(texts) if texts.is_empty() => Value::Nothing,
            Self::Texts(texts) => Value::Texts(mem::take(texts)),
            Self::Number(number) => number.take().map_or(Value::Nothing, Value::Number),
            Self::Numbers(numbers) if numbers.is_empty() => Value::Nothing,
            Self::Numbers(numbers) => Value::Numbers(mem::take(numbers)),
            Self::Count(0) => Value::Nothing,
            Self::Count(count) => Value::Count(count),
        }
    }
}
