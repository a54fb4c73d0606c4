//! Somebody who opens one page after another, signed in by a key or not at all; `browser.rs` is for whoever signs in and fills in.

use crate::Given;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use std::{cell::RefCell, collections::BTreeMap};
use tower::ServiceExt;

/// A browser of one person.
pub(crate) struct Reader<'g> {
    given: &'g Given,
    cookies: RefCell<BTreeMap<String, String>>,
    language: &'static str,
}

/// A page that it shows.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Given {
    /// Somebody who reads Chinese, and has not signed in.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { given: self, cookies: RefCell::default(), language: "zh-CN" }
    }

    /// Whoever has that key, signed in.
    pub(crate) fn signed_in(&self, key: &str) -> Reader<'_> {
        let reader = self.reader();
        reader.cookies.borrow_mut().insert("__Host-kebei".to_owned(), key.to_owned());
        reader
    }
}

impl Reader<'_> {
    /// The same of somebody who reads English.
    pub(crate) fn english(self) -> Self {
        Self { language: "en", ..self }
    }

    pub(crate) async fn opens(&self, path: &str) -> Shown {
        self.sends(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with those fields, as it stands on that page.
    pub(crate) async fn fills(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let page = self.opens(path).await;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", page.value("token").unwrap_or_default());
        form.extend_pairs(fields);
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.sends(request.body(Body::from(form.finish())).unwrap()).await
    }

    pub(crate) async fn sends(&self, mut request: Request<Body>) -> Shown {
        let cookies: Vec<_> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        headers.insert("accept", "text/html,*/*;q=0.8".parse().unwrap());
        headers.insert("accept-language", self.language.parse().unwrap());
        if !cookies.is_empty() {
            headers.insert("cookie", cookies.join("; ").parse().unwrap());
        }
        let response = self.given.service.clone().oneshot(request).await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        let (parts, body) = response.into_parts();
        let html = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        Shown { status: parts.status, headers: parts.headers, html }
    }
}

impl Shown {
    /// Where it leads to.
    pub(crate) fn leads_to(&self) -> Option<&str> {
        self.headers.get("location").map(|location| location.to_str().unwrap())
    }

    /// What a hidden field of a form has in it.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let field = self.html.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        field.split('"').next()
    }

    /// What is said, without marks, on one line.
    pub(crate) fn text(&self) -> String {
        let main = self.html.split("<main").nth(1).unwrap_or(&self.html);
        let main = main.split("</main>").next().unwrap();
        let mut text = String::new();
        for piece in main.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, said)| said));
            text.push(' ');
        }
        let text = text.replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// That all of it is said.
    pub(crate) fn says(&self, all: &[&str]) {
        let text = self.text();
        for said in all {
            assert!(text.contains(said), "{said} is not in {text}");
        }
    }
}
