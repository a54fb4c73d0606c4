//! `/orders/{id}/verification-form/{website}`: the verification form (核验单) of a website with everything that was filled in, to be printed,
//! signed, and uploaded with the materials.

use super::{answers, own, paper_words};
use crate::{
    caller::{Customer, OwnOrders},
    console::{Frame, document},
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use papers::Block;

/// The form as PDF. `website` counts from 0.
pub(super) async fn form(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path((id, website)): Path<(String, usize)>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, paper_words::words(frame.lang));
    let order = own(&site, &asker, &id, lang).await?;
    let websites = order.form.as_ref().map_or(0, |form| form.websites.len());
    if website >= websites {
        return Err(Problem::new(Kind::NoSuchPage, lang));
    }
    let mut blocks = vec![Block::Text(w.form_lead.to_owned())];
    for section in answers::sections(&site, &asker, &order, lang).await? {
        let is_of_it = section.website.is_none_or(|nth| nth == website) && !section.is_pictures;
        if is_of_it && !section.rows.is_empty() {
            blocks.extend([Block::Heading(section.heading), Block::Facts(section.rows)]);
        }
    }
    blocks.push(Block::Heading(w.checked.to_owned()));
    blocks.push(Block::List(w.checks.iter().map(|&check| format!("□ {check}")).collect()));
    blocks.push(Block::Heading(w.signed.to_owned()));
    blocks.push(Block::Text(w.truth.to_owned()));
    blocks.push(Block::Sign(w.signatures.map(str::to_owned).to_vec()));
    let name = format!("verification-form-{}-{}", document::file_name(&id), website.saturating_add(1));
    document::pdf(&site, lang, document::paper(w.form, lang, blocks), &name).await
}
