//! Events: what happened, with the object as it was then.

use super::{
    id,
    resource::{Resource, Table},
    version,
    world::World,
};
use serde_json::{Value, json};

/// A change of an object.
#[derive(Clone, Debug)]
pub struct Change {
    /// The event's type.
    pub kind: &'static str,
    /// The identifier of the object.
    pub object: String,
    /// What the changed fields were before.
    pub before: Option<Value>,
}

impl Change {
    /// A change that names no fields.
    pub fn new(kind: &'static str, object: &str) -> Self {
        Self { kind, object: object.to_owned(), before: None }
    }

    /// A change of fields, with their values before.
    pub fn from(kind: &'static str, object: &str, before: Value) -> Self {
        Self { before: Some(before), ..Self::new(kind, object) }
    }
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    id: String,
    created: i64,
    shown: Value,
}

impl Event {
    /// An event about an object as the API shows it.
    pub fn new(change: &Change, object: &Value, pending_webhooks: u8, now: i64) -> Self {
        let id = id::object("evt");
        let mut data = json!({ "object": object });
        if let Some(before) = &change.before {
            data["previous_attributes"] = before.clone();
        }
        let shown = json!({
            "id": id,
            "object": Self::OBJECT,
            "api_version": version::NEWEST,
            "created": now,
            "data": data,
            "livemode": false,
            "pending_webhooks": pending_webhooks,
            "request": { "id": null, "idempotency_key": null },
            "type": change.kind,
        });
        Self { id, created: now, shown }
    }

    /// The event as it is sent.
    pub const fn body(&self) -> &Value {
        &self.shown
    }
}

impl Resource for Event {
    const OBJECT: &'static str = "event";
    const PATH: &'static str = "/v1/events";

    fn table(world: &World) -> &Table<Self> {
        &world.events
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        self.shown.clone()
    }
}
