//! The API document: it is committed, every answer is one that it allows, and it explains its problems.

use crate::{Called, Given};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use testbed::Engine;
use web::{Kind, document};

fn whole() -> Value {
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
    let Some((pattern, item)) = operations(&whole).find(|(pattern, _)| matches(pattern, path)) else {
        return;
    };
    let operation = &item[method.to_ascii_lowercase()];
    if operation.is_null() {
        return;
    }
    let status = called.status.as_u16();
    let problem = called.header("content-type") == Some("application/problem+json");
    let told = &operation["responses"][status.to_string()];
    // What any operation may answer stands in the preamble of the document, and not at each.
    let everywhere = problem && [400, 401, 403, 405, 413, 415, 429, 500, 503].contains(&status);
    assert!(
        !told.is_null() || everywhere,
        "{method} {pattern} answers {status}, of which the document says nothing"
    );
    let schema = if problem {
        json!({ "$ref": "#/components/schemas/Problem" })
    } else {
        told["content"]["application/json"]["schema"].clone()
    };
    if schema.is_null() {
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
    for kind in Kind::all() {
        let page = given.get(&kind.address()).sent().await;
        assert_eq!(page.status, 200, "{kind:?}");
        let text = String::from_utf8(page.bytes).unwrap();
        assert!(text.contains("lang=\"en\"") && text.contains("lang=\"zh-CN\""), "{kind:?}");
    }
    assert_eq!(given.get("/problems/none").sent().await.status, 404);
    assert_eq!(given.get("/problems").english().sent().await.status, 200);
}

#[tokio::test]
async fn the_document_can_be_browsed_from_the_program_alone() {
    let given = Given::on(Engine::Sqlite).await;
    assert_eq!(given.get("/api/openapi.json").sent().await.body(), whole());
    let page = given.get("/api/docs/").sent().await;
    let html = String::from_utf8(page.bytes).unwrap();
    assert!(page.status == 200 && !html.contains("https://"), "{html}");
}
