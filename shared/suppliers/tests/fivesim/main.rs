//! The 5SIM client on a real connection: the requests that it sends, how often, and how it handles
//! late, broken and missing answers.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod loopback;
mod settle;
mod transport;

use loopback::{Loopback, Reply};
use secrecy::SecretString;
use std::time::Duration;
use suppliers::{
    BuyRequest, FiveSim, Supplier, SupplierError,
    fivesim::{Account, BuildError, Deadlines},
    http_client,
};

const DEADLINES: Deadlines = Deadlines {
    buy: Duration::from_millis(300),
    action: Duration::from_millis(300),
    read: Duration::from_millis(300),
    list: Duration::from_millis(300),
    retrying: Duration::from_millis(600),
    pause: Duration::from_millis(10),
};

fn client(url: &str) -> FiveSim {
    let key = SecretString::from("the-key");
    FiveSim::new(url, &key, http_client().unwrap()).unwrap().with_deadlines(DEADLINES)
}

fn request() -> BuyRequest {
    BuyRequest {
        reference: domain::OrderId::new(domain::Timestamp::default(), 1),
        service: "whatsapp".parse().unwrap(),
        country: "GH".parse().unwrap(),
        operator: None,
        max_cost: None,
    }
}

/// The JSON of an order.
fn order(id: u32, status: &str, minute: u32, messages: usize) -> String {
    let sms =
        vec![r#"{"created_at": "2026-11-21T10:01:00Z", "sender": "x", "text": "123456", "code": "123456"}"#; messages];
    format!(
        r#"{{"id": {id}, "phone": "+233201234567", "operator": "mtn", "product": "whatsapp", "price": 21.5, "status": "{status}",
        "expires": "2026-11-21T10:30:00Z", "created_at": "2026-11-21T10:{minute:02}:00Z", "country": "ghana", "sms": [{}]}}"#,
        sms.join(",")
    )
}

/// A loopback address that nobody listens on.
fn closed_url() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/v1", listener.local_addr().unwrap())
}

#[test]
fn each_account_is_a_supplier_of_its_own() {
    let first = client("http://127.0.0.1:1/v1");
    let second = client("http://127.0.0.1:1/v1").of(Account { id: "5sim-2", key: "second_key" });
    assert_eq!((first.id().as_str(), second.id().as_str()), ("5sim", "5sim-2"));
}

#[test]
fn only_safe_addresses_and_whole_keys_are_taken() {
    let build = |url: &str, key: &str| {
        FiveSim::new(url, &SecretString::from(key), http_client().unwrap()).map(|client| format!("{client:?}"))
    };
    for url in ["https://5sim.net/v1", "http://127.0.0.1:1/v1/", "http://localhost:1", "http://[::1]:1/v1"] {
        assert!(!build(url, "the-key").unwrap().contains("the-key"), "{url}");
    }
    for url in [
        "",
        "5sim.net",
        "ftp://127.0.0.1/",
        "http://5sim.net/v1",
        "http://127.0.0.1.example.com/v1",
        "https://user:pass@5sim.net/v1",
        "https://5sim.net/v1?x=1",
        "https://5sim.net/v1#x",
    ] {
        assert_eq!(build(url, "the-key"), Err(BuildError::BaseUrl), "{url}");
    }
    for key in ["", "  \n", "a\r\nX-Other: b"] {
        assert_eq!(build("https://5sim.net/v1", key), Err(BuildError::ApiKey), "{key:?}");
    }
}

/// The kind of an error, for test tables.
fn kind<T: std::fmt::Debug>(result: &Result<T, SupplierError>) -> &'static str {
    result.as_ref().map_or_else(SupplierError::kind, |_| "ok")
}

fn server(script: impl IntoIterator<Item = Reply>) -> (Loopback, FiveSim) {
    let server = Loopback::start(script);
    let client = client(&server.url());
    (server, client)
}
