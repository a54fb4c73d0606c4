//! `/orders/{id}/answers`: everything that is filled in, to be looked at once more and submitted.

use super::{
    is_editable,
    one::{Checked, faults},
    own, product,
    task::Task,
    to_order,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnOrders},
    console::{
        Frame,
        field::{Faults, sentences},
        filled::Filled,
        told::to,
    },
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    Asker,
    orders::{Order, SubmitOrder},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::{Behind, Thing};
use rulebook::{Lang, calendar};

#[derive(Template)]
#[template(path = "orders/answers.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    kind: &'static str,
    order: String,
    version: i64,
    sections: Vec<Section>,
    wrong: Vec<(String, String)>,
    warnings: Vec<String>,
    /// Why nothing of it could be checked.
    unchecked: Option<String>,
}

/// What was filled in for a task.
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) page: String,
    pub(super) rows: Vec<(String, String)>,
    /// The website that it is about, counted from 0; `None` where it is about all.
    pub(super) website: Option<usize>,
    /// Whether it is about the pictures.
    pub(super) is_pictures: bool,
}

/// Everything that is filled in, task by task.
pub(super) async fn sections(
    site: &Site,
    asker: &Asker,
    order: &Order,
    lang: Lang,
) -> Result<Vec<Section>, Problem> {
    let Some(form) = &order.form else { return Ok(Vec::new()) };
    let mut behind = Behind::default();
    for nth in 0..form.websites.len() {
        if let Some(made) = product::verification(site, asker, order, nth, lang).await? {
            let edition = site.desk.edition_in_force();
            let row = edition.as_ref().and_then(|edition| edition.row(&made.product));
            let name = row.map(|row| row.name.clone());
            let day = calendar::shanghai(made.made_at).date();
            behind.add(made.id.to_string(), Thing::Product { name, instance: made.instance, day });
        }
    }
    let told = form.in_words(&behind, lang);
    let websites = form.websites.len();
    let section = |task: Task| Section {
        heading: task.label(order.kind, websites, lang),
        page: task.page(),
        website: task.website(),
        is_pictures: task == Task::Materials,
        rows: told
            .iter()
            .filter(|told| task.holds(&told.path, order.kind) && !told.path.ends_with(".attachment"))
            .map(|told| (short(&told.path, &told.label, lang), told.words.clone()))
            .collect(),
    };
    Ok(Task::all(order.kind, form).into_iter().map(section).collect())
}

/// What a value is called under the heading of its task.
fn short(path: &str, label: &str, lang: Lang) -> String {
    match filing::orders::field(path) {
        Some(place) if !place.field.pattern.ends_with("[]") => words::label(path, place.field, lang),
        _ => label.to_owned(),
    }
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let order = own(&site, &asker, &id, frame.lang).await?;
    if !is_editable(&order) {
        return Ok(to_order(order.id));
    }
    shown(&site, &frame, &asker, &order, &Faults::NONE).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    asker: &Asker,
    order: &Order,
    refused: &Faults<'_>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let Checked { found, failed } = faults(site, asker, order, lang).await;
    let tasks = order.form.as_ref().map(|form| Task::all(order.kind, form)).unwrap_or_default();
    let page_of = |path: &str| {
        let task = tasks.iter().find(|task| task.holds(path, order.kind));
        task.map_or_else(
            || format!("/orders/{}", order.id),
            |task| format!("/orders/{}/{}", order.id, task.page()),
        )
    };
    let wrong = found.iter().filter(|fault| fault.stops());
    let wrong = wrong.map(|fault| (page_of(&fault.path), fault.in_a_line(lang))).collect();
    let warnings = found.iter().filter(|fault| !fault.stops());
    let page = Page {
        f: frame,
        w,
        faults: refused,
        kind: order.kind.label(lang),
        order: order.id.to_string(),
        version: order.version,
        sections: sections(site, asker, order, lang).await?,
        unchecked: failed,
        wrong,
        warnings: warnings.map(|fault| sentences(&[&fault.message, &fault.suggestion])).collect(),
    };
    let status = if refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, w.answers, &page))
}

/// The order is submitted, if nothing is wrong with it.
pub(super) async fn submit(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let order = super::named(&id, lang)?;
    let Some(key) = filled.key() else {
        let order = own(&site, &asker, &id, lang).await?;
        return shown(&site, &frame, &asker, &order, &Faults::one("", w.no_key)).await;
    };
    let ask = SubmitOrder { asker: asker.clone(), order, seen: filled.text("version").parse().ok() };
    let desk = site.desk.clone();
    let submitting = Box::pin(async move { desk.submit_order(ask, key).await.or_told(lang) });
    match soon(lang, true, submitting).await {
        Ok(_) => Ok(to(&format!("/orders/{order}?submitted=yes"))),
        Err(problem) if problem.is(Problems::OrderFaulty) => {
            let order = own(&site, &asker, &id, lang).await?;
            shown(&site, &frame, &asker, &order, &Faults::one("", w.still_faulty)).await
        }
        Err(problem) if problem.is(Problems::Changed) => {
            let order = own(&site, &asker, &id, lang).await?;
            shown(&site, &frame, &asker, &order, &Faults::one("", problem.detail())).await
        }
        Err(problem) => Err(problem),
    }
}
