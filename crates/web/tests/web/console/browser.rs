//! A browser without a script: it keeps cookies, follows where it is sent, and sends the forms of the page that it shows.

use crate::{Given, sessions::OWN};
use axum::{
    body::{Body, to_bytes},
    http::{
        HeaderMap, Request, StatusCode,
        header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE},
    },
};
use std::collections::BTreeMap;
use tower::ServiceExt;
use url::form_urlencoded;

/// What browsers accept.
const ACCEPTS: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

pub(super) struct Browser<'g> {
    given: &'g Given,
    pub(super) cookies: BTreeMap<String, String>,
    /// Where it is.
    pub(super) address: String,
    /// What it shows.
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) html: String,
    /// The same as it came.
    pub(super) bytes: Vec<u8>,
    /// Sent with each form, as browsers do; `None` for one that tells nothing.
    pub(super) fetch_site: Option<&'static str>,
    lang: &'static str,
}

impl Given {
    /// A browser that prefers Chinese.
    pub(super) fn browser(&self) -> Browser<'_> {
        Browser {
            given: self,
            cookies: BTreeMap::new(),
            address: String::new(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            html: String::new(),
            bytes: Vec::new(),
            fetch_site: Some("same-origin"),
            lang: "zh-CN",
        }
    }

    /// A browser of the user of that name, whose password is set before and who signs in.
    pub(super) async fn browser_of(&self, name: &str) -> Browser<'_> {
        let reset = format!("/api/v1/users/{name}/password-reset");
        let told =
            self.change(app::access::Role::Operator, "POST", &reset, name, serde_json::json!({})).await;
        let first = told.body()["one_time_password"].as_str().unwrap().to_owned();
        let token = self.sign_in(name, &first).await.body()["token"].as_str().unwrap().to_owned();
        assert_eq!(self.set_password(&token, &first, OWN).await.status, 204);
        let mut browser = self.browser();
        browser.signs_in(name, OWN).await;
        browser
    }
}

impl Browser<'_> {
    /// The same in English.
    pub(super) fn english(mut self) -> Self {
        self.lang = "en";
        self
    }

    pub(super) async fn signs_in(&mut self, name: &str, password: &str) {
        self.goes_to("/sign-in").await;
        self.sends(&[("name", name), ("password", password)]).await;
    }

    /// Opens an address, and goes on wherever it is sent.
    pub(super) async fn goes_to(&mut self, address: &str) {
        self.asks("GET", address, None).await;
    }

    /// Sends the form of the page that it shows, the last one where there are several, with that filled in.
    pub(super) async fn sends(&mut self, fields: &[(&str, &str)]) {
        let body = self.body_with(fields);
        let address = self.action();
        self.asks("POST", &address, Some(("application/x-www-form-urlencoded", body.into_bytes()))).await;
    }

    /// Sends the form in which that stands, with that filled in.
    pub(super) async fn sends_that_with(&mut self, part: &str, fields: &[(&str, &str)]) {
        let (address, body) = self.form_with(part, fields);
        self.asks("POST", &address, Some(("application/x-www-form-urlencoded", body.into_bytes()))).await;
    }

    /// Where the form in which that stands is sent to, and what it sends with that filled in: what is chosen already, and what not.
    pub(super) fn form_with(&self, part: &str, fields: &[(&str, &str)]) -> (String, String) {
        let main = self.html.split_once("<main").map_or("", |(_, main)| main);
        let forms = main.split("<form").skip(1).map(|form| form.split_once("</form>").unwrap().0);
        let form = forms.into_iter().find(|form| form.contains(part) && form.contains("method=\"post\""));
        let form = form.unwrap_or_else(|| panic!("no form with `{part}` at {}: {}", self.address, self.html));
        let tag = form.split_once('>').unwrap().0;
        let address = if tag.contains("action=") { attribute(tag, "action") } else { self.address.clone() };
        let mut body = form_urlencoded::Serializer::new(String::new());
        for input in form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\"")) {
            body.append_pair(&attribute(input, "name"), &attribute(input, "value"));
        }
        let filled = |name: &str| fields.iter().any(|(field, _)| *field == name);
        for select in form.split("<select").skip(1) {
            let select = select.split_once("</select>").unwrap().0;
            let name = attribute(select, "name");
            let chosen = select.split("<option").find(|option| option.contains(" selected"));
            if let Some(chosen) = chosen.filter(|_| !filled(&name)) {
                body.append_pair(&name, &attribute(chosen, "value"));
            }
        }
        for area in form.split("<textarea").skip(1) {
            let name = attribute(area, "name");
            let text = area.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
            if !filled(&name) {
                body.append_pair(&name, text.trim_start_matches('\n'));
            }
        }
        body.extend_pairs(fields);
        (address, body.finish())
    }

    /// Sends that, whatever it is.
    pub(super) async fn posts(&mut self, address: &str, kind: &'static str, body: Vec<u8>) {
        self.asks("POST", address, Some((kind, body))).await;
    }

    /// What the form sends: its hidden fields, and what is filled in.
    pub(super) fn body_with(&self, fields: &[(&str, &str)]) -> String {
        hidden_and(self.form(), fields)
    }

    /// The last form in the page itself.
    fn form(&self) -> &str {
        let main = self.html.split_once("<main").map_or("", |(_, main)| main);
        let (_, form) = main.rsplit_once("<form").unwrap_or_else(|| panic!("no form: {}", self.html));
        form.split_once("</form>").unwrap().0
    }

    fn action(&self) -> String {
        let tag = self.form().split_once('>').unwrap().0;
        if tag.contains("action=") { attribute(tag, "action") } else { self.address.clone() }
    }

    /// What stands in a hidden field of the form.
    pub(super) fn hidden(&self, name: &str) -> String {
        let inputs = self.form().split("<input").skip(1);
        let found = inputs.into_iter().find(|input| attribute(input, "name") == name);
        attribute(found.unwrap_or_else(|| panic!("no field `{name}`: {}", self.html)), "value")
    }

    async fn asks(&mut self, method: &str, address: &str, body: Option<(&'static str, Vec<u8>)>) {
        let (mut method, mut address, mut body) = (method.to_owned(), address.to_owned(), body);
        for _ in 0..5 {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let mut request = Request::builder().method(&*method).uri(&address).header("accept", ACCEPTS);
            request = request.header("accept-language", self.lang).header(COOKIE, cookies.join("; "));
            if let Some(site) = self.fetch_site {
                request = request.header("sec-fetch-site", site);
            }
            if let Some((kind, _)) = &body {
                request = request.header(CONTENT_TYPE, *kind);
            }
            let sent = body.take().map_or_else(Body::empty, |(_, bytes)| Body::from(bytes));
            let response = self.given.service.clone().oneshot(request.body(sent).unwrap()).await.unwrap();
            let (parts, got) = response.into_parts();
            for cookie in parts.headers.get_all(SET_COOKIE) {
                let (name, value) =
                    cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
                match value {
                    "" => self.cookies.remove(name),
                    value => self.cookies.insert(name.to_owned(), value.to_owned()),
                };
            }
            self.address.clone_from(&address);
            (self.status, self.headers) = (parts.status, parts.headers);
            self.bytes = to_bytes(got, 1 << 24).await.unwrap().to_vec();
            self.html = String::from_utf8_lossy(&self.bytes).into_owned();
            if self.status != StatusCode::SEE_OTHER {
                return;
            }
            address = self.headers[LOCATION].to_str().unwrap().to_owned();
            "GET".clone_into(&mut method);
        }
        panic!("sent in circles: {address}");
    }

    /// Bytes of what is sent from an address to a browser that takes it compressed.
    pub(super) async fn weighs(&self, address: &str) -> usize {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(address).header("accept", ACCEPTS).header("accept-encoding", "gzip");
        let request = request.header(COOKIE, cookies.join("; ")).body(Body::empty()).unwrap();
        let response = self.given.service.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        to_bytes(response.into_body(), 1 << 24).await.unwrap().len()
    }

    /// What people read, without what is around it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut in_tag = false;
        for c in self.html.chars() {
            match c {
                '<' => in_tag = true,
                '>' => {
                    in_tag = false;
                    text.push(' ');
                }
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        text
    }

    pub(super) fn title(&self) -> &str {
        self.html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0
    }

    /// Asserts that the page says that.
    pub(super) fn reads(&self, words: &str) {
        assert!(self.text().contains(words), "{words} is not at {}: {}", self.address, self.html);
    }
}

/// What a form sends: its hidden fields, and what is filled in.
fn hidden_and(form: &str, fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    for input in form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\"")) {
        body.append_pair(&attribute(input, "name"), &attribute(input, "value"));
    }
    body.extend_pairs(fields);
    body.finish()
}

/// The value of an attribute, as a browser reads it.
fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split_once(&format!("{name}=\"")).map_or("", |(_, rest)| rest.split_once('"').unwrap().0);
    value
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}
