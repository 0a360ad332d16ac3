//! What a payment needs: an invoice for what was credited, and a credit note for what was paid back.

use super::support::{at, consumer, seller};
use crate::{
    Actor, Credits, InvoiceId, Language, PaymentId, RefundId, Timestamp, UserId,
    invoice::{Billed, Due, Invoice, InvoicingSettings, Issued, NewDocument, NotASetting, NotIssued, TaxEntry},
    ledger::{Subject, Wallet},
    payment::{
        Amount, Checkout, CreditPrice, GatewayId, Look, Method, Minor, NewPayment, NewRefund, PayCurrency, Payment,
        PaymentReference, Receipt, ReceiptId, RefundReport, RefundReported, Report, Reported, Step,
    },
};
use std::{num::NonZeroU32, time::Duration};

const NOW: &str = "2026-11-21T10:00:00Z";

fn later(seconds: u64) -> Timestamp {
    at(NOW).plus(Duration::from_secs(seconds))
}

/// A payment of 50 dollars for 25 credits, and the wallet that it fills.
struct World {
    payment: Payment,
    wallet: Wallet,
}

impl World {
    fn new(method: Method) -> Self {
        let reference = PaymentReference { user: UserId::new(at(NOW), 1), payment: PaymentId::new(at(NOW), 2) };
        let (amount, price) = (dollars(5_000), CreditPrice::new(Minor::new(200)).unwrap());
        let (gateway, credits) = (GatewayId::new("any"), Credits::from_units(250_000));
        let new = NewPayment { reference, gateway, method, amount, price, credits };
        let started = Payment::start(new, at(NOW)).subject.written_with(None);
        let checkout = Checkout {
            gateway_payment: None,
            url: "https://example.com".to_owned(),
            expires_at: later(1_800),
            coins: None,
        };
        let opened = started.opened(checkout, at(NOW)).unwrap().subject.written_with(None);
        Self { payment: opened, wallet: Wallet::default() }
    }

    fn write(&mut self, step: Step, now: Timestamp) {
        let entry = step.movement.map(|movement| {
            let (wallet, entry) = self.wallet.post(&movement, now).unwrap();
            self.wallet = wallet;
            entry
        });
        self.payment = step.subject.written_with(entry.as_ref());
    }

    /// Applies a report of these receipts, in cents, in full.
    fn report(&mut self, receipts: &[(&str, u64)], state: Reported, now: Timestamp) {
        // They are so old that no amount needs more blocks.
        let came = at(NOW).minus(Duration::from_hours(24));
        let receipt =
            |(id, cents): &(&str, u64)| Receipt { id: ReceiptId::new(*id), amount: Some(dollars(*cents)), at: came };
        let look = Look::at(Report { receipts: receipts.iter().map(receipt).collect(), state }, now);
        while let Some(settlement) = self.payment.clone().settled(&look, now) {
            self.write(settlement.step, now);
        }
    }

    fn refund(&mut self, n: u128, credits: &str, state: RefundReported, now: Timestamp) {
        let id = RefundId::new(now, n);
        let (credits, actor) = (credits.parse().unwrap(), Actor::system("test"));
        let new = NewRefund { id: id.clone(), credits, address: None, reason: None, actor };
        let step = self.payment.clone().refund(new, &self.wallet, &[], now).unwrap();
        self.write(step, now);
        let report = RefundReport { gateway_refund: None, state };
        if let Some(settlement) = self.payment.clone().refund_reported(&id, &report, now) {
            self.write(settlement.step, now);
        }
    }
}

fn dollars(cents: u64) -> Amount {
    Amount { minor: Minor::new(cents), currency: PayCurrency::Usd }
}

fn settings() -> InvoicingSettings {
    InvoicingSettings::default().with_seller(seller()).unwrap()
}

/// Issues all that is due, as the worker does. Returns the record and the documents.
fn issue_all(payment: &Payment, mut billed: Billed, documents: &mut Vec<Issued>, now: Timestamp) -> Billed {
    let settings = settings();
    while let Some(due) = billed.next(payment, now) {
        let place = NonZeroU32::new(u32::try_from(documents.len()).unwrap() + 1).unwrap();
        let number = settings.series(now).unwrap().number(place);
        let id = InvoiceId::new(now, place.get().into());
        let new = NewDocument {
            id,
            payment,
            due: &due,
            settings: &settings,
            buyer: consumer("GH"),
            language: Language::English,
            page: "https://example.com".to_owned(),
        };
        let document = |id: &InvoiceId| documents.iter().find(|issued| issued.id == *id).unwrap().document.clone();
        let taken_back = match &due {
            Due::Invoice { .. } => None,
            Due::CreditNote { of, .. } => {
                let notes: Vec<Invoice> =
                    billed.notes.iter().filter(|note| note.of == *of).map(|note| document(&note.id)).collect();
                Some((document(of), notes))
            }
        };
        let taken_back = taken_back.as_ref().map(|(invoice, notes)| (invoice, notes.as_slice()));
        let issued = new.issue(number, taken_back, now).unwrap();
        billed = billed.with(&due, &issued);
        documents.push(issued);
    }
    billed
}

#[test]
fn a_card_has_its_invoice_at_once_and_once() {
    let mut world = World::new(Method::Card);
    assert_eq!(Billed::default().next(&world.payment, later(1)), None, "nothing came");
    world.report(&[("r1", 5_000)], Reported::Closed, later(60));
    let due = Billed::default().next(&world.payment, later(60)).unwrap();
    let Due::Invoice { paid, credits, at: credited_at, receipts, .. } = &due else { panic!("{due:?}") };
    assert_eq!((paid.get(), credits.units(), *credited_at), (5_000, 250_000, later(60)));
    assert_eq!(receipts, &[ReceiptId::new("r1")]);
    let mut documents = Vec::new();
    let billed = issue_all(&world.payment, Billed::default(), &mut documents, later(61));
    assert_eq!((billed.version, documents.len()), (1, 1));
    let invoice = &documents[0].document;
    assert_eq!(invoice.number.to_string(), "NMS-2026-000001");
    assert_eq!((invoice.totals.total.get(), invoice.totals.net.get()), (5_000, 4_167), "20 % on top are inside");
    assert_eq!(billed.next(&world.payment, later(999_999)), None);
}

#[test]
fn coins_have_one_invoice_at_the_end_and_one_for_all_that_comes_later() {
    let mut world = World::new(Method::Bitcoin);
    let (mut documents, mut receipts) = (Vec::new(), vec![("c1", 1_000), ("c2", 2), ("c3", 500)]);
    world.report(&receipts, Reported::Open, later(60));
    assert!(world.payment.credited.is_positive());
    assert_eq!(Billed::default().next(&world.payment, later(61)), None, "the rest may come");
    world.report(&receipts, Reported::Closed, later(2_000));
    let billed = issue_all(&world.payment, Billed::default(), &mut documents, later(2_001));
    assert_eq!((documents.len(), documents[0].document.totals.total.get()), (1, 1_502));
    // Many tiny ones later are one more invoice, when nothing is left to look for.
    let names: Vec<String> = (0..40).map(|n| format!("late{n}")).collect();
    receipts.extend(names.iter().map(|name| (name.as_str(), 1)));
    world.report(&receipts, Reported::Closed, later(3_000));
    assert_eq!(billed.next(&world.payment, later(3_001)), None);
    let days = |days: u64| later(days * 86_400);
    let mut look = world.payment.due_at;
    while let Some(at) = look {
        world.report(&receipts, Reported::Closed, at);
        look = world.payment.due_at;
    }
    let billed = issue_all(&world.payment, billed, &mut documents, days(4));
    assert_eq!((documents.len(), documents[1].document.totals.total.get()), (2, 40));
    assert_eq!(billed.next(&world.payment, days(5)), None);
}

#[test]
fn a_refund_has_its_note_when_it_was_paid_out() {
    let mut world = World::new(Method::Card);
    world.report(&[("r1", 5_000)], Reported::Closed, later(60));
    let mut documents = Vec::new();
    let billed = issue_all(&world.payment, Billed::default(), &mut documents, later(61));
    world.refund(1, "5", RefundReported::Pending, later(100));
    assert_eq!(billed.next(&world.payment, later(101)), None, "it is on its way");
    world.refund(2, "3", RefundReported::Failed, later(200));
    assert_eq!(billed.next(&world.payment, later(201)), None, "it failed");
    world.refund(3, "20", RefundReported::Processed, later(300));
    let billed = issue_all(&world.payment, billed, &mut documents, later(301));
    assert_eq!((documents.len(), documents[1].document.totals.total.get()), (2, 4_000));
    let first = world.payment.refunds[0].id.clone();
    let report = RefundReport { gateway_refund: None, state: RefundReported::Processed };
    let step = world.payment.clone().refund_reported(&first, &report, later(400)).unwrap().step;
    world.write(step, later(400));
    let billed = issue_all(&world.payment, billed, &mut documents, later(401));
    assert_eq!(documents.len(), 3);
    let sum = |part: &dyn Fn(&Invoice) -> u64| documents[1..].iter().map(|note| part(&note.document)).sum::<u64>();
    assert_eq!(sum(&|note| note.totals.total.get()), 5_000);
    assert_eq!(sum(&|note| note.totals.net.get()), documents[0].document.totals.net.get());
    assert_eq!(billed.next(&world.payment, later(500)), None);
}

#[test]
fn a_refund_of_several_invoices_has_a_note_for_each() {
    let mut world = World::new(Method::Card);
    world.report(&[("r1", 5_000)], Reported::Closed, later(60));
    let mut documents = Vec::new();
    let mut billed = issue_all(&world.payment, Billed::default(), &mut documents, later(61));
    // As if the payment had two invoices, of 20.00 and 30.00.
    let mut second = billed.invoices[0].clone();
    billed.invoices[0].total = Minor::new(2_000);
    second.id = InvoiceId::new(later(62), 9);
    second.total = Minor::new(3_000);
    billed.invoices.push(second.clone());
    world.refund(1, "15", RefundReported::Processed, later(100));
    let due = billed.next(&world.payment, later(101)).unwrap();
    let Due::CreditNote { of, amount, .. } = &due else { panic!("{due:?}") };
    assert_eq!((of, amount.get()), (&billed.invoices[0].id, 2_000));
    let mut note = documents[0].clone();
    note.document.totals.total = Minor::new(2_000);
    let billed = billed.with(&due, &note);
    let due = billed.next(&world.payment, later(101)).unwrap();
    let Due::CreditNote { of, amount, .. } = &due else { panic!("{due:?}") };
    assert_eq!((of, amount.get()), (&second.id, 1_000));
}

#[test]
fn a_corrected_invoice_is_taken_back_and_replaced() {
    let mut world = World::new(Method::Card);
    world.report(&[("r1", 5_000)], Reported::Closed, later(60));
    let mut documents = Vec::new();
    let billed = issue_all(&world.payment, Billed::default(), &mut documents, later(61));
    world.refund(1, "5", RefundReported::Processed, later(100));
    let billed = issue_all(&world.payment, billed, &mut documents, later(101));
    let wrong = billed.invoices[0].id.clone();
    assert_eq!(billed.clone().correcting(&billed.notes[0].id), None, "only an invoice");
    let asked = billed.correcting(&wrong).unwrap();
    assert_eq!(asked.clone().correcting(&wrong), None, "once");
    let billed = issue_all(&world.payment, asked, &mut documents, later(200));
    let totals: Vec<_> = documents.iter().map(|issued| issued.document.totals.total.get()).collect();
    assert_eq!(totals, [5_000, 1_000, 4_000, 4_000], "invoice, refund, correction, invoice");
    assert_eq!(documents[3].document.payment.at, later(60), "its taxes are those of the payment's time");
    let replacing = &billed.invoices[1];
    assert_eq!((replacing.replaces.as_ref(), replacing.credits.units()), (Some(&wrong), 200_000));
    assert_eq!(billed.next(&world.payment, later(300)), None);
    // A later refund takes back the invoice that holds.
    world.refund(2, "20", RefundReported::Processed, later(400));
    let id = replacing.id.clone();
    let billed = issue_all(&world.payment, billed, &mut documents, later(401));
    assert_eq!((&billed.notes[2].of, billed.notes[2].total.get()), (&id, 4_000));
    assert_eq!(billed.clone().correcting(&id), None, "nothing is left of it");
}

#[test]
fn only_a_change_of_a_credited_payment_may_need_a_document() {
    let mut world = World::new(Method::Card);
    let opened = world.payment.clone();
    assert!(!opened.may_need_document(None));
    world.report(&[("r1", 5_000)], Reported::Closed, later(60));
    assert!(world.payment.may_need_document(Some(&opened)) && world.payment.may_need_document(None));
    assert!(!world.payment.may_need_document(Some(&world.payment)), "a note beside the version");
}

#[test]
fn without_a_seller_nothing_is_issued_and_its_code_stays() {
    assert_eq!(InvoicingSettings::default().series(at(NOW)), Err(NotIssued::NoSeller));
    let mut other = seller();
    other.name = "Another name".parse().unwrap();
    assert!(settings().with_seller(other.clone()).is_ok());
    other.code = "ABC".parse().unwrap();
    assert_eq!(settings().with_seller(other), Err(NotASetting::Code));
}

#[test]
fn a_stored_rate_replaces_or_follows_those_of_the_code() {
    let kenya: crate::CountryCode = "KE".parse().unwrap();
    let rate = |settings: &InvoicingSettings, moment: &str| {
        let taxes = settings.taxes().unwrap();
        taxes.at(&kenya, at(moment)).and_then(|row| row.taxes.first()).map(|tax| tax.rate.to_string())
    };
    let row = |from: &str, per_cent: Option<&str>| TaxEntry {
        country: kenya.clone(),
        from: at(from),
        taxes: per_cent
            .map(|rate| crate::invoice::TaxComponent {
                name: crate::invoice::TaxName::VAT,
                rate: rate.parse().unwrap(),
            })
            .into_iter()
            .collect(),
        reverse_charge: true,
    };
    let settings = settings().with_rate(row("2027-01-01T00:00:00+03:00", Some("18"))).unwrap();
    assert_eq!(rate(&settings, "2026-12-31T20:59:59Z").as_deref(), Some("16"));
    assert_eq!(rate(&settings, "2026-12-31T21:00:00Z").as_deref(), Some("18"));
    let settings = settings.with_rate(row("2027-01-01T00:00:00+03:00", Some("17"))).unwrap();
    assert_eq!((settings.rates.len(), settings.version), (1, 3));
    assert_eq!(rate(&settings, "2027-06-01T00:00:00Z").as_deref(), Some("17"));
    let settings = settings.with_rate(row("2028-01-01T00:00:00+03:00", None)).unwrap();
    assert_eq!(rate(&settings, "2028-06-01T00:00:00Z"), None);
    let stored = serde_json::to_string(&settings).unwrap();
    assert_eq!(serde_json::from_str::<InvoicingSettings>(&stored).unwrap(), settings);
}
