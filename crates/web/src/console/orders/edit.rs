//! `/orders/{id}/tasks/{task}`: one task is filled in, saved as it was typed, and checked at once.

use super::{
    is_editable,
    one::{Checked, faults},
    own,
    slots::{self, Slot},
    task::Task,
    to_order,
    tree::Tree,
    words::{self, Words},
};
use crate::{
    api::orders::shapes::FaultBody,
    caller::{Customer, OwnOrders},
    console::{
        Frame,
        field::{Faults, Field, sentences},
        filled::Filled,
        told::to,
    },
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::orders::{Order, SavePart};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;

#[derive(Template)]
#[template(path = "orders/edit.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    title: &'p str,
    kind: &'static str,
    order: String,
    version: i64,
    fields: Vec<Field<'p>>,
    warnings: Vec<String>,
    note: Option<&'p str>,
    /// Whether the person can be the one of the subject.
    may_be_same: bool,
}

/// The task that the address names, of an order that can be edited.
fn named(order: &Order, word: &str, lang: Lang) -> Result<Task, Problem> {
    let form = order.form.as_ref().filter(|_| is_editable(order));
    let tasks = form.map(|form| Task::all(order.kind, form)).unwrap_or_default();
    let task = tasks.into_iter().find(|task| task.word() == word);
    task.ok_or_else(|| Problem::new(Problems::NoSuchPage, lang))
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let order = own(&site, &asker, &id, lang).await?;
    if !is_editable(&order) {
        return Ok(to_order(order.id));
    }
    let task = named(&order, &word, lang)?;
    let tree = Tree::of(&order.form.clone().unwrap_or_default());
    // Of what was never filled in, nothing is said to be wrong yet.
    let begun = task.paths(order.kind).iter().any(|(path, _)| !tree.is_empty(path));
    let Checked { found, failed } =
        if begun { faults(&site, &asker, &order, lang).await } else { Checked::default() };
    let made = Made { order: &order, task, tree: &tree, found: &found, told: &[], note: failed.as_deref() };
    Ok(made.shown(&frame, StatusCode::OK, order.version))
}

/// What a page is made of.
struct Made<'p> {
    order: &'p Order,
    task: Task,
    tree: &'p Tree,
    found: &'p [FaultBody],
    told: &'p [(String, String)],
    note: Option<&'p str>,
}

impl Made<'_> {
    fn shown(&self, frame: &Frame, status: StatusCode, version: i64) -> Response {
        let Self { order, task, tree, found, told, note } = *self;
        let (kind, lang, w) = (order.kind, frame.lang, words::words(frame.lang));
        let slots = Slot::all(task, kind, tree, order.opened.as_deref(), lang);
        let faults = slots::faults(&slots, task, kind, found, told);
        let websites = order.form.as_ref().map_or(0, |form| form.websites.len());
        let title = task.label(kind, websites, lang);
        let page = Page {
            f: frame,
            w,
            faults: &faults,
            title: &title,
            kind: kind.label(lang),
            order: order.id.to_string(),
            version,
            fields: slots.iter().map(|slot| slot.field(&faults, &order.remarks, lang)).collect(),
            warnings: slots::warnings(task, kind, found),
            note,
            may_be_same: may_be_same(order, task),
        };
        frame.shown(status, &title, &page)
    }
}

/// The task is saved; where something is wrong with it, the page says so at once.
pub(super) async fn save(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path((id, word)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let order = own(&site, &asker, &id, lang).await?;
    let task = named(&order, &word, lang)?;
    let mut tree = Tree::of(&order.form.clone().unwrap_or_default());
    let told = slots::put(task, order.kind, &mut tree, &filled, order.opened.as_deref(), lang);
    if !filled.text("same").is_empty() && may_be_same(&order, task) {
        tree.copy("subject.person", &format!("websites[{}].person", task.website().unwrap_or_default()));
    }
    let form = tree.clone().form().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let seen = filled.text("version").parse().ok();
    let save =
        SavePart { asker: asker.clone(), order: order.id, part: task.part(), form: form.clone(), seen };
    let desk = site.desk.clone();
    // On the heap: it holds the form more than once.
    let saved = soon(lang, false, Box::pin(async move { desk.save_part(save).await.or_told(lang) })).await;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let saved = match saved {
        Ok(saved) => saved,
        Err(problem) if problem.is(Problems::Changed) => {
            let note = Some(w.changed_meanwhile);
            let made = Made { order: &order, task, tree: &tree, found: &[], told: &told, note };
            return Ok(made.shown(&frame, status, order.version));
        }
        Err(problem) if problem.is(Problems::Invalid) => {
            let told: Vec<_> = problem
                .errors()
                .map(|(path, message, suggestion)| (path.to_owned(), sentences(&[message, suggestion])))
                .collect();
            let made = Made { order: &order, task, tree: &tree, found: &[], told: &told, note: None };
            return Ok(made.shown(&frame, status, order.version));
        }
        Err(problem) => return Err(problem),
    };
    if !filled.text("later").is_empty() {
        return Ok(to_order(order.id));
    }
    let Checked { found, failed } = faults(&site, &asker, &order, lang).await;
    let is_wrong = found.iter().any(|fault| fault.stops() && task.holds(&fault.path, order.kind));
    if is_wrong || !told.is_empty() || failed.is_some() {
        let tree = Tree::of(&saved.form);
        let unchecked = failed.map(|failed| sentences(&[w.saved_unchecked, &failed]));
        let note = Some(unchecked.as_deref().unwrap_or(w.saved_with_faults));
        let status = if is_wrong || !told.is_empty() { status } else { StatusCode::OK };
        let made = Made { order: &order, task, tree: &tree, found: &found, told: &told, note };
        return Ok(made.shown(&frame, status, saved.version));
    }
    Ok(next(&order, task))
}

/// Whether the person in charge of a website can be taken over from the subject: there is one, and everything can be changed.
fn may_be_same(order: &Order, task: Task) -> bool {
    let subject = order.form.as_ref().and_then(|form| form.subject.as_ref());
    let has_person = subject.is_some_and(|subject| subject.person != filing::orders::Person::default());
    matches!(task, Task::WebsitePerson(_)) && has_person && order.opened.is_none()
}

/// On to the next task, or back to the order after the last.
fn next(order: &Order, task: Task) -> Response {
    let tasks = order.form.as_ref().map(|form| Task::all(order.kind, form)).unwrap_or_default();
    let next = tasks.iter().skip_while(|one| **one != task).nth(1);
    match next.filter(|_| order.opened.is_none()) {
        Some(next) => to(&format!("/orders/{}/{}", order.id, next.page())),
        None => to_order(order.id),
    }
}
