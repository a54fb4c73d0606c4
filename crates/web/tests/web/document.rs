//! The API document: it is committed, every answer is one that it allows, and it explains its problems.

use crate::{Called, Given};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use testbed::Engine;
use web::{Kind, document};

pub(crate) fn whole() -> Value {
    serde_json::to_value(document()).unwrap()
}

fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json")
}

#[test]
fn the_committed_document_is_that_of_the_code() {
    let mut text = serde_json::to_string_pretty(&whole()).unwrap();
    text.push('\n');
    if std::env::var_os("KEBEI_WRITE_DOCS").is_some() {
        fs::write(committed(), &text).unwrap();
    }
    let found = fs::read_to_string(committed()).unwrap_or_default();
    assert!(found == text, "docs/openapi.json is stale: run this test with KEBEI_WRITE_DOCS=1");
}

/// Holds an answer against what the document says of its operation: a status that it names, a body of the form that it gives.
pub(crate) fn allows(method: &str, path: &str, called: &Called) {
    let whole = whole();
    let path = path.split('?').next().unwrap();
    let method = if method == "HEAD" { "GET" } else { method };
    let named = |(pattern, item): (&String, &Value)| {
        let operation = &item[method.to_ascii_lowercase()];
        (matches(pattern, path) && !operation.is_null()).then(|| (pattern.clone(), operation.clone()))
    };
    // The address with the fewest open parts is the one that is served.
    let found = operations(&whole).filter_map(named).min_by_key(|(pattern, _)| pattern.matches('{').count());
    let Some((pattern, operation)) = found else { return };
    let status = called.status.as_u16();
    let problem = called.header("content-type") == Some("application/problem+json");
    let told = &operation["responses"][status.to_string()];
    assert!(!told.is_null(), "{method} {pattern} answers {status}, of which the document says nothing");
    let kind = called.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    let kinds = told["content"].as_object().map(|kinds| kinds.keys().cloned().collect::<Vec<_>>());
    let right = kinds.as_ref().map_or(kind.is_empty(), |kinds| kinds.iter().any(|known| known == kind));
    assert!(right, "{method} {pattern} {status} is `{kind}`, the document says {kinds:?}");
    let schema = if problem {
        json!({ "$ref": "#/components/schemas/Problem" })
    } else {
        told["content"]["application/json"]["schema"].clone()
    };
    if schema.is_null() || called.bytes.is_empty() {
        return;
    }
    let schema = json!({ "components": whole["components"], "allOf": [schema] });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let body = called.body();
    let faults: Vec<_> =
        validator.iter_errors(&body).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{method} {pattern} {status}: {faults:?}\n{body:#}");
}

/// Every path of the document with its operations.
pub(crate) fn operations(whole: &Value) -> impl Iterator<Item = (&String, &Value)> {
    whole["paths"].as_object().unwrap().iter()
}

/// Whether `path` is one of `pattern`.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(wanted, found)| wanted.starts_with('{') || wanted == found)
}

#[tokio::test]
async fn every_kind_of_problem_is_explained_in_both_languages_at_its_address() {
    let given = Given::on(Engine::Sqlite).await;
    let all = String::from_utf8(given.get("/problems").sent().await.bytes).unwrap();
    for kind in Kind::all() {
        assert!(all.contains(&format!("href=\"{}\"", kind.address())), "{kind:?}");
        for (lang, other) in [("zh-CN", "en"), ("en", "zh-CN")] {
            let page = given.get(&kind.address()).header("accept-language", lang).sent().await;
            assert_eq!(
                (page.status.as_u16(), page.header("content-language")),
                (200, Some(lang)),
                "{kind:?}"
            );
            let text = String::from_utf8(page.bytes).unwrap();
            assert!(text.contains(&format!("<html lang=\"{lang}\">")), "{kind:?} {lang}");
            let link = format!("{}?lang={other}", kind.address());
            assert!(text.contains(&format!("href=\"{link}\"")), "{kind:?} {lang}");
            let other = given.get(&link).header("accept-language", lang).sent().await;
            assert_ne!(other.header("content-language"), Some(lang), "{kind:?} {lang}");
        }
    }
    assert_eq!(given.get("/problems/none").sent().await.status, 404);
    assert_eq!(given.get("/problems").english().sent().await.header("content-language"), Some("en"));
}

/// What a browser accepts.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[tokio::test]
async fn the_first_page_says_in_both_languages_what_this_is_and_where_to_go_on() {
    let given = Given::on(Engine::Sqlite).await;
    for (lang, other, words) in [("zh-CN", "en", "备案服务台"), ("en", "zh-CN", "The filing desk")] {
        for call in [
            given.get("/").header("accept", BROWSER).header("accept-language", lang),
            given.get(&format!("/?lang={lang}")).header("accept-language", other),
        ] {
            let page = call.sent().await;
            assert_eq!((page.status.as_u16(), page.header("content-language")), (200, Some(lang)));
            let text = String::from_utf8(page.bytes).unwrap();
            assert!(text.contains(words) && text.contains(&format!("href=\"/?lang={other}\"")), "{text}");
            for link in ["/api/docs", "/problems", "/status"] {
                assert!(text.contains(&format!("href=\"{link}\"")), "{link}: {text}");
                assert!(given.get(link).sent().await.status.as_u16() < 400, "{link}");
            }
        }
    }
}

#[tokio::test]
async fn a_browser_at_an_unknown_address_gets_a_page_and_a_program_a_problem() {
    let given = Given::on(Engine::Sqlite).await;
    for path in ["/nowhere", "/api/v1/nowhere", "/api/docs/none", "/problems/none"] {
        for (asked, lang, words) in [("", "zh-CN", "返回首页"), ("?lang=en", "en", "To the first page")] {
            let page = given.get(&format!("{path}{asked}")).header("accept", BROWSER).sent().await;
            let headers = ["content-type", "content-language", "cache-control"].map(|name| page.header(name));
            let wanted = [Some("text/html; charset=utf-8"), Some(lang), Some("private, no-store")];
            assert_eq!((page.status.as_u16(), headers), (404, wanted), "{path}");
            let text = String::from_utf8(page.bytes).unwrap();
            assert!(text.contains(words) && !text.contains("nowhere"), "{path}: {text}");
        }
        for accept in ["*/*", "application/json"] {
            let problem = given.get(path).header("accept", accept).sent().await;
            assert_eq!(
                (problem.status.as_u16(), &problem.body()["type"]),
                (404, &json!("/problems/no-such-page"))
            );
        }
    }
    let head = given.call("HEAD", "/nowhere").header("accept", BROWSER).sent().await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (404, 0));
    let known = given.get("/api/v1/codes").header("accept", BROWSER).sent().await;
    assert_eq!(known.body()["type"], "/problems/not-signed-in");
}

#[tokio::test]
async fn the_document_can_be_browsed_from_the_program_alone() {
    let given = Given::on(Engine::Sqlite).await;
    assert_eq!(given.get("/api/openapi.json").sent().await.body(), whole());
    let page = given.get("/api/docs/").sent().await;
    let html = String::from_utf8(page.bytes).unwrap();
    assert!(page.status == 200 && !html.contains("https://"), "{html}");
    let script = given.get("/api/docs/swagger-initializer.js").sent().await;
    let script = String::from_utf8(script.bytes).unwrap();
    assert!(
        script.contains(r#""layout": "BaseLayout""#),
        "a bar that loads documents from elsewhere: {script}"
    );
    assert!(script.contains(r#""validatorUrl": "none""#), "{script}");
}

#[test]
fn every_operation_has_an_id_of_its_own_a_tag_that_is_described_and_the_common_answers() {
    let whole = whole();
    let tags: Vec<_> = whole["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect();
    let mut ids = Vec::new();
    for (path, item) in operations(&whole) {
        for (method, operation) in item.as_object().unwrap() {
            ids.push(operation["operationId"].as_str().unwrap().to_owned());
            assert!(tags.contains(&operation["tags"][0]), "{method} {path} has no tag that is described");
            assert!(
                operation["summary"].is_string() && operation["description"].is_string(),
                "{method} {path}"
            );
            for status in ["400", "429", "500", "503"] {
                let problem = &operation["responses"][status]["content"]["application/problem+json"];
                assert!(problem.is_object(), "{method} {path} says nothing of {status}");
            }
            let guarded = operation["security"][0]["bearer"].is_array();
            assert_eq!(operation["responses"]["401"].is_object(), guarded || path == "/api/v1/sessions");
            assert!(method != "get" || operation["responses"]["304"].is_object(), "{path}");
        }
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an operationId stands twice");
}

#[test]
fn the_preamble_tells_what_holds_for_every_operation() {
    let whole = whole();
    let told = whole["info"]["description"].as_str().unwrap();
    for word in
        ["Bearer", "Idempotency-Key", "cursor", "ETag", "problem+json", "Retry-After", "Accept-Language"]
    {
        assert!(told.contains(word), "{word}");
    }
}
