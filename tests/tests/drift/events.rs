//! Each function's sample in `events/` is what it gets.

use crate::{
    template::{Route, functions},
    text_of,
};
use namaskah_tests::surface;
use std::collections::BTreeSet;

#[test]
fn every_function_has_a_sample_event_of_its_kind() {
    let folder = std::fs::read_dir(surface::file("events")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let samples: BTreeSet<_> = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    let functions = functions();
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

/// What the gateway sends: it can be read, and it is for one of the function's routes.
fn check_request(handler: &str, sample: &str, routes: &BTreeSet<Route>) {
    let request = serde_json::from_str::<api::Event>(sample).unwrap().into_request();
    let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
    let route = sample["routeKey"].as_str().unwrap();
    assert!(routes.contains(route), "the sample of {handler} is for {route}");
    if let Some((method, template)) = route.split_once(' ') {
        assert_eq!(request.method(), method, "{handler}");
        let mut matcher = matchit::Router::new();
        matcher.insert(template, ()).unwrap();
        assert!(matcher.at(request.uri().path()).is_ok(), "{handler}: {}", request.uri());
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
                let read = serde_json::from_str::<verifications::queues::OrderRef>(&body);
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
