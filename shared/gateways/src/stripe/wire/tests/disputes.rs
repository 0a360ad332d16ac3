//! Disputes of a payment intent.

use super::*;
use crate::stripe::wire::disputes;
use domain::payment::{DisputeId, DisputeReport, DisputeStatus, ReceiptId};

/// A dispute as Stripe lists it.
fn dispute_in(status: &str) -> Value {
    json!({
        "id": "dp_1SR9gh", "object": "dispute", "amount": 2500, "balance_transactions": [], "charge": "ch_3SR9ggGn4",
        "created": 1_795_341_600, "currency": "usd", "evidence": {}, "is_charge_refundable": false, "livemode": false,
        "metadata": {}, "payment_intent": "pi_3SR9ggGn4", "reason": "fraudulent", "status": status
    })
}

fn read(data: &[Value], has_more: bool) -> Result<Vec<DisputeReport>, GatewayError> {
    let list = json!({ "object": "list", "data": data, "has_more": has_more, "url": "/v1/disputes" });
    disputes(&ReceiptId::new("pi_3SR9ggGn4"), &answer(200, list.to_string()))
}

#[test]
fn a_dispute_is_open_until_stripe_says_who_won() {
    for (status, expected) in [
        ("needs_response", DisputeStatus::Open),
        ("under_review", DisputeStatus::Open),
        ("warning_needs_response", DisputeStatus::Open),
        ("warning_under_review", DisputeStatus::Open),
        ("a_new_one", DisputeStatus::Open),
        ("warning_closed", DisputeStatus::Won),
        ("won", DisputeStatus::Won),
        ("lost", DisputeStatus::Lost),
    ] {
        let amount = Some(Amount { minor: Minor::new(2_500), currency: PayCurrency::Usd });
        let report = DisputeReport { id: DisputeId::new("dp_1SR9gh"), amount, status: expected };
        assert_eq!(read(&[dispute_in(status)], false), Ok(vec![report]), "{status}");
    }
    assert_eq!(read(&[], false), Ok(vec![]));
    let euros = with(dispute_in("won"), &[("/currency", json!("eur"))]);
    assert_eq!(read(&[euros], false).map(|all| all[0].amount), Ok(None), "nobody pays in euros here");
}

#[test]
fn a_list_that_is_cut_or_of_another_payment_says_nothing() {
    let unavailable = |fault| Err(GatewayError::Unavailable { fault });
    assert_eq!(read(&[dispute_in("won")], true), unavailable(Fault::TooLarge));
    for (path, value) in [("/payment_intent", json!("pi_other")), ("/payment_intent", json!(null))] {
        let foreign = with(dispute_in("lost"), &[(path, value)]);
        assert_eq!(read(&[dispute_in("won"), foreign], false), unavailable(Fault::Unreadable));
    }
}
