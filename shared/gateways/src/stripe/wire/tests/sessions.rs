//! Sessions that are opened, looked for and expired.

use super::*;
use domain::payment::Checkout;

#[test]
fn an_opened_session_is_the_page_on_which_the_customer_pays() {
    let checkout = Checkout {
        gateway_payment: Some("cs_test_a1hTxDbY0LwPQv9m".to_owned()),
        url: "https://checkout.stripe.com/c/pay/cs_test_a1hTxDbY0LwPQv9m#fid".to_owned(),
        expires_at: "2026-11-22T09:55:00Z".parse().unwrap(),
        coins: None,
    };
    assert_eq!(opened(&reference(), &ok(&session())), Ok(checkout));
}

#[test]
fn an_unreadable_session_may_have_been_opened() {
    for (path, value) in [
        ("/id", json!(null)),
        ("/id", json!("")),
        ("/id", json!("cs_1/../../refunds")),
        ("/id", json!("cs_1?x=1")),
        ("/url", json!(null)),
        ("/expires_at", json!(null)),
        ("/expires_at", json!("soon")),
        ("/client_reference_id", json!(null)),
        ("/client_reference_id", json!("shop-17")),
    ] {
        let session = with(session(), &[(path, value)]);
        assert_eq!(opened(&reference(), &ok(&session)), Err(unknown(Fault::Unreadable)), "{session}");
    }
}

fn page(references: &[Option<&str>], has_more: bool) -> Answer {
    let listed = references.iter().enumerate().map(|(index, reference)| {
        with(session(), &[("/id", json!(format!("cs_{index}"))), ("/client_reference_id", json!(reference))])
    });
    let data: Vec<_> = listed.collect();
    ok(&json!({ "object": "list", "url": "/v1/checkout/sessions", "has_more": has_more, "data": data }))
}

#[test]
fn a_session_is_found_by_its_exact_reference() {
    let ours = reference().to_string();
    let id = |text: &str| ObjectId::try_from(text.to_owned()).unwrap();
    let look = |references: &[Option<&str>], has_more| found(&reference(), &page(references, has_more));
    assert_eq!(look(&[None, Some("shop-17"), Some(&ours), None], true), Ok(Found::Session(id("cs_2"))));
    let longer = format!("{ours}0");
    let others = [None, Some(""), Some(longer.as_str()), Some(&ours[..ours.len() - 1])];
    assert_eq!(look(&others, true), Ok(Found::NothingUntil(id("cs_3"))));
    assert_eq!(look(&others, false), Ok(Found::Nothing));
    assert_eq!(look(&[], false), Ok(Found::Nothing));
}

#[test]
fn a_page_that_is_not_whole_does_not_say_that_there_is_no_session() {
    let unreadable = Err(unavailable(Fault::Unreadable));
    assert_eq!(found(&reference(), &page(&[], true)), unreadable, "more, but after what?");
    for body in [
        json!({ "data": [] }),
        json!({ "has_more": false }),
        json!({ "data": null, "has_more": false }),
        json!({ "data": [{ "client_reference_id": null }], "has_more": false }),
        json!({ "data": [{ "id": "a/b" }], "has_more": false }),
        json!([]),
    ] {
        assert_eq!(found(&reference(), &ok(&body)), unreadable, "{body}");
    }
}

#[test]
fn a_session_that_is_not_open_is_closed() {
    assert_eq!(expired(&ok(&session_in("expired", "unpaid", json!(null)))), Ok(()));
    for status in ["expired", "complete"] {
        let text = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This one has a status of `{status}`."
        );
        assert_eq!(expired(&failed(400, None, &text)), Ok(()));
    }
    assert_eq!(expired(&ok(&session())), Err(unknown(Fault::Unreadable)), "it is still open");
    assert_eq!(expired(&failed(400, None, "Invalid request.")), Err(refused("Invalid request.")));
    assert_eq!(expired(&failed(404, Some("resource_missing"), "No such session")), Err(refused("No such session")));
    assert_eq!(expired(&answer(502, PAGE_502)), Err(unknown(Fault::Status(502))));
}
