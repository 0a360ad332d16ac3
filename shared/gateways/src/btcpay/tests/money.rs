//! What invoices say about a payment: what settled, and whether more may come.

use super::*;
use Reported::{Closed, Confirming, Open, Unknown};

const ALL: &str = "0.00083334";

/// The report of an invoice in this status, to which these bitcoins were paid.
fn report_of(status: &str, payments: &[Value]) -> (Vec<(String, String)>, Reported) {
    let found = [found(&invoice(status), &[bitcoin(payments)])];
    assert!(late_pairs(&payment(), &found).is_empty(), "no rate is needed");
    summary(&report(&payment(), &found, &Rates::new()).unwrap())
}

#[test]
fn every_status_says_whether_more_may_come() {
    let (settled, unsettled) = (coins("a:0", ALL, "Settled", 60), coins("b:1", ALL, "Processing", 70));
    let taken_back = coins("c:0", ALL, "Invalid", 80);
    let came: &[(&str, &str)] = &[("BTC-CHAIN:a:0", "50.00 USD")];
    for (status, without, after_settled, while_unsettled) in [
        ("New", Open, Open, Confirming),
        ("Processing", Confirming, Confirming, Confirming),
        ("Settled", Closed, Closed, Confirming),
        ("Expired", Closed, Closed, Confirming),
        ("Invalid", Closed, Closed, Closed),
        ("Paused", Open, Open, Confirming),
    ] {
        assert_eq!(report_of(status, &[]), expected(&[], without), "{status}");
        assert_eq!(report_of(status, std::slice::from_ref(&taken_back)), expected(&[], without), "{status}");
        assert_eq!(report_of(status, std::slice::from_ref(&settled)), expected(came, after_settled), "{status}");
        assert_eq!(report_of(status, std::slice::from_ref(&unsettled)), expected(&[], while_unsettled), "{status}");
        let both = [unsettled.clone(), settled.clone(), taken_back.clone()];
        assert_eq!(report_of(status, &both), expected(came, while_unsettled), "{status}");
    }
}

#[test]
fn coins_of_an_unknown_status_are_not_ours_yet() {
    assert_eq!(report_of("Settled", &[coins("a:0", ALL, "Frozen", 60)]), expected(&[], Confirming));
}

#[test]
fn coins_are_worth_what_came_in_parts_or_too_many() {
    for (parts, worth) in [
        (&["0.00041667"][..], &["25.00 USD"][..]),
        (&["0.00041667", "0.00041667"], &["25.00 USD", "25.00 USD"]),
        (&["0.00166668"], &["100.00 USD"]),
        (&["0.00000001"], &["0.00 USD"]),
    ] {
        let payments: Vec<_> =
            parts.iter().zip(["a:0", "b:0"]).map(|(value, id)| coins(id, value, "Settled", 60)).collect();
        let (receipts, _) = report_of("Settled", &payments);
        let amounts: Vec<_> = receipts.iter().map(|(_, amount)| amount.as_str()).collect();
        assert_eq!(amounts, worth, "{parts:?}");
    }
}

#[test]
fn a_receipt_has_the_time_at_which_the_coins_came() {
    let found = [found(&invoice("Settled"), &[bitcoin(&[coins("a:0", ALL, "Settled", 61)])])];
    let report = report(&payment(), &found, &Rates::new()).unwrap();
    assert_eq!(report.receipts[0].at, after(61));
}

#[test]
fn lightning_and_tokens_are_counted_by_their_own_rates() {
    let lightning = with(
        bitcoin(&[coins("6c1f03b7d9", "0.00083333", "Settled", 5)]),
        &[("paymentMethodId", json!("BTC-LN")), ("destination", json!("lnbc833330n1p5x"))],
    );
    let tether = with(
        bitcoin(&[coins("0x5e", "50.000001", "Settled", 5)]),
        &[("paymentMethodId", json!("USDT-TRON")), ("currency", json!("USDt")), ("rate", json!("1"))],
    );
    let found = [found(&invoice("Settled"), &[lightning, tether])];
    let summary = summary(&report(&payment(), &found, &Rates::new()).unwrap());
    assert_eq!(summary, expected(&[("BTC-LN:6c1f03b7d9", "50.00 USD"), ("USDT-TRON:0x5e", "50.00 USD")], Closed));
}

#[test]
fn a_receipt_is_the_same_however_btcpay_writes_its_method() {
    let method = with(bitcoin(&[coins("aF:0", ALL, "Settled", 5)]), &[("paymentMethodId", json!("Btc-Chain"))]);
    let found = [found(&invoice("Settled"), &[method])];
    let summary = summary(&report(&payment(), &found, &Rates::new()).unwrap());
    assert_eq!(summary, expected(&[("BTC-CHAIN:aF:0", "50.00 USD")], Closed));
}

#[test]
fn money_that_cant_be_counted_is_reported_without_an_amount() {
    let euros = invoice_with(&[("currency", json!("EUR")), ("status", json!("Settled"))]);
    let settled = bitcoin(&[coins("a:0", ALL, "Settled", VALID_FOR + 60)]);
    let without_rate = with(bitcoin(&[coins("a:0", ALL, "Settled", 60)]), &[("rate", json!("0"))]);
    let below_zero = bitcoin(&[coins("a:0", "-0.00083334", "Settled", 60)]);
    let too_many = bitcoin(&[coins("a:0", "79228162514264337593543950335", "Settled", 60)]);
    for (invoice, method) in [
        (euros, settled),
        (invoice("Settled"), without_rate),
        (invoice("Settled"), below_zero),
        (invoice("Settled"), too_many),
    ] {
        let found = [found(&invoice, std::slice::from_ref(&method))];
        assert!(late_pairs(&payment(), &found).is_empty(), "{method}");
        let summary = summary(&report(&payment(), &found, &Rates::new()).unwrap());
        assert_eq!(summary, expected(&[("BTC-CHAIN:a:0", "unknown")], Closed), "{method}");
    }
}

#[test]
fn several_invoices_are_one_report() {
    let first = |status| found(&invoice(status), &[bitcoin(&[coins("a:0", ALL, "Settled", 60)])]);
    let second = |status, coins_status| {
        let other = invoice_with(&[("id", json!("Hb4mT1")), ("status", json!(status))]);
        found(&other, &[bitcoin(&[coins("b:0", "0.00041667", coins_status, 60)])])
    };
    let both: &[(&str, &str)] = &[("BTC-CHAIN:a:0", "50.00 USD"), ("BTC-CHAIN:b:0", "25.00 USD")];
    for (found, receipts, state) in [
        (vec![first("Settled"), second("Expired", "Settled")], both, Closed),
        (vec![first("Settled"), second("New", "Settled")], both, Open),
        (vec![first("New"), second("Processing", "Processing")], &both[..1], Confirming),
        (vec![], &[], Unknown),
    ] {
        let summary = summary(&report(&payment(), &found, &Rates::new()).unwrap());
        assert_eq!(summary, expected(receipts, state));
    }
}

#[test]
fn a_part_that_came_in_time_is_credited_when_the_invoice_has_expired() {
    let expired = invoice_with(&[("status", json!("Expired")), ("additionalStatus", json!("PaidPartial"))]);
    let found = [found(&expired, &[bitcoin(&[coins("a:0", "0.00041667", "Settled", 60)])])];
    let look = Look::at(report(&payment(), &found, &Rates::new()).unwrap(), after(VALID_FOR));
    let settlement = payment().settled(&look, after(VALID_FOR)).unwrap();
    assert_eq!(settlement.faults, []);
    assert_eq!(settlement.step.subject.credited.to_string(), "12.5000");
    assert_eq!(settlement.step.subject.status, domain::payment::Status::Succeeded);
    assert_eq!(settlement.step.subject.settled(&look, after(VALID_FOR)), None, "once");
}
