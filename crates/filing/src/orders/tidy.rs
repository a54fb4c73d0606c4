//! What was typed, tidied: full-width characters, spaces and dashes of numbers, letter case. What a thing means never changes; what is
//! empty is missing.

use super::{Cancellation, Certificate, FiledNumber, Form, Material, Person, PreApproval, Subject, Website};

impl Form {
    /// The form tidied. Tidying it again changes nothing.
    #[must_use]
    pub fn tidied(self) -> Self {
        let Self { target, subject, websites, materials, cancellation } = self;
        Self {
            target: target.map(|FiledNumber { number }| FiledNumber { number: filed_number(number) }),
            subject: subject.map(tidy_subject),
            websites: websites.into_iter().map(website).collect(),
            materials: materials.into_iter().map(material).collect(),
            cancellation: cancellation.map(|Cancellation { reason, confirmation }| Cancellation {
                reason: text(reason),
                confirmation: compact(confirmation),
            }),
        }
    }
}

fn tidy_subject(subject: Subject) -> Subject {
    let Subject { nature, name, certificate, certificate_address, region, address, investor, person, remark } =
        subject;
    Subject {
        nature,
        name: text(name),
        certificate: tidy_certificate(certificate),
        certificate_address: text(certificate_address),
        region: compact(region),
        address: text(address),
        investor: text(investor),
        person: tidy_person(person),
        remark: text(remark),
    }
}

fn tidy_certificate(Certificate { kind, number }: Certificate) -> Certificate {
    Certificate { kind, number: compact(number).map(|number| number.to_uppercase()) }
}

fn tidy_person(person: Person) -> Person {
    let Person { name, certificate, mobile, office_phone, email, emergency_phone } = person;
    Person {
        name: text(name),
        certificate: tidy_certificate(certificate),
        mobile: compact(mobile),
        office_phone: phone(office_phone),
        email: text(email).map(|email| narrow(&email)),
        emergency_phone: phone(emergency_phone),
    }
}

fn website(website: Website) -> Website {
    let Website {
        verification, number, name, domains, home_page, services, pre_approvals, languages, ..
    } = website;
    Website {
        verification: text(verification),
        number: filed_number(number),
        name: text(name),
        domains: domains
            .into_iter()
            .filter_map(|domain| text(Some(domain)))
            .map(|domain| host(&domain))
            .collect(),
        home_page: text(home_page).map(|page| narrow(&page)),
        services,
        pre_approvals: pre_approvals
            .into_iter()
            .map(|PreApproval { kind, number }| PreApproval { kind, number: text(number) })
            .collect(),
        languages,
        addresses: website.addresses.into_iter().filter_map(|address| compact(Some(address))).collect(),
        access_methods: website.access_methods,
        person: tidy_person(website.person),
        remark: text(website.remark),
    }
}

fn material(Material { attachment, purpose, website }: Material) -> Material {
    Material { attachment: text(attachment), purpose, website }
}

/// Without spaces around it; nothing where nothing is left.
fn text(typed: Option<String>) -> Option<String> {
    typed.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty())
}

/// Narrow and without any space or dash: a number as it is compared.
fn compact(typed: Option<String>) -> Option<String> {
    let kept =
        |typed: String| narrow(&typed).chars().filter(|c| !c.is_whitespace() && !is_dash(*c)).collect();
    typed.map(kept).filter(|typed: &String| !typed.is_empty())
}

/// A phone number: narrow, without spaces, with one form of dash, which parts the area code and the extension.
fn phone(typed: Option<String>) -> Option<String> {
    let kept = |typed: String| {
        let narrow = narrow(&typed);
        let kept = narrow.chars().filter(|c| !c.is_whitespace());
        kept.map(|c| if is_dash(c) { '-' } else { c }).collect()
    };
    typed.map(kept).filter(|typed: &String| !typed.is_empty())
}

/// A filing number: narrow and without spaces, `ICP` in capitals, one form of dash.
fn filed_number(typed: Option<String>) -> Option<String> {
    phone(typed).map(|number| number.to_uppercase())
}

/// A domain: narrow, in lower case, with the dots of any script as dots, and without the last one.
fn host(typed: &str) -> String {
    let narrow = narrow(typed).to_lowercase();
    narrow.trim_end_matches('.').to_owned()
}

/// Full-width letters, digits and signs as ASCII has them, and the Chinese full stop as a dot.
fn narrow(typed: &str) -> String {
    typed.chars().map(narrow_char).collect()
}

fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' | '｡' => '.',
        _ => c,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
