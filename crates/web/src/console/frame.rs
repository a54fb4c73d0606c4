//! What stands around every page, and how a page is made.

use super::{
    assets,
    cookies::{self, VISIT},
    form_token, words,
};
use crate::{
    answer::NEVER_KEPT,
    caller::recognised,
    copies::NeverTheSame,
    language::spoken,
    limit::bearer,
    problem::{Kind, Problem},
    site::Site,
};
use app::access::{Principal, Right};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_LANGUAGE, SET_COOKIE, VARY},
        request::Parts,
    },
    response::{Html, IntoResponse, Response},
};
use rulebook::Lang;
use std::sync::Arc;
use url::form_urlencoded;

/// On what a page depends beside its address.
const DEPENDS_ON: HeaderValue = HeaderValue::from_static("Accept-Language, Cookie");

/// What is known around a page: who looks, in which language, at which address. Handlers take it as an argument.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// In which language the page is.
    pub(crate) lang: Lang,
    /// Whoever signed in.
    pub(crate) who: Option<Principal>,
    /// The path of the page.
    path: String,
    /// Its query, without the language.
    query: String,
    /// What forms on it carry.
    token: String,
    /// The key of a form that does something: sent twice, it is done once.
    key: String,
    /// The secret of a visit that begins with this page.
    visit: Option<String>,
    /// How support is reached.
    contact: Option<Arc<str>>,
}

impl FromRequestParts<Site> for Frame {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let who = match recognised(parts, site, lang).await {
            Ok(who) => Some(who),
            Err(problem) if problem.is(Kind::NotSignedIn) => None,
            Err(problem) => return Err(problem),
        };
        let session = bearer(&parts.headers).filter(|_| who.is_some());
        let visit = cookies::brought(&parts.headers, VISIT).filter(|_| who.is_none());
        let mask: [u8; 16] = site.desk.random();
        let (token, begun) = if let Some(secret) = session.or(visit) {
            (form_token::made(secret, mask), None)
        } else {
            let begun = app::hex(&site.desk.random::<16>());
            (form_token::made(&begun, mask), Some(begun))
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        query.extend_pairs(pairs.filter(|(name, _)| name != "lang"));
        let (path, query) = (parts.uri.path().to_owned(), query.finish());
        let key = format!("form-{}", app::hex(&mask));
        Ok(Self { lang, who, path, query, token, key, visit: begun, contact: site.settings.contact.clone() })
    }
}

impl Frame {
    /// The same where who looks cannot be found out.
    pub(crate) fn of_nobody(parts: &Parts) -> Self {
        let (path, query) = (parts.uri.path().to_owned(), String::new());
        let (token, key) = (String::new(), String::new());
        Self { lang: spoken(&parts.headers), who: None, path, query, token, key, visit: None, contact: None }
    }
}

/// A link of the bar at the top.
struct Link {
    href: &'static str,
    name: &'static str,
    is_here: bool,
}

/// The page with everything around it.
#[derive(Template)]
#[template(path = "frame.html")]
struct Whole<'p> {
    f: &'p Frame,
    w: &'static words::Frame,
    title: &'p str,
    faulty: bool,
    main: &'p str,
    style: String,
    script: String,
    icon: String,
}

impl Frame {
    /// The same for wherever it was asked for.
    pub(crate) fn anywhere(self) -> Self {
        Self { path: String::new(), query: String::new(), ..self }
    }

    /// A page: its title, and what stands in it.
    pub(crate) fn page(&self, title: &str, main: &impl Template) -> Response {
        self.shown(StatusCode::OK, title, main)
    }

    /// The same with another status.
    pub(crate) fn shown(&self, status: StatusCode, title: &str, main: &impl Template) -> Response {
        // Nothing of a template can fail but writing to memory.
        let main = main.render().unwrap_or_default();
        let faulty = status == StatusCode::UNPROCESSABLE_ENTITY;
        let [style, script, icon] =
            [&assets::STYLE, &assets::SCRIPT, &assets::ICON].map(|asset| asset.address());
        let w = words::frame(self.lang);
        let whole = Whole { f: self, w, title, faulty, main: &main, style, script, icon };
        let mut html = String::with_capacity(Whole::SIZE_HINT + main.len());
        whole.render_into(&mut html).unwrap_or_default();
        let begins = self.visit.as_ref().filter(|_| html.contains(&self.token));
        let cookie = begins.and_then(|secret| cookies::set(VISIT, secret, None));
        let headers = [
            (CONTENT_LANGUAGE, HeaderValue::from_static(self.lang.bcp47())),
            (CACHE_CONTROL, NEVER_KEPT),
            (VARY, DEPENDS_ON),
        ];
        let mut response = (status, headers, Html(html)).into_response();
        response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
        if self.who.is_some() {
            // The form by which to sign out stands on it, with a token that is written differently each time.
            response.extensions_mut().insert(NeverTheSame);
        }
        response
    }

    /// What a form carries.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The key of a form that does something.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The path of the page.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The address of the page.
    pub(crate) fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// Whether whoever looks may do that.
    pub(crate) fn may(&self, right: Right) -> bool {
        self.who.as_ref().is_some_and(|who| who.may(right))
    }

    /// The language as a tag of BCP 47.
    pub(crate) const fn tag(&self) -> &'static str {
        self.lang.bcp47()
    }

    const fn other_tag(&self) -> &'static str {
        match self.lang {
            Lang::Zh => Lang::En.bcp47(),
            Lang::En => Lang::Zh.bcp47(),
        }
    }

    /// The same page in the other language.
    fn in_other_language(&self) -> String {
        let and = if self.query.is_empty() { "" } else { "&" };
        format!("{}?{}{and}lang={}", self.path, self.query, self.other_tag())
    }

    /// The pages for whoever looks.
    fn links(&self) -> Vec<Link> {
        let links = words::links(self.lang).iter();
        let links = links.filter(|(_, _, right)| right.is_none_or(|right| self.may(right)));
        links.map(|(href, name, _)| Link { href, name, is_here: self.path.starts_with(href) }).collect()
    }
}
