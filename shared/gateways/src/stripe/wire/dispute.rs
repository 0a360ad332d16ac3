//! Disputes, as Stripe lists them.

use super::{ObjectId, json};
use crate::{GatewayError, error::Call};
use domain::payment::{Amount, DisputeId, DisputeReport, DisputeStatus, Minor, ReceiptId};
use https::{Answer, Fault};
use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    data: Vec<Disputed>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Disputed {
    id: ObjectId,
    amount: u64,
    currency: String,
    status: String,
    payment_intent: Option<String>,
}

impl Disputed {
    /// An inquiry of a bank (`warning_…`) may become a dispute, so its money is held, too. So is that of a status that is
    /// not known here.
    fn status(&self) -> DisputeStatus {
        match self.status.as_str() {
            "won" | "warning_closed" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            _ => DisputeStatus::Open,
        }
    }

    fn report(self) -> DisputeReport {
        let (status, minor) = (self.status(), Minor::new(self.amount));
        let amount = self.currency.to_ascii_uppercase().parse().ok().map(|currency| Amount { minor, currency });
        DisputeReport { id: DisputeId::new(String::from(self.id)), amount, status }
    }
}

/// The disputes of a payment intent. A list that was cut says nothing.
pub(in crate::stripe) fn disputes(of: &ReceiptId, answer: &Answer) -> Result<Vec<DisputeReport>, GatewayError> {
    let Page { data, has_more } = json(answer, Call::Read)?;
    if has_more {
        return Err(Call::Read.unsettled(Fault::TooLarge));
    }
    if data.iter().any(|one| one.payment_intent.as_deref() != Some(of.as_str())) {
        return Err(Call::Read.unsettled(Fault::Unreadable));
    }
    Ok(data.into_iter().map(Disputed::report).collect())
}
