//! Code, `docs/openapi.json`, `template.yaml` and `events/` say the same. Nothing here needs a cloud.

#![allow(clippy::unwrap_used, reason = "tests")]

use namaskah_tests::surface;
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A route: `GET /api/v1/wallet`, or `$default`.
type Route = String;

/// A function as the template has it.
struct Function {
    code: String,
    routes: BTreeSet<Route>,
    /// The kinds of its other triggers: `SQS`, `DynamoDB`, `ScheduleV2`.
    triggers: BTreeSet<String>,
}

fn text_of(name: &str) -> String {
    std::fs::read_to_string(surface::file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn field<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |at, name| at.get(name))
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    field(value, path).and_then(Value::as_str).unwrap_or_else(|| panic!("no text {path} in {value:?}"))
}

/// The template's functions, by handler.
fn template() -> BTreeMap<String, Function> {
    let template: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    let resources = field(&template, "Resources").and_then(Value::as_mapping).unwrap();
    let mut functions = BTreeMap::new();
    for (name, resource) in resources {
        if text(resource, "Type") != "AWS::Serverless::Function" {
            continue;
        }
        let (mut routes, mut triggers) = (BTreeSet::new(), BTreeSet::new());
        let events = field(resource, "Properties.Events").and_then(Value::as_mapping);
        for (_, event) in events.into_iter().flatten() {
            match text(event, "Type") {
                "HttpApi" if field(event, "Properties.Path").is_none() => {
                    routes.insert("$default".to_owned());
                }
                "HttpApi" => {
                    let (method, path) = (text(event, "Properties.Method"), text(event, "Properties.Path"));
                    routes.insert(format!("{method} {path}"));
                }
                other => {
                    triggers.insert(other.to_owned());
                }
            }
        }
        let handler = text(resource, "Properties.Handler").to_owned();
        let code = text(resource, "Properties.CodeUri").to_owned();
        let twin = functions.insert(handler, Function { code, routes, triggers });
        assert!(twin.is_none(), "the handler of {name:?} has two functions");
    }
    functions
}

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
fn the_committed_document_is_the_codes() {
    let committed = text_of("docs/openapi.json");
    // Not assert_eq: nobody reads a difference of two such texts.
    assert!(committed == surface::document(), "docs/openapi.json is old: run `make openapi` and commit it");
}

#[test]
fn every_route_of_the_template_is_an_endpoint_and_the_other_way_round() {
    let deployed: BTreeMap<_, _> = template()
        .into_iter()
        .filter(|(_, function)| !function.routes.is_empty())
        .map(|(handler, function)| (handler, function.routes))
        .collect();
    assert_eq!(deployed, endpoints());
}

#[test]
fn the_document_has_every_route_but_the_default() {
    let document = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let mut deployed: BTreeSet<_> = template().into_values().flat_map(|function| function.routes).collect();
    assert!(deployed.remove("$default"), "no function takes the default route");
    assert_eq!(deployed, routes_of(&document));
}

#[test]
fn every_worker_of_the_template_is_named_in_its_main_and_the_other_way_round() {
    let deployed: BTreeSet<_> = template()
        .into_iter()
        .filter(|(_, function)| !function.triggers.is_empty())
        .map(|(handler, _)| handler)
        .collect();
    assert_eq!(deployed, workers());
}

#[test]
fn every_function_has_one_kind_of_trigger_and_its_own_binary() {
    for (handler, function) in template() {
        let (binary, _) = handler.split_once('.').unwrap();
        assert_eq!(function.code, format!("dist/lambda/{binary}/bootstrap.zip"), "{handler}");
        let kinds = function.triggers.len() + usize::from(!function.routes.is_empty());
        assert_eq!(kinds, 1, "{handler}");
    }
}

#[test]
fn no_two_schemas_share_a_name() {
    let mut known = BTreeMap::<String, (String, serde_json::Value)>::new();
    for (binary, endpoints) in surface::domains() {
        for endpoint in endpoints {
            let document = serde_json::to_value((endpoint.routes)().get_openapi()).unwrap();
            for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
                let handler = format!("{binary}.{}", endpoint.name);
                let (first, same) = known.entry(name.clone()).or_insert_with(|| (handler.clone(), schema.clone()));
                assert_eq!(same, schema, "{first} and {handler} have different schemas {name}");
            }
        }
    }
}

#[test]
fn operation_ids_are_unique_and_tags_are_described() {
    let document: serde_json::Value = serde_json::from_str(&text_of("docs/openapi.json")).unwrap();
    let tags: BTreeSet<_> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str()).collect();
    let mut seen = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no id"));
            assert!(seen.insert(id), "{id} twice");
            assert!(tags.contains(&operation["tags"][0].as_str()), "the tag of {id} is not described");
            assert!(operation["summary"].is_string(), "{id} has no summary");
        }
    }
}

#[test]
fn every_function_has_a_sample_event_of_its_kind() {
    let folder = std::fs::read_dir(surface::file("events")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let samples: BTreeSet<_> = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    let functions = template();
    assert_eq!(samples, functions.keys().cloned().collect());
    for (handler, function) in functions {
        let sample = text_of(&format!("events/{handler}.json"));
        if !function.routes.is_empty() {
            check_request(&handler, &sample, &function.routes);
        }
        for trigger in function.triggers {
            check_event(&handler, &sample, &trigger);
        }
    }
}

/// What the gateway sends: the adapter reads it, and it is for one of the function's routes.
fn check_request(handler: &str, sample: &str, routes: &BTreeSet<Route>) {
    let request = lambda_http::request::from_str(sample).unwrap_or_else(|error| panic!("{handler}: {error}"));
    let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
    let route = sample["routeKey"].as_str().unwrap();
    assert!(routes.contains(route), "the sample of {handler} is for {route}");
    if let Some((method, template)) = route.split_once(' ') {
        assert_eq!(request.method(), method, "{handler}");
        let (wanted, given): (Vec<_>, Vec<_>) =
            (template.split('/').collect(), request.uri().path().split('/').collect());
        let fits = |(wanted, given): (&&str, &&str)| wanted == given || (wanted.starts_with('{') && !given.is_empty());
        assert!(wanted.len() == given.len() && wanted.iter().zip(&given).all(fits), "{handler}: {given:?}");
    }
}

/// What a queue, a stream or a schedule sends: at least one record, of which each is what the worker reads.
fn check_event(handler: &str, sample: &str, trigger: &str) {
    use aws_lambda_events::{dynamodb, sqs};
    match trigger {
        "SQS" => {
            let event: sqs::SqsEvent = serde_json::from_str(sample).unwrap();
            assert!(!event.records.is_empty(), "{handler}");
            for record in event.records {
                let body = record.body.unwrap_or_default();
                let read = serde_json::from_str::<runtime::OrderRef>(&body);
                assert!(read.is_ok(), "{handler}: {body}");
            }
        }
        "DynamoDB" => {
            let event: dynamodb::Event = serde_json::from_str(sample).unwrap();
            assert!(!event.records.is_empty(), "{handler}");
            for record in event.records {
                assert!(!record.change.new_image.is_empty(), "{handler}");
            }
        }
        "ScheduleV2" => {
            let event: serde_json::Value = serde_json::from_str(sample).unwrap();
            assert!(event.is_object(), "{handler}");
        }
        other => panic!("{handler} has a trigger {other} that this test does not know"),
    }
}

#[test]
fn the_function_that_buys_lives_as_long_as_the_rules_say() {
    let template: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    let create = field(&template, "Resources.VerificationsCreateFunction.Properties.Timeout").unwrap();
    let takes = domain::order::BUYING_TAKES.as_secs();
    assert_eq!(create.as_u64(), Some(takes), "a number sold later than this would find no owner");
    assert!(domain::order::CHECK_AFTER.as_secs() >= 2 * takes, "nobody else may still be writing");
}

#[test]
fn every_alarm_is_in_the_runbook_and_rings_for_what_the_code_tells() {
    let template: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    let runbook = text_of("docs/runbook.md");
    let code = surface::code();
    for (name, resource) in field(&template, "Resources").and_then(Value::as_mapping).unwrap() {
        if text(resource, "Type") != "AWS::CloudWatch::Alarm" {
            continue;
        }
        let name = name.as_str().unwrap();
        assert!(runbook.contains(&format!("\n## {name}\n")), "docs/runbook.md has no section {name}");
        let link = format!("docs/runbook.md#{}", name.to_lowercase());
        assert!(text(resource, "Properties.AlarmDescription").contains(&link), "{name} does not name its section");
        let own = field(resource, "Properties.Namespace").and_then(Value::as_str) == Some("Namaskah");
        if let Some(metric) = field(resource, "Properties.MetricName").and_then(Value::as_str).filter(|_| own) {
            assert!(code.contains(&format!("\"{metric}\"")), "nothing tells {metric}, so {name} can't ring");
        }
    }
}

#[test]
fn every_scheduled_function_may_be_started_by_its_schedule() {
    // The local cloud starts them without asking; AWS does not.
    let template: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    let resources = field(&template, "Resources").and_then(Value::as_mapping).unwrap();
    let may_start = format!("{:?}", field(&template, "Resources.ScheduleRole.Properties.Policies").unwrap());
    for (name, resource) in resources {
        let events = field(resource, "Properties.Events").and_then(Value::as_mapping);
        for (_, event) in events.into_iter().flatten().filter(|(_, event)| text(event, "Type") == "ScheduleV2") {
            let name = name.as_str().unwrap();
            assert!(may_start.contains(&format!("{name}.Arn")), "ScheduleRole may not start {name}");
            assert!(field(event, "Properties.RoleArn").is_some(), "{name}'s schedule names no role");
        }
    }
}

#[test]
fn every_function_is_an_output_and_its_slowness_is_watched() {
    let template: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    let outputs = field(&template, "Outputs").and_then(Value::as_mapping).unwrap();
    let resources = field(&template, "Resources").and_then(Value::as_mapping).unwrap();
    let of_type = |wanted: &'static str| resources.iter().filter(move |(_, resource)| text(resource, "Type") == wanted);
    let alarms: Vec<_> = of_type("AWS::CloudWatch::Alarm").map(|(name, alarm)| (name, format!("{alarm:?}"))).collect();
    for (name, _) in of_type("AWS::Serverless::Function") {
        let text = name.as_str().unwrap();
        assert!(outputs.contains_key(name), "{text} is no output: tests and the runbook call functions by it");
        let watched =
            alarms.iter().any(|(_, alarm)| alarm.contains("Duration") && alarm.contains(&format!("\"{text}\"")));
        assert!(watched || UNWATCHED.contains(&text), "no alarm watches how long {text} takes");
    }
    for (name, alarm) in alarms {
        let metrics = alarm.matches("\"MetricName\"").count();
        assert!(metrics <= 10, "{name:?} has {metrics} metrics; CloudWatch takes ten: begin a second alarm");
    }
}

/// Functions whose duration says nothing: they wait by design, or answer from memory.
const UNWATCHED: [&str; 5] = [
    "VerificationsGetFunction",
    "SystemMetricsFunction",
    "SystemOpenapiFunction",
    "SystemDocsFunction",
    "SystemNotFoundFunction",
];
