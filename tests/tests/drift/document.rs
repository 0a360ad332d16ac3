//! The OpenAPI document matches the code, and clients can be generated from it.

use crate::text_of;
use namaskah_tests::{matrix::MATRIX, surface};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_committed_documents_match_the_code() {
    for (name, api) in surface::DOCUMENTS {
        // Not assert_eq, because the difference of such long texts is unreadable.
        let is_current = text_of(name) == surface::document(api);
        assert!(is_current, "{name} is out of date: run `make openapi` and commit it");
    }
}

/// The committed documents.
fn documents() -> impl Iterator<Item = serde_json::Value> {
    surface::DOCUMENTS.iter().map(|(name, _)| serde_json::from_str(&text_of(name)).unwrap())
}

#[test]
fn no_two_schemas_share_a_name() {
    let mut known = BTreeMap::<String, (String, serde_json::Value)>::new();
    for domain in surface::DOMAINS {
        for endpoint in domain.endpoints {
            let document = serde_json::to_value((endpoint.document)()).unwrap();
            for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
                let handler = format!("{}.{}", domain.name, endpoint.name);
                let (first, same) = known.entry(name.clone()).or_insert_with(|| (handler.clone(), schema.clone()));
                assert_eq!(same, schema, "{first} and {handler} have different schemas {name}");
            }
        }
    }
}

#[test]
fn operation_ids_are_unique_and_tags_are_described() {
    let mut seen = BTreeSet::new();
    for document in documents() {
        let tags: BTreeSet<_> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str()).collect();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no id"));
                assert!(seen.insert(id.to_owned()), "{id} twice");
                assert!(tags.contains(&operation["tags"][0].as_str()), "the tag of {id} is not described");
                assert!(operation["summary"].is_string(), "{id} has no summary");
            }
        }
    }
}

#[test]
fn every_operation_with_a_permission_is_in_the_authorisation_matrix() {
    let mut needed = BTreeSet::new();
    for document in documents() {
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let scope = operation["security"].as_array().unwrap().last().and_then(|one| one["bearer"][0].as_str());
                needed.extend(scope.map(|scope| format!("{} {path}: {scope}", method.to_uppercase())));
            }
        }
    }
    let tested: BTreeSet<_> =
        MATRIX.iter().map(|(method, path, needs, _)| format!("{method} {path}: {}", needs.as_str())).collect();
    let missing: Vec<_> = needed.symmetric_difference(&tested).collect();
    assert!(missing.is_empty(), "only in the document or only in tests/src/matrix.rs: {missing:#?}");
}
