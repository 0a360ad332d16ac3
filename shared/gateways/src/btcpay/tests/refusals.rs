//! Errors of BTCPay, and answers without a meaning.

use super::*;

/// The error of making an invoice, and that of reading its payment methods.
fn errors(answer: &Answer) -> (GatewayError, GatewayError) {
    let created = wire::created(&payment().reference, answer).unwrap_err();
    (created, wire::payment_methods(answer).unwrap_err())
}

#[test]
fn both_forms_of_errors_are_refusals() {
    let list = r#"[{"path": "checkout.paymentMethods[0]", "message": "Invalid PaymentMethodId"},
        {"path": "amount", "message": "The amount should be 0 or more."}]"#;
    let one = r#"{"code": "missing-permission", "message": "Insufficient API Permissions",
        "missingPermission": "btcpay.store.cancreateinvoice"}"#;
    for (status, body, said) in [
        (422, list, "Invalid PaymentMethodId; The amount should be 0 or more."),
        (400, list, "Invalid PaymentMethodId; The amount should be 0 or more."),
        (400, r#"{"code": null, "message": "No wallet has been linked"}"#, "No wallet has been linked"),
        (400, r#"{"code": "generic-error", "message": "No wallet has been linked"}"#, "No wallet has been linked"),
        (403, one, "Insufficient API Permissions"),
        (403, "", ""),
        (404, PAGE_502, ""),
        (422, "[]", ""),
        (422, "nonsense", ""),
    ] {
        let error = refused(said);
        assert_eq!(errors(&answer(status, body)), (error.clone(), error), "{status} {body}");
    }
}

#[test]
fn keys_and_limits_are_known_by_their_status() {
    let unauthenticated = r#"{"code": "unauthenticated", "message": "Authentication is required"}"#;
    let unauthorized = GatewayError::Unauthorized;
    assert_eq!(errors(&answer(401, unauthenticated)), (unauthorized.clone(), unauthorized));
    let mut limited = answer(429, PAGE_502);
    let throttled = |seconds| GatewayError::Throttled { after: std::time::Duration::from_secs(seconds) };
    assert_eq!(errors(&limited), (throttled(10), throttled(10)));
    limited.headers.insert("retry-after", http::HeaderValue::from_static("7"));
    assert_eq!(errors(&limited), (throttled(7), throttled(7)));
}

#[test]
fn a_meaningless_answer_leaves_a_change_unknown_and_a_read_retryable() {
    for (status, body, fault) in [
        (502, PAGE_502, Fault::Status(502)),
        (500, "", Fault::Status(500)),
        (503, "{}", Fault::Status(503)),
        (408, "", Fault::Status(408)),
        (302, "", Fault::Status(302)),
        (200, "", Fault::Unreadable),
        (200, "null", Fault::Unreadable),
        (200, "{}", Fault::Unreadable),
        (200, r#"["a"]"#, Fault::Unreadable),
        (200, PAGE_502, Fault::Unreadable),
        (200, r#"{"id": "G3Ax9kDqPCvmcqzVV2Yq5r", "curr"#, Fault::Unreadable),
    ] {
        let unknown = GatewayError::OutcomeUnknown { fault: fault.clone() };
        let unavailable = GatewayError::Unavailable { fault };
        assert_eq!(errors(&answer(status, body)), (unknown, unavailable.clone()), "{status} {body}");
        let found = wire::found(&payment().reference, &answer(status, body));
        assert_eq!(found.map(drop), Err(unavailable), "{status} {body}");
    }
}

#[test]
fn an_invoice_that_cant_be_marked_is_left_as_it_is() {
    let can_not = r#"[{"path": "Status",
        "message": "Status can only be marked to invalid or settled within certain conditions."}]"#;
    let unknown = r#"{"code": "invoice-not-found", "message": "The invoice was not found"}"#;
    let marked = invoice("Invalid").to_string();
    for (status, body) in [(200, marked.as_str()), (422, can_not), (400, can_not), (404, unknown)] {
        assert_eq!(wire::marked(&answer(status, body)), Ok(()), "{status}");
    }
    let status = |status| GatewayError::OutcomeUnknown { fault: Fault::Status(status) };
    assert_eq!(wire::marked(&answer(502, PAGE_502)), Err(status(502)));
    assert_eq!(wire::marked(&answer(401, "")), Err(GatewayError::Unauthorized));
    assert_eq!(wire::marked(&answer(403, r#"{"message": "no"}"#)), Err(refused("no")));
    assert_eq!(wire::marked(&answer(404, PAGE_502)), Err(refused("")));
}
