//! Schemathesis reads the API document and calls everything in it with what it makes up. `scripts/interop` installs and runs it.

use crate::Given;
use app::access::Role;
use axum::serve;
use std::{env, process::Command};
use testbed::Engine;
use tokio::net::TcpListener;

/// What is looked at in every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,unsupported_method";

/// Makes the bodies that are pictures.
const PICTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/interop-pictures.py");

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis from the package index: run scripts/interop"]
async fn schemathesis_finds_no_answer_that_the_document_does_not_allow() {
    let program = env::var_os("KEBEI_SCHEMATHESIS").expect("KEBEI_SCHEMATHESIS names the program");
    let given = Given::on(Engine::Sqlite).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = given.service.clone();
    let server = tokio::spawn(async move { serve(listener, service).await });
    let keys = Role::ALL.map(|role| (role.word(), given.key(role).to_owned()));
    for (role, key) in keys {
        let mut schemathesis = Command::new(&program);
        // It leaves a folder wherever it runs.
        schemathesis
            .current_dir(given.folder())
            .args([
                "run",
                &format!("http://{address}/api/openapi.json"),
                "--no-color",
                "--generation-database",
                "none",
            ])
            .args(["--checks", CHECKS])
            .args(["--max-examples", &env::var("KEBEI_INTEROP_EXAMPLES").unwrap_or_else(|_| "20".to_owned())])
            .args(["--seed", "1", "--phases", "examples,coverage,fuzzing", "--continue-on-failure"])
            // It has no writer of TOML, and the stories of rulebooks send them.
            .args(["--exclude-operation-id", "propose_rulebook"])
            .args(["--exclude-operation-id", "impact_of_rulebook"])
            .env("SCHEMATHESIS_HOOKS", PICTURES)
            .args(["--header", &format!("Authorization: Bearer {key}")]);
        let done = tokio::task::spawn_blocking(move || schemathesis.output()).await.unwrap().unwrap();
        let told = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "as {role}:\n{told}\n{}", String::from_utf8_lossy(&done.stderr));
    }
    server.abort();
}
