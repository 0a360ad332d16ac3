//! Sample invoices, for the previews and the tests.

use domain::{
    PaymentId, Timestamp, UserId,
    invoice::{
        Buyer, BuyerKind, Charge, Invoice, Item, NewCreditNote, NewInvoice, NumberCheck, PaymentNote, PrintedLine,
        Seller, TaxNumber, TaxPolicy, TaxTable, VatNumber,
    },
    payment::{Method, Minor, PayCurrency, PaymentReference},
};
use std::error::Error;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The names of all samples.
pub const NAMES: &[&str] = &["top-up", "business", "reverse-charge", "untaxed", "credit-note", "long", "names"];

/// The sample with this name.
pub fn sample(name: &str) -> Result<Option<Invoice>> {
    let credits = |credits: &str| -> Result<Item> { Ok(Item::Credits { credits: credits.parse()? }) };
    let invoice = match name {
        "top-up" => invoice(consumer()?, PayCurrency::Ghs, vec![(credits("155")?, 482_050)], Method::MobileMoney)?,
        "business" => {
            let buyer = Buyer { vat: None, ..business("NG", &["14 Example Close", "Lagos"], "12345678-0001")? };
            invoice(buyer, PayCurrency::Ngn, vec![(credits("1250.5")?, 375_150_000)], Method::Card)?
        }
        "reverse-charge" => {
            let buyer = business("DE", &["Musterstraße 12", "10115 Berlin"], "DE136695976")?;
            invoice(buyer, PayCurrency::Usd, vec![(credits("500")?, 100_000)], Method::UsdtTron)?
        }
        "untaxed" => {
            let buyer = Buyer { country: Some("US".parse()?), ..consumer()? };
            invoice(buyer, PayCurrency::Usd, vec![(credits("50")?, 10_000)], Method::Lightning)?
        }
        "credit-note" => credit_note()?,
        "long" => {
            let line = |number: u64| -> Result<(Item, u64)> {
                let text = match number % 7 {
                    0 => format!(
                        "Numbers rented for a test of deliveries in a region with many operators, part {number}"
                    ),
                    _ => format!("Set-up of sender {number}"),
                };
                Ok((Item::Other { text: text.parse()? }, 10_000 + number * 37))
            };
            let lines = (1..=47).map(line).collect::<Result<_>>()?;
            invoice(consumer()?, PayCurrency::Kes, lines, Method::Card)?
        }
        "names" => {
            let address = ["Αθήνα · Београд · Đà Nẵng", "طريق الملك فهد 12، الرياض", "मकान संख्या 7, नई दिल्ली 110001"];
            let name =
                "شركة النور للتجارة Example & Söhne GmbH und Compagnie für Nachrichten und Vermittlung".parse()?;
            let buyer = Buyer { name, address: printed(&address)?, ..consumer()? };
            invoice(buyer, PayCurrency::Zar, vec![(credits("2.5")?, 9_999)], Method::Bitcoin)?
        }
        _ => return Ok(None),
    };
    Ok(Some(invoice))
}

fn printed(lines: &[&str]) -> Result<Vec<PrintedLine>> {
    lines.iter().map(|line| Ok(line.parse()?)).collect()
}

fn seller() -> Result<Seller> {
    let ghana = "GH".parse()?;
    Ok(Seller {
        code: "NMS".parse()?,
        name: "Namaskah SMS Limited".parse()?,
        address: printed(&["12 Example Avenue, Osu", "Accra GA-000-0000"])?,
        registration: Some("CS000000000".parse()?),
        vat_numbers: vec![VatNumber::parse(&ghana, "C0000803561")?],
        contacts: printed(&["billing@example.com", "https://example.com"])?,
        country: ghana,
    })
}

fn consumer() -> Result<Buyer> {
    Ok(Buyer {
        name: "Ama Mensah".parse()?,
        address: printed(&["P.O. Box 123", "Kumasi"])?,
        country: Some("GH".parse()?),
        kind: BuyerKind::Consumer,
        vat: None,
    })
}

fn business(country: &str, address: &[&str], vat: &str) -> Result<Buyer> {
    let country = country.parse()?;
    let number = VatNumber::parse(&country, vat)?;
    Ok(Buyer {
        name: "Example Logistics & Co.".parse()?,
        address: printed(address)?,
        country: Some(country),
        kind: BuyerKind::Business,
        vat: Some(TaxNumber { number, check: NumberCheck::Form }),
    })
}

fn payment(at: Timestamp, method: Method) -> PaymentNote {
    let reference = PaymentReference {
        user: UserId::new(at, 0x1234_5678_9abc_def0_1122),
        payment: PaymentId::new(at, 0x2233_4455_6677_8899_aabb),
    };
    let page = format!("https://example.com/wallet/payments/{}", reference.payment);
    PaymentNote { reference, method, at, page }
}

/// An invoice for charges, whose prices contain taxes or not as usual.
fn invoice(buyer: Buyer, currency: PayCurrency, charges: Vec<(Item, u64)>, method: Method) -> Result<Invoice> {
    let (issued_at, seller) = ("2026-11-21T10:04:00Z".parse()?, seller()?);
    let policy = TaxPolicy::default();
    let taxation = TaxTable::default().taxation(&seller.country, &buyer, policy, issued_at);
    let sum = charges.iter().map(|(_, price)| price).sum();
    let totals = taxation.on_price(Minor::new(sum), policy.includes_taxes(buyer.kind)).ok_or("too much")?;
    let charges = charges.into_iter().map(|(item, price)| Charge { item, price: Minor::new(price) }).collect();
    let (number, payment) = ("NMS-2026-000042".parse()?, payment(issued_at, method));
    Ok(Invoice::issue(NewInvoice { number, issued_at, seller, buyer, currency, charges, totals, payment })?)
}

fn credit_note() -> Result<Invoice> {
    let invoice = sample("top-up")?.ok_or("the first sample")?;
    let issued_at = "2027-01-04T16:30:00Z".parse()?;
    let new = NewCreditNote {
        number: "NMS-2027-000003".parse()?,
        issued_at,
        item: Item::Credits { credits: "50".parse()? },
        amount: Minor::new(155_500),
        payment: payment(issued_at, Method::MobileMoney),
    };
    Ok(invoice.credit(new, &[])?)
}
