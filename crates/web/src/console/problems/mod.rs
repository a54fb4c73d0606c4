//! `/problems`: every kind of problem of the API, explained; the address that the type of a problem is.

mod words;

use super::Frame;
use crate::{
    body::Named,
    problem::{Kind, Problem},
    site::Site,
};
use askama::Template;
use axum::{extract::State, response::Response};
use words::Words;

/// A kind of problem, as pages explain it.
struct Explained {
    title: &'static str,
    status: u16,
    path: String,
    /// With the server in front, as types say it.
    address: String,
    advice: Advice,
}

/// What to do, around the address of the document where that is named.
struct Advice {
    before: String,
    /// What follows the address; `None` where it is not named.
    after: Option<String>,
}

const DOCUMENT: &str = "/api/docs";

impl Explained {
    fn of(kind: Kind, site: &Site, frame: &Frame) -> Self {
        let (says, path) = (kind.says(frame.lang), kind.address());
        let server = site.settings.public_url.as_deref().unwrap_or_default();
        let (before, after) = match says.advice.split_once(DOCUMENT) {
            Some((before, after)) => (before, Some(after.to_owned())),
            None => (says.advice, None),
        };
        Self {
            title: says.title,
            status: kind.status().as_u16(),
            address: format!("{server}{path}"),
            path,
            advice: Advice { before: before.to_owned(), after },
        }
    }
}

#[derive(Template)]
#[template(path = "problems/all.html")]
struct All {
    w: &'static Words,
    kinds: Vec<Explained>,
}

/// Every kind.
pub(crate) async fn all(State(site): State<Site>, frame: Frame) -> Response {
    let w = words::words(frame.lang);
    let kinds = Kind::all().map(|kind| Explained::of(kind, &site, &frame)).collect();
    frame.page(w.all, &All { w, kinds })
}

#[derive(Template)]
#[template(path = "problems/one.html")]
struct One {
    w: &'static Words,
    kind: Explained,
}

/// One kind.
pub(crate) async fn one(
    State(site): State<Site>,
    frame: Frame,
    Named(word): Named<String>,
) -> Result<Response, Problem> {
    let kind = Kind::from_word(&word).ok_or_else(|| Problem::new(Kind::NoSuchPage, frame.lang))?;
    let kind = Explained::of(kind, &site, &frame);
    Ok(frame.page(kind.title, &One { w: words::words(frame.lang), kind }))
}
