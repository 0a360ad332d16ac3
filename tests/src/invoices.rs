//! Invoices: waiting for them, and the proof that their numbers have no gap.

use crate::{Cloud, Customer, customer::pause};
use domain::{
    invoice::{SellerCode, Series},
    payment::PaymentReference,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a document may take, with its file.
const PATIENCE: Duration = Duration::from_mins(1);

impl Customer {
    /// The documents of a payment, newest first, whatever became of their files.
    pub async fn documents_of(&self, reference: &PaymentReference) -> Vec<Value> {
        let list = self.get("/api/v1/invoices?limit=100").await;
        assert_eq!(list.status, 200, "{list:?}");
        let items = list.body["items"].as_array().expect("items");
        items.iter().filter(|item| item["payment"] == reference.to_string().as_str()).cloned().collect()
    }

    /// The documents of a payment once there are this many and all have a file.
    pub async fn invoiced(&self, reference: &PaymentReference, n: usize) -> Vec<Value> {
        let started = Instant::now();
        loop {
            let found = self.documents_of(reference).await;
            if found.len() == n && found.iter().all(|document| document["pdf_ready"] == true) {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "not {n} documents: {found:#?}");
            pause().await;
        }
    }
}

impl Cloud {
    /// Sends this many messages about a payment to the queue of invoices.
    pub async fn send_to_invoice(&self, reference: &PaymentReference, copies: usize) {
        let body = json!({ "reference": reference }).to_string();
        for _ in 0..copies {
            let call = json!({ "QueueUrl": self.output("InvoicesQueue"), "MessageBody": body });
            self.sqs("SendMessage", &call).await;
        }
    }

    /// Checks that the numbers of a year have no gap, and returns the last place.
    pub async fn audit_series(&self, year: u16) -> u64 {
        let seller: SellerCode = "NMS".parse().expect("a seller's code");
        let (series, ledger) = (Series { seller, year }, self.store.ledger());
        let (mut places, mut after) = (Vec::new(), None);
        // Places that are given away meanwhile are above it.
        let last = ledger.last_place(&series).await.expect("a place");
        loop {
            let page = ledger.numbers(&series, 100, after.as_ref()).await.expect("numbers");
            for owner in page.items {
                let issued: domain::invoice::Issued =
                    self.store.record(&owner.user, &owner.id).await.expect("a document").expect("it exists");
                assert_eq!(issued.document.number, owner.number, "each number has its document");
                places.push(u64::from(owner.number.place().get()));
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        places.retain(|place| *place <= last);
        assert_eq!(places, (1..=last).collect::<Vec<_>>(), "the numbers of {year} have no gap");
        last
    }
}
