//! Commits to the store: corrections without an order, steps of changed orders, and rules.

use domain::{
    Credits, Plan,
    ledger::{LedgerError, Wallet},
    order::Order,
};
use namaskah_tests::{
    Cloud,
    faults::{Fault, FaultyNetwork},
};
use store::{NotCommitted, Replay, Transaction};

fn credits(text: &str) -> Credits {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_correction_happens_once_for_its_key() {
    let cloud = Cloud::shared().await;
    for plan in [&[Fault::LostAfter; 3][..], &[Fault::LostBefore; 3], &[Fault::LostAfter, Fault::Throttled], &[]] {
        let customer = cloud.customer(Plan::Starter, "0").await;
        let network = FaultyNetwork::new(plan.iter().copied());
        let faulty = cloud.faulty_store(&network).await;
        // Whatever the first attempt returned, the second succeeds, and the third changes nothing.
        let _ = cloud.credit_through(&faulty, &customer.user, credits("3"), "a correction").await;
        assert_eq!(network.left(), 0, "{plan:?}: not all faults occurred");
        for _ in 0..2 {
            let again = cloud.credit(&customer.user, credits("3"), "a correction").await;
            assert!(matches!(again, Ok(_) | Err(NotCommitted::Replayed(Replay::Same(_)))), "{plan:?}: {again:?}");
        }
        assert_eq!(customer.wallet().await.0, "3.0000", "{plan:?}");
        let other = cloud.credit(&customer.user, credits("4"), "a correction").await;
        assert!(matches!(other, Err(NotCommitted::Replayed(Replay::Different))), "{other:?}");
        cloud.audit(&customer).await;
    }
}

#[tokio::test]
async fn a_repeated_debit_succeeds_although_it_emptied_the_wallet() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "3").await;
    let debit = async || cloud.debit(&customer.user, credits("3"), "a-debit").await;
    assert!(debit().await.is_ok());
    let again = debit().await;
    assert!(matches!(again, Err(NotCommitted::Replayed(Replay::Same(_)))), "{again:?}");
    assert_eq!(customer.wallet().await.0, "0.0000");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_step_of_a_changed_order_is_rejected() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "5").await;
    cloud.plan("zalo", "never").await;
    let id = customer.buy("zalo", "GH", "moved-on").await.order_id();
    let order = cloud.store.record::<Order>(&customer.user, &id).await.unwrap().unwrap();
    let give_back = || Transaction::of(order.clone().given_back(cloud.now()).unwrap());
    assert!(cloud.store.commit(give_back(), cloud.now()).await.is_ok());
    // Nothing is held any more. The ledger rejects the step, but only because the order has changed.
    let late = cloud.store.commit(give_back(), cloud.now()).await;
    assert!(matches!(late, Err(NotCommitted::Changed)), "{late:?}");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_rule_checks_the_wallet_that_is_written() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "5").await;
    cloud.plan("skype", "never").await;
    let id = customer.buy("skype", "GH", "under-a-rule").await.order_id();
    let order = cloud.store.record::<Order>(&customer.user, &id).await.unwrap().unwrap();
    let step = order.given_back(cloud.now()).unwrap();
    let nothing_is_held = |wallet: &Wallet| if wallet.held.is_positive() { Err("something is held") } else { Ok(()) };
    let ruled = Transaction::of(step.clone()).under(nothing_is_held);
    let answer = cloud.store.commit(ruled, cloud.now()).await;
    assert!(matches!(answer, Err(NotCommitted::Rule("something is held"))), "{answer:?}");
    assert!(cloud.store.commit(Transaction::of(step), cloud.now()).await.is_ok(), "nothing was written before");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_refusal_by_the_ledger_is_final_if_nothing_changed() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0.10").await;
    let answer = customer.buy("zalo", "GH", "too-poor").await;
    assert_eq!((answer.status, answer.code()), (402, "insufficient_funds"));
    assert_eq!(answer.body["missing"], "0.4000", "{answer:?}");
    let nothing = cloud.credit(&customer.user, Credits::ZERO, "nothing").await;
    assert!(matches!(nothing, Err(NotCommitted::Ledger(LedgerError::Malformed))), "{nothing:?}");
}
