//! Disputes of a transaction.

use super::*;
use domain::payment::{DisputeId, DisputeReport, DisputeStatus};

/// A dispute as Paystack lists it.
fn dispute_in(status: &str, resolution: Option<&str>) -> Value {
    json!({
        "id": 6_104_221, "refund_amount": 2_500, "currency": "GHS", "status": status, "resolution": resolution,
        "domain": "test", "transaction": transaction("success"), "transaction_reference": null,
        "category": "chargeback", "customer": { "id": 391_442_017, "email": "ama@example.com" }, "bin": "408408",
        "last4": "4081", "dueAt": "2026-11-24T10:02:31.000Z", "resolvedAt": null, "evidence": null,
        "attachments": null, "note": null, "history": [], "messages": [], "createdAt": "2026-11-22T10:02:31.000Z",
        "updatedAt": "2026-11-22T10:02:31.000Z"
    })
}

fn disputes(list: &Value) -> Result<Vec<DisputeReport>, GatewayError> {
    wire::disputes(&number(), &answer(200, list.to_string()))
}

#[test]
fn a_dispute_is_open_until_paystack_says_who_won() {
    for (status, resolution, expected) in [
        ("awaiting-merchant-feedback", None, DisputeStatus::Open),
        ("awaiting-bank-feedback", None, DisputeStatus::Open),
        ("pending", None, DisputeStatus::Open),
        ("archived", None, DisputeStatus::Open),
        ("resolved", None, DisputeStatus::Open),
        ("resolved", Some("declined"), DisputeStatus::Won),
        ("resolved", Some("merchant-accepted"), DisputeStatus::Lost),
        ("resolved", Some("auto-accepted"), DisputeStatus::Lost),
    ] {
        let report = DisputeReport { id: DisputeId::new("6104221"), amount: Some(cedis(2_500)), status: expected };
        assert_eq!(disputes(&list(&[dispute_in(status, resolution)], 1)), Ok(vec![report]), "{status}");
    }
    assert_eq!(disputes(&list(&[], 0)), Ok(vec![]));
    assert_eq!(wire::disputes_of(&number()), [("transaction", "5104233871"), ("perPage", "100")]);
}

#[test]
fn an_amount_that_is_missing_is_not_known() {
    for (path, value) in [("/refund_amount", json!(null)), ("/currency", json!(null)), ("/currency", json!("XOF"))] {
        let dispute = with(dispute_in("pending", None), &[(path, value)]);
        let amounts = disputes(&list(&[dispute], 1)).map(|all| all[0].amount);
        assert_eq!(amounts, Ok(None), "{path}");
    }
}

#[test]
fn a_list_that_is_cut_or_of_another_transaction_says_nothing() {
    let one = dispute_in("pending", None);
    let too_many = Err(GatewayError::Unavailable { fault: Fault::TooLarge });
    assert_eq!(disputes(&list(std::slice::from_ref(&one), 2)), too_many);
    let foreign = with(one.clone(), &[("/transaction/id", json!(1))]);
    let unavailable = Err(GatewayError::Unavailable { fault: Fault::Unreadable });
    assert_eq!(disputes(&list(&[one, foreign], 2)), unavailable);
}
