//! Timeouts, alarms and schedules of the functions.

use crate::{
    template::{ALARMS, NESTED, field, nested, of_type, parsed, text},
    text_of,
};
use namaskah_tests::surface;
use serde_yaml_ng::Value;

#[test]
fn the_timeout_of_purchases_matches_the_rules() {
    let template = parsed();
    let create = field(&template, "Resources.VerificationsCreateFunction.Properties.Timeout").unwrap();
    let takes = domain::order::BUYING_TAKES.as_secs();
    assert_eq!(create.as_u64(), Some(takes), "a number sold later would have no order");
    assert!(domain::order::CHECK_AFTER.as_secs() >= takes + 10, "a last write may still be in flight");
}

#[test]
fn every_alarm_is_in_the_runbook_and_watches_an_emitted_metric() {
    let runbook = text_of("docs/runbook.md");
    let code = surface::code();
    let templates: Vec<_> = NESTED.map(nested).into_iter().chain([parsed()]).collect();
    for (name, resource) in templates.iter().flat_map(|template| of_type(template, "AWS::CloudWatch::Alarm")) {
        assert!(runbook.contains(&format!("\n## {name}\n")), "docs/runbook.md has no section {name}");
        let link = format!("docs/runbook.md#{}", name.to_lowercase());
        assert!(text(resource, "Properties.AlarmDescription").contains(&link), "{name} does not name its section");
        let own = field(resource, "Properties.Namespace").and_then(Value::as_str) == Some("Namaskah");
        if let Some(metric) = field(resource, "Properties.MetricName").and_then(Value::as_str).filter(|_| own) {
            assert!(code.contains(&format!("\"{metric}\"")), "nothing emits {metric}, so {name} can't fire");
            for dimension in field(resource, "Properties.Dimensions").and_then(Value::as_sequence).into_iter().flatten()
            {
                let value = text(dimension, "Value");
                assert!(code.contains(&format!("\"{value}\"")), "nothing emits {value}, so {name} can't fire");
            }
        }
        for metric in queried(resource) {
            for word in metric.into_iter().flatten() {
                assert!(code.contains(&format!("\"{word}\"")), "nothing emits {word}, so {name} can't fire");
            }
        }
    }
}

/// The metrics of our own that an alarm's queries select, each with its dimension, and the class that the query leaves
/// out.
fn queried(alarm: &Value) -> impl Iterator<Item = [Option<&str>; 3]> {
    let metrics = field(alarm, "Properties.Metrics").and_then(Value::as_sequence).into_iter().flatten();
    let queries = metrics.filter_map(|metric| field(metric, "Expression")?.as_str());
    queries.filter_map(|query| {
        let (selected, schema) = query.split_once(" FROM SCHEMA(Namaskah, ")?;
        let (_, metric) = selected.trim_end_matches(')').split_once('(')?;
        let left_out = schema.split_once("Class != '").and_then(|(_, class)| class.split('\'').next());
        Some([Some(metric), Some(schema.split_once(')')?.0), left_out])
    })
}

#[test]
fn the_metrics_of_queries_are_understood() {
    let template = nested(ALARMS);
    let queried: std::collections::BTreeSet<_> =
        of_type(&template, "AWS::CloudWatch::Alarm").flat_map(|(_, alarm)| queried(alarm)).collect();
    for known in [
        [Some("Findings"), Some("Class"), None],
        [Some("SupplierUp"), Some("Supplier"), None],
        [Some("LettersRetried"), Some("Class"), Some("over_rate")],
    ] {
        assert!(queried.contains(&known), "{queried:?}");
    }
}

#[test]
fn every_alias_moves_with_each_deployment_and_back_by_its_alarm() {
    let template = parsed();
    let watched = format!("{:?}", field(&template, "Resources.NewVersionFailingAlarm.Properties.Metrics").unwrap());
    let mut aliases = 0;
    for (name, function) in of_type(&template, "AWS::Serverless::Function") {
        if field(function, "Properties.AutoPublishAlias").is_none() {
            continue;
        }
        aliases += 1;
        // SAM's own hash ignores the values of parameters, and AWS refuses a version of an unchanged function.
        for property in ["AutoPublishCodeSha256", "Description"] {
            let value = format!("{:?}", field(function, &format!("Properties.{property}")));
            assert!(value.contains("Deployment"), "{property} of {name} must be Deployment (decision 0031)");
        }
        let preference = format!("{:?}", field(function, "Properties.DeploymentPreference"));
        assert!(preference.contains("NewVersionFailingAlarm"), "nothing takes a new version of {name} back");
        assert!(watched.contains(&format!("\"{name}\"")), "NewVersionFailingAlarm does not watch {name}");
    }
    assert!(aliases >= 3, "buying, cancelling and polling have aliases");
}

#[test]
fn every_scheduled_function_may_be_started_by_its_schedule() {
    // AWS checks the permission; the local cloud does not.
    let template = parsed();
    let may_start = format!("{:?}", field(&template, "Resources.ScheduleRole.Properties.Policies").unwrap());
    for (name, resource) in of_type(&template, "AWS::Serverless::Function") {
        let events = field(resource, "Properties.Events").and_then(Value::as_mapping);
        for (_, event) in events.into_iter().flatten().filter(|(_, event)| text(event, "Type") == "ScheduleV2") {
            assert!(may_start.contains(&format!("{name}.Arn")), "ScheduleRole may not start {name}");
            assert!(field(event, "Properties.RoleArn").is_some(), "{name}'s schedule has no role");
        }
    }
}
