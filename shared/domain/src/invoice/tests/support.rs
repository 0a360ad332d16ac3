//! Sellers, buyers and payments for the tests.

use crate::{
    PaymentId, Timestamp, UserId,
    invoice::{
        Buyer, BuyerKind, Charge, Invoice, InvoiceNumber, Item, NewInvoice, NumberCheck, PaymentNote, Seller,
        TaxNumber, TaxPolicy, TaxTable, Taxation, Taxed, VatNumber,
    },
    payment::{Method, Minor, PayCurrency, PaymentReference},
};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn seller() -> Seller {
    Seller {
        code: "NMS".parse().unwrap(),
        name: "Namaskah SMS Ltd".parse().unwrap(),
        address: vec!["1 Example Street".parse().unwrap(), "Accra".parse().unwrap()],
        country: "GH".parse().unwrap(),
        registration: None,
        vat_numbers: Vec::new(),
        contacts: Vec::new(),
    }
}

pub fn consumer(country: &str) -> Buyer {
    Buyer {
        name: "Ama Mensah".parse().unwrap(),
        address: vec!["2 Example Road".parse().unwrap()],
        country: Some(country.parse().unwrap()),
        kind: BuyerKind::Consumer,
        vat: None,
    }
}

pub fn business(country: &str, vat: Option<(&str, NumberCheck)>) -> Buyer {
    let number = |text| VatNumber::parse(&country.parse().unwrap(), text).unwrap();
    let vat = vat.map(|(text, check)| TaxNumber { number: number(text), check });
    Buyer { kind: BuyerKind::Business, vat, ..consumer(country) }
}

/// The taxes of a sale from Ghana by the default table and policy.
pub fn taxation(buyer: &Buyer, moment: &str) -> Taxation {
    TaxTable::default().taxation(&"GH".parse().unwrap(), buyer, TaxPolicy::default(), at(moment))
}

pub fn payment(moment: &str) -> PaymentNote {
    let at = at(moment);
    PaymentNote {
        reference: PaymentReference { user: UserId::new(at, 1), payment: PaymentId::new(at, 2) },
        method: Method::MobileMoney,
        at,
        page: "https://example.com/payments/1".to_owned(),
    }
}

/// An invoice of 2026 with these prices and totals.
pub fn invoice(prices: &[u64], totals: Taxed) -> Result<Invoice, crate::invoice::NotAnInvoice> {
    let item = Item::Credits { credits: "155".parse().unwrap() };
    let charges = prices.iter().map(|price| Charge { item: item.clone(), price: Minor::new(*price) });
    Invoice::issue(NewInvoice {
        number: number("NMS-2026-000042"),
        issued_at: at("2026-11-21T10:00:00Z"),
        seller: seller(),
        buyer: consumer("GH"),
        currency: PayCurrency::Ghs,
        charges: charges.collect(),
        totals,
        payment: payment("2026-11-21T10:00:00Z"),
    })
}

pub fn number(text: &str) -> InvoiceNumber {
    text.parse().unwrap()
}
