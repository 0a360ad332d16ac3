//! `expand[]`: objects in place of their identifiers.

use super::{charge::Charge, form::Form, refusal::Refusal, resource::Resource, session::Session, world::World};
use serde_json::{Value, json};

const MOST_LEVELS: usize = 4;

/// What can be expanded: a type of object, its field, and the type that it has then.
const FIELDS: [(&str, &str, &str); 22] = [
    ("checkout.session", "customer", "customer"),
    ("checkout.session", "line_items", "list"),
    ("checkout.session", "payment_intent", "payment_intent"),
    ("payment_intent", "customer", "customer"),
    ("payment_intent", "latest_charge", "charge"),
    ("payment_intent", "payment_method", "payment_method"),
    ("charge", "balance_transaction", "balance_transaction"),
    ("charge", "customer", "customer"),
    ("charge", "payment_intent", "payment_intent"),
    ("charge", "refunds", "list"),
    ("refund", "balance_transaction", "balance_transaction"),
    ("refund", "charge", "charge"),
    ("refund", "failure_balance_transaction", "balance_transaction"),
    ("refund", "payment_intent", "payment_intent"),
    ("dispute", "charge", "charge"),
    ("dispute", "payment_intent", "payment_intent"),
    ("balance_transaction", "source", "source"),
    ("payment_method", "customer", "customer"),
    // The object that moved the money has one of three types, which share these fields.
    ("source", "charge", "charge"),
    ("source", "payment_intent", "payment_intent"),
    ("source", "balance_transaction", "balance_transaction"),
    ("list", "data", "list"),
];

/// The paths to expand.
#[derive(Clone, Debug)]
pub struct Expansion(Vec<String>);

impl Expansion {
    /// Reads the parameter of a call that answers an object of a type, or a list of them.
    pub fn read(form: &mut Form, object: &'static str, is_list: bool) -> Result<Self, Refusal> {
        let paths = form.list("expand")?;
        for path in &paths {
            let in_object = if is_list { path.strip_prefix("data.") } else { Some(path.as_str()) };
            if path.split('.').count() > MOST_LEVELS {
                let message =
                    format!("You cannot expand more than {MOST_LEVELS} levels of a property. Property: {path}");
                return Err(Refusal::invalid(message));
            }
            let end = in_object.and_then(|fields| fields.split('.').try_fold(object, target));
            end.ok_or_else(|| Refusal::invalid(format!("This property cannot be expanded ({path}).")))?;
        }
        Ok(Self(paths))
    }

    /// Puts the objects in.
    pub fn apply(&self, world: &World, answer: &mut Value) {
        for path in &self.0 {
            let fields: Vec<_> = path.split('.').collect();
            fill(world, answer, &fields);
        }
    }
}

fn target(object: &str, field: &str) -> Option<&'static str> {
    FIELDS.iter().find(|(from, name, _)| (*from, *name) == (object, field)).map(|(_, _, to)| *to)
}

fn fill(world: &World, value: &mut Value, fields: &[&str]) {
    if let Value::Array(entries) = value {
        for entry in entries {
            fill(world, entry, fields);
        }
        return;
    }
    let [field, rest @ ..] = fields else { return };
    if let Some(list) = included(world, value, field) {
        value[*field] = list;
    }
    let Some(inner) = value.get_mut(*field) else { return };
    if let Some(found) = inner.as_str().and_then(|id| world.json_of(id)) {
        *inner = found;
    }
    fill(world, inner, rest);
}

/// A list that an object has only if it is expanded.
fn included(world: &World, object: &Value, field: &str) -> Option<Value> {
    let (kind, id) = (object["object"].as_str()?, object["id"].as_str()?);
    match (kind, field) {
        (Session::OBJECT, "line_items") => world.sessions.get(id).map(Session::line_items),
        (Charge::OBJECT, "refunds") => {
            let refunds = world.refunds.newest().filter(|refund| refund.charge == id);
            let data: Vec<_> = refunds.map(|refund| refund.json(world.now())).collect();
            let url = format!("/v1/charges/{id}/refunds");
            Some(json!({ "object": "list", "data": data, "has_more": false, "url": url }))
        }
        _ => None,
    }
}
