//! The database's answers are lost: the credits leave once, and the refund is sent once.

use super::{Cloud, asked, at_gateway, audit, balance, payer, reaches};
use billing::{Followed, RefundRequest};
use domain::{Actor, payment::Payment, payment::PaymentReference};
use namaskah_tests::faults::{Fault, FaultyNetwork};
use serde_json::json;
use store::IdempotencyKey;

async fn stored(cloud: &Cloud, reference: &PaymentReference) -> Payment {
    cloud.store.record(&reference.user, reference).await.unwrap().expect("the payment")
}

#[tokio::test]
async fn a_lost_answer_asks_for_one_refund() {
    let cloud = Cloud::shared().await;
    let context = cloud.context().await;
    for faults in [
        &[Fault::LostAfter][..],
        &[Fault::LostAfter; 3],
        &[Fault::LostBefore; 3],
        &[Fault::LostAfter, Fault::Cancelled],
        &[Fault::Throttled, Fault::LostAfter],
    ] {
        let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
        let payment = stored(&cloud, &reference).await;
        let network = FaultyNetwork::new(faults.iter().copied());
        let faulty = cloud.faulty_context(&network).await;
        let request = RefundRequest { credits: None, address: None, reason: None, actor: Actor::user(&customer.user) };
        let key = IdempotencyKey {
            user: customer.user.clone(),
            operation: "refund".to_owned(),
            key: "k".to_owned(),
            fingerprint: String::new(),
        };
        let first = billing::refund(&faulty, payment.clone(), request.clone(), &key).await;
        assert_eq!(network.left(), 0, "{faults:?}");
        let again = billing::refund(&context, payment, request, &key).await.unwrap();
        assert_eq!(again.payment.refunds.len(), 1, "{faults:?}");
        if let Ok(first) = first {
            assert!(again.is_replay && first.refund.id == again.refund.id, "{faults:?}");
        }
        reaches(&cloud, &customer, &reference, "processed").await;
        assert_eq!(
            (at_gateway(&cloud, "stripe", &reference).await.len(), balance(&customer).await.as_str()),
            (1, "0.0000")
        );
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn a_lost_answer_sends_one_refund() {
    let cloud = Cloud::alone().await;
    let context = cloud.context().await;
    // Paystack makes a refund for every request. The first write begins, the second one notes what Paystack said.
    for faults in [
        &[Fault::LostAfter][..],
        &[Fault::LostAfter; 3],
        &[Fault::LostBefore; 3],
        &[Fault::Passes, Fault::LostAfter, Fault::LostAfter, Fault::LostAfter],
        &[Fault::Passes, Fault::LostBefore, Fault::LostBefore, Fault::LostBefore],
    ] {
        let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
        cloud.enable_source_of("PaymentsSettleFunction", false).await;
        asked(&customer, &reference, json!({})).await;
        let network = FaultyNetwork::new(faults.iter().copied());
        let faulty = cloud.faulty_context(&network).await;
        let _ = billing::follow_refunds(&faulty, stored(&cloud, &reference).await, Followed::Open).await;
        assert_eq!(network.left(), 0, "{faults:?}");
        for _ in 0..2 {
            let payment = stored(&cloud, &reference).await;
            billing::follow_refunds(&context, payment, Followed::Open).await.unwrap();
        }
        cloud.enable_source_of("PaymentsSettleFunction", true).await;
        cloud.advance(310).await;
        cloud.queue_due_payments().await;
        reaches(&cloud, &customer, &reference, "processed").await;
        assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1, "{faults:?}");
        audit(&cloud, &customer).await;
    }
}
