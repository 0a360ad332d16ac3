//! Disputes are listed and read. Tests open and end them.

use super::{
    answer::{Refusal, list, ok},
    dispute::{Dispute, Resolution, Step},
    dispute_wire,
    listing::{Asked, Listing},
    transaction::{State as Payment, Transaction},
    world::{Shared, World},
};
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use serde_json::Value;

const STATUSES: [&str; 4] = ["awaiting-merchant-feedback", "awaiting-bank-feedback", "pending", "resolved"];

pub fn routes() -> Router<Shared> {
    Router::new().route("/dispute", get(all)).route("/dispute/{id}", get(fetch))
}

async fn all(State(shared): State<Shared>, Query(asked): Asked) -> Result<Response, Refusal> {
    let listing = Listing::read(&asked)?;
    let status = asked.get("status");
    if status.is_some_and(|status| !STATUSES.contains(&status.as_str())) {
        return Err(Refusal::Invalid("Invalid value of status".to_owned()));
    }
    let transaction = asked.get("transaction").map(|text| text.parse().unwrap_or(0_u64));
    let world = shared.current();
    let all = world.disputes.values().filter(|dispute| {
        listing.includes(dispute.created_ms)
            && status.is_none_or(|wanted| wanted == dispute.status())
            && transaction.is_none_or(|wanted| wanted == dispute.transaction)
    });
    let (page, meta) = listing.page(all.collect());
    let page: Result<Vec<_>, _> =
        page.into_iter().map(|dispute| written(&world, dispute, dispute_wire::fetched)).collect();
    Ok(list("Disputes retrieved", &page?, &meta))
}

async fn fetch(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: u64 = id.parse().map_err(|_| Refusal::NotFound)?;
    let world = shared.current();
    let dispute = world.disputes.get(&id).ok_or(Refusal::NotFound)?;
    Ok(ok("Dispute retrieved", &written(&world, dispute, dispute_wire::fetched)?))
}

fn written(
    world: &World,
    dispute: &Dispute,
    write: impl Fn(&World, &Dispute, &Transaction) -> Value,
) -> Result<Value, Refusal> {
    let of = world.transactions.get(&dispute.transaction).ok_or(Refusal::UnknownTransaction)?;
    Ok(write(world, dispute, of))
}

impl World {
    /// Opens or ends the dispute of a payment, and tells the merchant. Returns whether that is possible: only what is
    /// paid has a dispute, and there is one at a time.
    pub fn dispute(&mut self, transaction: u64, step: Step) -> bool {
        let now = self.now_ms();
        let Some(of) = self.transactions.get(&transaction) else { return false };
        let rest = of.amount - self.refunded(transaction);
        let open = self.disputes.values().find(|one| one.transaction == transaction && one.resolved.is_none());
        let id = match (step, open.map(|dispute| dispute.id)) {
            (Step::Create, None) if of.state == Payment::Paid && rest > 0 => {
                let id = self.new_id();
                let dispute =
                    Dispute { id, transaction, amount: rest, created_ms: now, resolved: None, changed_ms: now };
                self.disputes.insert(id, dispute);
                id
            }
            (Step::Remind | Step::Won | Step::Lost, Some(id)) => id,
            _ => return false,
        };
        self.disputes.entry(id).and_modify(|dispute| {
            dispute.changed_ms = now;
            dispute.resolved = match step {
                Step::Create | Step::Remind => None,
                Step::Won => Some((Resolution::Declined, now)),
                Step::Lost => Some((Resolution::MerchantAccepted, now)),
            };
        });
        if step == Step::Lost {
            self.transactions.entry(transaction).and_modify(|of| of.state = Payment::Reversed);
        }
        self.tell_of_dispute(id, step);
        true
    }

    fn tell_of_dispute(&mut self, id: u64, step: Step) {
        let Some(dispute) = self.disputes.get(&id) else { return };
        let Some(of) = self.transactions.get(&dispute.transaction) else { return };
        let (data, reference) = (dispute_wire::event(self, dispute, of), of.asked.reference.clone());
        self.tell(step.event(), &reference, &data);
    }
}
