//! Webhooks of a simulator: messages that are sent until the receiver accepts them, at the pauses of the real system.

use https::http_client;
use serde::Serialize;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How often due messages are looked for.
const TICK: Duration = Duration::from_millis(50);
/// How long the receiver has to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is sent at an attempt.
#[derive(Clone)]
pub struct Attempt {
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// Makes the attempt with this number (1, 2 …) at this time in milliseconds, because some systems sign the time.
pub type Compose = Box<dyn Fn(u32, i64) -> Attempt + Send + Sync>;

/// A message, as the control API lists it.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub id: u64,
    /// The event's type.
    pub event: String,
    /// The payment, refund or dispute that it is about.
    pub about: String,
    /// The answers so far; 0 for no answer.
    pub statuses: Vec<u16>,
    /// When it is sent next; `None` if it was accepted or given up.
    pub due_ms: Option<i64>,
}

/// The messages of a simulator, oldest first. Clones share them.
#[derive(Clone)]
pub struct Webhooks {
    pauses: &'static [Duration],
    messages: Arc<Mutex<Vec<(Message, Target)>>>,
}

#[derive(Clone)]
struct Target {
    url: String,
    compose: Arc<Compose>,
}

impl Webhooks {
    /// No messages yet. A message that is not accepted is sent again after each of these pauses, then given up.
    pub fn new(pauses: &'static [Duration]) -> Self {
        Self { pauses, messages: Arc::default() }
    }

    /// Sends a message to `url` at `due_ms`, and again until it is accepted.
    pub fn queue(&self, (event, about): (&str, &str), url: &str, due_ms: i64, compose: Compose) {
        let mut messages = self.lock();
        let id = messages.len() as u64 + 1;
        let message = Message {
            id,
            event: event.to_owned(),
            about: about.to_owned(),
            statuses: Vec::new(),
            due_ms: Some(due_ms),
        };
        messages.push((message, Target { url: url.to_owned(), compose: Arc::new(compose) }));
    }

    /// Sends a message once more at `due_ms`, whatever became of it. Returns whether there is one.
    pub fn repeat(&self, id: u64, due_ms: i64) -> bool {
        let mut messages = self.lock();
        let found = messages.iter_mut().find(|(message, _)| message.id == id);
        found.map(|(message, _)| message.due_ms = Some(due_ms)).is_some()
    }

    /// All messages, oldest first.
    pub fn list(&self) -> Vec<Message> {
        self.lock().iter().map(|(message, _)| message.clone()).collect()
    }

    /// Forgets all messages.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Sends due messages for ever. `now_ms` is the simulator's time.
    pub fn run(&self, now_ms: impl Fn() -> i64 + Send + 'static) {
        let webhooks = self.clone();
        tokio::spawn(async move {
            let Ok(client) = http_client() else { return };
            loop {
                for (id, attempt, target) in webhooks.take_due(now_ms()) {
                    let (webhooks, client, at) = (webhooks.clone(), client.clone(), now_ms());
                    tokio::spawn(async move {
                        let status = send(&client, &target, attempt, at).await;
                        webhooks.note(id, status, at);
                    });
                }
                tick().await;
            }
        });
    }

    /// Takes the messages that are due, with the number of their attempt. They are not due until their answer is noted.
    fn take_due(&self, now_ms: i64) -> Vec<(u64, u32, Target)> {
        let mut messages = self.lock();
        let due = messages.iter_mut().filter(|(message, _)| message.due_ms.is_some_and(|due| due <= now_ms));
        due.map(|(message, target)| {
            message.due_ms = None;
            (message.id, u32::try_from(message.statuses.len()).unwrap_or(u32::MAX) + 1, target.clone())
        })
        .collect()
    }

    fn note(&self, id: u64, status: u16, at_ms: i64) {
        let mut messages = self.lock();
        let Some((message, _)) = messages.iter_mut().find(|(message, _)| message.id == id) else { return };
        message.statuses.push(status);
        let pause = self.pauses.get(message.statuses.len() - 1).filter(|_| !(200..300).contains(&status));
        if let Some(pause) = pause {
            message.due_ms = Some(at_ms + i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Message, Target)>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn send(client: &reqwest::Client, target: &Target, attempt: u32, now_ms: i64) -> u16 {
    post(client, &target.url, (target.compose)(attempt, now_ms)).await
}

/// Sends one attempt. Returns the status of the answer; 0 if there is none.
pub async fn post(client: &reqwest::Client, url: &str, attempt: Attempt) -> u16 {
    let Attempt { headers, body } = attempt;
    let request = client.post(url).timeout(PATIENCE).header("content-type", "application/json");
    let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    request.body(body).send().await.map_or(0, |answer| answer.status().as_u16())
}

/// A moment of the loop that sends.
#[expect(clippy::disallowed_methods, reason = "the simulators' own loop")]
pub async fn tick() {
    tokio::time::sleep(TICK).await;
}
