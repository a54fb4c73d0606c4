//! The numbers that a filed order made or was about.

use crate::failure::DeskError;
use filing::{
    orders::{Form, Website as Site},
    registry::{Event, Machine, State},
};
use store::{
    OrderId, Tx, accesses,
    numbers::{self, NumberStep},
    websites,
};

/// A number, and what a filed order did to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberOfOrder {
    /// The number.
    pub number: String,
    /// Whose it is.
    pub machine: Machine,
    /// What the order did to it.
    pub event: Event,
    /// Where that brought it; it may stand elsewhere by now.
    pub state: State,
    /// The website of the form that has it, counted from 0; `None` for a subject's, and where the form does not have the website.
    pub website: Option<usize>,
}

/// The numbers of an order: the subject's, then those of its websites in the order of `form`, of which nothing is known once it was
/// erased. An order that is not filed has none.
pub(crate) async fn of_order(
    tx: &mut Tx<'_>,
    order: OrderId,
    form: Option<&Form>,
) -> Result<Vec<NumberOfOrder>, DeskError> {
    let sites = form.map_or(&[][..], |form| &form.websites);
    let mut told = Vec::new();
    for step in numbers::by_order(tx, order).await? {
        let website = place(tx, &step, sites).await?;
        let machine = if step.number.contains('-') { Machine::Website } else { Machine::Subject };
        let NumberStep { number, event, state, .. } = step;
        told.push(NumberOfOrder { number, machine, event, state, website });
    }
    // Websites that the form does not have come last; `…-10` comes after `…-9`.
    told.sort_by_cached_key(|of| {
        (of.machine, of.website.unwrap_or(usize::MAX), of.number.len(), of.number.clone())
    });
    Ok(told)
}

/// Which website of the form has the number: the form names it, or it is hosted by what was verified for it there.
async fn place(tx: &mut Tx<'_>, step: &NumberStep, sites: &[Site]) -> Result<Option<usize>, DeskError> {
    if sites.is_empty() {
        return Ok(None);
    }
    let named = sites.iter().position(|site| site.number.as_ref() == Some(&step.number));
    if named.is_some() {
        return Ok(named);
    }
    let Some(website) = websites::by_number(tx, &step.number).await? else { return Ok(None) };
    let hosted = accesses::of_website(tx, website.id).await?;
    let verified: Vec<_> = hosted.iter().filter_map(|access| access.verification).collect();
    let of = |site: &Site| site.verification.as_ref().and_then(|given| given.parse().ok());
    Ok(sites.iter().position(|site| of(site).is_some_and(|given| verified.contains(&given))))
}
