//! Who may call what: every operation of the document, as every role and as nobody.

use crate::{Called, Given, document::operations};
use app::access::{Right, Role};
use serde_json::{Value, json};
use testbed::Engine;
use web::document;

/// One operation of the document.
struct Operation {
    method: String,
    path: String,
    needs: Needs,
}

/// Whom it says that it is for.
enum Needs {
    /// Anybody: it says nothing.
    Nobody,
    /// Whoever signed in: `bearer` without a word.
    SignedIn,
    /// Whoever has one of these rights: `bearer` with its word, once for each.
    OneOf(Vec<Right>),
}

impl Needs {
    fn of(operation: &Value) -> Self {
        let either = operation["security"].as_array().unwrap();
        let words: Vec<_> = either.iter().filter_map(|need| need["bearer"].as_array()).collect();
        if words.is_empty() {
            return Self::Nobody;
        }
        if words.iter().all(|words| words.is_empty()) {
            return Self::SignedIn;
        }
        let right = |words: &Vec<Value>| {
            assert_eq!(words.len(), 1, "{words:?}");
            let word = words[0].as_str().unwrap();
            Right::from_word(word).unwrap_or_else(|| panic!("no right `{word}`"))
        };
        Self::OneOf(words.into_iter().map(right).collect())
    }

    fn allows(&self, role: Role) -> bool {
        match self {
            Self::Nobody | Self::SignedIn => true,
            Self::OneOf(rights) => rights.iter().any(|right| right.roles().contains(&role)),
        }
    }
}

fn all() -> Vec<Operation> {
    let whole = serde_json::to_value(document()).unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let of_method = |(method, operation): (&String, &Value)| {
            assert!(operation["security"].is_array(), "{method} {path} does not say whom it is for");
            let needs = Needs::of(operation);
            Operation { method: method.to_uppercase(), path: path.clone(), needs }
        };
        item.as_object().unwrap().iter().map(of_method).collect::<Vec<_>>()
    };
    operations(&whole).flat_map(of_path).collect()
}

impl Operation {
    /// Calls it, with parts of the path that name nothing.
    async fn as_whom(&self, given: &Given, token: Option<&str>) -> Called {
        let part = |part: &str| if part.starts_with('{') { "none".to_owned() } else { part.to_owned() };
        let path = self.path.split('/').map(part).collect::<Vec<_>>().join("/");
        let method =
            ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter().find(|method| *method == self.method);
        let mut call = given.call(method.unwrap(), &path).key("k");
        if let Some(token) = token {
            call = call.token(token);
        }
        if self.method == "GET" { call.sent().await } else { call.json(&json!({})).sent().await }
    }
}

#[tokio::test]
async fn every_operation_is_called_as_every_role_and_as_nobody() {
    let given = Given::on(Engine::Sqlite).await;
    let all = all();
    assert!(all.len() >= 25, "{}", all.len());
    for operation in &all {
        let Operation { method, path, needs } = operation;
        let nobody = operation.as_whom(&given, None).await.status;
        let forged = operation.as_whom(&given, Some("kbk_none")).await.status;
        if let Needs::Nobody = needs {
            assert!(nobody != 401 && nobody != 403, "{method} {path} is open, but {nobody}");
            continue;
        }
        assert_eq!((nobody.as_u16(), forged.as_u16()), (401, 401), "{method} {path}");
        for role in Role::ALL {
            let status = operation.as_whom(&given, Some(given.key(role))).await.status.as_u16();
            let allowed = needs.allows(role);
            assert_eq!(status != 403, allowed, "{method} {path} as {role}: {status}");
            assert_ne!(status, 401, "{method} {path} as {role}");
            assert!(status < 500, "{method} {path} as {role}: {status}");
        }
    }
}
