//! Moves the world on and sends the deliveries that are due, for ever.

use super::{delivery::Outgoing, world::Shared};
use crate::webhooks::{post, tick};
use https::http_client;

/// Starts the loop.
pub fn run(shared: Shared) {
    tokio::spawn(async move {
        let Ok(client) = http_client() else { return };
        loop {
            send_due(&shared, &client);
            tick().await;
        }
    });
}

fn send_due(shared: &Shared, client: &reqwest::Client) {
    let due = shared.lock().take_due();
    for outgoing in due {
        tokio::spawn(send(shared.clone(), client.clone(), outgoing));
    }
}

async fn send(shared: Shared, client: reqwest::Client, outgoing: Outgoing) {
    let Outgoing { message, url, attempt, twice, mut delivery } = outgoing;
    if twice {
        post(&client, &url, attempt.clone()).await;
    }
    delivery.status = post(&client, &url, attempt).await;
    shared.lock().note_delivery(message, delivery);
    // The next one of this webhook waited for this answer.
    send_due(&shared, &client);
}
