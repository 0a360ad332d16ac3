//! The runbook names what exists: resources, functions that move money, queues, metrics.

use crate::{
    template::{NESTED, field, nested, of_type, parsed},
    text_of,
};
use namaskah_tests::surface;
use serde_yaml_ng::Value;
use std::collections::BTreeSet;

/// The logical ids of the nested stacks, with their templates.
const STACKS: [(&str, &str); 7] = [
    ("Alarms", "functions/alarms/template.yaml"),
    ("Audit", "functions/audit/template.yaml"),
    ("Backoffice", "functions/backoffice/template.yaml"),
    ("Front", "functions/edge/template.yaml"),
    ("Invoices", "functions/invoices/template.yaml"),
    ("Mail", "functions/letters/template.yaml"),
    ("Payments", "functions/payments/template.yaml"),
];

/// Whether a template has a resource, or SAM adds it: the schedule of a function.
fn has(template: &Value, name: &str) -> bool {
    let schedule =
        |function: &str| field(template, &format!("Resources.{function}.Properties.Events.Schedule")).is_some();
    field(template, &format!("Resources.{name}")).is_some() || name.strip_suffix("Schedule").is_some_and(schedule)
}

#[test]
fn every_resource_of_a_command_is_in_the_stack_that_is_asked() {
    let (runbook, main) = (text_of("docs/runbook.md"), parsed());
    let mut found = 0;
    for (at, call) in runbook.match_indices("$(resource ") {
        let command = &runbook[at + call.len()..];
        let name: String =
            command.chars().take_while(|letter| letter.is_alphanumeric() || "${}".contains(*letter)).collect();
        if name.is_empty() || name.contains('$') {
            continue;
        }
        found += 1;
        match command[name.len()..].strip_prefix(" $(resource ") {
            None => assert!(has(&main, &name), "template.yaml has no {name}"),
            Some(stack) => {
                let stack = stack.split(')').next().unwrap_or_default();
                let (_, file) = STACKS.iter().find(|(name, _)| *name == stack).unwrap_or_else(|| panic!("no {stack}"));
                assert!(has(&nested(file), &name), "{file} has no {name}");
            }
        }
    }
    assert!(found > 10, "{found} commands");
    for (stack, file) in STACKS {
        let location = format!("Resources.{stack}.Properties.Location");
        assert_eq!(field(&main, &location).and_then(Value::as_str), Some(file), "{stack}");
    }
}

/// Whether these statements let somebody write a wallet.
fn writes_wallets(policies: &Value) -> bool {
    let statements = format!("{policies:?}");
    statements.split("\"Effect\"").any(|statement| {
        statement.contains("LedgerTable") && statement.contains("dynamodb:PutItem") && statement.contains("WALLET#")
    })
}

#[test]
fn the_runbook_stops_every_function_that_moves_money() {
    let (runbook, template) = (text_of("docs/runbook.md"), parsed());
    let grants: BTreeSet<_> = of_type(&template, "AWS::IAM::ManagedPolicy")
        .filter(|(_, grant)| writes_wallets(grant))
        .map(|(name, _)| name)
        .collect();
    assert!(grants.contains("MoneyGrant"), "{grants:?}");
    let roles: BTreeSet<_> = of_type(&template, "AWS::IAM::Role")
        .filter(|(_, role)| {
            let granted = format!("{:?}", field(role, "Properties.ManagedPolicyArns"));
            let own = field(role, "Properties.Policies").is_some_and(writes_wallets);
            own || grants.iter().any(|grant| granted.contains(&format!("\"{grant}\"")))
        })
        .map(|(name, _)| name)
        .collect();
    let mut moving: BTreeSet<_> = of_type(&template, "AWS::Serverless::Function")
        .filter(|(_, function)| {
            let role = format!("{:?}", field(function, "Properties.Role"));
            roles.iter().any(|name| role.contains(&format!("\"{name}.Arn\"")))
        })
        .map(|(name, _)| name.trim_end_matches("Function"))
        .collect();
    assert!(moving.contains("VerificationsCreate") && moving.contains("AccountErase"), "{moving:?}");
    // It orders the checks, and cancels numbers that nobody owns.
    moving.insert("VerificationsSweep");
    let (_, rest) = runbook.split_once("Stop everything that moves money").expect("the list");
    let (_, rest) = rest.split_once("for f in ").expect("the loop");
    let (list, _) = rest.split_once("; do").expect("the end of the loop");
    let stopped: BTreeSet<_> = list.split_whitespace().filter(|word| *word != "\\").collect();
    assert_eq!(stopped, moving);
    // A nested stack gets the grants as parameters of their names. Its functions are stopped one by one.
    let mut nested_moving = BTreeSet::new();
    for (stack, file) in STACKS {
        let template = nested(file);
        let roles: Vec<_> = of_type(&template, "AWS::IAM::Role")
            .filter(|(role, resource)| {
                assert!(!writes_wallets(resource), "{role} of {file} moves money without a grant");
                let granted = format!("{:?}", field(resource, "Properties.ManagedPolicyArns"));
                grants.iter().any(|grant| granted.contains(&format!("\"{grant}\"")))
            })
            .map(|(role, _)| format!("\"{role}.Arn\""))
            .collect();
        for (name, function) in of_type(&template, "AWS::Serverless::Function") {
            let role = format!("{:?}", field(function, "Properties.Role"));
            if roles.iter().any(|moving| role.contains(moving)) {
                let stop = format!(
                    "--reserved-concurrent-executions 0 --function-name $(resource {name} $(resource {stack}))"
                );
                assert!(rest.contains(&stop), "the runbook does not stop {name} of {stack}");
                nested_moving.insert(name.to_owned());
            }
        }
    }
    assert!(nested_moving.contains("PaymentsSettleFunction"), "{nested_moving:?}");
}

#[test]
fn the_dead_letters_of_every_queue_are_explained() {
    let (runbook, template) = (text_of("docs/runbook.md"), parsed());
    let (_, section) = runbook.split_once("\n## DeadMessagesAlarm\n").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let queues = of_type(&template, "AWS::SQS::Queue")
        .filter_map(|(name, queue)| Some((name, field(queue, "Properties.RedrivePolicy.maxReceiveCount")?.as_u64()?)));
    let mut found = 0;
    for (name, receives) in queues {
        let queue = name.trim_end_matches("Queue").to_lowercase();
        let receives = if receives == 1000 { "1,000".to_owned() } else { receives.to_string() };
        let row = format!("\n| `{queue}` | {receives} times |");
        assert!(section.contains(&row), "no row {row}");
        found += 1;
    }
    assert_eq!(found, section.matches("\n| `").count(), "a row of a queue that is gone");
}

#[test]
fn every_metric_has_an_alarm_or_is_explained() {
    let (runbook, code) = (text_of("docs/runbook.md"), surface::code());
    let alarms: String = NESTED.map(text_of).concat() + &text_of("template.yaml");
    let calls =
        ["count", "count_class", "gauge_supplier", "percent", "seconds"].map(|name| format!("telemetry::{name}(\""));
    let given = calls.iter().flat_map(|call| code.split(call.as_str()).skip(1));
    let emitted: BTreeSet<_> = given.filter_map(|rest| rest.split('"').next()).collect();
    assert!(emitted.contains("LettersRetried") && emitted.contains("TimeToCode"), "{emitted:?}");
    for metric in emitted {
        let is_watched = alarms.contains(&format!("MetricName: {metric}")) || alarms.contains(&format!("({metric})"));
        assert!(
            is_watched || runbook.contains(&format!("`{metric}`")),
            "no alarm watches {metric}, and the runbook has no line"
        );
    }
}
