//! Errors of Paystack, and of the network in front of it.

use super::*;
use http::header::RETRY_AFTER;
use std::time::Duration;

/// The errors of all reads and of all changes that have this answer.
fn errors(answer: &Answer) -> ([GatewayError; 3], [GatewayError; 2]) {
    let (refund, number) = (refund(), number());
    let reads = [
        wire::verified(&reference(), answer).unwrap_err(),
        wire::refund_report(&refund, &number, answer).unwrap_err(),
        wire::found(&refund, &number, answer).unwrap_err(),
    ];
    (reads, [wire::initialized(answer).unwrap_err(), wire::refunded(&refund, &number, answer).unwrap_err()])
}

fn same(error: &GatewayError) -> ([GatewayError; 3], [GatewayError; 2]) {
    ([(); 3].map(|()| error.clone()), [(); 2].map(|()| error.clone()))
}

#[test]
fn a_refusal_has_paystacks_text() {
    for (status, code, message) in [
        (400, Some("duplicate_reference"), "Duplicate Transaction Reference"),
        (400, Some("unsupported_currency"), "Currency not supported by merchant"),
        (400, Some("transaction_reversed"), "Transaction has been fully reversed"),
        (400, None, "Total refund amount cannot exceed original transaction amount"),
        (403, None, "IP address is not allowed"),
        (422, None, "Invalid Refund state"),
    ] {
        let answer = failed(status, code, message);
        assert_eq!(errors(&answer), same(&refused(message)), "{message}");
    }
    for body in ["", "{}", PAGE_502, "[]", r#"{"message": 7}"#, r#"{"message": null, "code": null}"#] {
        assert_eq!(errors(&answer(400, body)), same(&refused("")), "{body}");
    }
    let said = wire::initialized(&failed(400, None, "Invalid email: ama@example.com")).unwrap_err();
    assert_eq!(said.to_string(), "refused: Invalid email: …");
}

#[test]
fn keys_and_limits_are_known_by_their_status() {
    let unauthorized = failed(401, Some("invalid_Key"), "Invalid key");
    assert_eq!(errors(&unauthorized), same(&GatewayError::Unauthorized));
    let waits = |seconds| GatewayError::Throttled { after: Duration::from_secs(seconds) };
    let mut limited = failed(429, Some("rate_limited"), "Too many requests");
    assert_eq!(errors(&limited), same(&waits(10)));
    limited.headers.insert(RETRY_AFTER, "3".parse().unwrap());
    assert_eq!(errors(&limited), same(&waits(3)));
    let page = Answer { headers: limited.headers, ..answer(429, PAGE_502) };
    assert_eq!(errors(&page), same(&waits(3)));
}

#[test]
fn an_answer_without_a_meaning_says_nothing_about_a_change() {
    for (status, body, fault) in [
        (500, "{}", Fault::Status(500)),
        (502, PAGE_502, Fault::Status(502)),
        (503, "", Fault::Status(503)),
        (504, PAGE_502, Fault::Status(504)),
        (408, "", Fault::Status(408)),
        (302, PAGE_502, Fault::Status(302)),
        (200, PAGE_502, Fault::Unreadable),
        (200, "", Fault::Unreadable),
        (200, "null", Fault::Unreadable),
        (200, "{}", Fault::Unreadable),
        (200, r#"{"status": true, "message": "done"}"#, Fault::Unreadable),
        (200, r#"{"status": true, "data": {"id": 14902117, "sta"#, Fault::Unreadable),
        (201, r#"{"status": true, "data": []}"#, Fault::Unreadable),
    ] {
        let (reads, changes) = errors(&answer(status, body));
        assert_eq!(reads, [(); 3].map(|()| unavailable(fault.clone())), "{status} {body}");
        assert_eq!(changes, [(); 2].map(|()| unknown(fault.clone())), "{status} {body}");
    }
}
