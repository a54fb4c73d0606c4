//! `/orders/{id}/materials`: the pictures of an order: which are missing, which are there, another one.

use super::{
    is_editable, named,
    one::{Checked, faults},
    own, to_order,
    words::{self, Words},
};
use crate::{
    answer::Jpeg,
    caller::{Customer, OwnOrders},
    console::{
        Frame,
        field::{Faults, sentences},
        filled::{self, Filled, Unfilled},
        told::to,
    },
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    Asker, IdempotencyKey,
    orders::{
        Order,
        attachments::{
            AddPicture, MOST_PICTURE_BYTES, PictureAsked, PictureCopy, PictureField, RemovePicture,
        },
    },
};
use askama::Template;
use axum::{
    extract::{FromRequest, Multipart, Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use filing::tables::PURPOSES;
use rulebook::Lang;

/// Bytes of a form with a picture at most: the picture, and what is around it.
pub(super) const MOST_BYTES: usize = MOST_PICTURE_BYTES + (64 << 10);

#[derive(Template)]
#[template(path = "orders/materials.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    title: &'p str,
    kind: &'static str,
    order: String,
    about: &'static [(&'static str, &'static str)],
    check_place: &'p str,
    /// Websites whose verification form can be downloaded, each by its place and name.
    forms: Vec<(usize, String)>,
    /// Why nothing of it could be checked.
    unchecked: Option<String>,
    missing: Vec<String>,
    pictures: Vec<There>,
    fields: Vec<(String, String)>,
    chosen: &'p str,
}

/// A picture that is there.
struct There {
    id: String,
    purpose: String,
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
    Ok(shown(&site, &frame, &asker, &order, &Faults::NONE, "").await)
}

async fn shown(
    site: &Site,
    frame: &Frame,
    asker: &Asker,
    order: &Order,
    wrong: &Faults<'_>,
    chosen: &str,
) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let form = order.form.clone().unwrap_or_default();
    let Checked { found, failed } = faults(site, asker, order, lang).await;
    let of_pictures = found.iter().filter(|fault| fault.path.starts_with("materials"));
    let websites = form.websites.len().max(order.kind.needs().websites.0);
    let title = super::task::Task::Materials.label(order.kind, websites, lang);
    let there = form.materials.iter().filter_map(|material| {
        let field = PictureField { purpose: material.purpose?, website: material.website };
        Some(There { id: material.attachment.clone()?, purpose: called(field, websites, lang) })
    });
    let page = Page {
        f: frame,
        w,
        faults: wrong,
        title: &title,
        kind: order.kind.label(lang),
        order: order.id.to_string(),
        about: words::pictures(lang),
        check_place: site.settings.check_place.as_deref().unwrap_or(w.ask_check_place),
        forms: form
            .websites
            .iter()
            .enumerate()
            .filter_map(|(nth, site)| Some((nth, site.name.clone()?)))
            .collect(),
        unchecked: failed,
        missing: of_pictures.map(|fault| sentences(&[&fault.message, &fault.suggestion])).collect(),
        pictures: there.collect(),
        // A picture of a website is of one that the order has.
        fields: fields(form.websites.len(), lang),
        chosen,
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    frame.shown(status, &title, &page)
}

/// Every field that a picture can be added to, with its name.
fn fields(websites: usize, lang: Lang) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for purpose in PURPOSES {
        let places = if purpose.of_website { websites } else { 1 };
        for nth in 0..places {
            let website = u16::try_from(nth).ok().filter(|_| purpose.of_website);
            let field = PictureField { purpose: purpose.entry.id, website };
            let word = website
                .map_or_else(|| purpose.entry.id.to_string(), |nth| format!("{}-{nth}", purpose.entry.id));
            fields.push((word, called(field, websites, lang)));
        }
    }
    fields
}

/// What a picture is of.
fn called(field: PictureField, websites: usize, lang: Lang) -> String {
    let purpose = PURPOSES.iter().find(|purpose| purpose.entry.id == field.purpose);
    let name = purpose.map(|purpose| purpose.entry.label(lang)).unwrap_or_default();
    match field.website.filter(|_| websites > 1) {
        Some(nth) => format!("{name} · {}", words::nth_website(nth.into(), "", lang)),
        None => name.to_owned(),
    }
}

/// The field that a form names: `2`, or `1-0` of the first website.
fn read(word: &str) -> Option<PictureField> {
    let (purpose, website) = match word.split_once('-') {
        Some((purpose, website)) => (purpose, Some(website.parse().ok()?)),
        None => (word, None),
    };
    Some(PictureField { purpose: purpose.parse().ok()?, website })
}

/// A form with a file, sent by a page of ours.
pub(super) struct Sent {
    purpose: String,
    key: Option<IdempotencyKey>,
    file: Vec<u8>,
}

impl FromRequest<Site> for Sent {
    type Rejection = Unfilled;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Unfilled> {
        let headers = request.headers().clone();
        let lang = crate::language::spoken(&headers);
        let unread = |kind| Unfilled::Problem(Problem::new(kind, lang));
        let broken = || {
            let says = words::words(lang).upload_broken;
            Unfilled::Problem(Problem::new(Problems::Incomplete, lang).saying(says))
        };
        let form = Multipart::from_request(request, site).await;
        let mut form = form.map_err(|_| unread(Problems::Unreadable))?;
        let (mut token, mut sent) =
            (String::new(), Self { purpose: String::new(), key: None, file: Vec::new() });
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| {
                if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    unread(Problems::TooLarge)
                } else {
                    broken()
                }
            })?;
            let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
            match &*name {
                "token" => token = text(),
                "key" => sent.key = IdempotencyKey::parse(&text()).ok(),
                "purpose" => sent.purpose = text(),
                "file" => sent.file = bytes.to_vec(),
                _ => {}
            }
        }
        if filled::is_ours(&headers, &token) { Ok(sent) } else { Err(Unfilled::old(lang)) }
    }
}

/// A picture is added.
pub(super) async fn add(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    Sent { purpose, key, file }: Sent,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let order = own(&site, &asker, &id, lang).await?;
    let mut wrong = Faults::NONE;
    let field = read(&purpose);
    if field.is_none() {
        wrong = wrong.and("purpose", w.purpose);
    }
    if file.is_empty() {
        wrong = wrong.and("file", w.file_missing);
    }
    let Some(field) = field.filter(|_| wrong.is_empty()) else {
        return Ok(shown(&site, &frame, &asker, &order, &wrong, &purpose).await);
    };
    let ask = AddPicture { asker: asker.clone(), order: order.id, field, bytes: file };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.add_picture(ask, key).await.or_told(lang) }).await {
        Ok(_) => Ok(to(&format!("/orders/{}/materials", order.id))),
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) => {
            let wrong =
                Faults::of(&problem, |path| if path.contains("purpose") { "purpose" } else { "file" });
            Ok(shown(&site, &frame, &asker, &order, &wrong, &purpose).await)
        }
    }
}

/// A picture is taken out.
pub(super) async fn remove(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let order = named(&id, lang)?;
    let back = to(&format!("/orders/{order}/materials"));
    let (Ok(picture), Some(key)) = (filled.text("picture").parse(), filled.key()) else { return Ok(back) };
    let ask = RemovePicture { asker, order, picture };
    site.desk.remove_picture(ask, Some(key)).await.or_told(lang)?;
    Ok(back)
}

/// `GET /orders/{id}/pictures/{picture}`: a picture of one's own, as the reviewer sees it.
pub(super) async fn picture(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path((id, picture)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let picture = picture.parse().map_err(|_| Problem::new(Problems::NoSuchPage, lang))?;
    let ask = PictureAsked { order: named(&id, lang)?, picture, copy: PictureCopy::Review };
    Ok(Jpeg(site.desk.my_picture(&asker, ask).await.or_told(lang)?).into_response())
}
