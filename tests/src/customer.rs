//! A customer of the API, who sends what a client program would send.

use domain::{OrderId, UserId};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::Ipv4Addr,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A customer with a key.
#[derive(Clone)]
pub struct Customer {
    /// The customer's id.
    pub user: UserId,
    /// The text of the key, or of the access token of a session.
    pub key: String,
    http: reqwest::Client,
    api: String,
    /// The client's network address, which only the local cloud reads.
    pub address: String,
}

/// An answer of the API.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body; null if it is not JSON.
    pub body: Value,
}

impl Answer {
    async fn of(answer: reqwest::Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, body: answer.json().await.unwrap_or(Value::Null) }
    }

    /// The id of the order in the answer.
    pub fn order_id(&self) -> OrderId {
        let id = self.body["id"].as_str().or_else(|| self.body["order_id"].as_str());
        id.unwrap_or_else(|| panic!("no order in {self:?}")).parse().expect("an order's id")
    }

    /// The problem's code, or an empty string.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Customer {
    pub(crate) fn new(http: reqwest::Client, api: String, user: UserId, key: String) -> Self {
        Self { user, key, http, api, address: new_address() }
    }

    /// The same client at this network address.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// The same client with another key.
    #[must_use]
    pub fn with_key(&self, key: impl Into<String>) -> Self {
        Self { key: key.into(), ..self.clone() }
    }

    /// The header of the customer's key or access token.
    fn credential(&self) -> (&'static str, String) {
        let is_key = self.key.is_empty() || self.key.starts_with("nsk_");
        if is_key { ("x-api-key", self.key.clone()) } else { ("authorization", format!("Bearer {}", self.key)) }
    }

    /// Sends a request with the customer's key or access token.
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>, headers: &[(&str, &str)]) -> Answer {
        let method = method.parse().expect("a method");
        let (name, value) = self.credential();
        let mut request = self.http.request(method, format!("{}{path}", self.api)).header(name, value);
        request = request.header("x-local-client-address", &self.address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, &[]).await
    }

    /// `POST` without a body.
    pub async fn post(&self, path: &str) -> Answer {
        self.send("POST", path, None, &[]).await
    }

    /// Buys a number of this service in this country, under this idempotency key.
    pub async fn buy(&self, service: &str, country: &str, key: &str) -> Answer {
        let body = json!({ "service_name": service, "country_code": country });
        self.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", key)]).await
    }

    /// Buys as a client would. It repeats the request if the wallet is busy. If the purchase fails on a slow machine,
    /// its price is refunded, now or soon, and it starts over with a new key.
    pub async fn buy_patiently(&self, service: &str, country: &str, key: &str) -> Answer {
        let mut key = key.to_owned();
        loop {
            let answer = self.buy(service, country, &key).await;
            match answer.code() {
                "busy" => {}
                "supplier_unavailable" => key.push('+'),
                "" if answer.status == 202 && self.outcome(&answer.order_id()).await == "failed" => key.push('+'),
                _ => return answer,
            }
        }
    }

    /// `POST` of a body that is sent unchanged, under this idempotency key.
    pub async fn send_text(&self, path: &str, body: &'static str, key: &str) -> Answer {
        let request = self.http.post(format!("{}{path}", self.api)).header("x-api-key", &self.key);
        let request = request.header("content-type", "application/json").header("idempotency-key", key).body(body);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// `GET` of a target that is sent byte for byte. HTTP clients would encode invalid characters.
    pub async fn get_raw(&self, target: &str) -> Answer {
        let url: reqwest::Url = self.api.parse().expect("a URL");
        let (host, port) = (url.host_str().expect("a host"), url.port().expect("a port"));
        let mut stream = TcpStream::connect((host, port)).await.expect("a connection");
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nX-API-Key: {}\r\nConnection: close\r\n\r\n",
            self.key
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?))).collect();
        let body = serde_json::from_str(body).unwrap_or(Value::Null);
        Answer { status: status.expect("a status"), headers, body }
    }

    /// Makes an API key, as a person who is signed in.
    pub async fn make_key(&self, body: &Value) -> Answer {
        self.send("POST", "/api/v1/api-keys", Some(body), &[]).await
    }

    /// The current order.
    pub async fn order(&self, id: &OrderId) -> Value {
        let answer = self.get(&format!("/api/v1/verifications/{id}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Waits until the order has one of these statuses; fails after a minute.
    pub async fn wait_for(&self, id: &OrderId, states: &[&str]) -> Value {
        self.wait_until(id, |order| states.iter().any(|state| order["status"] == *state)).await
    }

    /// Waits until the order is like this; fails after a minute.
    pub async fn wait_until(&self, id: &OrderId, is_so: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let order = self.order(id).await;
            if is_so(&order) {
                return order;
            }
            assert!(started.elapsed() < Duration::from_mins(1), "never as expected: {order:#}");
            pause().await;
        }
    }

    /// Waits for the outcome of an open purchase.
    async fn outcome(&self, id: &OrderId) -> String {
        let order = self.wait_for(id, &["waiting", "completed", "refunded", "failed"]).await;
        order["status"].as_str().unwrap_or_default().to_owned()
    }

    /// The available and the held balance.
    pub async fn wallet(&self) -> (String, String) {
        let wallet = self.get("/api/v1/wallet").await.body;
        let text = |name: &str| wallet[name].as_str().unwrap_or_default().to_owned();
        (text("available"), text("held"))
    }
}

/// An address that no other client has, so that clients do not share the limits of one.
fn new_address() -> String {
    static CLIENTS: AtomicU32 = AtomicU32::new(1);
    let number = CLIENTS.fetch_add(1, Ordering::Relaxed);
    // 10.0.1.0 and above; each client in a network of its own.
    Ipv4Addr::from_bits((10 << 24) | ((number & 0xffff) << 8) | 7).to_string()
}

/// The pause between reads of data that a worker changes.
#[expect(clippy::disallowed_methods, reason = "workers run concurrently with the test, which polls their results")]
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(250)).await;
}

/// Sends requests at once, numbered from 0, and counts the answers by status and code.
pub async fn at_once<F>(times: usize, request: impl Fn(usize) -> F) -> BTreeMap<(u16, String), usize>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let sent: Vec<_> = (0..times).map(|n| tokio::spawn(request(n))).collect();
    let mut answers = BTreeMap::new();
    for answer in sent {
        let answer = answer.await.expect("a request that does not panic");
        *answers.entry((answer.status, answer.code().to_owned())).or_default() += 1;
    }
    answers
}
