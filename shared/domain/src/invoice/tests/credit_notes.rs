//! Credit notes take back what an invoice charged, and never more.

use super::support::{at, consumer, invoice, number, payment, taxation};
use crate::{
    invoice::{Invoice, InvoiceKind, Item, NewCreditNote, NotCredited},
    payment::Minor,
};
use proptest::prelude::*;

const NOW: &str = "2026-11-25T09:00:00Z";

/// An invoice to a consumer in Ghana.
fn sold(total: u64) -> Invoice {
    let taxation = taxation(&consumer("GH"), "2026-11-21T10:00:00Z");
    invoice(&[total], taxation.in_total(Minor::new(total)).unwrap()).unwrap()
}

fn note(amount: u64) -> NewCreditNote {
    NewCreditNote {
        number: number("NMS-2026-000043"),
        issued_at: at(NOW),
        item: Item::Credits { credits: "50".parse().unwrap() },
        amount: Minor::new(amount),
        payment: payment(NOW),
    }
}

#[test]
fn a_note_has_its_part_of_the_taxes() {
    let sold = sold(31_000);
    let note = sold.credit(note(10_000), &[]).unwrap();
    assert_eq!(note.kind, InvoiceKind::CreditNote { of: sold.number.clone(), of_at: sold.issued_at });
    let taxes: Vec<_> = note.totals.taxes.iter().map(|tax| tax.amount.get()).collect();
    assert_eq!((note.totals.net.get(), taxes, note.totals.total.get()), (8_333, vec![1_250, 209, 208], 10_000));
    assert_eq!(note.lines[0].net, note.totals.net);
    assert_eq!((note.seller, note.buyer, note.currency), (sold.seller, sold.buyer, sold.currency));
}

#[test]
fn no_more_than_the_invoice_is_taken_back() {
    let sold = sold(31_000);
    let left = |minor| Err(NotCredited::Amount { left: Minor::new(minor) });
    assert_eq!(sold.credit(note(31_001), &[]), left(31_000));
    assert_eq!(sold.credit(note(0), &[]), left(31_000));
    let first = sold.credit(note(30_000), &[]).unwrap();
    let notes = [first];
    assert_eq!(sold.credit(note(1_001), &notes), left(1_000));
    let last = sold.credit(note(1_000), &notes).unwrap();
    let [first] = notes;
    let notes = [first, last];
    assert_eq!(sold.credit(note(1), &notes), left(0));
    assert_eq!(sold.left(&notes).unwrap().total, Minor::ZERO);
}

#[test]
fn only_an_invoice_and_its_own_notes_count() {
    let sold = sold(31_000);
    let first = sold.credit(note(100), &[]).unwrap();
    assert_eq!(first.credit(note(100), &[]), Err(NotCredited::NotOfOneInvoice));
    assert_eq!(sold.credit(note(100), std::slice::from_ref(&sold)), Err(NotCredited::NotOfOneInvoice));
    let other = Invoice { number: number("NMS-2026-000041"), ..sold.clone() };
    assert_eq!(other.credit(note(100), &[first]), Err(NotCredited::NotOfOneInvoice));
    let next_year = NewCreditNote { issued_at: at("2027-01-01T00:00:00Z"), ..note(100) };
    assert_eq!(sold.credit(next_year, &[]), Err(NotCredited::Number));
}

proptest! {
    #[test]
    fn notes_never_exceed_the_invoice_in_any_part(
        total in 1_u64..=100_000_000,
        tries in prop::collection::vec(1_u64..=100_000_000, 1..12),
        small in any::<bool>(),
    ) {
        let sold = sold(total);
        let mut notes: Vec<Invoice> = Vec::new();
        for part in tries {
            let part = if small { part % 7 + 1 } else { part };
            let left = sold.left(&notes).unwrap();
            match sold.credit(note(part), &notes) {
                Ok(note) => {
                    prop_assert!(note.totals.adds_up() && part <= left.total.get());
                    prop_assert_eq!(note.totals.total.get(), part);
                    // Each part is the proportion of what is left, rounded up or down.
                    for (tax, of) in note.totals.taxes.iter().zip(&left.taxes) {
                        let exact = u128::from(of.amount.get()) * u128::from(part);
                        let off = exact.abs_diff(u128::from(tax.amount.get()) * u128::from(left.total.get()));
                        prop_assert!(off < u128::from(left.total.get()));
                    }
                    notes.push(note);
                }
                Err(error) => {
                    prop_assert_eq!(error, NotCredited::Amount { left: left.total });
                    prop_assert!(part > left.total.get());
                }
            }
        }
        // The last note takes back the rest, part by part.
        let rest = sold.left(&notes).unwrap();
        prop_assert!(rest.adds_up());
        if rest.total > Minor::ZERO {
            let last = sold.credit(note(rest.total.get()), &notes).unwrap();
            prop_assert_eq!(&last.totals, &rest);
            notes.push(last);
        }
        prop_assert_eq!(notes.iter().map(|note| note.totals.net.get()).sum::<u64>(), sold.totals.net.get());
        for (at, tax) in sold.totals.taxes.iter().enumerate() {
            let sum: u64 = notes.iter().map(|note| note.totals.taxes[at].amount.get()).sum();
            prop_assert_eq!(sum, tax.amount.get());
        }
    }
}
