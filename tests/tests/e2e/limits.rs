//! What costs more than an ordinary request: long polls, filtered lists, documents; and HEAD at the deployed gateway.

use crate::in_process;
use domain::{Plan, Timestamp, UserId, access::Mode};
use namaskah_tests::Cloud;
use std::time::{Duration, Instant};
use store::{MostWaits, WaitSlot};

#[tokio::test]
async fn waits_of_all_customers_are_limited_and_those_of_dead_functions_end() {
    let cloud = Cloud::shared().await;
    let limits = cloud.store.limits();
    let most = MostWaits { of_customer: 2, of_all: 3 };
    // Tomorrow's windows are not those of other tests.
    let tomorrow = cloud.now().plus(Duration::from_hours(24));
    let begin_for = async |mode, customer: u128, most, now: Timestamp| -> Option<WaitSlot> {
        limits.begin_wait((&UserId::new(tomorrow, customer), mode), most, 0, now).await.unwrap()
    };
    let begin = async |customer, now| begin_for(Mode::Live, customer, most, now).await;
    let first = begin(1, tomorrow).await.expect("nobody waits");
    assert!(begin(2, tomorrow).await.is_some() && begin(2, tomorrow).await.is_some());
    assert!(begin(3, tomorrow).await.is_none(), "three wait");
    let of_test = MostWaits { of_all: 1, ..most };
    limits.end_wait(first).await.unwrap();
    assert!(begin_for(Mode::Test, 3, of_test, tomorrow).await.is_none(), "real orders have the places of tests, too");
    assert!(begin(3, tomorrow).await.is_some(), "one left");
    assert!(begin(4, tomorrow.plus(Duration::from_secs(30))).await.is_none(), "they may still wait in the next window");
    let later = tomorrow.plus(Duration::from_mins(1));
    let last = begin(4, later).await.expect("no wait is that long");
    limits.end_wait(last).await.unwrap();
    let real = begin(2, later).await.expect("the slots of a customer expire, too");
    limits.end_wait(real).await.unwrap();

    let test = begin_for(Mode::Test, 5, of_test, later).await.expect("nobody waits");
    assert!(begin_for(Mode::Test, 6, of_test, later).await.is_none(), "tests have their part");
    assert!(begin(5, later).await.is_some() && begin(5, later).await.is_some(), "a test takes no slot of a customer");
    limits.end_wait(test).await.unwrap();
    assert!(begin_for(Mode::Test, 5, of_test, later).await.is_none(), "what waits for real orders counts");
}

#[tokio::test]
async fn a_wait_ends_before_the_function_does() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("grindr", "never").await;
    let id = customer.buy("grindr", "GH", "k").await.order_id();
    let waited = async |context, seconds_left| {
        let started = Instant::now();
        let status = in_process::wait(context, &customer, &id, seconds_left).await;
        (status.as_u16(), started.elapsed())
    };
    let (status, took) = waited(cloud.context().await, 5).await;
    assert_eq!(status, 200);
    assert!((Duration::from_secs(2)..Duration::from_secs(5)).contains(&took), "{took:?}");
    // With too little time it does not wait, but answers.
    let (status, took) = waited(cloud.context().await, 2).await;
    assert_eq!((status, took < Duration::from_secs(2)), (200, true), "{took:?}");
}

#[tokio::test]
async fn filtered_pages_use_up_the_limit_sooner() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "5").await;
    cloud.plan("instagram", "no_free_phones").await;
    let failed = customer.buy("instagram", "GH", "k").await.order_id();
    cloud.copy_order((&customer, &failed), &customer, 59).await;
    let left = async |path: &str| {
        let answer = customer.get(path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let limit = answer.headers["ratelimit"].to_str().unwrap().to_owned();
        let left = limit.split(';').find_map(|part| part.strip_prefix("r=")).unwrap();
        (left.parse::<u32>().unwrap(), answer.body["items"].as_array().unwrap().len())
    };
    let (before, _) = left("/api/v1/verifications?limit=100").await;
    let (plain, all) = left("/api/v1/verifications?limit=100").await;
    assert_eq!((before - plain, all), (1, 60));
    let (filtered, found) = left("/api/v1/verifications?status=completed").await;
    assert_eq!((plain - filtered, found), (3, 0), "60 orders were read, 25 for one request");
    let (ranged, _) = left("/api/v1/verifications?created_from=2026-01-01T00:00:00Z").await;
    assert_eq!(filtered - ranged, 1, "a range of time reads only what it returns");

    // A starter has 100 requests a minute, of which each such page takes three.
    let starter = cloud.customer(Plan::Starter, "0").await;
    cloud.copy_order((&customer, &failed), &starter, 60).await;
    let mut pages = 0;
    while starter.get("/api/v1/verifications?status=completed").await.status == 200 {
        pages += 1;
        assert!(pages < 70, "never rejected");
    }
    assert!(pages >= 30, "rejected after {pages}");
}

#[tokio::test]
async fn strangers_try_secrets_less_often_than_they_read() {
    let cloud = Cloud::shared().await;
    let stranger = cloud.customer(Plan::Starter, "0").await.with_key("");
    let body = serde_json::json!({ "token": "ott_none", "password": "correct horse battery" });
    let guess = async |client: &namaskah_tests::Customer| {
        client.send("POST", "/api/v1/auth/reset-password", Some(&body), &[]).await
    };
    let mut guesses = 0;
    let refused = loop {
        let answer = guess(&stranger).await;
        if answer.status == 429 {
            break answer;
        }
        guesses += 1;
        assert!(guesses < 60, "never rejected: {answer:?}");
    };
    assert!(guesses >= 20, "rejected after {guesses}");
    assert_eq!(
        (refused.code(), &refused.headers["ratelimit-policy"]),
        ("rate_limited", &"\"attempts\";q=20;w=60".parse().unwrap())
    );
    assert_eq!(stranger.get("/.well-known/jwks.json").await.status, 200, "reading has its own limit");
    let (network, _) = stranger.address.rsplit_once('.').unwrap();
    let neighbour = guess(&stranger.at(&format!("{network}.8"))).await;
    assert_ne!(neighbour.status, 429, "a neighbour has the own limit: {neighbour:?}");
}

#[tokio::test]
async fn addresses_of_one_network_share_a_limit() {
    let cloud = Cloud::shared().await;
    let stranger = cloud.customer(Plan::Starter, "0").await.with_key("");
    let (network, _) = stranger.address.rsplit_once('.').unwrap();
    // Each address reads less than it may, and all together more than their network may.
    let mut refused = None;
    for host in 1..=60 {
        let neighbour = stranger.at(&format!("{network}.{host}"));
        let answers = futures_util::future::join_all((0..40).map(|_| neighbour.get("/.well-known/jwks.json"))).await;
        refused = answers.into_iter().find(|answer| answer.status == 429 && answer.headers.contains_key("ratelimit"));
        if refused.is_some() {
            break;
        }
    }
    let refused = refused.expect("never rejected");
    assert_eq!(refused.headers["ratelimit-policy"], "\"requests-of-network\";q=600;w=60", "{refused:?}");
}

#[tokio::test]
async fn a_replayed_failure_says_that_it_is_one() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("vkontakte", "no_free_phones").await;
    let first = customer.buy("vkontakte", "GH", "k").await;
    assert_eq!((first.status, first.code()), (409, "no_numbers"), "{first:?}");
    assert!(!first.headers.contains_key("idempotent-replayed"));
    let again = customer.buy("vkontakte", "GH", "k").await;
    assert_eq!((again.status, again.code(), again.order_id()), (409, "no_numbers", first.order_id()));
    assert_eq!(again.headers["idempotent-replayed"], "true");
}

#[tokio::test]
async fn the_gateway_passes_head_and_compressed_answers() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "0").await;
    for path in ["/api/v1/health", "/api/v1/services", "/api/v1/wallet", "/api/v1/verifications", "/api/docs/docs.css"]
    {
        let head = customer.send("HEAD", path, None, &[]).await;
        assert_eq!((head.status, head.body.is_null()), (200, true), "{path}: {head:?}");
        let wrong = customer.send("DELETE", path, None, &[]).await;
        assert_eq!((wrong.status, wrong.code()), (405, "method_not_allowed"), "{path}: {wrong:?}");
        let allowed = wrong.headers["allow"].to_str().unwrap();
        assert!(allowed.contains("GET") && allowed.contains("HEAD"), "{path}: {allowed}");
        assert_eq!(allowed.contains("POST"), path == "/api/v1/verifications", "{path}: {allowed}");
    }
    let document = customer.send("GET", "/api/v1/openapi.json", None, &[("accept-encoding", "gzip")]).await;
    assert_eq!((document.status, &document.headers["content-encoding"]), (200, &"gzip".parse().unwrap()));
    assert!(document.headers.contains_key("ratelimit"));
    let size: usize = document.headers["content-length"].to_str().unwrap().parse().unwrap();
    assert!(size < 80_000, "{size} bytes");
}
