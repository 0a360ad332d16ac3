//! Errors of Stripe, and of the network in front of it.

use super::*;
use reqwest::header::RETRY_AFTER;
use std::time::Duration;

/// The errors of a read and of a change that have this answer.
fn errors(answer: &Answer) -> [GatewayError; 4] {
    [
        reported(&reference(), answer).unwrap_err(),
        found(&reference(), answer).unwrap_err(),
        opened(&reference(), answer).unwrap_err(),
        expired(answer).unwrap_err(),
    ]
}

#[test]
fn a_refusal_has_stripes_text() {
    for (status, message) in [
        (400, "Invalid currency: ghs. Stripe currently supports these currencies: usd"),
        (400, "Keys for idempotent requests can only be used with the same parameters they were first used with."),
        (402, "Your account cannot make charges."),
        (403, "The provided key does not have the required permissions for this endpoint."),
        (404, "Unrecognized request URL."),
    ] {
        for error in errors(&failed(status, None, message)) {
            assert_eq!(error, refused(message), "{status}");
            assert!(error.is_definite_refusal());
        }
    }
    for body in
        ["", "{}", PAGE_502, r#"{"error": "no"}"#, r#"{"error": {"message": 7}}"#, r#"{"error": {"message": null}}"#]
    {
        assert_eq!(errors(&answer(400, body)), [(); 4].map(|()| refused("")), "{body}");
    }
}

#[test]
fn the_key_is_not_in_an_error() {
    let said = "The provided key 'rk_live_51SR9ggGn4abcdefghijkl' lacks permissions of ama@example.com.";
    for error in errors(&failed(403, None, said)) {
        assert_eq!(error.to_string(), "refused: The provided key … lacks permissions of …");
    }
}

#[test]
fn a_key_that_is_not_accepted_is_no_refusal_of_the_request() {
    let answer = failed(401, None, "Invalid API Key provided: sk_test_****");
    assert_eq!(errors(&answer), [(); 4].map(|()| GatewayError::Unauthorized));
}

#[test]
fn a_request_beside_another_with_its_key_may_have_an_effect() {
    let conflict = failed(409, Some("idempotency_key_in_use"), "There is another in-progress request.");
    let [report, find, open, expire] = errors(&conflict);
    assert_eq!([report, find], [(); 2].map(|()| unavailable(Fault::Status(409))));
    assert_eq!([open, expire], [(); 2].map(|()| unknown(Fault::Status(409))));
}

#[test]
fn too_many_requests_wait() {
    let mut throttled = failed(429, Some("rate_limit"), "Too many requests.");
    let waits = |seconds| GatewayError::Throttled { after: Duration::from_secs(seconds) };
    assert_eq!(errors(&throttled), [(); 4].map(|()| waits(10)));
    throttled.headers.insert(RETRY_AFTER, "2".parse().unwrap());
    assert_eq!(errors(&throttled), [(); 4].map(|()| waits(2)));
}

#[test]
fn an_answer_of_a_proxy_says_nothing_about_a_change() {
    for (status, fault) in [
        (500, Fault::Status(500)),
        (502, Fault::Status(502)),
        (503, Fault::Status(503)),
        (504, Fault::Status(504)),
        (408, Fault::Status(408)),
        (302, Fault::Status(302)),
        (200, Fault::Unreadable),
    ] {
        let [report, find, open, expire] = errors(&answer(status, PAGE_502));
        assert_eq!([report, find], [(); 2].map(|()| unavailable(fault.clone())), "{status}");
        assert_eq!([open, expire], [(); 2].map(|()| unknown(fault.clone())), "{status}");
    }
}
