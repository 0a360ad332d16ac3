//! Payments: what a customer asks for, and what the gateways' simulators do.

use crate::{Cloud, Customer, customer::Answer};
use domain::payment::PaymentReference;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a payment may take to settle.
const PATIENCE: Duration = Duration::from_mins(1);

impl Customer {
    /// Starts a payment with this body, under this idempotency key.
    pub async fn pay(&self, body: &Value, key: &str) -> Answer {
        self.send("POST", "/api/v1/payments", Some(body), &[("idempotency-key", key)]).await
    }

    /// Starts a payment that must succeed, and returns its reference.
    pub async fn started(&self, body: &Value, key: &str) -> PaymentReference {
        let started = self.pay(body, key).await;
        assert_eq!(started.status, 201, "{started:?}");
        reference_of(&started.body)
    }

    /// A payment, whose gateway is asked while it is open.
    pub async fn payment(&self, reference: &PaymentReference) -> Value {
        let answer = self.get(&format!("/api/v1/payments/{reference}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// The payment as we know it, without asking the gateway.
    pub async fn known_payment(&self, reference: &PaymentReference) -> Value {
        let list = self.get("/api/v1/payments?limit=100").await;
        assert_eq!(list.status, 200, "{list:?}");
        let items = list.body["items"].as_array().expect("items");
        let text = reference.to_string();
        items.iter().find(|item| item["reference"] == text.as_str()).cloned().expect("the payment is listed")
    }

    /// The payment once it has this status. Only our workers move it.
    pub async fn settled(&self, reference: &PaymentReference, status: &str) -> Value {
        let started = Instant::now();
        loop {
            let payment = self.known_payment(reference).await;
            if payment["status"] == status {
                return payment;
            }
            assert!(started.elapsed() < PATIENCE, "not {status}: {payment:#}");
            crate::customer::pause().await;
        }
    }
}

impl Cloud {
    /// Controls a gateway's simulator (`POST /_sim/{path}`). Returns the answer.
    pub async fn gateway(&self, name: &str, path: &str, body: Value) -> Value {
        self.control(self.simulator(name), path, body).await
    }

    /// Does what a customer does on the gateway's page.
    pub async fn pays(&self, gateway: &str, reference: &PaymentReference, how: Value) -> Value {
        self.gateway(gateway, &format!("pay/{reference}"), how).await
    }

    /// Lets a fault happen at the next call or webhook about this payment.
    pub async fn plan_payment(&self, gateway: &str, fault: &str, reference: &PaymentReference) {
        self.gateway(gateway, "plan", json!({ "fault": fault, "reference": reference.to_string() })).await;
    }

    /// Makes a refund at Stripe, as a person does in its dashboard. Returns its identifier.
    pub async fn refund_at_stripe(&self, payment_intent: &str, amount: u64) -> String {
        let url = format!("{}/v1/refunds", self.simulator("stripe"));
        let form = [("payment_intent", payment_intent.to_owned()), ("amount", amount.to_string())];
        let request = self.http.post(url).bearer_auth("sk_test_local").form(&form);
        let made: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        made["id"].as_str().unwrap_or_else(|| panic!("no refund: {made:#}")).to_owned()
    }

    /// Queues the payments that are due.
    pub async fn queue_due_payments(&self) {
        self.invoke("PaymentsDueFunction", &json!({})).await;
    }
}

/// The reference in a payment.
pub fn reference_of(payment: &Value) -> PaymentReference {
    payment["reference"].as_str().expect("a reference").parse().expect("a reference of a payment")
}
