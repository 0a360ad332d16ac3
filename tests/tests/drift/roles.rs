//! Rights: a role names the partitions that it may access. `make e2e` reports unused rights.

use crate::template::{AUDIT, INVOICES, PAYMENTS, field, nested, of_type, parsed};
use domain::{Timestamp, UserId, access::StaffRole};
use namaskah_tests::surface;
use serde_yaml_ng::Value;

/// Tables whose items belong to customers.
const GUARDED: [&str; 8] = [
    "AccountsTable.Arn",
    "LedgerTable.Arn",
    "OrdersTable.Arn",
    "AuditTable.Arn",
    // As nested stacks name them.
    "table/${AccountsTable}",
    "table/${LedgerTable}",
    "table/${OrdersTable}",
    "table/${AuditTable}",
];

/// Every statement of a grant, and of a role's own policies, with the name of the grant or role.
fn statements(template: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    collect(template, &mut found);
    for name in ["functions/backoffice/template.yaml", PAYMENTS, INVOICES, AUDIT] {
        collect(&nested(name), &mut found);
    }
    found
}

fn collect(template: &Value, found: &mut Vec<(String, Value)>) {
    for (name, grant) in of_type(template, "AWS::IAM::ManagedPolicy") {
        found.extend(listed(name, field(grant, "Properties.PolicyDocument.Statement")));
    }
    for (name, role) in of_type(template, "AWS::IAM::Role") {
        let policies = field(role, "Properties.Policies").and_then(Value::as_sequence);
        for policy in policies.into_iter().flatten() {
            found.extend(listed(name, field(policy, "PolicyDocument.Statement")));
        }
    }
}

fn listed(owner: &str, statements: Option<&Value>) -> Vec<(String, Value)> {
    let statements = statements.and_then(Value::as_sequence).into_iter().flatten();
    statements.map(|statement| (owner.to_owned(), statement.clone())).collect()
}

/// The partition keys that a statement allows, as patterns.
fn leading_keys(statement: &Value) -> Vec<&str> {
    let operators = statement.get("Condition").and_then(Value::as_mapping).into_iter().flatten();
    let keys = operators.filter_map(|(_, keys)| keys.get("dynamodb:LeadingKeys")?.as_sequence());
    keys.flatten().filter_map(Value::as_str).collect()
}

fn concerns(statement: &Value, resource: &str) -> bool {
    // An index has other keys than its table.
    let resources = format!("{:?}", statement["Resource"]);
    resources.contains(resource) && !resources.contains("/index/")
}

#[test]
fn rights_on_customers_items_are_limited_to_partitions() {
    let (template, code) = (parsed(), surface::code());
    let mut named = 0;
    for (owner, statement) in statements(&template) {
        if !GUARDED.iter().any(|table| concerns(&statement, table)) {
            continue;
        }
        let keys = leading_keys(&statement);
        // A scan has no partition. Only an operator scans: for the proof of all wallets, and for migrations.
        if owner == "AdminRole" && statement["Action"] == "dynamodb:Scan" && !concerns(&statement, "AccountsTable") {
            continue;
        }
        assert!(!keys.is_empty(), "{owner} may access every row: {statement:?}");
        for key in keys {
            let (prefix, _) = key.split_once('#').unwrap_or_else(|| panic!("{owner}: {key} is not a partition"));
            assert!(code.contains(&format!("\"{prefix}#")), "{owner}: the store has no partition {key}");
            named += 1;
        }
    }
    assert!(named > GUARDED.len(), "too few statements found in the template");
}

#[test]
fn nobody_may_change_or_remove_a_line_of_the_audit_trail() {
    let template = parsed();
    let mut writers = Vec::new();
    for (owner, statement) in statements(&template) {
        if !format!("{:?}", statement["Resource"]).contains("AuditTable") {
            continue;
        }
        assert_eq!(statement["Effect"], "Allow", "{owner}: {statement:?}");
        let actions = match &statement["Action"] {
            Value::Sequence(actions) => actions.iter().filter_map(Value::as_str).collect(),
            action => Vec::from_iter(action.as_str()),
        };
        for action in actions {
            let (_, name) = action.split_once(':').unwrap();
            // A put replaces an item unless it has a condition, which no policy can demand; the stream shows it.
            let harmless = name == "PutItem"
                || ["Get", "BatchGet", "Query", "Describe", "List"].iter().any(|reading| name.starts_with(reading));
            assert!(harmless, "{owner} may {action} in the audit trail");
            if name == "PutItem" {
                writers.push(owner.clone());
            }
        }
    }
    // Lines about findings, vouchers and prices are about no account, so the grant does not allow them.
    let backoffice =
        ["BackofficeFindingsRole", "BackofficeCorrectionsRole", "BackofficeVouchersRole", "BackofficePricesRole"];
    assert_eq!(writers, [&["AuditGrant", "AdminRole"][..], &backoffice].concat());
    for wildcard in ["dynamodb:*", "s3:*"] {
        let all =
            statements(&template).into_iter().filter(|(_, statement)| format!("{statement:?}").contains(wildcard));
        assert_eq!(all.count(), 0, "{wildcard} includes the audit trail");
    }
}

#[test]
fn the_copies_of_the_audit_trail_are_locked() {
    let template = parsed();
    let bucket = field(&template, "Resources.AuditBucket.Properties").unwrap();
    assert_eq!(field(bucket, "ObjectLockEnabled"), Some(&Value::Bool(true)));
    let retention = field(bucket, "ObjectLockConfiguration.Rule.DefaultRetention.Days");
    assert!(format!("{retention:?}").contains("AuditDays"));
    for (owner, statement) in statements(&template) {
        if format!("{:?}", statement["Resource"]).contains("AuditBucket") {
            assert_eq!((owner.as_str(), statement["Action"].as_str()), ("AuditCopyRole", Some("s3:PutObject")));
        }
    }
}

#[test]
fn the_health_check_may_not_read_customers_items() {
    let template = parsed();
    let nobody = UserId::new(Timestamp::default(), 0);
    let rows = [format!("USER#{nobody}"), format!("WALLET#{nobody}")];
    let all = statements(&template);
    let reads: Vec<_> = all.iter().filter(|(owner, _)| owner == "SystemHealthRole").collect();
    let keys: Vec<_> = reads.iter().flat_map(|(_, statement)| leading_keys(statement)).collect();
    assert!(keys.len() >= rows.len() && keys.iter().all(|key| rows.iter().any(|row| row == key)), "{keys:?}");
}

#[test]
fn the_rules_print_the_table_of_roles() {
    let printed = crate::text_of("docs/rules.md");
    assert!(printed.contains(&StaffRole::table()), "docs/rules.md lacks:\n{}", StaffRole::table());
}
