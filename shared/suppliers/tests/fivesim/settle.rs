//! The outcome of a cancel, a report and a finish, whatever the answers are.

use super::*;
use domain::SupplierOrderId;
use suppliers::{CancelOutcome, FinishOutcome};

fn now(status: &str, messages: usize) -> Reply {
    Reply::json(order(7, status, 0, messages))
}

fn said(text: &str) -> Reply {
    Reply::text(400, text)
}

fn cancel_word(result: &Result<CancelOutcome, SupplierError>) -> &'static str {
    match result {
        Ok(CancelOutcome::Cancelled(_)) => "cancelled",
        Ok(CancelOutcome::HasSms(_)) => "has_message",
        Ok(CancelOutcome::AlreadyClosed(_)) => "closed",
        Ok(CancelOutcome::TooEarly) => "early",
        Err(error) => error.kind(),
    }
}

fn finish_word(result: &Result<FinishOutcome, SupplierError>) -> &'static str {
    match result {
        Ok(FinishOutcome::Finished(_)) => "finished",
        Ok(FinishOutcome::NoSms(_)) => "no_message",
        Ok(FinishOutcome::AlreadyClosed(_)) => "closed",
        Err(error) => error.kind(),
    }
}

#[tokio::test]
async fn a_cancelled_order_differs_from_one_with_a_code() {
    for (name, script, expected) in [
        ("accepted", vec![now("CANCELED", 0)], "cancelled"),
        ("accepted, shown a moment later", vec![now("RECEIVED", 0), now("CANCELED", 0)], "cancelled"),
        ("accepted, but a code is there", vec![now("RECEIVED", 1), now("RECEIVED", 1)], "has_message"),
        ("accepted, never shown", vec![now("RECEIVED", 0), now("RECEIVED", 0)], "outcome_unknown"),
        ("too early", vec![said("you need to wait time")], "early"),
        ("a code came first", vec![said("order has sms"), now("RECEIVED", 1)], "has_message"),
        ("a code came first, not yet listed", vec![said("order has sms"), now("RECEIVED", 0)], "has_message"),
        ("a code came, then it ended", vec![said("order expired"), now("FINISHED", 1)], "has_message"),
        ("it ran out", vec![said("order expired"), now("TIMEOUT", 0)], "closed"),
        ("it ran out, and is not shown", vec![said("order expired"), said("order expired")], "already_closed"),
        ("it was reported", vec![said("order expired"), now("BANNED", 0)], "closed"),
        ("it is cancelled already", vec![said("order not found"), now("CANCELED", 0)], "cancelled"),
        ("it never was", vec![said("order not found"), said("order not found")], "order_not_found"),
        ("lost, done", vec![Reply::page(502), now("CANCELED", 0)], "cancelled"),
        ("lost, not done", vec![Reply::page(502), now("PENDING", 0)], "outcome_unknown"),
        ("lost, a code came", vec![Reply::Hangup, now("RECEIVED", 2)], "has_message"),
        ("lost, and no word since", vec![Reply::Hangup, Reply::page(500)], "unavailable"),
        ("a word that nobody knows", vec![Reply::Hangup, now("PAUSED", 0)], "outcome_unknown"),
        ("throttled", vec![Reply::text(429, "api limit is 100 requests per second")], "throttled"),
        ("no right", vec![Reply::text(401, "")], "unauthorized"),
    ] {
        let calls = script.len();
        let (server, client) = server(script);
        let result = suppliers::settle::cancel(&client, &SupplierOrderId::new("7")).await;
        assert_eq!(cancel_word(&result), expected, "{name}");
        assert_eq!(server.paths().len(), calls, "{name}");
        assert_eq!(server.paths().iter().filter(|path| path.contains("cancel")).count(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_reported_number_is_settled_the_same_way() {
    for (name, script, expected) in [
        ("accepted", vec![now("BANNED", 0)], "cancelled"),
        ("lost, done", vec![Reply::page(504), now("BANNED", 0)], "cancelled"),
        ("cancelled before", vec![said("order not found"), now("CANCELED", 0)], "closed"),
        ("a code came first", vec![said("order has sms"), now("RECEIVED", 1)], "has_message"),
    ] {
        let (server, client) = server(script);
        let result = suppliers::settle::ban(&client, &SupplierOrderId::new("7")).await;
        assert_eq!(cancel_word(&result), expected, "{name}");
        assert_eq!(server.paths()[0], "/v1/user/ban/7", "{name}");
    }
}

#[tokio::test]
async fn a_finished_order_differs_from_an_open_one() {
    for (name, script, expected) in [
        ("accepted", vec![now("FINISHED", 1)], "finished"),
        ("accepted, shown a moment later", vec![now("RECEIVED", 1), now("FINISHED", 1)], "finished"),
        ("nothing came yet", vec![said("order no sms"), now("RECEIVED", 0)], "no_message"),
        ("it had ended by itself", vec![said("order expired"), now("FINISHED", 1)], "finished"),
        ("it ran out", vec![said("order expired"), now("TIMEOUT", 0)], "closed"),
        ("it ran out, and is not shown", vec![said("order expired"), said("order expired")], "already_closed"),
        ("lost, done", vec![Reply::Hangup, now("FINISHED", 1)], "finished"),
        ("lost, not done", vec![Reply::Hangup, now("RECEIVED", 1)], "outcome_unknown"),
        ("nobody knows it", vec![said("order not found"), said("order not found")], "order_not_found"),
    ] {
        let (server, client) = server(script);
        let result = suppliers::settle::finish(&client, &SupplierOrderId::new("7")).await;
        assert_eq!(finish_word(&result), expected, "{name}");
        assert_eq!(server.paths()[0], "/v1/user/finish/7", "{name}");
    }
}
