//! Any bytes, and valid answers that were changed on the way.

use super::*;
use crate::btcpay::webhook::WEBHOOK;
use proptest::prelude::*;

/// Valid bodies of each kind.
fn valid() -> [String; 5] {
    let invoice = invoice("Expired");
    let late = [coins("a:0", "0.00041667", "Settled", 60), coins("b:1", "0.1", "Settled", VALID_FOR + 60)];
    [
        invoice.to_string(),
        json!([invoice]).to_string(),
        json!([bitcoin(&late)]).to_string(),
        r#"[{"currencyPair": "BTC_USD", "errors": [], "rate": "60000.5"}]"#.to_owned(),
        json!({"deliveryId": "a", "type": "InvoiceSettled", "metadata": {"orderId": payment().reference.to_string()}})
            .to_string(),
    ]
}

/// Reads the body as each kind, and makes a report of whatever is in it.
fn read(status: u16, body: &[u8]) {
    let reference = payment().reference;
    let answer = Answer { body: body.to_vec(), ..answer(status, "") };
    let _ = (wire::created(&reference, &answer), wire::marked(&answer), wire::rate("BTC_USD", &answer));
    let _ = ((WEBHOOK.read)(body), wire::found(&reference, &answer));
    for invoice in wire::invoices(&reference, &answer).unwrap_or_default() {
        let _ = invoice.checkout(None);
    }
    let methods = wire::payment_methods(&answer).unwrap_or_default();
    let _ = methods.iter().find_map(|method| method.transfer(&COINS[0]));
    let found = [Found { methods, ..found(&self::invoice("Expired"), &[]) }];
    let _ = late_pairs(&payment(), &found);
    let _ = report(&payment(), &found, &rates(&[("BTC_USD", "1")]));
}

#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, &'static str),
    Remove(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    // Pieces that mean something to a parser are more likely than others.
    let pieces = ["\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-", "e99", ".", "9999999999999999999", "_", "<"];
    prop_oneof![
        (at(), 1_u8..).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at(), prop::sample::select(pieces.to_vec())).prop_map(|(at, piece)| Change::Insert(at, piece)),
        at().prop_map(Change::Remove),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..120)) {
        read(status, &body);
    }

    #[test]
    fn no_changed_answer_panics(kind in 0_usize..5, changes in prop::collection::vec(change(), 1..4)) {
        let mut body = valid()[kind].clone().into_bytes();
        for change in changes {
            match change {
                Change::Flip(at, bits) => {
                    let at = at.index(body.len());
                    body[at] ^= bits;
                }
                Change::Insert(at, piece) => {
                    let at = at.index(body.len());
                    body.splice(at..at, piece.bytes());
                }
                Change::Remove(at) => drop(body.remove(at.index(body.len()))),
            }
        }
        read(200, &body);
    }

    /// Nobody gets more for late coins than the invoice promised, nor more than they are worth now.
    #[test]
    fn late_coins_are_never_worth_more(value in 1_u64..1_000_000_000, then in 1_u32..999_999, now in 1_u32..999_999) {
        let value = format!("{}.{:08}", value / 100_000_000, value % 100_000_000);
        let worth = |seconds: i64, rate: u32, now: u32| {
            let coins = bitcoin(&[coins("a:0", &value, "Settled", seconds)]);
            let found = [found(&invoice("Expired"), &[with(coins, &[("rate", json!(rate.to_string()))])])];
            let report = report(&payment(), &found, &rates(&[("BTC_USD", &now.to_string())])).unwrap();
            report.receipts[0].amount.unwrap().minor
        };
        let late = worth(VALID_FOR + 1, then, now);
        prop_assert_eq!(late, worth(60, then.min(now), 1));
        prop_assert!(late <= worth(60, then, 1));
    }
}
