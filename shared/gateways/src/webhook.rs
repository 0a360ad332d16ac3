//! Events that gateways send us. They are recognised by their signature, and only name a payment.

use domain::{
    Timestamp,
    payment::{PaymentReference, ReceiptId},
};
use http::HeaderMap;
use secrecy::SecretString;
use thiserror::Error;

/// How the events of a gateway are recognised and read.
#[derive(Clone, Copy, Debug)]
pub struct Webhook {
    /// The field of the gateways' secret that has the secret of the signatures.
    pub secret: &'static str,
    /// The header with the signature, in lower case.
    pub header: &'static str,
    /// Whether an event is the gateway's: its headers, its body as it came, and when it came.
    pub is_genuine: fn(&SecretString, &HeaderMap, &[u8], Timestamp) -> bool,
    /// Reads a genuine event.
    pub read: fn(&[u8]) -> Result<Notice, NotRead>,
}

/// What an event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's identifier of the event. An event that is sent again has the same one.
    pub id: String,
    /// The gateway's name of what happened, such as `charge.success`.
    pub kind: String,
    /// The payment; `None` if the event does not name it.
    pub reference: Option<PaymentReference>,
    /// The money that it is about, by which its payment is found without a reference; `None` if the event does not
    /// name it.
    pub receipt: Option<ReceiptId>,
}

impl Notice {
    /// Whether it is about a dispute. Every gateway names them so.
    pub fn is_about_dispute(&self) -> bool {
        self.kind.contains("dispute")
    }

    /// Whether it is about money that comes, and not about money that goes back.
    pub fn is_about_income(&self) -> bool {
        !self.is_about_dispute() && !self.kind.contains("refund")
    }
}

/// A genuine event can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the event can't be read")]
pub struct NotRead;
