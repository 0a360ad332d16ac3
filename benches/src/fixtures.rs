//! The customer, the catalog and the events of every measurement. The measured binary itself wrote
//! the order that is read, listed and polled, so its shape is always current.

use crate::{
    Fault,
    lambda::{Function, Process},
    units::Item,
    wire::{Wire, Written},
};
use domain::{Timestamp, UserId, access::ApiKeyText};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// The customer's orders: a full first page.
const ORDERS: u8 = 20;
/// Prefix of the ids of poll messages; the number of the order is appended.
const MESSAGE: &str = "81d1cbb4-ed17-5eb0-845c-54f2bf3476";

/// A genuine event of Paystack, as its function URL gets it.
const PAYSTACK_EVENT: &str = include_str!("../../events/payments.paystack.json");

/// The current time.
#[expect(clippy::disallowed_methods, reason = "the harness uses the machine's clock")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The items that a purchase and a code wrote to the tables.
pub struct Recorded {
    /// The order while it waits for its code.
    waiting: Item,
    /// The order with its code.
    completed: Item,
    /// All changes of the order, and all ledger entries.
    orders: Vec<Written>,
    entries: Vec<Written>,
    /// A session with the public keys, as a sign-in wrote them, and its access token.
    session: Vec<Item>,
    token: String,
}

const EMAIL: &str = "bench@namaskah.example";
const PASSWORD: &str = "correct horse battery staple";

fn customer() -> Result<UserId, Fault> {
    "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH".parse().map_err(|_| "the customer's id".into())
}

fn key_text() -> Result<ApiKeyText, Fault> {
    Ok(ApiKeyText::new(customer()?, [7; 32]))
}

/// Converts a JSON value to an item.
fn item(pk: &str, sk: &str, body: &Value) -> Item {
    let mut item: Item = body.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), attribute(v))).collect();
    item.insert("pk".to_owned(), json!({ "S": pk }));
    item.insert("sk".to_owned(), json!({ "S": sk }));
    item.insert("schema".to_owned(), json!({ "N": "1" }));
    item
}

fn attribute(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "NULL": true }),
        Value::Bool(flag) => json!({ "BOOL": flag }),
        Value::Number(number) => json!({ "N": number.to_string() }),
        Value::String(text) => json!({ "S": text }),
        Value::Array(list) => json!({ "L": list.iter().map(attribute).collect::<Vec<_>>() }),
        Value::Object(map) => json!({ "M": map.iter().map(|(k, v)| (k.clone(), attribute(v))).collect::<Item>() }),
    }
}

/// A customer with credit and a key, and one service that is sold in one country.
pub fn tables() -> Result<Vec<(&'static str, Item)>, Fault> {
    let (user, key) = (customer()?, key_text()?);
    let hash = hex::encode(Sha256::digest(key.expose().as_bytes()));
    let at = now();
    let profile = json!({ "user_id": user, "email": EMAIL, "plan": "enterprise", "active": true, "created_at": at });
    let api_key = json!({ "key_id": domain::ApiKeyId::new(at, 1), "name": "bench", "expires_at": null, "created_at": at,
        "scopes": ["orders:read", "orders:write", "wallet:read"] });
    let wallet = json!({ "available": "90000.0000", "held": "5.0000", "seq": 41,
        "usage": { "open": { "verification": 10 }, "day": at.day(), "today": { "verification": 20 }, "spent_today": "10.0000", "day_began": 1 } });
    let offer = json!({ "country": "GH", "supplier": "5sim", "currency": "RUB", "as_of": at, "operators": [
        { "operator": "mtn", "cost": 21_500_000, "stock": 812 }, { "operator": "vodafone", "cost": 24_000_000, "stock": 95 },
        { "operator": "airtel", "cost": 27_250_000, "stock": 4 }, { "operator": "virtual21", "cost": 31_000_000, "stock": 2210 }] });
    let service = json!({ "name": "whatsapp", "title": "WhatsApp", "class": "common" });
    let mut rules = serde_json::to_value(domain::selling::SalesRules::default())?;
    rules["rates"] = json!({ "RUB": { "credits_per_unit": "0.0062", "as_of": at } });
    rules["accounts"] = json!({ "5sim": { "currency": "RUB", "as_of": at } });
    let account = format!("USER#{user}");
    let password = PASSWORD.parse().map_err(|_| "the password")?;
    let hash_of_password = accounts::Passwords::default().hash(&password);
    let credentials = json!({ "password": hash_of_password, "version": 1, "changed_at": at });
    let claim = json!({ "made": user, "user_id": user });
    Ok(vec![
        ("accounts", item(&account, "CREDENTIALS", &credentials)),
        ("accounts", item(&format!("EMAIL#{EMAIL}"), "EMAIL", &claim)),
        ("accounts", item(&account, "PROFILE", &profile)),
        ("accounts", item(&account, &format!("KEY#{hash}"), &api_key)),
        ("ledger", item(&format!("WALLET#{user}"), "BALANCE", &wallet)),
        ("catalog", item("CATALOG", "RULES", &rules)),
        ("catalog", item("SERVICE#whatsapp", "SERVICE", &service)),
        ("catalog", item("OFFERS#whatsapp", "GH#5sim", &offer)),
    ])
}

/// One of our functions, by `<binary>.<endpoint>`.
pub fn function(binaries: &Path, handler: &str) -> Function {
    let binary = handler.split('.').next().unwrap_or_default();
    let queue = |name: &str| format!("https://sqs.us-east-1.amazonaws.com/123456789012/{name}");
    let env = [
        ("STAGE", "prod".to_owned()),
        ("APP_VERSION", "0.1.0".to_owned()),
        ("LOG_LEVEL", "info".to_owned()),
        ("PUBLIC_URL", "https://namaskah.example".to_owned()),
        ("TRUSTED_NETWORKS", String::new()),
        ("TABLE_ACCOUNTS", "accounts".to_owned()),
        ("TABLE_LEDGER", "ledger".to_owned()),
        ("TABLE_ORDERS", "orders".to_owned()),
        ("TABLE_CATALOG", "catalog".to_owned()),
        ("TABLE_LIMITS", "limits".to_owned()),
        ("TABLE_AUDIT", "audit".to_owned()),
        ("QUEUE_POLLS_URL", queue("polls")),
        ("QUEUE_CHECKS_URL", queue("checks")),
        ("QUEUE_PARKED_URL", queue("parked")),
        ("SUPPLIERS", "5sim".to_owned()),
        ("QUEUE_LETTERS_URL", queue("letters")),
        ("SECRET_SIGNING_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:signing".to_owned()),
        ("SECRET_SUPPLIERS_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:suppliers".to_owned()),
        ("SECRET_GATEWAYS_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:gateways".to_owned()),
        ("QUEUE_PAYMENTS_URL", queue("payments")),
        ("GATEWAY_NETWORKS", "52.31.139.75/32,52.49.173.169/32,52.214.14.220/32".to_owned()),
    ];
    let env = env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let command = vec![binaries.join(binary).to_string_lossy().into_owned()];
    Function { command, handler: handler.to_owned(), env }
}

/// The HTTP API event (payload 2.0) of a client's request.
fn http_event(method: &str, route: &str, path: &str, body: Option<&Value>, number: u64) -> Result<Value, Fault> {
    let mut event = json!({
        "version": "2.0", "routeKey": format!("{method} {route}"), "rawPath": path, "rawQueryString": "",
        "headers": {
            "accept": "*/*", "host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "user-agent": "curl/8.14.1",
            "x-amzn-trace-id": "Root=1-6b016ba0-da1fd106afb396d1c1ddf606", "x-api-key": key_text()?.expose(),
            "x-forwarded-for": "198.51.100.7", "x-forwarded-port": "443", "x-forwarded-proto": "https",
        },
        "requestContext": {
            "accountId": "123456789012", "apiId": "a1b2c3d4e5", "domainPrefix": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "198.51.100.7", "userAgent": "curl/8.14.1" },
            "requestId": "2hxRBqyzltHB3fY=", "routeKey": format!("{method} {route}"), "stage": "$default",
            "time": "21/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_255_200_412_i64,
        },
        "isBase64Encoded": false,
    });
    if let Some(body) = body {
        event["headers"]["content-type"] = json!("application/json");
        event["headers"]["idempotency-key"] = json!(format!("bench-{number:012}"));
        event["body"] = json!(body.to_string());
    }
    Ok(event)
}

/// A purchase with its own idempotency key.
pub fn create_event(number: u64) -> Result<Value, Fault> {
    let body = json!({ "service_name": "whatsapp", "country_code": "GH", "capability": "sms", "max_price": "0.80", "tags": { "project": "crm" } });
    let path = "/api/v1/verifications";
    http_event("POST", path, path, Some(&body), number)
}

/// A read of the wallet.
pub fn wallet_event() -> Result<Value, Fault> {
    http_event("GET", "/api/v1/wallet", "/api/v1/wallet", None, 0)
}

/// The list of the customer's orders.
pub fn list_event() -> Result<Value, Fault> {
    http_event("GET", "/api/v1/verifications", "/api/v1/verifications", None, 0)
}

/// A sign-in with address and password.
fn login_event() -> Result<Value, Fault> {
    let path = "/api/v1/auth/login";
    let mut event = http_event("POST", path, path, Some(&json!({ "email": EMAIL, "password": PASSWORD })), 0)?;
    for header in ["x-api-key", "idempotency-key"] {
        event["headers"].as_object_mut().map(|headers| headers.remove(header));
    }
    Ok(event)
}

fn queue_event(ids: &[String], queue: &str) -> Result<Value, Fault> {
    let user = customer()?;
    let records = ids.iter().enumerate().map(|(n, id)| json!({
        "messageId": format!("{MESSAGE}{n:02}"), "receiptHandle": "7iU3vEgIOOReDUYbp8qMZPq9j2AwNE9/ufK+PiXIog/jBhMhpscnWudo0MCd9FZWUbZi9HyCfQnIogAVUnnYpg==",
        "body": json!({ "user_id": user, "order_id": id }).to_string(),
        "attributes": { "ApproximateReceiveCount": "4", "SentTimestamp": "1795255201912", "SenderId": "AROAEXAMPLE:outbox", "ApproximateFirstReceiveTimestamp": "1795255202012" },
        "messageAttributes": {}, "md5OfBody": "277391ca200c9eed91b95527d6dcea7b", "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:us-east-1:123456789012:{queue}"), "awsRegion": "us-east-1",
    }));
    Ok(json!({ "Records": records.collect::<Vec<_>>() }))
}

fn stream_event(written: &[Written]) -> Value {
    let records = written.iter().enumerate().map(|(n, change)| {
        let mut record = json!({
            "eventID": format!("{n:032}"), "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
            "eventName": if change.before.is_some() { "MODIFY" } else { "INSERT" },
            "eventSourceARN": format!("arn:aws:dynamodb:us-east-1:123456789012:table/{}/stream/2026-11-21T10:00:00.000", change.table),
            "dynamodb": {
                "ApproximateCreationDateTime": 1_795_255_200, "SequenceNumber": format!("{n:021}"), "SizeBytes": 2000,
                "StreamViewType": "NEW_AND_OLD_IMAGES", "NewImage": change.after,
                "Keys": { "pk": change.after.get("pk"), "sk": change.after.get("sk") },
            },
        });
        if let Some(before) = &change.before {
            record["dynamodb"]["OldImage"] = json!(before);
        }
        record
    });
    json!({ "Records": records.collect::<Vec<_>>() })
}

impl Recorded {
    /// Runs the binaries to buy a number and fetch its code, and records what they write.
    pub fn make(binaries: &Path) -> Result<Self, Fault> {
        let wire = Wire::start(tables()?)?;
        let answer = Process::start(&function(binaries, "verifications.create"), &wire)?.call(&create_event(0)?)?;
        let answer: Value = serde_json::from_slice(&answer.body)?;
        if answer["statusCode"] != 201 {
            return Err(format!("the purchase was answered {answer}").into());
        }
        let mut written = wire.take_written();
        let is_order = |change: &&Written| change.table == "orders" && text(&change.after, "sk").starts_with("vrf_");
        let waiting = written.iter().rfind(is_order).ok_or("no order was written")?.after.clone();
        let mut recorded = Self {
            waiting: waiting.clone(),
            completed: waiting,
            orders: Vec::new(),
            entries: Vec::new(),
            session: Vec::new(),
            token: String::new(),
        };
        let (wire, mut ids) = recorded.world(1, false)?;
        wire.freeze(true);
        ids.truncate(1);
        let mut poll = Process::start(&function(binaries, "verifications.poll"), &wire)?;
        poll.call(&queue_event(&ids, "polls")?)?;
        written.extend(wire.take_written());
        let completed = written.iter().rfind(is_order).ok_or("no code was written")?;
        recorded.completed.clone_from(&completed.after);
        if recorded.completed["status"] != json!({ "S": "completed" }) {
            return Err("the poll did not complete the order".into());
        }
        recorded.orders = written.iter().filter(is_order).cloned().collect();
        recorded.entries =
            written.into_iter().filter(|change| text(&change.after, "sk").starts_with("ENTRY#")).collect();
        recorded.sign_in(binaries)?;
        Ok(recorded)
    }

    /// Runs the binary to sign in, and records the session.
    fn sign_in(&mut self, binaries: &Path) -> Result<(), Fault> {
        let wire = Wire::start(tables()?)?;
        let answer = Process::start(&function(binaries, "auth.login"), &wire)?.call(&login_event()?)?;
        let answer: Value = serde_json::from_slice(&answer.body)?;
        let tokens: Value = serde_json::from_str(answer["body"].as_str().unwrap_or_default())?;
        let token = tokens["access_token"].as_str().ok_or_else(|| format!("the sign-in was answered {answer}"))?;
        token.clone_into(&mut self.token);
        let written = wire.take_written().into_iter().filter(|change| change.table == "accounts");
        self.session = written.map(|change| change.after).collect();
        Ok(())
    }

    /// Fake services with this many orders of the customer, and their ids. Message `n` polls order
    /// `n`.
    fn world(&self, orders: u8, completed: bool) -> Result<(Arc<Wire>, Vec<String>), Fault> {
        let mut items = tables()?;
        items.extend(self.session.iter().map(|item| ("accounts", item.clone())));
        for (_, wallet) in items.iter_mut().filter(|(_, item)| text(item, "sk") == "BALANCE") {
            // The sequence number is past the holds of all orders.
            wallet.insert("seq".to_owned(), json!({ "N": "99" }));
        }
        let mut ids = Vec::new();
        for n in 0..orders {
            let mut order = if completed { self.completed.clone() } else { self.waiting.clone() };
            let id = if orders == 1 {
                text(&order, "sk").to_owned()
            } else {
                domain::OrderId::new(now(), n.into()).to_string()
            };
            order.insert("sk".to_owned(), json!({ "S": id }));
            order.insert("id".to_owned(), json!({ "S": id }));
            order.insert("poller".to_owned(), json!({ "S": format!("{MESSAGE}{n:02}") }));
            if let Some(number) = order.get_mut("number") {
                number["M"]["supplier_order"] = json!({ "S": (u32::from(n) + 1).to_string() });
            }
            ids.push(id);
            items.push(("orders", order));
        }
        Ok((Wire::start(items)?, ids))
    }

    /// The fake services and the event of a scenario, by its name in the report.
    pub fn scenario(&self, name: &str) -> Result<(Arc<Wire>, Value), Fault> {
        let (wire, ids) = match name {
            "poll, one" | "poll, the code" | "check" => self.world(1, name == "check")?,
            _ => self.world(ORDERS, false)?,
        };
        let event = match name {
            "create" => create_event(0)?,
            "get" => {
                http_event("GET", "/api/v1/verifications/{id}", &format!("/api/v1/verifications/{}", ids[0]), None, 0)?
            }
            "list" => list_event()?,
            "wallet" => wallet_event()?,
            "wallet, session" => {
                let mut event = wallet_event()?;
                event["headers"].as_object_mut().map(|headers| headers.remove("x-api-key"));
                event["headers"]["authorization"] = json!(format!("Bearer {}", self.token));
                event
            }
            "login" => login_event()?,
            "offers" => http_event(
                "GET",
                "/api/v1/services/{service_name}/offers",
                "/api/v1/services/whatsapp/offers",
                None,
                0,
            )?,
            "poll, one" | "poll, the code" => queue_event(&ids, "polls")?,
            "poll, ten" => queue_event(&ids[..10], "polls")?,
            "check" => queue_event(&ids, "checks")?,
            "outbox" => stream_event(&self.orders),
            "tally" => stream_event(&self.entries),
            "webhook" => serde_json::from_str(PAYSTACK_EVENT)?,
            "webhook, forged" => {
                let mut event: Value = serde_json::from_str(PAYSTACK_EVENT)?;
                event["headers"]["x-paystack-signature"] = json!("0".repeat(128));
                event
            }
            _ => return Err(format!("no such scenario: {name}").into()),
        };
        if name != "create" {
            wire.freeze(name == "poll, the code");
        }
        Ok((wire, event))
    }
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value["S"].as_str()).unwrap_or_default()
}
