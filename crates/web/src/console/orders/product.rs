//! `/orders/{id}/products/{n}`: the product behind a website is verified: by a code that the account has, by one that is typed, or by the
//! login of a host.

use super::{
    is_editable, own,
    task::Task,
    to_order,
    words::{self, Words},
};
use crate::{
    address::ClientAddress,
    api::verifications::verify::passed,
    caller::{Customer, OwnOrders},
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
    Asker,
    access::Password,
    codes::MyCode,
    orders::{Order, SavePart},
    verification::{Proof, Verification, VerifyProduct},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::Part;
use rulebook::{Lang, VerifiedBy};

/// Codes that are offered at most: whoever has more types one.
const MOST_OFFERED: u32 = 200;

#[derive(Template)]
#[template(path = "orders/product.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    title: &'p str,
    kind: &'static str,
    order: String,
    /// What is verified already.
    verified: Option<String>,
    usable: Vec<Choice>,
    unusable: Vec<Choice>,
    chosen: &'p str,
    code: Field<'p>,
    code_product: Field<'p>,
    host_product: Field<'p>,
    host: Field<'p>,
    password: Field<'p>,
}

/// A code, as it is offered.
struct Choice {
    id: String,
    code: String,
    product: String,
    /// Why it cannot be chosen; empty where it can.
    why: String,
}

/// What was filled in.
#[derive(Clone, Default)]
struct Typed {
    which: String,
    code: String,
    code_product: String,
    host_product: String,
    host: String,
}

/// The website that the address counts from 1, of an order that can be edited and whose products are verified.
fn website(order: &Order, nth: usize, lang: Lang) -> Result<usize, Problem> {
    let no_such_page = || Problem::new(Problems::NoSuchPage, lang);
    let nth = nth.checked_sub(1).ok_or_else(no_such_page)?;
    let form = order.form.as_ref().ok_or_else(no_such_page)?;
    let tasks = Task::all(order.kind, form);
    if tasks.contains(&Task::Product(nth)) { Ok(nth) } else { Err(no_such_page()) }
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path((id, nth)): Path<(String, usize)>,
) -> Result<Response, Problem> {
    let order = own(&site, &asker, &id, frame.lang).await?;
    if !is_editable(&order) {
        return Ok(to_order(order.id));
    }
    let nth = website(&order, nth, frame.lang)?;
    shown(&site, &frame, &asker, &order, nth, &Faults::NONE, &Typed::default()).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    asker: &Asker,
    order: &Order,
    nth: usize,
    faults: &Faults<'_>,
    typed: &Typed,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let codes = site.desk.my_codes(asker, None, MOST_OFFERED).await.or_told(lang)?;
    // The newest first: whoever comes here has most often just applied.
    let (usable, unusable): (Vec<_>, Vec<_>) =
        codes.iter().rev().partition(|code| code.standing().is_usable());
    let choices = |codes: Vec<&MyCode>| codes.into_iter().map(|code| Choice::of(code, lang)).collect();
    let [by_code, by_host] =
        [VerifiedBy::ServiceCode, VerifiedBy::HostPassword].map(|by| products(site, by, lang));
    let websites = order.form.as_ref().map_or(1, |form| form.websites.len());
    let title = Task::Product(nth).label(order.kind, websites, lang);
    let verified = verification(site, asker, order, nth, lang).await?;
    let page = Page {
        f: frame,
        w,
        faults,
        title: &title,
        kind: order.kind.label(lang),
        order: order.id.to_string(),
        verified: verified.map(|made| called(site, &made, lang)),
        usable: choices(usable),
        unusable: choices(unusable),
        chosen: &typed.which,
        code: Field::new("code", w.code).hinted(w.code_hint).valued(&*typed.code).faulted(faults),
        code_product: Field::new("code-product", w.product)
            .of(Kind::OneOf(&by_code))
            .valued(&*typed.code_product)
            .faulted(faults),
        host_product: Field::new("host-product", w.product)
            .of(Kind::OneOf(&by_host))
            .valued(&*typed.host_product)
            .faulted(faults),
        host: Field::new("name", w.host_name).hinted(w.host_hint).valued(&*typed.host).faulted(faults),
        password: Field::new("password", w.host_password).of(Kind::Password).faulted(faults),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, &title, &page))
}

impl Choice {
    fn of(code: &MyCode, lang: Lang) -> Self {
        let standing = code.standing();
        let why = sentences(&[&standing.message(code.reader, lang), &standing.what_to_do(code.reader, lang)]);
        Self {
            id: code.id.to_string(),
            code: code.code.to_string(),
            product: code.instance().or(code.product()).unwrap_or_default().to_owned(),
            why: if standing.is_usable() { String::new() } else { why },
        }
    }
}

/// The products that are verified so, by id and name, after a choice of none.
fn products(site: &Site, by: VerifiedBy, lang: Lang) -> Vec<(String, String)> {
    let none = (String::new(), words::choose(lang).to_owned());
    let edition = site.desk.edition_in_force();
    let rows =
        edition.iter().flat_map(|edition| edition.fileable()).filter(|row| row.verified_by.value == by);
    let rows = rows.map(|row| (row.product.clone(), row.name.in_lang(lang).to_owned()));
    std::iter::once(none).chain(rows).collect()
}

/// What a website was verified with.
pub(super) async fn verification(
    site: &Site,
    asker: &Asker,
    order: &Order,
    nth: usize,
    lang: Lang,
) -> Result<Option<Verification>, Problem> {
    let website = order.form.as_ref().and_then(|form| form.websites.get(nth));
    let id = website.and_then(|website| website.verification.as_deref()?.parse().ok());
    match id {
        Some(id) => site.desk.verification(asker, id).await.or_told(lang),
        None => Ok(None),
    }
}

/// What was verified, as people call it.
pub(super) fn called(site: &Site, made: &Verification, lang: Lang) -> String {
    let edition = site.desk.edition_in_force();
    let row = edition.as_ref().and_then(|edition| edition.row(&made.product));
    let product = row.map_or(&*made.product, |row| row.name.in_lang(lang));
    match lang {
        Lang::Zh => format!("{product}（{}）", made.instance),
        Lang::En => format!("{product} ({})", made.instance),
    }
}

/// The product is verified, and the website names it.
pub(super) async fn verify(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    ClientAddress(address): ClientAddress,
    Path((id, nth)): Path<(String, usize)>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let order = own(&site, &asker, &id, lang).await?;
    let nth = website(&order, nth, lang)?;
    let text = |name: &str| filled.text(name).to_owned();
    let typed = Typed {
        which: text("which"),
        code: text("code"),
        code_product: text("code-product"),
        host_product: text("host-product"),
        host: text("name"),
    };
    let (product, proof) = match proof(&site, &asker, &typed, &filled, lang).await? {
        Ok(given) => given,
        Err(faults) => return shown(&site, &frame, &asker, &order, nth, &faults, &typed).await,
    };
    let ask = VerifyProduct { asker: asker.clone(), product, proof, address: Some(address) };
    let (desk, key) = (site.desk.clone(), filled.key());
    let told = soon(lang, true, async move {
        let told = desk.verify_product(ask, key).await.or_told(lang)?;
        passed(&told.answer, lang)
    });
    let made = match told.await {
        Ok(made) => made,
        Err(problem) if problem.kind().status().is_server_error() => return Err(problem),
        Err(problem) => {
            let is_host = typed.which == "host";
            let field = move |path: &str| match path {
                "product" if is_host => "host-product",
                "product" => "code-product",
                "name" => "name",
                "password" => "password",
                "code" => "code",
                _ => "which",
            };
            let faults = Faults::of(&problem, field);
            return shown(&site, &frame, &asker, &order, nth, &faults, &typed).await;
        }
    };
    named(&site, &asker, &order, nth, made.id.to_string(), lang).await?;
    let next = Task::Website(nth).page();
    Ok(if order.opened.is_some() { to_order(order.id) } else { to(&format!("/orders/{}/{next}", order.id)) })
}

/// Product and proof, or what is missing.
async fn proof(
    site: &Site,
    asker: &Asker,
    typed: &Typed,
    filled: &Filled,
    lang: Lang,
) -> Result<Result<(String, Proof), Faults<'static>>, Problem> {
    let w = words::words(lang);
    match &*typed.which {
        "host" => {
            let password = Password::new(filled.exact("password").to_owned());
            let host = Proof::Host { name: typed.host.clone(), password };
            Ok(if typed.host_product.is_empty() {
                Err(Faults::one("host-product", words::choose_product(lang)))
            } else {
                Ok((typed.host_product.clone(), host))
            })
        }
        "typed" => Ok(if typed.code_product.is_empty() {
            Err(Faults::one("code-product", words::choose_product(lang)))
        } else {
            Ok((typed.code_product.clone(), Proof::Code(typed.code.clone())))
        }),
        id => {
            let code = match id.parse() {
                Ok(id) => site.desk.my_code(asker, id).await.or_told(lang)?,
                Err(_) => None,
            };
            let given =
                code.and_then(|code| Some((code.product()?.to_owned(), Proof::Code(code.code.to_string()))));
            Ok(given.ok_or_else(|| Faults::one("which", w.choice_missing)))
        }
    }
}

/// Has the website name that verification; where it has no addresses yet, those of the product.
async fn named(
    site: &Site,
    asker: &Asker,
    order: &Order,
    nth: usize,
    verification: String,
    lang: Lang,
) -> Result<(), Problem> {
    let made = match verification.parse() {
        Ok(id) => site.desk.verification(asker, id).await.or_told(lang)?,
        Err(_) => None,
    };
    let mut form = order.form.clone().unwrap_or_default();
    if form.websites.len() <= nth {
        form.websites.resize_with(nth.saturating_add(1), filing::orders::Website::default);
    }
    if let Some(website) = form.websites.get_mut(nth) {
        website.verification = Some(verification);
        if let Some(made) = made.filter(|made| !made.addresses.is_empty()) {
            website.addresses = made.addresses.iter().map(ToString::to_string).collect();
        }
    }
    let save = SavePart {
        asker: asker.clone(),
        order: order.id,
        part: Part::Websites,
        form,
        seen: Some(order.version),
    };
    Box::pin(site.desk.save_part(save)).await.or_told(lang).map(drop)
}
