//! The metrics of a request, and of the audit trail's worker.

use api::{
    Endpoint, Waited,
    axum::{Extension, body::Body},
};
use lambda_http::{
    http::{Method, Request},
    tower::ServiceExt,
};
use namaskah_tests::metrics::{self, Fields};
use runtime::stream::Placed;
use store::AuditChange;

/// The metrics of one request to this endpoint.
async fn metrics_of(endpoint: Endpoint, method: Method) -> Vec<Fields> {
    metrics::start();
    let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
    api::router(crate::context(), [endpoint]).oneshot(request).await.unwrap();
    metrics::take()
}

#[tokio::test]
async fn a_changed_line_of_the_audit_trail_is_counted_although_the_bucket_does_not_answer() {
    metrics::start();
    let id = domain::AuditId::new(domain::Timestamp::from_millis(1), 1);
    let change = |after| AuditChange::Tampered { id: id.clone(), before: "before".into(), after };
    let changes = [change("after".into()), change(serde_json::Value::Null)];
    let placed = |change| Placed { sequence_number: "1".to_owned(), change };
    let context = crate::context_with([("BUCKET_AUDIT", "bucket")]);
    let copied = audit::copy::copy(context, changes.map(placed).into()).await;
    assert!(copied.is_err(), "the batch is delivered again");
    let counted = metrics::take().into_iter().filter(|metric| metric["name"] == "AuditTampered");
    assert_eq!(counted.count(), 2);
}

#[tokio::test]
async fn a_letter_that_is_not_sent_is_counted_with_the_reason() {
    metrics::start();
    let order = accounts::letters::LetterOrder::ResetPassword { email: "kofi@example.com".parse().unwrap() };
    let verdict = letters::send::send(crate::context(), order).await;
    assert_eq!(verdict, runtime::Verdict::Again(std::time::Duration::from_mins(10)));
    let counted = metrics::take();
    let [metric] = counted.as_slice() else { panic!("{counted:?}") };
    assert_eq!((metric["name"].as_str(), metric["class"].as_str()), ("LettersRetried", "misconfigured"));
}

async fn at_once() -> &'static str {
    "at once"
}

async fn late() -> (Extension<Waited>, &'static str) {
    (Extension(Waited), "late")
}

#[tokio::test]
async fn a_request_is_one_metric_with_its_class_its_kind_and_its_time() {
    for method in [Method::GET, Method::POST] {
        let metrics = metrics_of(api::catch_all!("any", at_once), method).await;
        let [metric] = metrics.as_slice() else { panic!("{metrics:?}") };
        assert_eq!((metric["name"].as_str(), metric["class"].as_str()), ("Requests", "2xx"));
        assert_eq!(metric["kind"], "read", "no route of a purchase");
        assert!(metric["took"].parse::<u64>().unwrap() < 1000, "{metric:?}");
    }
}

#[tokio::test]
async fn the_duration_of_a_long_poll_is_not_recorded() {
    let metrics = metrics_of(api::catch_all!("late", late), Method::GET).await;
    assert_eq!(metrics[0]["name"], "Requests");
    assert!(!metrics[0].contains_key("took") && !metrics[0].contains_key("kind"), "{metrics:?}");
}
