//! The fake services: AWS and the supplier, answered at once from memory.
//!
//! It stores items by key, accepts every condition, and records what each call uses. It is not
//! a database: only the form and size of its answers are right, because a function's own time
//! depends on nothing else.

use crate::{
    Fault,
    http::{self, Answer, Handler, Request},
    units::{self, Item, Units},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

/// The calls that a function made to other services.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// The operations called, such as `DynamoDB.GetItem`.
    pub aws: Vec<String>,
    /// Calls to the supplier.
    pub supplier: u32,
    /// DynamoDB capacity units.
    pub units: Units,
    /// Items of the largest transaction.
    pub transaction: usize,
    /// Time that the fake services took to answer.
    pub think_time: Duration,
}

/// A change of an item, as a stream reports it.
#[derive(Clone, Debug)]
pub struct Written {
    /// The table.
    pub table: String,
    /// The item before; `None` for a new item.
    pub before: Option<Item>,
    /// The item after.
    pub after: Item,
}

type Key = (String, String, String);

#[derive(Default)]
struct World {
    items: BTreeMap<Key, Item>,
    /// Whether writes are answered but not stored, so that every call sees the same state.
    frozen: bool,
    /// Whether the supplier's orders have a message.
    code_came: bool,
    sold: u64,
    /// When the last answer was ready.
    idle_since: Option<Instant>,
    written: Vec<Written>,
    usage: Usage,
}

/// The fake services.
pub struct Wire {
    world: Mutex<World>,
    port: OnceLock<u16>,
}

impl Handler for Wire {
    fn answer(&self, request: Request) -> Option<Answer> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = if request.target.is_empty() {
            world.usage.supplier += 1;
            Ok(world.supplier(&request.path))
        } else {
            let operation = request.target.replace("_20120810", "");
            world.usage.aws.push(operation.clone());
            serde_json::from_slice(&request.body).ok().and_then(|body| world.aws(&operation, &body)).ok_or(operation)
        };
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err(operation) => (400, json!({ "__type": "UnknownOperationException", "message": operation })),
        };
        let kind = if request.target.is_empty() { "application/json" } else { "application/x-amz-json-1.0" };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        // Concurrent requests are answered one after the other; time that they share counts once.
        let now = Instant::now();
        let since = world.idle_since.map_or(request.began, |idle| idle.max(request.began));
        world.usage.think_time += now.saturating_duration_since(since);
        world.idle_since = Some(now);
        Some(Answer { status, headers: vec![("Content-Type", kind.to_owned())], body })
    }
}

impl Wire {
    /// Starts the services with these items (table, item).
    pub fn start(items: impl IntoIterator<Item = (&'static str, Item)>) -> Result<Arc<Self>, Fault> {
        let mut world = World::default();
        for (table, item) in items {
            world.items.insert(key(table, &item), item);
        }
        let wire = Arc::new(Self { world: Mutex::new(world), port: OnceLock::new() });
        let port = http::serve(Arc::clone(&wire))?;
        wire.port.get_or_init(|| port);
        Ok(wire)
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.get().copied().unwrap_or_default())
    }

    /// Takes the usage since the last call of this method.
    pub fn take(&self) -> Usage {
        std::mem::take(&mut self.world().usage)
    }

    /// Takes what was written since the last call of this method.
    pub fn take_written(&self) -> Vec<Written> {
        std::mem::take(&mut self.world().written)
    }

    /// Stops storing writes, and sets whether messages have arrived.
    pub fn freeze(&self, code_came: bool) {
        let mut world = self.world();
        (world.frozen, world.code_came) = (true, code_came);
    }

    fn world(&self) -> std::sync::MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    fn supplier(&mut self, path: &str) -> Value {
        let bought = path.contains("/user/buy/");
        if path.contains("/user/orders") {
            let orders: Vec<Value> = (1..=self.sold.max(10)).map(|id| self.supplier_order(id)).collect();
            return json!({ "Total": orders.len(), "Data": orders, "ProductNames": [], "Statuses": [] });
        }
        let id = if bought {
            self.sold += 1;
            self.sold
        } else {
            path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or(1)
        };
        self.supplier_order(id)
    }

    fn supplier_order(&self, id: u64) -> Value {
        let now = crate::fixtures::now();
        let sms = if self.code_came {
            json!([{ "id": 1, "created_at": now.to_string(), "date": now.to_string(), "sender": "WhatsApp",
                "text": "Your WhatsApp code: 482-913. Don't share this code with others", "code": "482913" }])
        } else {
            Value::Null
        };
        json!({
            "id": id, "phone": "+233201234567", "operator": "mtn", "product": "whatsapp", "price": 21.5,
            "status": if self.code_came { "RECEIVED" } else { "PENDING" },
            "expires": now.plus(Duration::from_mins(15)).to_string(), "sms": sms, "created_at": now.to_string(),
            "forwarding": false, "forwarding_number": "", "country": "ghana",
        })
    }

    fn aws(&mut self, operation: &str, body: &Value) -> Option<Value> {
        match operation {
            "DynamoDB.GetItem" => {
                let item = self.read(body["TableName"].as_str()?, &body["Key"], is_strong(body));
                Some(item.map_or_else(|| json!({}), |item| json!({ "Item": item })))
            }
            "DynamoDB.BatchGetItem" => {
                let mut found = serde_json::Map::new();
                for (table, wanted) in body["RequestItems"].as_object()? {
                    let rows = wanted["Keys"].as_array()?.iter();
                    let rows: Vec<Item> = rows.filter_map(|key| self.read(table, key, is_strong(wanted))).collect();
                    found.insert(table.clone(), json!(rows));
                }
                Some(json!({ "Responses": found, "UnprocessedKeys": {} }))
            }
            "DynamoDB.Query" => Some(self.query(body)),
            "DynamoDB.PutItem" => {
                self.put(body, false);
                Some(json!({}))
            }
            "DynamoDB.UpdateItem" => Some(json!({ "Attributes": self.update(body, false) })),
            "DynamoDB.DeleteItem" => {
                let before = self.items.get(&key(body["TableName"].as_str()?, body["Key"].as_object()?));
                self.usage.units += units::of_write(before, None, false);
                Some(json!({}))
            }
            "DynamoDB.TransactWriteItems" => {
                let writes = body["TransactItems"].as_array()?;
                self.usage.transaction = self.usage.transaction.max(writes.len());
                for write in writes {
                    if write["Put"].is_object() {
                        self.put(&write["Put"], true);
                    } else if write["Update"].is_object() {
                        self.update(&write["Update"], true);
                    } else {
                        self.usage.units += units::of_write(None, None, true);
                    }
                }
                Some(json!({}))
            }
            "secretsmanager.GetSecretValue" => {
                let is_signing = body["SecretId"].as_str().is_some_and(|name| name.ends_with("signing"));
                // The keys of suppliers and gateways are fields of one object here.
                let keys = json!({ "fivesim_api_key": "bench", "paystack_secret_key": "sk_test_local" });
                let secret = if is_signing { json!({ "seed": "bench" }) } else { keys }.to_string();
                Some(json!({ "ARN": body["SecretId"], "Name": "bench", "SecretString": secret, "VersionId": "1" }))
            }
            "AmazonSQS.SendMessage" => Some(json!({ "MessageId": "81d1cbb4-ed17-5eb0-845c-54f2bf3476ed" })),
            "AmazonSQS.ChangeMessageVisibility" => Some(json!({})),
            "AmazonSQS.ChangeMessageVisibilityBatch" | "AmazonSQS.SendMessageBatch" => {
                let done = body["Entries"].as_array()?.iter().map(|entry| json!({ "Id": entry["Id"] }));
                Some(json!({ "Successful": done.collect::<Vec<_>>(), "Failed": [] }))
            }
            _ => None,
        }
    }

    fn read(&mut self, table: &str, wanted: &Value, strong: bool) -> Option<Item> {
        let item = self.items.get(&key(table, wanted.as_object()?)).cloned();
        self.usage.units += units::of_read(item.as_ref().map_or(0, units::weight), strong);
        item
    }

    /// The newest or oldest items of a partition with a prefix, up to the limit. Ranges and filters are ignored.
    fn query(&mut self, body: &Value) -> Value {
        let table = body["TableName"].as_str().unwrap_or_default();
        let pk = body["ExpressionAttributeValues"][":pk"]["S"].as_str().unwrap_or_default();
        let prefix = body["ExpressionAttributeValues"][":prefix"]["S"].as_str().unwrap_or_default();
        let is_asked = |(t, p, sk): &Key| t == table && p == pk && sk.starts_with(prefix);
        let rows = self.items.iter().filter(|(key, _)| is_asked(key)).map(|(_, item)| item.clone());
        let mut rows: Vec<Item> = rows.collect();
        if body["ScanIndexForward"] == false {
            rows.reverse();
        }
        rows.truncate(body["Limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX));
        self.usage.units += units::of_read(rows.iter().map(units::weight).sum(), is_strong(body));
        json!({ "Count": rows.len(), "ScannedCount": rows.len(), "Items": rows })
    }

    fn put(&mut self, put: &Value, in_transaction: bool) {
        let (Some(table), Some(after)) = (put["TableName"].as_str(), put["Item"].as_object().cloned()) else { return };
        let key = key(table, &after);
        let before = self.items.get(&key).cloned();
        self.usage.units += units::of_write(before.as_ref(), Some(&after), in_transaction);
        self.written.push(Written { table: table.to_owned(), before, after: after.clone() });
        // The wallet keeps its balance; otherwise the thousandth purchase would be rejected.
        if !self.frozen && key.2 != "BALANCE" {
            self.items.insert(key, after);
        }
    }

    /// Returns every counter as the number that the update adds, so that no limit is ever reached.
    fn update(&mut self, update: &Value, in_transaction: bool) -> Item {
        let Some(wanted) = update["Key"].as_object() else { return Item::new() };
        let before = self.items.get(&key(update["TableName"].as_str().unwrap_or_default(), wanted)).cloned();
        let mut after = before.clone().unwrap_or_else(|| wanted.clone());
        let expression = update["UpdateExpression"].as_str().unwrap_or_default().replace(',', " ");
        let words: Vec<&str> = expression.split_whitespace().filter(|word| *word != "=").collect();
        for pair in words.windows(2) {
            if let (name, Some(value)) = (pair[0], update["ExpressionAttributeValues"].get(pair[1])) {
                let name = update["ExpressionAttributeNames"][name].as_str().unwrap_or(name);
                after.insert(name.to_owned(), value.clone());
            }
        }
        // A counter with a window: its expression computes the count, which is always the first one here.
        if let Some(ends) = update["ExpressionAttributeValues"].get(":ends") {
            after.insert("count".to_owned(), json!({ "N": "1" }));
            after.insert("ends_at".to_owned(), ends.clone());
        }
        self.usage.units += units::of_write(before.as_ref(), Some(&after), in_transaction);
        after
    }
}

fn is_strong(request: &Value) -> bool {
    request["ConsistentRead"] == true
}

fn key(table: &str, item: &Item) -> Key {
    let text = |name: &str| item.get(name).and_then(|value| value["S"].as_str()).unwrap_or_default().to_owned();
    (table.to_owned(), text("pk"), text("sk"))
}
