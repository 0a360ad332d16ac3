//! Each function can read its sample event in `events/`.

use crate::{
    routes::workers,
    template::{Route, functions},
    text_of,
};
use namaskah_tests::surface;
use runtime::{Trigger, Worker};
use std::collections::BTreeSet;

#[test]
fn every_function_has_a_sample_event_of_its_kind() {
    let folder = std::fs::read_dir(surface::file("events")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let samples: BTreeSet<_> = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    let (functions, workers) = (functions(), workers());
    assert_eq!(samples, functions.keys().cloned().collect());
    for (handler, function) in functions {
        let sample = text_of(&format!("events/{handler}.json"));
        if !function.routes.is_empty() {
            check_request(&handler, &sample, &function.routes);
        }
        if let Some(worker) = workers.get(&handler) {
            check_event(&handler, &sample, worker);
        }
    }
}

/// Checks that a sample of the gateway can be read and has one of the function's routes.
fn check_request(handler: &str, sample: &str, routes: &BTreeSet<Route>) {
    let request = serde_json::from_str::<api::Event>(sample).unwrap().into_request();
    let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
    let route = sample["routeKey"].as_str().unwrap();
    assert!(routes.contains(route), "the sample of {handler} is for {route}");
    if let Some((method, template)) = route.split_once(' ') {
        assert!(method == "ANY" || request.method() == method, "{handler}");
        let mut matcher = matchit::Router::new();
        matcher.insert(template, ()).unwrap();
        assert!(matcher.at(request.uri().path()).is_ok(), "{handler}: {}", request.uri());
    }
}

/// Checks that a worker can read its sample, and that one of a queue or a stream has a record.
fn check_event(handler: &str, sample: &str, worker: &Worker) {
    (worker.read)(sample).unwrap_or_else(|error| panic!("{handler} can't read its sample: {error}"));
    if worker.trigger != Trigger::Schedule {
        let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
        assert!(sample["Records"].as_array().is_some_and(|records| !records.is_empty()), "{handler}");
    }
}
