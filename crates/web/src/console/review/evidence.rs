//! What the desk knows about an order beside what was filled in: what the checks find, the products behind its websites, its pictures,
//! other orders, what it was given back with before.

use super::words::{self, Words};
use crate::{
    answer::minute,
    api::orders::shapes::FaultBody,
    console::{field::sentences, shown::day},
};
use app::{
    orders::{
        Beside, Order,
        review::{Backing, Looked},
    },
    personal::Purpose,
};
use rulebook::Lang;

/// All of it.
pub(super) struct Evidence {
    /// What the checks find, errors first.
    pub(super) found: Vec<Found>,
    /// The same in a sentence.
    pub(super) sums_up: String,
    pub(super) stops: bool,
    pub(super) backings: Vec<(String, Vec<(&'static str, String)>)>,
    pub(super) beside: Vec<Other>,
    /// What it was given back with before.
    pub(super) before: Vec<(String, String)>,
    pub(super) pictures: Vec<Picture>,
}

/// Something that the checks find.
pub(super) struct Found {
    pub(super) path: String,
    pub(super) label: String,
    pub(super) says: String,
    pub(super) stops: bool,
}

/// Another order that is under way.
pub(super) struct Other {
    pub(super) id: String,
    pub(super) says: String,
    pub(super) stops: bool,
}

/// A picture of the order.
pub(super) struct Picture {
    pub(super) says: String,
    /// Where it is seen; `None` as long as nobody said for what.
    pub(super) address: Option<String>,
}

impl Evidence {
    /// What is known of an order, of whose checks these are the faults.
    pub(super) fn of(looked: &Looked, faults: &[FaultBody], w: &Words, lang: Lang) -> Self {
        let mut found: Vec<_> = faults.iter().map(Found::of).collect();
        found.sort_by_key(|found| !found.stops);
        let errors = found.iter().filter(|found| found.stops).count();
        let former = looked.former.as_ref();
        let before = former.map(|former| former.remarks.iter()).into_iter().flatten();
        Self {
            sums_up: words::sums_up(errors, found.len().saturating_sub(errors), lang),
            stops: errors > 0,
            found,
            backings: looked.backings.iter().map(|backing| behind(backing, w, lang)).collect(),
            beside: looked.finds.beside.iter().map(|other| Other::of(other, lang)).collect(),
            before: before
                .map(|remark| (remark.label(lang), sentences(&[&remark.problem, &remark.suggestion])))
                .collect(),
            pictures: Vec::new(),
        }
    }

    /// Nothing but the pictures.
    pub(super) fn none() -> Self {
        Self {
            found: Vec::new(),
            sums_up: String::new(),
            stops: false,
            backings: Vec::new(),
            beside: Vec::new(),
            before: Vec::new(),
            pictures: Vec::new(),
        }
    }
}

/// The pictures of an order, to be seen for that purpose.
pub(super) fn pictures(order: &Order, purpose: Option<Purpose>, lang: Lang) -> Vec<Picture> {
    let Some(form) = &order.form else { return Vec::new() };
    let told = form.in_words(&order.behind, lang);
    let of = |nth: usize, field: &str| {
        let path = format!("materials[{nth}].{field}");
        told.iter().find(|told| told.path == path).map(|told| told.words.clone())
    };
    let pictures = form.materials.iter().enumerate().filter_map(|(nth, material)| {
        let id = material.attachment.clone()?;
        let says = [of(nth, "purpose"), of(nth, "website")].into_iter().flatten().collect::<Vec<_>>();
        let address =
            purpose.map(|purpose| format!("/review/{}/pictures/{id}?purpose={}", order.id, purpose.word()));
        Some(Picture { says: says.join(" · "), address })
    });
    pictures.collect()
}

impl Found {
    fn of(fault: &FaultBody) -> Self {
        Self {
            path: fault.path.clone(),
            label: fault.label.clone(),
            says: sentences(&[&fault.message, &fault.suggestion]),
            stops: fault.stops(),
        }
    }
}

impl Other {
    fn of(other: &Beside, lang: Lang) -> Self {
        Self {
            id: other.order.to_string(),
            says: words::beside(other.kind.label(lang), other.state.label(lang), other.own, lang),
            stops: other.against.is_some(),
        }
    }
}

/// The product behind a website.
fn behind(backing: &Backing, w: &Words, lang: Lang) -> (String, Vec<(&'static str, String)>) {
    let name = backing.name.as_ref().map_or(&*backing.product, |name| name.in_lang(lang));
    let unknown = || w.unknown.to_owned();
    let mut facts = vec![
        (w.instance, backing.instance.clone()),
        (w.bought_by, backing.bought_by.clone().unwrap_or_else(unknown)),
        (w.addresses, backing.addresses.join(" ")),
        (w.verified_at, minute(backing.verified_at)),
        (w.expires_at, backing.expires_at.map_or_else(unknown, day)),
    ];
    facts.extend(backing.gone_at.map(|at| (w.gone_at, day(at))));
    (words::backing(backing.website, name, lang), facts)
}
