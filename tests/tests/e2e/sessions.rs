//! Sessions, registrations and counters when requests meet, and when the answers of the database are lost.

use domain::{
    Network, RequestId, SessionId, Timestamp,
    account::{Allowed, Device, Factors, Realm, RefreshText, Registration, Session, SignIn},
    audit::Source,
};
use namaskah_tests::{
    Cloud,
    faults::{Fault, FaultyNetwork},
};
use std::time::Duration;
use store::{Counter, Full};

const PASSWORD: Factors = Factors { sign_in: SignIn::Password, second_factor: None };

fn network() -> Network {
    Network::of("203.0.113.7".parse().unwrap())
}

#[tokio::test]
async fn a_session_that_was_ended_is_not_revived_by_a_refresh() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(domain::Plan::Pro, "0").await;
    let now = cloud.now();
    let token = RefreshText::new(customer.user.clone(), SessionId::new(now, 1), [1; 20], [1; 32]);
    let session = Session::start(&token, (Realm::Customer, PASSWORD), 0, (Device::of(""), network()), now);
    let accounts = cloud.store.accounts();
    accounts.put_session(&session).await.unwrap();
    let later = now.plus(Duration::from_secs(1));
    let refreshed = session.refreshed(&token, &token.next([2; 32]), network(), 0, later).unwrap();
    // The refresh has read the session; then the person signs out.
    assert!(accounts.end_session(&customer.user, &session.session_id, later).await.unwrap());
    assert!(!accounts.refresh_session(&session, &refreshed).await.unwrap());
    let stored = cloud.store.record::<Session>(&customer.user, &session.session_id).await.unwrap().unwrap();
    assert!(!stored.is_open(0, later));
}

#[tokio::test]
async fn a_lost_answer_is_no_theft() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(domain::Plan::Pro, "0").await;
    let now = cloud.now();
    let token = RefreshText::new(customer.user.clone(), SessionId::new(now, 2), [1; 20], [1; 32]);
    let session = Session::start(&token, (Realm::Customer, PASSWORD), 0, (Device::of(""), network()), now);
    let accounts = cloud.store.accounts();
    accounts.put_session(&session).await.unwrap();
    let refreshed = session.refreshed(&token, &token.next([2; 32]), network(), 0, now).unwrap();
    // The same write arrives twice, as after a lost answer.
    assert!(accounts.refresh_session(&session, &refreshed).await.unwrap());
    assert!(accounts.refresh_session(&session, &refreshed).await.unwrap());
    let other = session.refreshed(&token, &token.next([3; 32]), network(), 0, now).unwrap();
    assert!(!accounts.refresh_session(&session, &other).await.unwrap(), "another use of the same token");
}

#[tokio::test]
async fn an_account_is_made_once_although_the_answer_is_lost() {
    let cloud = Cloud::shared().await;
    let now = cloud.now();
    let Registration { email, registration_id, .. } = cloud.registration(&cloud.new_address()).await;
    let token = cloud.one_time(&Allowed::VerifyEmail { email, registration_id }).await;
    let request_id = RequestId::new(now, 4);
    let client = Source { address: [203, 0, 113, 7].into(), device: Device::of(""), request_id }.into();
    let lost = FaultyNetwork::new([Fault::LostAfter; 3]);
    let made = accounts::verify_email(&cloud.faulty_context(&lost).await, &token, &client).await.unwrap();
    assert_eq!(lost.left(), 0, "not all faults occurred");
    let customer = cloud.customer_of(made.user_id.as_str(), "");
    cloud.audit(&customer).await;
    assert_eq!(cloud.store.ledger().wallet(&made.user_id).await.unwrap().available.to_string(), "0.5000");
    let again = accounts::verify_email(&cloud.context().await, &token, &client).await;
    assert!(matches!(again, Err(accounts::NotVerified::AlreadyVerified)), "{again:?}");
}

#[tokio::test]
async fn a_counter_lets_no_burst_pass() {
    let cloud = Cloud::shared().await;
    let limits = cloud.store.limits();
    let window = Duration::from_mins(15);
    let counter = Counter { name: format!("test#{}", cloud.new_address()), most: 5, window };
    let burst = |at: Timestamp| {
        let counter = &counter;
        async move {
            let tries = (0..30).map(|_| limits.count(counter, at));
            let results = futures_util::future::join_all(tries).await;
            results.into_iter().filter(|one| matches!(one, Ok(Ok(_)))).count()
        }
    };
    let start = cloud.now();
    assert_eq!(burst(start).await, 5);
    let until = start.plus(window);
    assert_eq!(limits.count(&counter, start).await.unwrap(), Err(Full { until }));
    // At the end of the window, no more than five pass again.
    assert_eq!(burst(until).await, 5);
    let one = Counter { name: format!("test#{}", cloud.new_address()), ..counter.clone() };
    let state = limits.count(&one, start).await.unwrap().unwrap();
    let middle = start.plus(window / 2);
    assert_eq!(limits.count(&one, middle).await.unwrap().unwrap().ends_at, state.ends_at, "a window does not slide");
    for _ in 0..2 {
        limits.count(&one, middle).await.unwrap().unwrap();
    }
    let fifth = limits.count(&one, middle).await.unwrap().unwrap();
    assert_eq!((fifth.count, fifth.ends_at), (5, middle.plus(window)), "the limit holds for a whole window");
    limits.take_back(&one, fifth).await.unwrap();
    assert_eq!(limits.count(&one, middle).await.unwrap().unwrap().count, 5, "a success gives its count back");
}
