//! `/review/{id}/return`: what the owner of an order will read when it is given back. Words can be changed here, and the order is given
//! back from here alone.

use super::{
    named, onward, refused,
    words::{self, Words},
};
use crate::{
    caller::{May, ReviewOrders, operator},
    console::{
        Frame,
        field::{Faults, Field, Kind, sentences},
        filled::Filled,
        told::to,
    },
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    access::Principal,
    orders::{
        OrderId,
        review::{Can, Looked, ReturnOrder, Said, SayRemark},
    },
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::{Remark, field, field_in};
use rulebook::Lang;
use url::form_urlencoded;

#[derive(Template)]
#[template(path = "review/preview.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    id: String,
    version: i64,
    kind: &'static str,
    /// What is kept, as it will be read.
    told: Vec<(String, String)>,
    fields: Vec<(String, Field<'p>, Field<'p>)>,
    /// Fields of which nothing is written yet.
    own: &'p [String],
    is_open: bool,
}

/// A field with words that can be changed: where it is, and what its two fields are called.
struct Editable {
    path: String,
    label: String,
    problem: String,
    suggestion: String,
    kept: Option<Remark>,
}

impl Editable {
    fn of(path: &str, kept: Option<&Remark>, lang: Lang) -> Self {
        Self {
            path: path.to_owned(),
            label: field(path).map_or_else(|| path.to_owned(), |place| place.label(lang)),
            problem: format!("problem-{path}"),
            suggestion: format!("suggestion-{path}"),
            kept: kept.cloned(),
        }
    }

    /// What is written now; `None` where it is what is kept.
    fn written(&self, filled: &Filled) -> Option<Said> {
        let (problem, suggestion) = (filled.text(&self.problem), filled.text(&self.suggestion));
        // Browsers end lines as mails do.
        let [problem, suggestion] = [problem, suggestion].map(|text| text.replace("\r\n", "\n"));
        match &self.kept {
            Some(kept) if kept.problem == problem && kept.suggestion == suggestion => None,
            None if problem.is_empty() && suggestion.is_empty() => None,
            Some(_) if problem.is_empty() && suggestion.is_empty() => Some(Said::Nothing),
            _ => Some(Said::Mend { problem, suggestion }),
        }
    }
}

/// What is there to be previewed.
struct Preview<'a> {
    frame: &'a Frame,
    looked: &'a Looked,
    /// Fields that are to be remarked on in words that are not written yet.
    own: Vec<String>,
    editable: Vec<Editable>,
}

impl<'a> Preview<'a> {
    fn of(frame: &'a Frame, looked: &'a Looked, own: impl Iterator<Item = String>) -> Self {
        let kept: Vec<_> = looked.said.iter().filter_map(|said| said.mend.as_ref()).collect();
        let there = |path: &String| {
            let form = looked.order.form.as_ref();
            let is_kept = kept.iter().any(|remark| remark.path == *path && !is_usual(remark));
            form.is_some_and(|form| field_in(path, looked.order.kind, form).is_some()) && !is_kept
        };
        let mut own: Vec<_> = own.filter(there).take(Remark::MOST).collect();
        own.dedup();
        let pending = own.iter().filter(|path| !kept.iter().any(|remark| remark.path == **path));
        let pending = pending.map(|path| Editable::of(path, None, frame.lang));
        let editable = kept.iter().map(|remark| Editable::of(&remark.path, Some(remark), frame.lang));
        // What is not written yet comes first: it is what is left to do.
        let editable = pending.chain(editable).collect();
        Self { frame, looked, own, editable }
    }

    fn shown(&self, faults: &Faults<'_>, typed: Option<&Filled>) -> Response {
        let (lang, w, order) = (self.frame.lang, words::words(self.frame.lang), &self.looked.order);
        let text = |name: &str, kept: Option<&str>| match typed {
            Some(typed) => typed.text(name).to_owned(),
            None => kept.unwrap_or_default().to_owned(),
        };
        let fields = self.editable.iter().map(|of| {
            let lines = |name: &'_ str, label, kept| {
                let value = text(name, kept);
                (label, value)
            };
            let kept = of.kept.as_ref();
            let (problem, suggestion) = (
                lines(&of.problem, w.problem, kept.map(|kept| &*kept.problem)),
                lines(&of.suggestion, w.suggestion, kept.map(|kept| &*kept.suggestion)),
            );
            let made = |name, (label, value): (&'static str, String)| {
                Field::new(name, label).of(Kind::Lines(2)).valued(value).faulted(faults)
            };
            (of.label.clone(), made(&*of.problem, problem), made(&*of.suggestion, suggestion))
        });
        let kept = self.looked.said.iter().filter_map(|said| said.mend.as_ref());
        let page = Page {
            f: self.frame,
            w,
            faults,
            id: order.id.to_string(),
            version: order.version,
            kind: order.kind.label(lang),
            told: kept
                .map(|kept| (kept.label(lang), sentences(&[&kept.problem, &kept.suggestion])))
                .collect(),
            fields: fields.collect(),
            own: &self.own,
            is_open: !self.own.is_empty() || !faults.is_empty(),
        };
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.frame.shown(status, w.preview_title, &page)
    }
}

/// Whether that is a usual remark, word for word.
fn is_usual(remark: &Remark) -> bool {
    let all = filing::orders::REASONS.iter();
    let mut says = all
        .flat_map(|reason| [Lang::Zh, Lang::En].map(|lang| (reason.problem(lang), reason.suggestion(lang))));
    says.any(|(problem, suggestion)| problem == remark.problem && suggestion == remark.suggestion)
}

/// An order that whoever looks has taken; otherwise back to its page, which says why not.
async fn taken(
    site: &Site,
    by: &Principal,
    order: OrderId,
    lang: Lang,
) -> Result<Result<Looked, Response>, Problem> {
    let looked = site.desk.look_at_order(order).await.or_told(lang)?;
    let may = looked.can(by.name()).contains(&Can::Remark);
    Ok(if may { Ok(looked) } else { Err(to(&format!("/review/{order}"))) })
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let looked = match taken(&site, &by, named(&id, frame.lang)?, frame.lang).await? {
        Ok(looked) => looked,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let query = query.unwrap_or_default();
    let own = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "own");
    let preview = Preview::of(&frame, &looked, own.map(|(_, path)| path.into_owned()));
    Ok(preview.shown(&Faults::NONE, None))
}

/// Words are kept, or the order is given back.
pub(super) async fn decide(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (reviewer, order) = (operator(&by, lang)?, named(&id, lang)?);
    let seen = filled.text("version").parse().ok();
    if filled.text("act") == "return" && filled.all("own").next().is_none() {
        let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
        let ask = ReturnOrder { reviewer: reviewer.clone(), order, seen };
        let desk = site.desk.clone();
        let doing = Box::pin(async move { desk.return_order(ask, Some(key)).await.or_told(lang) });
        return match soon(lang, true, doing).await {
            Ok(_) => onward(&site, &reviewer, order, lang).await,
            Err(problem) => {
                let faults = refused(problem, w.changed)?;
                let looked = match taken(&site, &by, order, lang).await? {
                    Ok(looked) => looked,
                    Err(elsewhere) => return Ok(elsewhere),
                };
                Ok(Preview::of(&frame, &looked, std::iter::empty()).shown(&faults, None))
            }
        };
    }
    let looked = match taken(&site, &by, order, lang).await? {
        Ok(looked) => looked,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let preview = Preview::of(&frame, &looked, filled.all("own").map(str::to_owned));
    if filled.text("act") == "return" {
        return Ok(preview.shown(&Faults::one("", w.own_unwritten), None));
    }
    if seen != Some(looked.order.version) {
        return Ok(preview.shown(&Faults::one("", w.changed), Some(&filled)));
    }
    let mut wrong = Faults::NONE;
    for of in &preview.editable {
        let Some(said) = of.written(&filled) else { continue };
        let say = SayRemark { reviewer: reviewer.clone(), order, path: of.path.clone(), said };
        if let Err(problem) = site.desk.say_remark(say).await.or_told(lang) {
            wrong = wrong.chain(refused_at(problem, of, w)?);
        }
    }
    if wrong.is_empty() {
        return Ok(to(&format!("/review/{order}/return")));
    }
    let looked = site.desk.look_at_order(order).await.or_told(lang)?;
    let left = Preview::of(&frame, &looked, preview.own.iter().cloned());
    Ok(left.shown(&wrong, Some(&filled)))
}

/// What is wrong with words, at their fields.
fn refused_at<'p>(problem: Problem, of: &'p Editable, w: &Words) -> Result<Faults<'p>, Problem> {
    let at = |path: &str| match path {
        "problem" => &*of.problem,
        "suggestion" => &*of.suggestion,
        _ => "",
    };
    if problem.kind().status() == StatusCode::UNPROCESSABLE_ENTITY {
        return Ok(Faults::of(&problem, at));
    }
    refused(problem, w.changed)
}
