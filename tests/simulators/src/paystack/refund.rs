//! A refund: pending, processing, then processed, failed or needs-attention. Pure: time is an argument.

use super::means::RefundEnd;
use serde::{Deserialize, Serialize};

/// How long a refund stays pending, and then processing.
pub const STEP_MS: i64 = 3_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Pending,
    Processing,
    Processed,
    Failed,
    NeedsAttention,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Processed => "processed",
            Self::Failed => "failed",
            Self::NeedsAttention => "needs-attention",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Refund {
    pub id: u64,
    pub transaction: u64,
    pub amount: i64,
    pub currency: String,
    pub customer_note: String,
    pub merchant_note: String,
    pub status: Status,
    /// How it ends if nothing changes.
    pub end: RefundEnd,
    pub created_ms: i64,
    /// When the status changed last.
    pub changed_ms: i64,
}

impl Refund {
    /// Whether it has not ended.
    pub const fn is_open(&self) -> bool {
        !matches!(self.status, Status::Processed | Status::Failed)
    }

    /// Whether its amount is or will be with the customer.
    pub fn counts(&self) -> bool {
        self.status != Status::Failed
    }

    /// The next status and its time, if that time has come.
    pub fn due(&self, now_ms: i64) -> Option<(Status, i64)> {
        let next = match (self.status, self.end) {
            (Status::Pending, _) => Status::Processing,
            (Status::Processing, RefundEnd::Processed) => Status::Processed,
            (Status::Processing, RefundEnd::Failed) => Status::Failed,
            (Status::Processing, RefundEnd::NeedsAttention) => Status::NeedsAttention,
            _ => return None,
        };
        let at = self.changed_ms + STEP_MS;
        (at <= now_ms).then_some((next, at))
    }
}
