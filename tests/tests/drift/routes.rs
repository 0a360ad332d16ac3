//! Routes and workers: template, code and document are consistent.

use crate::{
    template::{Route, field, functions, of_type, parsed, text, with_workers},
    text_of,
};
use api::{Api, Endpoint};
use namaskah_tests::{surface, template};
use runtime::{Trigger, Worker};
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The code's endpoints with their routes, by handler.
fn endpoints() -> BTreeMap<String, BTreeSet<Route>> {
    let mut found = BTreeMap::new();
    for domain in surface::DOMAINS {
        for endpoint in domain.endpoints.iter().filter(|endpoint| endpoint.api != Api::Hooks) {
            let twin = found.insert(format!("{}.{}", domain.name, endpoint.name), surface::gateway_routes(endpoint));
            assert!(twin.is_none(), "{} has two endpoints {}", domain.name, endpoint.name);
        }
    }
    found
}

/// The code's workers, by handler.
pub fn workers() -> BTreeMap<String, Worker> {
    let mut found = BTreeMap::new();
    for domain in surface::DOMAINS {
        for worker in domain.workers {
            let twin = found.insert(format!("{}.{}", domain.name, worker.name), *worker);
            assert!(twin.is_none(), "{} has two workers {}", domain.name, worker.name);
        }
    }
    found
}

/// A trigger in the template: the type of the event, and a part of its source.
fn event_of(trigger: Trigger, variables: &Value) -> (&'static str, String) {
    let resource = |variable: &str| {
        let value = format!("{:?}", field(variables, variable).unwrap_or_else(|| panic!("no {variable} in Globals")));
        value.split('"').nth(1).unwrap_or_else(|| panic!("{variable} does not refer to a resource: {value}")).to_owned()
    };
    match trigger {
        Trigger::Queue { name, .. } => ("SQS", format!("{}.Arn", resource(&format!("QUEUE_{name}_URL")))),
        Trigger::Stream(table) => {
            let table = resource(&format!("TABLE_{}", table.to_uppercase()));
            ("DynamoDB", format!("{table}.StreamArn"))
        }
        Trigger::Schedule => ("ScheduleV2", String::new()),
    }
}

#[test]
fn the_committed_templates_match_the_code() {
    for generated in template::GENERATED {
        let name = generated.0;
        assert_eq!(text_of(name), template::template(generated), "{name} is out of date: run `make template`");
    }
}

#[test]
fn every_route_of_the_template_is_an_endpoint_and_vice_versa() {
    let deployed: BTreeMap<_, _> = functions()
        .into_iter()
        .filter(|(_, function)| !function.routes.is_empty())
        .map(|(handler, function)| (handler, function.routes))
        .collect();
    assert_eq!(deployed, endpoints());
}

#[test]
fn the_documents_have_every_route_but_the_default() {
    let documents = surface::DOCUMENTS.map(|(name, _)| serde_json::from_str(&text_of(name)).unwrap());
    let mut deployed: BTreeSet<_> = functions().into_values().flat_map(|function| function.routes).collect();
    assert!(deployed.remove("$default"), "no function takes the default route");
    let documented: BTreeSet<_> = documents.iter().flat_map(surface::routes_of).collect();
    assert_eq!(deployed, documented.iter().map(|route| surface::gateway_route(route)).collect());
}

#[test]
fn the_api_of_staff_has_the_paths_of_staff() {
    for (name, api) in surface::DOCUMENTS {
        let document = serde_json::from_str(&text_of(name)).unwrap();
        for route in surface::routes_of(&document) {
            assert_eq!(route.contains(" /api/v1/admin/"), api == Api::Staff, "{route}, whose path decides its API");
        }
    }
}

#[test]
fn a_get_knows_the_other_methods_of_its_path() {
    let all: BTreeSet<_> = endpoints_of_code().flat_map(surface::routes).collect();
    for endpoint in endpoints_of_code() {
        let own = surface::routes(endpoint);
        let paths: BTreeSet<_> = own.iter().filter_map(|route| route.strip_prefix("GET ")).collect();
        let is_of_path = |route: &&String| route.split_once(' ').is_some_and(|(_, path)| paths.contains(path));
        let on_path: Vec<_> = all.iter().filter(is_of_path).collect();
        // Alone on its path, the router of the endpoint knows all methods.
        let is_alone = on_path.iter().all(|route| own.contains(*route));
        let methods = on_path.iter().filter_map(|route| route.split_once(' ')).map(|(method, _)| method);
        let others: Vec<_> = methods.filter(|method| !is_alone && *method != "GET").collect();
        assert_eq!(endpoint.other_methods, others, "{}", endpoint.name);
    }
}

fn endpoints_of_code() -> impl Iterator<Item = &'static Endpoint> {
    surface::DOMAINS.iter().flat_map(|domain| domain.endpoints)
}

#[test]
fn every_route_without_a_key_has_a_limit_of_its_own() {
    let template = parsed();
    let limited = field(&template, "Resources.Api.Properties.RouteSettings").and_then(Value::as_mapping).unwrap();
    let limited: BTreeSet<_> = limited.keys().map(|route| route.as_str().unwrap().to_owned()).collect();
    let document: serde_json::Value = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let documented = surface::routes_of(&document);
    let needs_key = |route: &&String| {
        let (method, path) = route.split_once(' ').unwrap();
        let accepted = &document["paths"][path][method.to_lowercase()]["security"][0];
        accepted["api_key"].is_array() || accepted["bearer"].is_array()
    };
    let anonymous = documented.iter().filter(|route| !needs_key(route));
    let mut expected: BTreeSet<_> = anonymous.map(|route| surface::gateway_route(route)).collect();
    expected.insert("$default".to_owned());
    assert_eq!(limited, expected);
}

#[test]
fn every_worker_has_the_trigger_that_it_reads() {
    let template = parsed();
    let variables = field(&template, "Globals.Function.Environment.Variables").unwrap();
    let (mut workers, templates) = (workers(), with_workers());
    for (name, function) in templates.iter().flat_map(|one| of_type(one, "AWS::Serverless::Function")) {
        let events = field(function, "Properties.Events").and_then(Value::as_mapping);
        for (_, event) in events.into_iter().flatten().filter(|(_, event)| text(event, "Type") != "HttpApi") {
            let worker = workers.remove(text(function, "Properties.Handler"));
            let (kind, source) = event_of(worker.unwrap_or_else(|| panic!("no worker for {name}")).trigger, variables);
            assert_eq!(text(event, "Type"), kind, "{name}");
            // A nested stack has its sources as parameters.
            let shown = format!("{event:?}");
            let is_source = shown.contains(&source) || shown.contains(&source.replace('.', ""));
            assert!(is_source, "{name} reads {source}");
        }
    }
    assert!(workers.is_empty(), "not in the template: {:?}", workers.keys());
}

#[test]
fn every_hook_has_a_function_url_and_vice_versa() {
    let with_url = functions().into_iter().filter(|(_, function)| function.triggers.contains("Url"));
    let with_url: BTreeSet<_> = with_url.map(|(handler, _)| handler).collect();
    let of = |domain: &&'static api::Domain| {
        let domain = *domain;
        let hooks = domain.endpoints.iter().filter(|endpoint| endpoint.api == Api::Hooks);
        hooks.map(move |endpoint| format!("{}.{}", domain.name, endpoint.name))
    };
    assert_eq!(with_url, surface::DOMAINS.iter().flat_map(of).collect());
}

#[test]
fn every_function_has_one_kind_of_trigger_and_its_own_binary() {
    for (handler, function) in functions() {
        let (binary, _) = handler.split_once('.').unwrap();
        assert_eq!(function.code.trim_start_matches("../"), format!("dist/lambda/{binary}/bootstrap.zip"), "{handler}");
        let kinds = function.triggers.len() + usize::from(!function.routes.is_empty());
        assert_eq!(kinds, 1, "{handler}");
    }
}
