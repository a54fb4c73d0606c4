//! The language in which a request is answered: Chinese, unless English is preferred.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
};
use rulebook::Lang;
use std::convert::Infallible;

/// Ranges of a header that are looked at; nobody speaks more.
const MOST_RANGES: usize = 32;

/// The language of whoever asks, from `Accept-Language`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaks(pub(crate) Lang);

impl<S: Sync> FromRequestParts<S> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(spoken(&parts.headers)))
    }
}

/// The language that the headers of a request prefer.
pub(crate) fn spoken(headers: &HeaderMap) -> Lang {
    let values = headers.get_all(ACCEPT_LANGUAGE).into_iter().filter_map(|value| value.to_str().ok());
    let ranges = values.flat_map(|value| value.split(',')).take(MOST_RANGES);
    let mut best = (Lang::Zh, 0);
    for range in ranges {
        let (tag, weight) = weighed(range);
        if let Some(lang) = of_tag(tag)
            && weight > best.1
        {
            best = (lang, weight);
        }
    }
    best.0
}

/// A range and its weight in thousandths.
fn weighed(range: &str) -> (&str, u16) {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
    let thousandths = weight.map_or(0.0, |weight| weight.clamp(0.0, 1.0) * 1000.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    (tag, thousandths as u16)
}

fn of_tag(tag: &str) -> Option<Lang> {
    match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "zh" | "*" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_unless_english_is_preferred() {
        for (header, lang) in [
            (None, Lang::Zh),
            (Some(""), Lang::Zh),
            (Some("fr"), Lang::Zh),
            (Some("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh),
            (Some("en"), Lang::En),
            (Some("EN-gb, zh;q=0.9"), Lang::En),
            (Some("zh;q=0.1, en;q=0.2"), Lang::En),
            (Some("en;q=0, *"), Lang::Zh),
            (Some("en;q=x"), Lang::Zh),
        ] {
            let mut headers = HeaderMap::new();
            headers.extend(header.map(|header| (ACCEPT_LANGUAGE, header.parse().unwrap())));
            assert_eq!(spoken(&headers), lang, "{header:?}");
        }
    }
}
