//! A customer: whoever the merchant named by an e-mail address.

use super::wire::{INTEGRATION, time, with};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Customer {
    pub id: u64,
    pub code: String,
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub created_ms: i64,
}

impl Customer {
    /// The customer as transactions and disputes show it.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id, "first_name": self.first_name, "last_name": self.last_name, "email": self.email,
            "customer_code": self.code, "phone": self.phone, "metadata": null, "risk_action": "default",
            "international_format_phone": self.phone.as_ref().filter(|phone| phone.starts_with('+')),
        })
    }

    /// The customer as an object of its own.
    pub fn full_json(&self, domain: &str) -> Value {
        let at = time(self.created_ms);
        with(
            self.json(),
            json!({
                "integration": INTEGRATION, "domain": domain, "identified": false, "identifications": null,
                "metadata": {}, "createdAt": at, "updatedAt": at,
            }),
        )
    }

    /// The customer of a refund's event.
    pub fn short_json(&self) -> Value {
        json!({ "first_name": self.first_name, "last_name": self.last_name, "email": self.email })
    }
}

/// Whether Paystack takes this for an e-mail address. It refuses `.local`, which is no domain of the internet.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let labels = domain.split('.').all(|label| !label.is_empty() && label.bytes().all(is_sign));
    let is_top = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && top != "local";
    !name.is_empty() && !name.contains(char::is_whitespace) && labels && is_top
}
