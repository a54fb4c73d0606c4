//! Parameters behind the `?`, held against what the API document says of them.

use super::{
    form::{Form, Schemas},
    held::{Held, shown},
    repeats::noting_repeats,
    tree::Tree,
};
use crate::{
    api::schemas_of_document,
    language::spoken,
    problem::{Kind, Problem},
    words::{Say, Shape},
};
use axum::{
    extract::{FromRequestParts, Query as AxumQuery},
    http::request::Parts,
};
use rulebook::Lang;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use url::form_urlencoded;
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};

/// The parameters behind the `?`.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let known = T::into_params(|| Some(ParameterIn::Query));
        held(parts.uri.query().unwrap_or_default(), &known, schemas_of_document(), lang)?;
        let read = AxumQuery::<T>::try_from_uri(&parts.uri);
        let other = |_| Problem::new(Kind::Unreadable, lang).saying(Say::BadParameters.to_text(lang));
        read.map(|AxumQuery(read)| Self(read)).map_err(other)
    }
}

fn held(query: &str, known: &[Parameter], schemas: &Schemas, lang: Lang) -> Result<(), Problem> {
    let mut held = Held::new(Kind::Unreadable, schemas, lang);
    let given: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let names = noting_repeats(given.iter().map(|(name, _)| &**name));
    for ((name, before), (_, text)) in names.zip(&given) {
        if held.is_full() {
            break;
        }
        let at = shown(name);
        if before {
            held.tell(&at, "twice", [Say::Twice { name: &at }, Say::KeepOne]);
        } else if let Some(parameter) = known.iter().find(|parameter| parameter.name == name) {
            one(&mut held, parameter, text, schemas);
        } else {
            let names: Vec<_> = known.iter().map(|parameter| &*parameter.name).collect();
            held.unknown(&at, name, &names);
        }
    }
    for Parameter { name, required, schema, .. } in known {
        if matches!(required, Required::True) && !given.iter().any(|(given, _)| given == name) {
            let form = schema.as_ref().and_then(|schema| Form::of(schema, schemas));
            held.missing(name, name, form.as_ref());
        }
    }
    held.all()
}

fn one<'d>(held: &mut Held<'d>, parameter: &'d Parameter, text: &str, schemas: &'d Schemas) {
    let Some(schema) = &parameter.schema else { return };
    let Some(form) = Form::of(schema, schemas) else { return };
    match value(form.shape, text) {
        Some(value) => held.value(schema, &value, &parameter.name),
        None => held.wrong(&form, None, &parameter.name),
    }
}

/// A text as the value that it stands for; `None` where it stands for none of that kind.
fn value(shape: Shape, text: &str) -> Option<Tree<'_>> {
    match shape {
        Shape::Whole => text.parse().ok().map(Tree::Whole),
        Shape::Flag => text.parse().ok().map(|_: bool| Tree::Flag),
        Shape::Number => text.parse().ok().map(Tree::Number),
        Shape::Null | Shape::Text | Shape::List | Shape::Object => Some(Tree::Text(Cow::Borrowed(text))),
    }
}
