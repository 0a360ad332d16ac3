//! Routes and workers: what the template deploys is what the code has and the document tells.

use crate::{
    template::{Route, functions},
    text_of,
};
use namaskah_tests::surface;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The routes of a document.
fn routes_of(document: &serde_json::Value) -> BTreeSet<Route> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &serde_json::Value)| {
        let methods = METHODS.into_iter().filter(|method| item.get(method).is_some());
        methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The code's endpoints with their routes, by handler.
fn endpoints() -> BTreeMap<String, BTreeSet<Route>> {
    let mut found = BTreeMap::new();
    for (binary, endpoints) in surface::domains() {
        for endpoint in endpoints {
            let mut routes = routes_of(&serde_json::to_value((endpoint.routes)().get_openapi()).unwrap());
            if routes.is_empty() {
                routes.insert("$default".to_owned());
            }
            let twin = found.insert(format!("{binary}.{}", endpoint.name), routes);
            assert!(twin.is_none(), "{binary} has two endpoints {}", endpoint.name);
        }
    }
    found
}

/// The workers that a binary's `main.rs` names, by handler.
fn workers() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (binary, _) in surface::domains() {
        let main = text_of(&format!("functions/{binary}/src/main.rs"));
        let arms = main.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" =>"));
        found.extend(arms.map(|(name, _)| format!("{binary}.{name}")));
    }
    found
}

#[test]
fn every_route_of_the_template_is_an_endpoint_and_the_other_way_round() {
    let deployed: BTreeMap<_, _> = functions()
        .into_iter()
        .filter(|(_, function)| !function.routes.is_empty())
        .map(|(handler, function)| (handler, function.routes))
        .collect();
    assert_eq!(deployed, endpoints());
}

#[test]
fn the_document_has_every_route_but_the_default() {
    let document = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let mut deployed: BTreeSet<_> = functions().into_values().flat_map(|function| function.routes).collect();
    assert!(deployed.remove("$default"), "no function takes the default route");
    assert_eq!(deployed, routes_of(&document));
}

#[test]
fn every_worker_of_the_template_is_named_in_its_main_and_the_other_way_round() {
    let deployed: BTreeSet<_> = functions()
        .into_iter()
        .filter(|(_, function)| !function.triggers.is_empty())
        .map(|(handler, _)| handler)
        .collect();
    assert_eq!(deployed, workers());
}

#[test]
fn every_function_has_one_kind_of_trigger_and_its_own_binary() {
    for (handler, function) in functions() {
        let (binary, _) = handler.split_once('.').unwrap();
        assert_eq!(function.code, format!("dist/lambda/{binary}/bootstrap.zip"), "{handler}");
        let kinds = function.triggers.len() + usize::from(!function.routes.is_empty());
        assert_eq!(kinds, 1, "{handler}");
    }
}
