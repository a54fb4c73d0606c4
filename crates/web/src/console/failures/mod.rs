//! `/failures`: the three failures of product verification (产品验证), each with what can be behind it and what to do. Their texts are
//! those that customers look up; `/failures#invalid-product-info` leads to one.

mod words;

use super::frame::Frame;
use crate::site::Site;
use askama::Template;
use axum::{extract::State, response::Response};
use filing::verification::CauseWord;
use rulebook::{Edition, Failure, Lang};
use words::Words;

#[derive(Template)]
#[template(path = "failures/page.html")]
struct Page {
    w: &'static Words,
    failures: [Explained; 3],
}

/// One failure.
struct Explained {
    /// Its word, which is where it stands on the page.
    word: &'static str,
    text: &'static str,
    /// The same in the other language, with the tag of that.
    other: (&'static str, &'static str),
    /// What it means under the rules in force; `None` where none are.
    meaning: Option<String>,
    /// What can be behind it, in the order in which it is tested, and what to do.
    causes: Vec<[&'static str; 2]>,
}

impl Explained {
    fn of(failure: Failure, edition: Option<&Edition>, lang: Lang) -> Self {
        let other = match lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        let causes = CauseWord::ALL.into_iter().filter(|cause| cause.failure() == failure);
        Self {
            word: failure.word(),
            text: failure.text(lang),
            other: (failure.text(other), other.bcp47()),
            meaning: edition.map(|edition| failure.meaning(&edition.policy, lang)),
            causes: causes.map(|cause| cause.explained(lang)).collect(),
        }
    }
}

/// The page.
pub(crate) async fn failures(State(site): State<Site>, frame: Frame) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let edition = site.desk.edition_in_force();
    let failures = Failure::ALL.map(|failure| Explained::of(failure, edition.as_deref(), lang));
    frame.page(w.title, &Page { w, failures })
}
