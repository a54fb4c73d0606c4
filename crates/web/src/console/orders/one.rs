//! `/orders/{id}`: one order. Where it can be edited, a list of tasks; otherwise what happened, what happens next, and what was
//! filled in.

use super::{
    answers::{Section, sections},
    is_editable,
    list::mood,
    own,
    task::{Progress, Task},
    tree::Tree,
    way::Way,
    words::{self, Words},
};
use crate::{
    api::orders::shapes::FaultBody,
    caller::{Customer, OwnOrders},
    console::{Frame, field::sentences, shown::minute},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{Asker, orders::Order};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use filing::orders::{Kind, Move, State as Stands, Who};
use rulebook::Lang;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "orders/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page that is there or not")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    id: String,
    kind: &'static str,
    state: &'static str,
    mood: &'static str,
    way: Option<Way>,
    next: Vec<String>,
    remarks: Vec<Mend>,
    reason: Option<String>,
    groups: Vec<Group>,
    is_ready: bool,
    /// Why nothing of it could be checked.
    unchecked: Option<String>,
    may_add: bool,
    numbers: Vec<(String, &'static str)>,
    stages: Vec<(String, &'static str)>,
    sections: Vec<Section>,
    has_receipt: bool,
    is_erased: bool,
    may_withdraw: bool,
    may_correct: bool,
    is_editable: bool,
    is_submitted: bool,
    /// What was filled in for whoever began it from a filing number.
    begun: Option<&'static str>,
}

/// Whether it was submitted just now, or begun from a filing number.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    submitted: Option<String>,
    begun: Option<String>,
}

/// Something to be mended.
struct Mend {
    label: String,
    says: String,
    page: Option<String>,
}

/// Tasks under one heading.
struct Group {
    heading: Option<String>,
    tasks: Vec<Row>,
    /// The website that can be taken out, counted from 1.
    removable: Option<usize>,
    /// Whether it is the last website, behind which another can be added.
    is_last: bool,
}

struct Row {
    page: String,
    label: String,
    progress: String,
    mood: &'static str,
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Asked { submitted, begun }): Query<Asked>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let order = own(&site, &asker, &id, lang).await?;
    let now = site.desk.now();
    let is_editable = is_editable(&order);
    let checked = if is_editable { faults(&site, &asker, &order, lang).await } else { Checked::default() };
    let groups = if is_editable { groups(&order, &checked, lang) } else { Vec::new() };
    let outcome = order.kind.outcome(order.state, order.stages.last().map(|stage| stage.by), lang);
    let next = outcome.map(str::to_owned).into_iter();
    let next = next.chain(order.waiting.iter().map(|waiting| waiting.message(now, lang))).collect();
    let may = |by: Move| order.moves(Who::Filer).any(|may| may == by);
    let is_rejected = order.state == Stands::Rejected && order.form.is_some() && order.corrected_by.is_none();
    let websites = order.form.as_ref().map_or(0, |form| form.websites.len());
    let page = Page {
        f: &frame,
        w,
        id: order.id.to_string(),
        kind: order.kind.label(lang),
        state: words::state(order.kind, order.state, lang),
        mood: mood(order.state),
        way: Way::of(order.state, lang),
        next,
        remarks: mends(&order, lang),
        reason: order.reason.clone(),
        is_ready: is_editable && checked.failed.is_none() && !checked.found.iter().any(FaultBody::stops),
        unchecked: checked.failed,
        may_add: is_editable && order.opened.is_none() && websites.max(1) < order.kind.needs().websites.1,
        groups,
        numbers: order.numbers.iter().map(|of| (of.number.clone(), of.state.label(lang))).collect(),
        stages: order
            .stages
            .iter()
            .rev()
            .map(|stage| (minute(stage.at, lang), stage.by.label(lang)))
            .collect(),
        sections: if is_editable { Vec::new() } else { sections(&site, &asker, &order, lang).await? },
        has_receipt: order.stages.iter().any(|stage| stage.by == Move::Submit),
        is_erased: order.form.is_none(),
        may_withdraw: may(Move::Withdraw),
        may_correct: is_rejected,
        is_editable,
        is_submitted: submitted.is_some() && order.state == Stands::Submitted,
        begun: begun.filter(|_| is_editable).and_then(|_| carried(&order, w)),
    };
    let title = format!("{} · {}", page.kind, page.state);
    Ok(frame.page(&title, &page))
}

/// What a filing number has filled in of the order, as far as anything is.
fn carried(order: &Order, w: &'static Words) -> Option<&'static str> {
    let form = order.form.as_ref()?;
    form.target.as_ref()?;
    let is_described = form.subject.is_some() || !form.websites.is_empty();
    Some(if order.kind == Kind::Change && is_described { w.begun_change } else { w.begun })
}

/// What is wrong with an order today.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) found: Vec<FaultBody>,
    /// Why nothing could be found out, for whoever waits for it: that stands in nobody's way, but is not that nothing is wrong.
    pub(super) failed: Option<String>,
}

/// What is wrong with the order today.
pub(super) async fn faults(site: &Site, asker: &Asker, order: &Order, lang: Lang) -> Checked {
    match site.desk.check_order(asker, order.id).await.or_told(lang) {
        Ok(faults) => Checked { found: FaultBody::all(&faults, lang), failed: None },
        Err(problem) => {
            let failed = sentences(&[words::words(lang).unchecked, problem.detail()]);
            Checked { found: Vec::new(), failed: Some(failed) }
        }
    }
}

fn groups(order: &Order, checked: &Checked, lang: Lang) -> Vec<Group> {
    let Some(form) = &order.form else { return Vec::new() };
    let (kind, tree) = (order.kind, Tree::of(form));
    let websites = form.websites.len().max(kind.needs().websites.0);
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for task in Task::all(kind, form) {
        if groups.is_empty() || task.website() != last {
            last = task.website();
            let name =
                |nth: usize| form.websites.get(nth).and_then(|site| site.name.clone()).unwrap_or_default();
            groups.push(Group {
                heading: last.map(|nth| words::nth_website(nth, &name(nth), lang)),
                tasks: Vec::new(),
                removable: last
                    .filter(|_| order.opened.is_none() && form.websites.len() > kind.needs().websites.0)
                    .map(|nth| nth.saturating_add(1)),
                is_last: last.is_some_and(|nth| nth.saturating_add(1) == websites),
            });
        }
        let progress = match checked.failed {
            Some(_) => Progress::Unchecked,
            None => task.progress(kind, &tree, &checked.found),
        };
        let row = Row {
            page: task.page(),
            label: task.label(kind, websites.min(1), lang),
            progress: words::progress(progress, lang),
            mood: match progress {
                Progress::Open | Progress::Unchecked => "calm",
                Progress::Faulty(_) => "open",
                Progress::Done => "good",
            },
        };
        if let Some(group) = groups.last_mut() {
            group.tasks.push(row);
        }
    }
    groups
}

/// What a reviewer gave it back with, each with the page on which it is mended.
fn mends(order: &Order, lang: Lang) -> Vec<Mend> {
    let Some(form) = &order.form else { return Vec::new() };
    let tasks = Task::all(order.kind, form);
    let page_of = |path: &str| {
        let task = tasks.iter().find(|task| task.holds(path, order.kind))?;
        let anchor = if matches!(task, Task::Materials | Task::Product(_)) {
            String::new()
        } else {
            format!("#{path}")
        };
        Some(format!("{}{anchor}", task.page()))
    };
    let mend = |remark: &filing::orders::Remark| Mend {
        label: remark.label(lang),
        says: sentences(&[&remark.problem, &remark.suggestion]),
        page: page_of(&remark.path),
    };
    order.remarks.iter().map(mend).collect()
}
