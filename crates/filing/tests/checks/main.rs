//! What is checked in an order: each check with its table of cases, every sentence in both languages.
#![cfg(test)]

mod access_addresses;
mod address;
mod already_here;
mod builders;
mod certificates;
mod contact;
mod domain;
mod filled;
mod home_page;
mod id_card;
mod lists;
mod lookups;
mod materials;
mod names;
mod numbers;
mod province_rules;
mod region;
mod required;
mod stdnum;
mod suffixes;
mod target;
mod website_name;
mod whole;

use filing::{
    checks::{Checking, Fault, Known, Weight, check},
    orders::{Form, Kind},
};
use jiff::civil::{Date, date};
use rulebook::Lang;

/// The day on which the cases play.
const TODAY: Date = date(2026, 6, 1);

/// The faults of a form, as `path: code`.
fn faults(kind: Kind, form: &Form) -> Vec<String> {
    let all = found(kind, form, &Known::default());
    all.iter().map(|fault| format!("{}: {}", fault.path, fault.what.code())).collect()
}

fn found(kind: Kind, form: &Form, known: &Known) -> Vec<Fault> {
    let form = form.clone().tidied();
    check(Checking { kind, form: &form, known, today: TODAY })
}

/// The faults of a form that have to do neither with pictures nor with what one province wants, nor with how a website is called
/// and what it offers.
fn of_people(kind: Kind, form: &Form) -> Vec<Fault> {
    let mut all = found(kind, form, &Known::default());
    all.retain(|fault| {
        !["material-", "province-", "domain-", "website-name-", "service-"]
            .iter()
            .any(|other| fault.what.code().starts_with(other))
    });
    all
}

/// The same, as `path: code`.
fn codes_of_people(kind: Kind, form: &Form) -> Vec<String> {
    let all = of_people(kind, form);
    all.iter().map(|fault| format!("{}: {}", fault.path, fault.what.code())).collect()
}

/// Every fault says something of its own in both languages, and nothing of one in the other.
fn speaks_both(faults: &[Fault]) {
    for fault in faults {
        for lang in Lang::ALL {
            for text in [fault.what.message(lang), fault.what.suggestion(lang)] {
                let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert_eq!(chinese, lang == Lang::Zh, "{} {lang}: {text}", fault.what.code());
                assert!(text.ends_with(if lang == Lang::Zh { '。' } else { '.' }), "{text}");
                assert!(!text.contains("  "), "{text}");
            }
        }
    }
}

/// The faults of a form whose codes begin so, as `path: code`; each is held to speak both languages.
fn only(prefix: &str, kind: Kind, form: &Form, known: &Known) -> Vec<String> {
    let mut all = found(kind, form, known);
    all.retain(|fault| fault.what.code().starts_with(prefix));
    speaks_both(&all);
    all.iter().map(|fault| format!("{}: {}", fault.path, fault.what.code())).collect()
}

/// Whether every fault of a form whose code begins so is only warned of.
fn only_warned(prefix: &str, kind: Kind, form: &Form, known: &Known) -> bool {
    let all = found(kind, form, known);
    all.iter()
        .filter(|fault| fault.what.code().starts_with(prefix))
        .all(|fault| fault.what.weight() == Weight::Warning)
}
