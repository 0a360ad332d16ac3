//! What is sent to Stripe.

use super::*;
use crate::stripe::wire::request::OPEN_FOR;
use domain::payment::GIVE_UP_AFTER;
use std::time::Duration;

fn customer() -> Customer {
    Customer {
        email: "Ama@example.com".parse().unwrap(),
        return_url: "https://app.example.com/wallet?a=1&b=2".to_owned(),
    }
}

#[test]
fn a_session_asks_for_the_amount_under_our_reference() {
    let ours = reference().to_string();
    let form = super::super::session(&payment(), &customer());
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        form,
        [
            ("mode", "payment"),
            ("payment_method_types[0]", "card"),
            ("adaptive_pricing[enabled]", "false"),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", "usd"),
            ("line_items[0][price_data][unit_amount]", "2500"),
            ("line_items[0][price_data][product_data][name]", "Namaskah SMS credits"),
            ("client_reference_id", &ours),
            ("metadata[reference]", &ours),
            ("payment_intent_data[metadata][reference]", &ours),
            ("customer_email", "ama@example.com"),
            ("success_url", "https://app.example.com/wallet?a=1&b=2"),
            ("cancel_url", "https://app.example.com/wallet?a=1&b=2"),
            ("expires_at", "1795341300"),
        ]
    );
}

#[test]
fn a_session_ends_before_stripe_and_we_give_up() {
    assert!(OPEN_FOR < GIVE_UP_AFTER);
    // What Stripe allows, from the time when it makes the session.
    let margin = Duration::from_mins(1);
    assert!(OPEN_FOR + margin < Duration::from_hours(24) && OPEN_FOR > Duration::from_mins(30) + margin);
}

#[test]
fn sessions_are_looked_for_around_the_start_of_a_payment() {
    let first = [("limit", "100"), ("created[gte]", "1795255140"), ("created[lte]", "1795255500")];
    let text = |query: Vec<(&'static str, String)>| query.into_iter().map(|(name, value)| format!("{name}={value}"));
    let expected = first.map(|(name, value)| format!("{name}={value}"));
    assert!(text(made_near(payment().created_at, None)).eq(expected.clone()));
    let after = ObjectId::try_from("cs_7".to_owned()).ok();
    let next = expected.into_iter().chain(["starting_after=cs_7".to_owned()]);
    assert!(text(made_near(payment().created_at, after)).eq(next));
}
