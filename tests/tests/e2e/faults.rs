//! The network of the database fails at each write of a purchase. Each write happens once, or not at all with
//! an error.

use crate::in_process;
use domain::{
    MessageId, MessageText, OrderId, Plan, Sender, SupplierId, SupplierMoney, SupplierOrderId,
    ledger::Line,
    order::{CloseReason, IncomingMessage, NewOrder, Order, Request, Sale, Step},
    pricing::Capability,
};
use namaskah_tests::{
    Cloud, Customer,
    faults::{Fault, FaultyNetwork},
};
use std::{collections::BTreeMap, time::Duration};
use store::{Claim, Transaction};

/// Faults of the network, and whether the write can succeed anyway (the SDK tries three times).
const PLANS: [(&[Fault], bool); 9] = [
    (&[Fault::Throttled], true),
    (&[Fault::LostBefore], true),
    (&[Fault::LostAfter], true),
    (&[Fault::LostAfter, Fault::LostBefore], true),
    (&[Fault::LostAfter, Fault::LostAfter, Fault::LostAfter], true),
    (&[Fault::LostAfter, Fault::Throttled, Fault::Throttled], true),
    (&[Fault::LostAfter, Fault::Cancelled], true),
    (&[Fault::Cancelled], false),
    (&[Fault::LostBefore, Fault::LostBefore, Fault::LostBefore], false),
];

/// The writes of an order's life.
#[derive(Clone, Copy, Debug)]
enum Write {
    Hold,
    Number,
    Capture,
    Release,
}

fn opened(cloud: &Cloud, customer: &Customer, number: u128) -> Step {
    let amount = "0.5".parse().unwrap();
    let new = NewOrder {
        id: OrderId::new(cloud.now(), number),
        user_id: customer.user.clone(),
        plan: Plan::Pro,
        key: None,
        request: Request {
            service: "whatsapp".parse().unwrap(),
            country: "GH".parse().unwrap(),
            capability: Capability::Sms,
            operator: None,
            tags: BTreeMap::new(),
        },
        price: amount,
        included: domain::Credits::ZERO,
        budget: None,
        lines: vec![Line::new("sms", amount)],
        supplier: SupplierId::new("nobody"),
        cap: SupplierMoney::from_micros(1),
    };
    Order::open(new, cloud.now())
}

fn bought(cloud: &Cloud, order: Order, id: &SupplierOrderId) -> Step {
    let now = cloud.now();
    let sale = Sale {
        supplier: SupplierId::new("nobody"),
        supplier_order: id.clone(),
        phone: "+233200000000".parse().unwrap(),
        service: Some(order.request.service.clone()),
        country: Some(order.request.country.clone()),
        operator: None,
        cost: SupplierMoney::from_micros(1),
        sold_at: now,
        ends_at: now.plus(Duration::from_mins(15)),
        is_usable: true,
    };
    order.number_bought(sale, now).unwrap()
}

fn message(cloud: &Cloud) -> IncomingMessage {
    let (from, text) = (Sender::new("WhatsApp"), MessageText::new("Your code is 123456"));
    IncomingMessage { fingerprint: "one".into(), from, text, supplier_code: None, at: cloud.now() }
}

/// Executes the writes before this one over a good network, and this one over the faulty one.
async fn meet(cloud: &Cloud, write: Write, plan: &[Fault], number: u128) -> (bool, Customer) {
    let customer = cloud.customer(Plan::Pro, "5").await;
    let supplier = SupplierId::new("nobody");
    let claimed = SupplierOrderId::new(format!("{}-{number}", customer.user));
    let with_claim = |step: Step| {
        let claim = Claim::supplier_order(&supplier, &claimed, &step.subject);
        Transaction::of(step).claiming(claim)
    };
    let opening = Transaction::of(opened(cloud, &customer, number));
    let change = match write {
        Write::Hold => opening,
        Write::Number | Write::Capture | Write::Release => {
            let held = cloud.store.commit(opening, cloud.now()).await.unwrap();
            let number_bought = with_claim(bought(cloud, held, &claimed));
            if matches!(write, Write::Number) {
                number_bought
            } else {
                let waiting = cloud.store.commit(number_bought, cloud.now()).await.unwrap();
                let now = cloud.now();
                Transaction::of(match write {
                    Write::Capture => waiting.receive(vec![message(cloud)], || MessageId::new(now, 1), now).unwrap(),
                    _ => waiting.begin_cancel(CloseReason::Reported, now).unwrap().subject.given_back(now).unwrap(),
                })
            }
        }
    };
    let network = FaultyNetwork::new(plan.iter().copied());
    let faulty = cloud.faulty_store(&network).await;
    let written = faulty.commit(change, cloud.now()).await;
    assert_eq!(network.left(), 0, "{write:?} {plan:?}: not all faults occurred");
    (written.is_ok(), customer)
}

#[tokio::test]
async fn each_write_happens_once_or_not_at_all() {
    let cloud = Cloud::shared().await;
    for (number, write) in [Write::Hold, Write::Number, Write::Capture, Write::Release].into_iter().enumerate() {
        for (plan, succeeds) in PLANS {
            let (written, customer) = meet(&cloud, write, plan, number as u128).await;
            assert_eq!(written, succeeds, "{write:?} {plan:?}");
            let orders = cloud.audit(&customer).await;
            assert_eq!(orders.len(), usize::from(succeeds || !matches!(write, Write::Hold)), "{write:?} {plan:?}");
        }
    }
}

#[tokio::test]
async fn a_request_with_an_unconfirmed_hold_finds_its_own_order() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    // The hold is written, but neither the write nor the read after it is answered, in three attempts each.
    let network = FaultyNetwork::new([Fault::LostAfter; 3]).then_reads_lost(3);
    let status = in_process::buy(cloud.faulty_context(&network).await, &customer, "viber", "unconfirmed", 60).await;
    assert_eq!(status, 201);
    assert_eq!(network.left(), 0, "not all faults occurred");
    assert_eq!(cloud.audit(&customer).await.len(), 1);
}

#[tokio::test]
async fn the_check_refunds_a_price_after_a_failed_refund() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("fiverr", "no_free_phones").await;
    let network = FaultyNetwork::new([&[Fault::Passes][..], &[Fault::LostBefore; 3]].concat());
    let status = in_process::buy(cloud.faulty_context(&network).await, &customer, "fiverr", "held-on", 20).await;
    assert_eq!(status, 202, "no error, because a check settles the order");
    assert_eq!(network.left(), 0, "not all faults occurred");
    let id = cloud.all_orders(&customer).await.remove(0).id;
    cloud.advance(31).await;
    cloud.sweep().await;
    customer.wait_for(&id, &["failed"]).await;
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    cloud.audit(&customer).await;
}
