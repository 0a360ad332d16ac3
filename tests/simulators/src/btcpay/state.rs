//! The states of invoices and payments, by the names that they have in answers.

use serde::{Deserialize, Serialize};

/// The status of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Status {
    New,
    /// Paid in full, and not all payments are final.
    Processing,
    Settled,
    Expired,
    /// The payments did not become final in time, or the merchant marked it.
    Invalid,
}

/// What is unusual about the status of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Additional {
    None,
    PaidPartial,
    PaidLate,
    PaidOver,
    /// The merchant set the status.
    Marked,
}

/// The status of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PaymentStatus {
    Processing,
    Settled,
    /// Another transaction spent the same coins, so this one does not count.
    Invalid,
}

impl Status {
    /// A status in a filter, in today's spelling or in that of older servers.
    pub fn from_filter(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "new" => Some(Self::New),
            "paid" | "processing" => Some(Self::Processing),
            "complete" | "confirmed" | "settled" => Some(Self::Settled),
            "expired" => Some(Self::Expired),
            "invalid" => Some(Self::Invalid),
            _ => None,
        }
    }
}

/// What the merchant may mark an invoice as.
pub fn markable(status: Status, additional: Additional) -> Vec<Status> {
    let is_marked = additional == Additional::Marked;
    let may_settle = status != Status::Settled;
    let may_invalidate = match status {
        Status::New | Status::Processing | Status::Expired => true,
        Status::Settled => is_marked,
        Status::Invalid => false,
    };
    let choices = [(may_settle, Status::Settled), (may_invalidate, Status::Invalid)];
    choices.into_iter().filter_map(|(may, status)| may.then_some(status)).collect()
}

/// Whether an invoice can be refunded.
pub fn is_refundable(status: Status, additional: Additional) -> bool {
    match status {
        Status::Settled | Status::Invalid => true,
        Status::Expired => {
            matches!(additional, Additional::PaidLate | Additional::PaidOver | Additional::PaidPartial)
        }
        Status::New | Status::Processing => false,
    }
}
