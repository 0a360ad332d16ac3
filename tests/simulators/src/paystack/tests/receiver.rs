//! A merchant's address for webhooks, which really listens.

use super::Merchant;
use axum::{Router, body::Bytes, extract::State};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

/// A webhook that arrived.
#[derive(Debug)]
pub struct Webhook {
    pub signature: String,
    pub body: String,
}

impl Webhook {
    pub fn event(&self) -> String {
        self.json()["event"].as_str().unwrap().to_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What arrived, and what is answered.
pub struct Receiver {
    pub url: String,
    arrived: mpsc::UnboundedReceiver<Webhook>,
    status: Arc<AtomicU16>,
}

type Doors = (mpsc::UnboundedSender<Webhook>, Arc<AtomicU16>);

impl Receiver {
    /// Listens, and tells the simulator where.
    pub async fn of(merchant: &Merchant) -> Self {
        let (sender, arrived) = mpsc::unbounded_channel();
        let status = Arc::new(AtomicU16::new(200));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/paystack", listener.local_addr().unwrap());
        let app = Router::new().fallback(take).with_state((sender, Arc::clone(&status)));
        tokio::spawn(axum::serve(listener, app).into_future());
        merchant.set("webhook", json!({ "url": url })).await;
        Self { url, arrived, status }
    }

    /// Answers with this status from now on.
    pub fn answer(&self, status: u16) {
        self.status.store(status, SeqCst);
    }

    /// The next webhook.
    pub async fn next(&mut self) -> Webhook {
        timeout(Duration::from_secs(10), self.arrived.recv()).await.expect("a webhook arrives").unwrap()
    }

    /// The events that arrive until there are so many, sorted, because they overtake each other.
    pub async fn events(&mut self, count: usize) -> Vec<String> {
        let mut events = Vec::new();
        for _ in 0..count {
            events.push(self.next().await.event());
        }
        events.sort();
        events
    }

    /// Checks that nothing arrives for a while.
    pub async fn nothing(&mut self) {
        let arrived = timeout(Duration::from_millis(300), self.arrived.recv()).await;
        assert!(arrived.is_err(), "{arrived:?}");
    }
}

async fn take(State((sender, status)): State<Doors>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some("application/json"));
    let signature = header("x-paystack-signature").unwrap_or_default();
    let _ = sender.send(Webhook { signature, body: String::from_utf8(body.to_vec()).unwrap() });
    StatusCode::from_u16(status.load(SeqCst)).unwrap()
}
