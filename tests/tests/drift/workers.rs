//! Settings without which a worker loses messages: partial batch answers, dead letters, and the rights to
//! count a queue.

use crate::template::{field, of_type, parsed, text, with_workers};
use namaskah_tests::surface::DOMAINS;
use runtime::Trigger;
use serde_yaml_ng::Value;
use std::time::Duration;

/// Queues that no worker reads.
const UNREAD: [&str; 2] = ["DeadQueue", "ParkedQueue"];

/// The events of a kind, each with the name of its function.
fn events<'a>(templates: &'a [Value], kind: &'a str) -> Vec<(&'a str, &'a Value)> {
    let functions = templates.iter().flat_map(|template| of_type(template, "AWS::Serverless::Function"));
    let events = functions.flat_map(|(name, function)| {
        let events = field(function, "Properties.Events").and_then(Value::as_mapping).into_iter().flatten();
        events.map(move |(_, event)| (name, event))
    });
    events.filter(|(_, event)| text(event, "Type") == kind).collect()
}

#[test]
fn a_worker_reports_failures_per_message_and_record() {
    let templates = with_workers();
    for kind in ["SQS", "DynamoDB"] {
        let events = events(&templates, kind);
        assert!(!events.is_empty(), "{kind}");
        for (name, event) in events {
            let answers = format!("{:?}", field(event, "Properties.FunctionResponseTypes"));
            assert!(answers.contains("ReportBatchItemFailures"), "{name} would delete unfinished messages");
        }
    }
}

#[test]
fn a_stream_is_filtered_and_parks_failed_records() {
    for (name, event) in events(&with_workers(), "DynamoDB") {
        assert!(field(event, "Properties.FilterCriteria").is_some(), "{name} pays for records that it ignores");
        let parked = format!("{:?}", field(event, "Properties.DestinationConfig"));
        assert!(parked.contains("ParkedQueue"), "{name} would lose failed records");
    }
}

#[test]
fn a_queue_has_a_dead_letter_queue() {
    let template = parsed();
    for (name, queue) in of_type(&template, "AWS::SQS::Queue").filter(|(name, _)| !UNREAD.contains(name)) {
        let redrive = format!("{:?}", field(queue, "Properties.RedrivePolicy"));
        assert!(redrive.contains("DeadQueue.Arn"), "{name} would redeliver a failing message for days");
    }
}

/// The time that is left when a message becomes a dead letter: workers may be late, or stopped for some hours.
const LEFT: Duration = Duration::from_hours(12);
/// The time that people have for a dead letter. SQS counts its age from the first queue on.
const FOR_PEOPLE: Duration = Duration::from_hours(7 * 24);

#[test]
fn a_failing_message_becomes_a_dead_letter_before_it_expires() {
    let template = parsed();
    let seconds = |queue: &Value, property: &str| {
        let seconds = field(queue, &format!("Properties.{property}")).and_then(Value::as_u64);
        Duration::from_secs(seconds.unwrap_or_else(|| panic!("no {property} in {queue:?}")))
    };
    let resource = |name: &str| field(&template, &format!("Resources.{name}")).unwrap();
    let kept_dead = seconds(resource("DeadQueue"), "MessageRetentionPeriod");
    let mut checked = Vec::new();
    for worker in DOMAINS.iter().flat_map(|domain| domain.workers) {
        let Trigger::Queue { name, longest_pause } = worker.trigger else { continue };
        let variable = field(&template, &format!("Globals.Function.Environment.Variables.QUEUE_{name}_URL")).unwrap();
        let variable = format!("{variable:?}");
        let queue = resource(variable.split('"').nth(1).unwrap());
        let receives = field(queue, "Properties.RedrivePolicy.maxReceiveCount").and_then(Value::as_u64).unwrap();
        // After a panic, the queue's own timeout is the pause.
        let pause = longest_pause.max(seconds(queue, "VisibilityTimeout"));
        let failing = pause * u32::try_from(receives).unwrap();
        let kept = seconds(queue, "MessageRetentionPeriod");
        assert!(
            failing + LEFT <= kept,
            "{name}: {receives} receives last {failing:?}, and a message expires in {kept:?}"
        );
        assert!(kept + FOR_PEOPLE <= kept_dead, "{name}: nobody sees a dead letter that comes after {kept:?}");
        checked.push(name);
    }
    let queues = of_type(&template, "AWS::SQS::Queue").filter(|(name, _)| !UNREAD.contains(name)).count();
    assert_eq!(checked.len(), queues, "{checked:?}");
}

#[test]
fn health_and_metrics_may_count_every_queue() {
    let template = parsed();
    let variables = field(&template, "Globals.Function.Environment.Variables").and_then(Value::as_mapping).unwrap();
    let queues = variables.iter().filter(|(name, _)| name.as_str().is_some_and(|name| name.starts_with("QUEUE_")));
    let queues: Vec<_> = queues.map(|(_, queue)| format!("{queue:?}")).collect();
    assert!(!queues.is_empty());
    for role in ["SystemHealthRole", "SystemMetricsRole"] {
        let rights = format!("{:?}", field(&template, &format!("Resources.{role}.Properties.Policies")));
        for (name, _) in of_type(&template, "AWS::SQS::Queue") {
            let is_counted = queues.iter().any(|queue| queue.contains(&format!("\"{name}\"")));
            assert!(!is_counted || rights.contains(&format!("{name}.Arn")), "{role} may not count {name}");
        }
    }
}
