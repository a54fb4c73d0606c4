//! What is sent to a panel, and what comes back.

use app::verification::{PanelAnswer, PanelAsk};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// The most characters of an instance's id, as in inventories.
const LONGEST_ID: usize = 256;

#[derive(Serialize)]
struct Body<'a> {
    product: &'a str,
    user_name: &'a str,
    password: &'a str,
    at: String,
}

/// The body of a question.
pub(crate) fn body(ask: &PanelAsk, at: Timestamp) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Body {
        product: &ask.product,
        user_name: ask.name.text(),
        password: ask.password.text(),
        at: at.to_string(),
    })
}

/// What an answer says; `None` when it is none. That a login is wrong must be said: `"instance"` is there, and null.
pub(crate) fn answer(body: &[u8]) -> Option<PanelAnswer> {
    match serde_json::from_slice::<Value>(body).ok()?.get("instance")? {
        Value::Null => Some(PanelAnswer::No),
        Value::String(instance) if is_id(instance) => Some(PanelAnswer::Host { instance: instance.clone() }),
        _ => None,
    }
}

fn is_id(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_ID && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_so_is_an_answer() {
        let host = |instance: &str| Some(PanelAnswer::Host { instance: instance.to_owned() });
        for (text, told) in [
            (r#"{"instance":"h-1"}"#, host("h-1")),
            (r#" {"instance": "h-1", "more": [1]} "#, host("h-1")),
            (r#"{"instance":null}"#, Some(PanelAnswer::No)),
            ("{}", None),
            ("null", None),
            ("", None),
            ("<html>", None),
            (r#"{"instance":""}"#, None),
            (r#"{"instance":" "}"#, None),
            (r#"{"instance":false}"#, None),
            (r#"{"instance":7}"#, None),
            (r#"{"instance":["h-1"]}"#, None),
            (r#"{"instance":"h\n1"}"#, None),
            (r#"{"instance":"h-1"} {}"#, None),
            (r#"["instance"]"#, None),
            (r#"{"instance":"h-1""#, None),
        ] {
            assert_eq!(answer(text.as_bytes()), told, "{text}");
        }
        assert_eq!(answer(format!("{{\"instance\":\"{}\"}}", "h".repeat(257)).as_bytes()), None);
        assert_eq!(answer(&"[".repeat(1_000_000).into_bytes()), None);
        assert_eq!(answer(b"{\"instance\":\"\xFF\"}"), None);
    }
}
