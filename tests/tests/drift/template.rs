//! Reads `template.yaml` for the tests.

use crate::text_of;
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A route: `GET /api/v1/wallet`, or `$default`.
pub type Route = String;

/// A function in the template.
pub struct Function {
    /// Its zip.
    pub code: String,
    /// The routes that the API sends to it.
    pub routes: BTreeSet<Route>,
    /// The kinds of its other triggers: `SQS`, `DynamoDB`, `ScheduleV2`, `Url`.
    pub triggers: BTreeSet<String>,
}

/// The templates of nested stacks.
pub const NESTED: [&str; 8] = [
    "functions/edge/template.yaml",
    "functions/edge/firewall.yaml",
    "functions/backoffice/template.yaml",
    "functions/letters/template.yaml",
    PAYMENTS,
    INVOICES,
    AUDIT,
    ALARMS,
];
/// That of events of payment gateways.
pub const PAYMENTS: &str = "functions/payments/template.yaml";
/// That of the files of invoices.
pub const INVOICES: &str = "functions/invoices/template.yaml";
/// That of the audit trail's copy.
pub const AUDIT: &str = "functions/audit/template.yaml";
/// That of the alarms.
pub const ALARMS: &str = "functions/alarms/template.yaml";

/// The whole template.
pub fn parsed() -> Value {
    nested("template.yaml")
}

/// The templates with workers.
pub fn with_workers() -> [Value; 4] {
    [parsed(), nested(PAYMENTS), nested(INVOICES), nested(AUDIT)]
}

/// The template of a nested stack.
pub fn nested(name: &str) -> Value {
    serde_yaml_ng::from_str(&text_of(name)).unwrap()
}

/// The template's resources of this type, with their names.
pub fn of_type<'a>(template: &'a Value, wanted: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let resources = field(template, "Resources").and_then(Value::as_mapping).unwrap();
    let named = resources.iter().map(|(name, resource)| (name.as_str().unwrap(), resource));
    named.filter(move |(_, resource)| text(resource, "Type") == wanted)
}

/// The value at this path, as `Properties.Timeout`.
pub fn field<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |at, name| at.get(name))
}

/// The string at this path, which must exist.
pub fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    field(value, path).and_then(Value::as_str).unwrap_or_else(|| panic!("no string {path} in {value:?}"))
}

/// The functions of all templates, by handler.
pub fn functions() -> BTreeMap<String, Function> {
    let templates: Vec<_> = NESTED.map(nested).into_iter().chain([parsed()]).collect();
    let mut functions = BTreeMap::new();
    for (name, resource) in templates.iter().flat_map(|template| of_type(template, "AWS::Serverless::Function")) {
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
        if field(resource, "Properties.FunctionUrlConfig").is_some() {
            triggers.insert("Url".to_owned());
        }
        let handler = text(resource, "Properties.Handler").to_owned();
        let code = text(resource, "Properties.CodeUri").to_owned();
        let twin = functions.insert(handler, Function { code, routes, triggers });
        assert!(twin.is_none(), "the handler of {name} has two functions");
    }
    functions
}
