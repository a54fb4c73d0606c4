//! What tools say of rights, held against the API document.

use mcp::Tool;
use serde_json::Value;
use std::{fs, path::Path};

/// What a tool asks first, in the document.
const fn operation(tool: Tool) -> (&'static str, &'static str) {
    match tool {
        Tool::DecideInventory => ("/api/v1/decisions", "post"),
        Tool::ExplainFinding => ("/api/v1/rules", "get"),
        Tool::WhyNot => ("/api/v1/why-not", "post"),
        Tool::WhereToFile => ("/api/v1/guidance", "get"),
        Tool::OrderState => ("/api/v1/orders/{id}", "get"),
        Tool::RuleDifferences => ("/api/v1/rules/difference", "get"),
        Tool::IssueCodes => ("/api/v1/codes", "post"),
        Tool::SubmitOrder => ("/api/v1/orders/{id}/submit", "post"),
    }
}

#[test]
fn the_right_that_a_tool_names_is_the_one_that_its_operation_needs() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let document: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for tool in Tool::ALL {
        let (path, method) = operation(tool);
        let security = &document["paths"][path][method]["security"];
        let needed = security[0]["bearer"][0].as_str();
        assert!(security.is_array() && needed == tool.right(), "{tool:?}: {security}");
    }
}
