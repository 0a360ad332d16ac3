//! Webhooks of the store: where events go, and which of them.

use super::{fields::Fields, ids, problem::Problem};
use http::Uri;
use serde_json::{Value, json};

/// A webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub id: String,
    pub url: String,
    pub secret: String,
    pub is_enabled: bool,
    /// Whether failed deliveries are repeated.
    pub redelivers: bool,
    pub everything: bool,
    /// The types of events, if not everything.
    pub events: Vec<String>,
}

impl Webhook {
    /// Reads the body of a new webhook or of a change. Without a secret it keeps the old one, or gets a random one.
    pub fn read(body: &[u8], old: Option<&Self>) -> Result<Self, Problem> {
        let mut fields = Fields::of_body(body)?;
        let url = fields.text("url").unwrap_or_default();
        if !is_absolute(&url) {
            fields.wrong("Url", "Invalid Url");
        }
        let given = fields.text("secret").filter(|secret| !secret.is_empty());
        let mut authorized = fields.nested("authorizedEvents");
        let webhook = Self {
            id: old.map_or_else(ids::id, |old| old.id.clone()),
            url,
            secret: given.or_else(|| old.map(|old| old.secret.clone())).unwrap_or_else(ids::id),
            is_enabled: fields.flag("enabled").unwrap_or(true),
            redelivers: fields.flag("automaticRedelivery").unwrap_or(true),
            everything: authorized.flag("everything").unwrap_or(true),
            events: authorized.texts("specificEvents").unwrap_or_default(),
        };
        fields.absorb(authorized);
        fields.finish().map(|()| webhook)
    }

    /// Whether events of this type go to it.
    pub fn wants(&self, kind: &str) -> bool {
        self.is_enabled && (self.everything || self.events.iter().any(|event| event == kind))
    }

    /// The webhook as the API answers it. Only a new one shows its secret.
    pub fn shown(&self, with_secret: bool) -> Value {
        let mut shown = json!({
            "id": self.id,
            "url": self.url,
            "enabled": self.is_enabled,
            "automaticRedelivery": self.redelivers,
            "authorizedEvents": { "everything": self.everything, "specificEvents": self.events },
        });
        if with_secret {
            shown["secret"] = json!(self.secret);
        }
        shown
    }
}

fn is_absolute(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}
