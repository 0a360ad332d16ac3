//! Problem codes are unique, and every code that an endpoint may return is described.
//!
//! The macro that declares a code checks its status, its texts and their arguments.

use crate::text_of;
use namaskah_tests::surface;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn no_two_domains_declare_the_same_code() {
    let mut seen = BTreeSet::new();
    for code in surface::codes() {
        assert!(seen.insert(code.name()), "{} is declared twice", code.name());
    }
    assert!(seen.contains("busy") && seen.contains("too_early"), "shared codes and those of domains: {seen:?}");
}

/// A reference to a code that is missing in its domain's `DOMAIN` would not resolve.
#[test]
fn every_reference_in_the_document_resolves() {
    let document: Value = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let (mut inside, mut references) = (vec![&document], BTreeSet::new());
    while let Some(value) = inside.pop() {
        match value {
            Value::Object(members) => {
                references.extend(members.get("$ref").and_then(Value::as_str));
                inside.extend(members.values());
            }
            Value::Array(items) => inside.extend(items),
            _ => {}
        }
    }
    assert!(references.contains("#/components/examples/too_early"), "{references:?}");
    for reference in references {
        let place = reference.trim_start_matches('#');
        assert!(document.pointer(place).is_some(), "{reference} is not in the document");
    }
}
