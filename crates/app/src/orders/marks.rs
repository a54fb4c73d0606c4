//! By what orders and subjects are found, and what may not be filed is known: keyed hashes, so that no name, number or domain can be
//! read from them, or tried against a stolen database.

use crate::{ground::Ground, marks::mark};
use filing::checks::Wanted;

/// Under which what is filed is found.
const FILED: &str = "kebei v1 what is filed";

/// Symbols of a certificate number from which on it stands for its owner whatever it is said to be: shorter ones are given by many.
const TELLING: usize = 8;

/// The kind and the keyed hash of something that is looked up.
pub(crate) fn of(ground: &Ground, wanted: &Wanted) -> (&'static str, Vec<u8>) {
    let (kind, value) = match wanted {
        Wanted::Domain(domain) => ("domain", domain.clone()),
        // An ID card is no other for being entered as an officer's.
        Wanted::Certificate { number, .. } if number.chars().count() >= TELLING => {
            ("certificate", number.clone())
        }
        Wanted::Certificate { kind, number } => ("certificate", format!("{kind} {number}")),
        Wanted::SubjectName(name) => ("subject-name", name.clone()),
        Wanted::WebsiteName(name) => ("website-name", name.clone()),
    };
    (kind, mark(ground, FILED, &[kind.as_bytes(), value.as_bytes()]).to_vec())
}
