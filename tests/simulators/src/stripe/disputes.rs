//! How a bank disputes a charge, and decides.

use super::{
    charge::Charge,
    dispute::{Dispute, Status},
    event::Change,
    id,
    resource::Resource,
    transaction::Reason,
    world::World,
};
use serde_json::json;

/// A dispute can't get into that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

impl World {
    /// Opens or decides the dispute of a charge. Without an amount, all that was not refunded is disputed.
    pub fn dispute(&mut self, charge: &str, status: Status, amount: Option<i64>) -> Result<(), Impossible> {
        let charge = self.charges.get(charge).cloned().ok_or(Impossible)?;
        match status {
            Status::NeedsResponse => self.open_dispute(&charge, amount),
            Status::Won | Status::Lost => self.decide_dispute(&charge, status),
        }
    }

    fn open_dispute(&mut self, charge: &Charge, amount: Option<i64>) -> Result<(), Impossible> {
        let amount = amount.unwrap_or_else(|| charge.refundable());
        if charge.is_disputed || !(1..=charge.amount).contains(&amount) || charge.transaction.is_none() {
            return Err(Impossible);
        }
        let (now, id) = (self.now(), id::object("dp"));
        let transaction = self.book(Reason::DisputeOpened, charge, amount, &id, now);
        self.disputes.add(Dispute {
            id: id.clone(),
            created: now,
            amount,
            currency: charge.currency,
            charge: charge.id.clone(),
            intent: charge.intent.clone(),
            status: Status::NeedsResponse,
            transactions: self.json_of(&transaction).into_iter().collect(),
        });
        if let Some(charge) = self.charges.get_mut(&charge.id) {
            charge.is_disputed = true;
        }
        let changes = ["charge.dispute.created", "charge.dispute.funds_withdrawn"].map(|kind| Change::new(kind, &id));
        self.emit_dispute(&id, &changes);
        Ok(())
    }

    fn decide_dispute(&mut self, charge: &Charge, status: Status) -> Result<(), Impossible> {
        let open = self.disputes.newest().find(|dispute| dispute.charge == charge.id);
        let open = open.filter(|dispute| dispute.status == Status::NeedsResponse).cloned().ok_or(Impossible)?;
        let now = self.now();
        let before = json!({ "status": open.status.name() });
        let mut changes = vec![Change::from("charge.dispute.closed", &open.id, before)];
        let mut returned = None;
        if status == Status::Won {
            let transaction = self.book(Reason::DisputeWon, charge, open.amount, &open.id, now);
            returned = self.json_of(&transaction);
            changes.push(Change::new("charge.dispute.funds_reinstated", &open.id));
        }
        if let Some(dispute) = self.disputes.get_mut(&open.id) {
            dispute.status = status;
            dispute.transactions.extend(returned);
        }
        self.emit_dispute(open.id(), &changes);
        Ok(())
    }

    fn emit_dispute(&mut self, id: &str, changes: &[Change]) {
        let reference = self.reference_of(id).unwrap_or_default().to_owned();
        let now = self.now();
        self.emit(&reference, changes, now);
    }
}
