//! The fields of a request's body, which is JSON or a form. Paystack reads numbers also from texts.

use super::answer::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use http::{HeaderMap, header::CONTENT_TYPE};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// The fields of a body. A field that is null or an empty text counts as missing.
pub struct Fields(Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let form = is_form(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(|_| invalid("body"))?;
        if form {
            return Ok(Self(form_fields(std::str::from_utf8(&body).map_err(|_| invalid("body"))?)));
        }
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        serde_json::from_slice(&body).map(Self).map_err(|_| invalid("body"))
    }
}

impl Fields {
    /// The fields of an object.
    pub fn of(object: &Value) -> Option<Self> {
        object.as_object().cloned().map(Self)
    }

    /// A field as it was sent.
    pub fn raw(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        self.raw(name).map(|value| value.as_str().map(str::to_owned).ok_or_else(|| invalid(name))).transpose()
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let read = |value: &Value| match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        self.raw(name).map(|value| read(value).ok_or_else(|| invalid(name))).transpose()
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let Some(value) = self.raw(name) else { return Ok(Vec::new()) };
        let texts = value.as_array().ok_or_else(|| invalid(name))?.iter();
        texts.map(|text| text.as_str().map(str::to_owned).ok_or_else(|| invalid(name))).collect()
    }

    /// Refuses fields that would change what happens, because the simulator does not know what they do.
    pub fn refuse(&self, names: &[&str]) -> Result<(), Refusal> {
        match names.iter().find(|name| self.raw(name).is_some()) {
            Some(name) => Err(Refusal::Invalid(format!("The simulator does not know {name}"))),
            None => Ok(()),
        }
    }
}

fn invalid(name: &str) -> Refusal {
    Refusal::Invalid(format!("Invalid value of {name}"))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded")
}

fn form_fields(body: &str) -> Map<String, Value> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = body.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split.map(|(name, value)| (decoded(name), Value::String(decoded(value)))).collect()
}
