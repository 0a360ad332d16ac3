//! Sessions whose identifier was lost, and which are looked for among those of that time.

use super::*;
use domain::payment::{Report, Reported};
use gateways::{GatewayError, PaymentGateway};
use https::Fault;

const LIST: &str = "GET /v1/checkout/sessions?limit=100&created%5Bgte%5D=1795255140&created%5Blte%5D=1795255500";

/// A page of sessions with these identifiers. Only `cs_test_a1` is ours.
fn page(ids: &[&str], has_more: bool) -> Reply {
    let listed = |id: &&str| match *id {
        "cs_test_a1" => session("open"),
        id => json!({ "id": id, "client_reference_id": null }),
    };
    Reply::ok(&json!({ "data": ids.iter().map(listed).collect::<Vec<_>>(), "has_more": has_more }))
}

#[tokio::test]
async fn a_lost_session_is_found_on_a_later_page_and_read() {
    let pages = [page(&["cs_9", "cs_8"], true), page(&["cs_7", "cs_test_a1", "cs_6"], true)];
    let (server, client, _) = server(pages.into_iter().chain([Reply::ok(&session("complete"))]));
    assert_eq!(client.report(&started()).await, Ok(Report::of(Reported::Confirming)));
    let [list, next, read] = server.calls().try_into().unwrap();
    assert_eq!((list.as_str(), next), (LIST, format!("{LIST}&starting_after=cs_8")));
    assert_eq!(read, "GET /v1/checkout/sessions/cs_test_a1?expand%5B%5D=payment_intent.latest_charge");
}

#[tokio::test]
async fn a_session_that_is_on_no_page_is_unknown() {
    let (server, client, _) = server([page(&["cs_9"], true), page(&["cs_8"], false), page(&[], false)]);
    assert_eq!(client.report(&started()).await, Ok(Report::of(Reported::Unknown)));
    assert_eq!(server.calls().len(), 2);
    assert_eq!(client.close(&started()).await, Ok(()), "nobody can pay it");
    assert_eq!(server.calls()[2..], [LIST]);
}

#[tokio::test]
async fn a_list_that_was_not_read_to_its_end_says_nothing() {
    let (server, client, _) = server(vec![page(&["cs_9"], true); 20]);
    assert_eq!(client.report(&started()).await, Err(GatewayError::Unavailable { fault: Fault::TooLarge }));
    assert_eq!(server.calls().len(), 10);
    for reply in [Reply::Hangup, Reply::Full(502, String::new()), Reply::ok(&"{}")] {
        let (server, client, _) = super::server([page(&["cs_9"], true), reply.clone()]);
        assert_eq!(client.report(&started()).await.unwrap_err().kind(), "unavailable", "{reply:?}");
        assert_eq!(server.calls().len(), 2);
    }
}

#[tokio::test]
async fn a_lost_session_is_expired_once_it_is_found() {
    let (server, client, _) = server([page(&["cs_test_a1"], false), Reply::ok(&session("expired"))]);
    assert_eq!(client.close(&started()).await, Ok(()));
    assert_eq!(server.calls(), [LIST, "POST /v1/checkout/sessions/cs_test_a1/expire"]);
}
