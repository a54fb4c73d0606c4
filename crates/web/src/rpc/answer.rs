//! Answers as JSON or XML, whichever was asked for.

use super::{Told, asked::Sent, fault::Refusal};
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use rulebook::Lang;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// In which form an answer goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// What was asked for: by the parameter `Format`, else by `Accept`; else XML under the older signature, JSON under the newer.
    pub(super) fn asked(parts: &Parts, sent: Option<&Sent>) -> Self {
        // Also where the rest of the call cannot be read.
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let in_query =
            query.filter(|(name, _)| name == "Format").map(|(_, format)| format.to_ascii_uppercase()).next();
        let in_body = || Some(sent?.parameters.get("Format")?.to_ascii_uppercase());
        let said = in_query.or_else(in_body);
        let accept = parts.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        match said.as_deref() {
            Some("JSON") => Self::Json,
            Some("XML") => Self::Xml,
            _ if accept.contains("xml") => Self::Xml,
            _ if accept.contains("json") || parts.headers.contains_key(AUTHORIZATION) => Self::Json,
            _ => Self::Xml,
        }
    }
}

/// What was told, or why nothing was.
pub(super) fn response(
    format: Format,
    action: &str,
    id: &str,
    host: &str,
    told: Told,
    lang: Lang,
) -> Response {
    let again = told.as_ref().err().and_then(Refusal::again_after);
    let (status, root, body) = match told {
        Ok(body) => (StatusCode::OK, format!("{action}Response"), body),
        Err(refusal) => (refusal.status(), "Error".to_owned(), refused(&refusal, id, host, lang)),
    };
    let body = with_id(body, id, status);
    let (kind, text) = match format {
        Format::Json => ("application/json;charset=utf-8", body.to_string()),
        Format::Xml => ("text/xml;charset=utf-8", xml(&root, &body)),
    };
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, crate::answer::NEVER_KEPT)];
    let mut response = (status, headers, text).into_response();
    if let Some(again) = again {
        response.headers_mut().insert(RETRY_AFTER, again.into());
    }
    response
}

fn refused(refusal: &Refusal, id: &str, host: &str, lang: Lang) -> Value {
    json!({ "RequestId": id, "HostId": host, "Code": refusal.code(), "Message": refusal.message(lang) })
}

/// The answer with the number of the request, as the interface names it; in service codes it is written small.
fn with_id(body: Value, id: &str, status: StatusCode) -> Value {
    let Value::Object(mut body) = body else { return body };
    if status == StatusCode::OK {
        let name =
            if body.contains_key("datas") || body.contains_key("sn") { "requestId" } else { "RequestId" };
        body.entry(name).or_insert_with(|| Value::String(id.to_owned()));
    }
    Value::Object(body)
}

/// An object as XML: a field is an element, a list as many elements of its name.
fn xml(root: &str, body: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    element(&mut text, root, body);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(all) => all.iter().for_each(|one| element(text, name, one)),
        Value::Object(fields) => around(text, name, |text| inside(text, fields)),
        Value::String(said) => around(text, name, |text| escaped(text, said)),
        Value::Bool(_) | Value::Number(_) => around(text, name, |text| text.push_str(&value.to_string())),
    }
}

fn inside(text: &mut String, fields: &Map<String, Value>) {
    for (name, value) in fields {
        element(text, name, value);
    }
}

fn around(text: &mut String, name: &str, inside: impl FnOnce(&mut String)) {
    // Names are ours but that of the action, which is one of the interface's where anything is told.
    text.extend(["<", name, ">"]);
    inside(text);
    text.extend(["</", name, ">"]);
}

fn escaped(text: &mut String, said: &str) {
    for symbol in said.chars() {
        match symbol {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\t' | '\n' | '\r' => text.push(symbol),
            // XML 1.0 has no other control characters, not even written out.
            symbol if symbol.is_control() || matches!(symbol, '\u{fffe}' | '\u{ffff}') => {
                text.push('\u{fffd}');
            }
            symbol => text.push(symbol),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_has_an_element_for_each_field_and_for_each_of_a_list() {
        let body = json!({ "Code": 200, "Data": [{ "Domain": "a.cn" }, { "Domain": "<&>\u{1}" }], "None": null, "Empty": [] });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><R><Code>200</Code><Data><Domain>a.cn</Domain></Data>\
                        <Data><Domain>&lt;&amp;&gt;\u{fffd}</Domain></Data></R>";
        assert_eq!(xml("R", &body), expected);
    }
}
