//! The public form of disputes.

use domain::{
    Credits, Timestamp,
    payment::{Dispute, DisputeStatus},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A dispute: your bank asks for the money of the payment back.
#[derive(Serialize, ToSchema)]
pub struct DisputeView {
    status: DisputeStatus,
    /// Credits that are held while it is `open`, are gone if it is `lost`, and are back if it is `won`. What your wallet
    /// did not have is owed.
    credits: Credits,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
}

impl From<Dispute> for DisputeView {
    fn from(dispute: Dispute) -> Self {
        let Dispute { status, credits, opened_at, closed_at, .. } = dispute;
        Self { status, credits, opened_at, closed_at }
    }
}
