//! What passes between the desk and the bureau, as an operator records it: handed over, text message answered, filed, rejected.

use super::{
    named,
    one::{Read, Showing},
    refused,
    words::{self, Words},
};
use crate::{
    caller::{FileOrders, May, operator},
    console::{
        Frame,
        field::{Faults, Field, Kind},
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
        bureau::{ConfirmSms, FileOrder, RejectOrder, SendOrder},
        review::Looked,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::{Kind as Asks, Move, State as Stands, Who};
use rulebook::{Lang, half_width};

#[derive(Template)]
#[template(path = "review/bureau.html")]
struct Page<'p> {
    f: &'p Frame,
    faults: &'p Faults<'p>,
    kind: &'static str,
    id: String,
    title: &'static str,
    lead: &'static str,
    /// What is lost for ever.
    ends: Option<&'static str>,
    numbers: Vec<String>,
    fields: Vec<Field<'p>>,
    yes: &'static str,
    is_grave: bool,
    back: &'static str,
}

/// The order was handed to the bureau; on to the next that is to be.
pub(super) async fn send(
    State(site): State<Site>,
    May(by, _): May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (operator, order) = (operator(&by, lang)?, named(&id, lang)?);
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let (desk, ask) = (site.desk.clone(), SendOrder { operator, order });
    let doing = Box::pin(async move { desk.send_order(ask, key).await.or_told(lang) });
    if let Err(problem) = soon(lang, true, doing).await {
        return told(&site, &frame, &by, order, problem).await;
    }
    let next = site.desk.order_queue(Stands::Approved, None, 1).await.or_told(lang)?;
    Ok(to(&match next.first() {
        Some(next) => format!("/review/{}?was={order}", next.id),
        None => format!("/review?state={}&was={order}", Stands::Approved.word()),
    }))
}

/// The text message of the bureau was answered.
pub(super) async fn confirm_sms(
    State(site): State<Site>,
    May(by, _): May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (operator, order) = (operator(&by, lang)?, named(&id, lang)?);
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let (desk, ask) = (site.desk.clone(), ConfirmSms { operator, order });
    let doing = Box::pin(async move { desk.confirm_sms(ask, key).await.or_told(lang) });
    match soon(lang, true, doing).await {
        Ok(_) => Ok(to(&format!("/review/{order}?told=sms"))),
        Err(problem) => told(&site, &frame, &by, order, problem).await,
    }
}

/// The page of the order, with what stood in the way.
async fn told(
    site: &Site,
    frame: &Frame,
    by: &Principal,
    order: OrderId,
    problem: Problem,
) -> Result<Response, Problem> {
    let faults = refused(problem, words::words(frame.lang).changed)?;
    let read = Read::of(site, frame, by, order, None).await?;
    Ok(Showing { site, frame, by, read: &read }.again(&faults, None))
}

/// An answer of the bureau that is recorded.
struct Answer<'a> {
    frame: &'a Frame,
    looked: &'a Looked,
    /// What the fields of its websites are called, and whose number each is.
    websites: Vec<(String, String)>,
}

impl<'a> Answer<'a> {
    fn of(frame: &'a Frame, looked: &'a Looked) -> Self {
        let makes = matches!(looked.order.kind, Asks::FirstFiling | Asks::AddWebsite);
        let websites = looked.order.form.iter().flat_map(|form| &form.websites).filter(|_| makes);
        let websites = websites.enumerate().map(|(nth, site)| {
            let name = site.name.as_deref().unwrap_or_default();
            (format!("website-{nth}"), words::number_of(name, nth.saturating_add(1), frame.lang))
        });
        Self { frame, looked, websites: websites.collect() }
    }

    /// The number that the order is about.
    fn target(&self) -> &str {
        let form = self.looked.order.form.as_ref();
        form.and_then(|form| form.target.as_ref()?.number.as_deref()).unwrap_or_default()
    }

    fn filing(&self, faults: &Faults<'_>, typed: &Filled) -> Response {
        let (w, order) = (words::words(self.frame.lang), &self.looked.order);
        let made = |name, label, hint| {
            Field::new(name, label).hinted(hint).of(Kind::Short(28)).valued(typed.text(name)).faulted(faults)
        };
        let mut fields = Vec::new();
        if order.kind == Asks::FirstFiling {
            fields.push(made("subject_number", w.subject_number, w.subject_hint));
        }
        fields.extend(self.websites.iter().map(|(name, label)| made(name, label, w.website_hint)));
        let ends = order.kind.needs().irreversible;
        if ends {
            fields.push(made("confirmation", w.number_again, w.number_hint));
        }
        self.shown(faults, fields, (w.file, w.file_lead, w.file_yes), ends.then_some(w.ends))
    }

    fn rejecting(&self, faults: &Faults<'_>, typed: &Filled) -> Response {
        let w = words::words(self.frame.lang);
        let reason = Field::new("reason", w.reason).hinted(w.reason_hint).of(Kind::Lines(4));
        let fields = vec![reason.valued(typed.text("reason")).faulted(faults)];
        self.shown(faults, fields, (w.reject, w.reject_lead, w.reject_yes), None)
    }

    fn shown(
        &self,
        faults: &Faults<'_>,
        fields: Vec<Field<'_>>,
        (title, lead, yes): (&'static str, &'static str, &'static str),
        ends: Option<&'static str>,
    ) -> Response {
        let (lang, w, order) = (self.frame.lang, words::words(self.frame.lang), &self.looked.order);
        let number = self.target().to_owned();
        let page = Page {
            f: self.frame,
            faults,
            kind: order.kind.label(lang),
            id: order.id.to_string(),
            title,
            lead,
            numbers: Some(number).filter(|number| !number.is_empty()).into_iter().collect(),
            fields,
            yes,
            is_grave: ends.is_some() || title == w.reject,
            ends,
            back: w.back,
        };
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.frame.shown(status, title, &page)
    }

    /// Whether the number that ends was typed once more, where one ends.
    fn is_confirmed(&self, typed: &str) -> bool {
        let digits =
            |text: &str| text.chars().map(half_width).filter(char::is_ascii_digit).collect::<String>();
        !self.looked.order.kind.needs().irreversible || digits(typed) == digits(self.target())
    }
}

/// An order on which the bureau decides; otherwise back to its page.
async fn awaited(site: &Site, id: &str, by: Move, lang: Lang) -> Result<Result<Looked, Response>, Problem> {
    let order = named(id, lang)?;
    let looked = site.desk.look_at_order(order).await.or_told(lang)?;
    let may = looked.order.moves(Who::Operator).any(|may| may == by);
    Ok(if may { Ok(looked) } else { Err(to(&format!("/review/{order}"))) })
}

/// `/review/{id}/file`: the bureau filed it.
pub(super) async fn ask_to_file(
    State(site): State<Site>,
    _: May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    Ok(match awaited(&site, &id, Move::File, frame.lang).await? {
        Ok(looked) => Answer::of(&frame, &looked).filing(&Faults::NONE, &Filled::default()),
        Err(elsewhere) => elsewhere,
    })
}

/// Its numbers are written to the registry.
pub(super) async fn file(
    State(site): State<Site>,
    May(by, _): May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (operator, order) = (operator(&by, lang)?, named(&id, lang)?);
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let looked = site.desk.look_at_order(order).await.or_told(lang)?;
    let answer = Answer::of(&frame, &looked);
    if !answer.is_confirmed(filled.text("confirmation")) {
        return Ok(answer.filing(&Faults::one("confirmation", w.number_wrong), &filled));
    }
    let subject_number = Some(filled.text("subject_number").to_owned()).filter(|number| !number.is_empty());
    let website_numbers = answer.websites.iter().map(|(name, _)| filled.text(name).to_owned());
    let website_numbers = website_numbers.filter(|number| !number.is_empty()).collect();
    let ask = FileOrder { operator, order, subject_number, website_numbers };
    let desk = site.desk.clone();
    let doing = Box::pin(async move { desk.file_order(ask, key).await.or_told(lang) });
    match soon(lang, true, doing).await {
        Ok(_) => Ok(to(&format!("/review?state={}&was={order}", Stands::AtBureau.word()))),
        Err(problem) => Ok(answer.filing(&refused_at(problem, w)?, &filled)),
    }
}

/// What is wrong with numbers or reason, at their fields.
fn refused_at<'p>(problem: Problem, w: &Words) -> Result<Faults<'p>, Problem> {
    if problem.kind().status() != StatusCode::UNPROCESSABLE_ENTITY {
        return refused(problem, w.changed);
    }
    Ok(Faults::of(&problem, |path| match path {
        "subject_number" => "subject_number",
        "website_numbers" => "website-0",
        "reason" => "reason",
        _ => "",
    }))
}

/// `/review/{id}/reject`: the bureau rejected it.
pub(super) async fn ask_to_reject(
    State(site): State<Site>,
    _: May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    Ok(match awaited(&site, &id, Move::Reject, frame.lang).await? {
        Ok(looked) => Answer::of(&frame, &looked).rejecting(&Faults::NONE, &Filled::default()),
        Err(elsewhere) => elsewhere,
    })
}

/// The reason reaches the owner.
pub(super) async fn reject(
    State(site): State<Site>,
    May(by, _): May<FileOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (operator, order) = (operator(&by, lang)?, named(&id, lang)?);
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let reason = filled.text("reason").replace("\r\n", "\n");
    let (desk, ask) = (site.desk.clone(), RejectOrder { operator, order, reason });
    let doing = Box::pin(async move { desk.reject_order(ask, key).await.or_told(lang) });
    match soon(lang, true, doing).await {
        Ok(_) => Ok(to(&format!("/review?state={}&was={order}", Stands::AtBureau.word()))),
        Err(problem) => {
            let faults = refused_at(problem, w)?;
            let looked = site.desk.look_at_order(order).await.or_told(lang)?;
            Ok(Answer::of(&frame, &looked).rejecting(&faults, &filled))
        }
    }
}
