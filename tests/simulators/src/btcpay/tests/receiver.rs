//! A receiver of webhooks on loopback, with planned answers.

use super::Server;
use axum::{Router, body::Bytes, extract::State, routing::post};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

/// A delivery that arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub signature: String,
    pub raw: Vec<u8>,
}

impl Arrived {
    pub fn body(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub fn kind(&self) -> String {
        self.body()["type"].as_str().unwrap().to_owned()
    }
}

#[derive(Default)]
struct Inbox {
    arrived: Vec<Arrived>,
    answers: VecDeque<u16>,
}

/// The receiver.
#[derive(Clone)]
pub struct Receiver {
    inbox: Arc<Mutex<Inbox>>,
    pub url: String,
}

impl Receiver {
    /// A receiver that gets all events of a simulator, with the secret `whisper`.
    pub async fn of(server: &Server) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inbox = Arc::<Mutex<Inbox>>::default();
        let app = Router::new().route("/hook", post(receive)).with_state(inbox.clone());
        tokio::spawn(axum::serve(listener, app).into_future());
        server.control("webhook", json!({ "url": url, "secret": "whisper" })).await;
        Self { inbox, url }
    }

    /// Answers the next deliveries with these statuses, and later ones with 200.
    pub fn answer(&self, statuses: &[u16]) {
        self.inbox.lock().unwrap().answers = statuses.iter().copied().collect();
    }

    /// Waits until this many deliveries arrived, and a moment more for those that should not.
    pub async fn wait(&self, count: usize) -> Vec<Arrived> {
        for _ in 0..100 {
            if self.inbox.lock().unwrap().arrived.len() >= count {
                break;
            }
            wait_ms(50).await;
        }
        wait_ms(150).await;
        let arrived = self.inbox.lock().unwrap().arrived.clone();
        assert_eq!(arrived.len(), count, "{:?}", arrived.iter().map(Arrived::kind).collect::<Vec<_>>());
        arrived
    }

    /// The types of all events that arrived, as soon as there are so many.
    pub async fn kinds(&self, count: usize) -> Vec<String> {
        self.wait(count).await.iter().map(Arrived::kind).collect()
    }
}

async fn receive(State(inbox): State<Arc<Mutex<Inbox>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut inbox = inbox.lock().unwrap();
    let signature = headers["btcpay-sig"].to_str().unwrap().to_owned();
    inbox.arrived.push(Arrived { signature, raw: body.to_vec() });
    StatusCode::from_u16(inbox.answers.pop_front().unwrap_or(200)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "webhooks arrive in real time")]
pub async fn wait_ms(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
