//! Taxes by country, buyer and time, and their arithmetic.

use super::support::{at, business, consumer, invoice, payment, seller, taxation};
use crate::{
    invoice::{
        BuyerKind, Invoice, NewInvoice, NotATaxTable, NotAnInvoice, NumberCheck, Rate, ReverseCharge, TaxComponent,
        TaxEntry, TaxName, TaxPolicy, TaxTable, Taxation, Taxed, Treatment,
    },
    payment::Minor,
};
use proptest::prelude::*;

const NOW: &str = "2026-11-21T10:00:00Z";

/// Net, taxes and total in minor units.
fn parts(taxed: &Taxed) -> (u64, Vec<u64>, u64) {
    assert!(taxed.adds_up());
    (taxed.net.get(), taxed.taxes.iter().map(|tax| tax.amount.get()).collect(), taxed.total.get())
}

#[test]
fn each_country_has_its_taxes_in_and_on_the_price() {
    for (country, in_100, on_100) in [
        ("GH", (8334, vec![1250, 208, 208], 10_000), (10_000, vec![1500, 250, 250], 12_000)),
        ("NG", (9302, vec![698], 10_000), (10_000, vec![750], 10_750)),
        ("KE", (8621, vec![1379], 10_000), (10_000, vec![1600], 11_600)),
        ("ZA", (8696, vec![1304], 10_000), (10_000, vec![1500], 11_500)),
        ("DE", (8403, vec![1597], 10_000), (10_000, vec![1900], 11_900)),
        ("FI", (7968, vec![2032], 10_000), (10_000, vec![2550], 12_550)),
        ("HU", (7874, vec![2126], 10_000), (10_000, vec![2700], 12_700)),
        ("GB", (8333, vec![1667], 10_000), (10_000, vec![2000], 12_000)),
        ("US", (10_000, vec![], 10_000), (10_000, vec![], 10_000)),
    ] {
        let taxation = taxation(&consumer(country), NOW);
        assert_eq!(parts(&taxation.in_total(Minor::new(10_000)).unwrap()), in_100, "{country}");
        assert_eq!(parts(&taxation.on_net(Minor::new(10_000)).unwrap()), on_100, "{country}");
    }
    let ghana = taxation(&consumer("GH"), NOW);
    let names: Vec<_> = ghana.taxes.iter().map(|tax| (tax.name.as_str(), tax.rate.to_string())).collect();
    assert_eq!(names, [("VAT", "15".into()), ("NHIL", "2.5".into()), ("GETFund", "2.5".into())]);
}

#[test]
fn halves_are_rounded_up() {
    let half = Taxation {
        treatment: Treatment::Taxed,
        taxes: vec![TaxComponent { name: TaxName::VAT, rate: Rate::new(5000).unwrap() }],
    };
    assert_eq!(parts(&half.on_net(Minor::new(1)).unwrap()), (1, vec![1], 2));
    assert_eq!(parts(&half.on_net(Minor::new(2)).unwrap()), (2, vec![1], 3));
    assert_eq!(half.on_net(Minor::new(u64::MAX)), None);
}

#[test]
fn a_valid_number_reverses_the_charge_abroad_only() {
    use Treatment::{ReverseCharge as Reversed, Taxed, Untaxed};
    let refused = NumberCheck::Refused { at: at(NOW) };
    let confirmed = NumberCheck::Confirmed { at: at(NOW), receipt: None };
    let form = NumberCheck::Form;
    for (buyer, by_form, confirmed_only) in [
        (business("DE", Some(("DE136695976", form.clone()))), Reversed, Taxed),
        (business("DE", Some(("DE136695976", confirmed.clone()))), Reversed, Reversed),
        (business("DE", Some(("DE136695976", refused))), Taxed, Taxed),
        (business("DE", None), Taxed, Taxed),
        (consumer("DE"), Taxed, Taxed),
        (business("KE", Some(("P051365947M", confirmed.clone()))), Reversed, Reversed),
        // At home, and where the law has no reverse charge.
        (business("GH", Some(("C0000803561", confirmed.clone()))), Taxed, Taxed),
        (business("ZA", Some(("4750123456", confirmed.clone()))), Taxed, Taxed),
        (business("US", None), Untaxed, Untaxed),
    ] {
        let strict = TaxPolicy { reverse_charge: ReverseCharge::Confirmed, ..TaxPolicy::default() };
        for (policy, expected) in [(TaxPolicy::default(), by_form), (strict, confirmed_only)] {
            let taxation = TaxTable::default().taxation(&seller().country, &buyer, policy, at(NOW));
            assert_eq!(taxation.treatment, expected, "{buyer:?}");
            assert_eq!(taxation.taxes.is_empty(), expected != Taxed);
        }
    }
    // Numbers of another country and of consumers do not count.
    let mut foreign = business("DE", Some(("DE136695976", confirmed.clone())));
    foreign.country = Some("FR".parse().unwrap());
    assert_eq!(taxation(&foreign, NOW).treatment, Taxed);
    let consumer =
        crate::invoice::Buyer { kind: BuyerKind::Consumer, ..business("DE", Some(("DE136695976", confirmed))) };
    assert_eq!(taxation(&consumer, NOW).treatment, Taxed);
}

#[test]
fn prices_contain_taxes_for_consumers_unless_configured_otherwise() {
    let policy = TaxPolicy::default();
    assert!(policy.includes_taxes(BuyerKind::Consumer) && !policy.includes_taxes(BuyerKind::Business));
    let stored: TaxPolicy = serde_json::from_str(r#"{"included_for_businesses": true}"#).unwrap();
    assert!(stored.includes_taxes(BuyerKind::Consumer) && stored.includes_taxes(BuyerKind::Business));
}

#[test]
fn a_rate_changes_at_midnight_of_its_country() {
    let row = |from: &str, rate| TaxEntry {
        country: "KE".parse().unwrap(),
        from: at(from),
        taxes: vec![TaxComponent { name: TaxName::VAT, rate: Rate::new(rate).unwrap() }],
        reverse_charge: true,
    };
    let (old, new) = (row("2021-01-01T00:00:00+03:00", 1600), row("2027-01-01T00:00:00+03:00", 1800));
    let none = TaxEntry { from: at("2028-01-01T00:00:00+03:00"), taxes: Vec::new(), ..old.clone() };
    let table = TaxTable::new(vec![new.clone(), none, old.clone()]).unwrap();
    let rate = |moment: &str| {
        let of = table.taxation(&"GH".parse().unwrap(), &consumer("KE"), TaxPolicy::default(), at(moment));
        of.taxes.first().map(|tax| tax.rate.hundredths())
    };
    assert_eq!(rate("2020-12-31T20:59:59.999Z"), None);
    assert_eq!(rate("2020-12-31T21:00:00Z"), Some(1600));
    assert_eq!(rate("2026-12-31T20:59:59.999Z"), Some(1600));
    assert_eq!(rate("2026-12-31T21:00:00Z"), Some(1800));
    assert_eq!(rate("2027-12-31T21:00:00Z"), None);
    assert!(matches!(TaxTable::new(vec![old.clone(), old.clone()]), Err(NotATaxTable::Doubled { .. })));
    for taxes in [
        vec![new.taxes[0].clone(), new.taxes[0].clone()],
        vec![TaxComponent { name: TaxName::new(""), ..new.taxes[0].clone() }],
        [("A", 5000), ("B", 5001)]
            .map(|(name, rate)| TaxComponent { name: TaxName::new(name), rate: Rate::new(rate).unwrap() })
            .into(),
    ] {
        assert!(matches!(TaxTable::new(vec![TaxEntry { taxes, ..old.clone() }]), Err(NotATaxTable::Taxes { .. })));
    }
}

#[test]
fn what_was_quoted_is_charged_unless_the_amount_or_the_rate_differs() {
    let ghana = taxation(&business("GH", None), NOW);
    let quoted = ghana.on_net(Minor::new(10_023)).unwrap();
    assert_eq!(parts(&quoted), (10_023, vec![1503, 251, 251], 12_028));
    assert_eq!(parts(&ghana.in_total(quoted.total).unwrap()), (10_022, vec![1504, 251, 251], 12_028));
    assert_eq!(ghana.of_payment(&quoted, quoted.total), Some(quoted.clone()));
    assert_eq!(ghana.of_payment(&quoted, Minor::new(6_000)), ghana.in_total(Minor::new(6_000)));
    let kenya = taxation(&business("KE", None), NOW);
    assert_eq!(kenya.of_payment(&quoted, quoted.total), kenya.in_total(quoted.total));
}

#[test]
fn an_invoice_has_the_number_and_the_totals_of_its_sale() {
    let totals = taxation(&consumer("GH"), NOW).in_total(Minor::new(31_000)).unwrap();
    let invoice = invoice(&[31_000], totals.clone()).unwrap();
    assert_eq!(parts(&invoice.totals), (25_833, vec![3875, 646, 646], 31_000));
    assert_eq!(invoice.lines[0].net.get(), 25_833);
    let stored = serde_json::to_string(&invoice).unwrap();
    assert_eq!(serde_json::from_str::<Invoice>(&stored).unwrap(), invoice);
    let new = |number: &str, issued_at: &str| {
        let Invoice { seller, buyer, currency, totals, .. } = invoice.clone();
        let charge = crate::invoice::Charge { item: invoice.lines[0].item.clone(), price: totals.total };
        let (number, issued_at, payment) = (number.parse().unwrap(), at(issued_at), payment(NOW));
        Invoice::issue(NewInvoice {
            number,
            issued_at,
            seller,
            buyer,
            currency,
            charges: vec![charge],
            totals,
            payment,
        })
    };
    assert!(new("NMS-2026-000001", "2026-12-31T23:59:59.999Z").is_ok());
    assert_eq!(new("NMS-2026-000001", "2027-01-01T00:00:00Z"), Err(NotAnInvoice::Number));
    assert_eq!(new("ABC-2026-000001", NOW), Err(NotAnInvoice::Number));
}

#[test]
fn lines_share_the_net_amount_and_wrong_totals_are_refused() {
    let totals = taxation(&consumer("GH"), NOW).in_total(Minor::new(10_000)).unwrap();
    let lines = invoice(&[3_333, 3_333, 3_334], totals.clone()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.net.get()).collect::<Vec<_>>(), [2778, 2778, 2778]);
    assert_eq!(lines.iter().map(|line| line.net.get()).sum::<u64>(), totals.net.get());
    let odd = Taxed { net: Minor::new(8_335), ..totals.clone() };
    let nothing = taxation(&consumer("GH"), NOW).in_total(Minor::ZERO).unwrap();
    for (prices, totals) in [(vec![9_999], totals), (vec![10_000], odd), (vec![], nothing.clone()), (vec![0], nothing)]
    {
        assert_eq!(invoice(&prices, totals), Err(NotAnInvoice::Totals), "{prices:?}");
    }
}

/// Up to four taxes with at most 100 % together.
fn any_taxation() -> impl Strategy<Value = Taxation> {
    let rates = prop::collection::vec(0_u16..=2500, 0..=4);
    rates.prop_map(|rates| {
        let tax = |(name, rate)| TaxComponent { name: TaxName::new(name), rate: Rate::new(rate).unwrap() };
        let taxes = ["A", "B", "C", "D"].into_iter().zip(rates).map(tax).collect();
        Taxation { treatment: Treatment::Taxed, taxes }
    })
}

proptest! {
    #[test]
    fn parts_always_add_up(taxation in any_taxation(), amount in 0_u64..=99_999_999_999_999) {
        let amount = Minor::new(amount);
        for taxed in [taxation.on_price(amount, false), taxation.on_price(amount, true)] {
            let taxed = taxed.unwrap();
            prop_assert!(taxed.adds_up());
            for tax in &taxed.taxes {
                // Within half a minor unit of the exact tax when the rate is applied to the net price; the rounding of
                // each other tax moves the net price a little.
                let exact = u128::from(taxed.net.get()) * u128::from(tax.rate.hundredths());
                let off = exact.abs_diff(u128::from(tax.amount.get()) * 10_000);
                prop_assert!(off <= 5_000 * (1 + 4), "{taxed:?}");
            }
        }
        let on = taxation.on_net(amount).unwrap();
        for tax in &on.taxes {
            let exact = u128::from(amount.get()) * u128::from(tax.rate.hundredths());
            prop_assert_eq!((exact + 5_000) / 10_000, u128::from(tax.amount.get()));
        }
        // The way back is at most as far off as the taxes are many.
        let back = taxation.in_total(on.total).unwrap();
        prop_assert!(back.net.get().abs_diff(amount.get()) <= on.taxes.len() as u64);
    }

    #[test]
    fn small_totals_hold_their_taxes(rates in prop::collection::vec(0_u16..=10_000, 0..=4), total in 0_u64..50) {
        let sum: u32 = rates.iter().map(|rate| u32::from(*rate)).sum();
        prop_assume!(sum <= 10_000);
        let tax = |rate| TaxComponent { name: TaxName::VAT, rate: Rate::new(rate).unwrap() };
        let taxation = Taxation { treatment: Treatment::Taxed, taxes: rates.into_iter().map(tax).collect() };
        prop_assert!(taxation.in_total(Minor::new(total)).is_some_and(|taxed| taxed.adds_up()));
    }
}
