//! The outcomes of test orders are documented as the code has them.

use crate::text_of;
use domain::sandbox::Outcome;
use serde_json::Value;

/// The rows of the table of outcomes.
fn rows(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("| `sandbox_")).collect()
}

#[test]
fn each_outcome_is_in_the_documents() {
    let row = |outcome: &Outcome| format!("| `{}` | {} |", outcome.service(), outcome.about());
    let expected: Vec<_> = Outcome::ALL.iter().map(row).collect();
    assert_eq!(rows(&text_of("docs/sandbox.md")), expected);
    let document: Value = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let create = document["paths"]["/api/v1/verifications"]["post"]["description"].as_str().unwrap();
    assert_eq!(rows(create), expected);
}
