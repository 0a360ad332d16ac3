//! Commands about invoices.

use crate::{
    Failure,
    arguments::{Invoices, RateOf},
    run::id,
    shown::Answer,
};
use domain::invoice::{Issued, TaxEntry};
use runtime::Context;
use serde_json::{Value, json};
use staff::{Staff, StaffError};

pub async fn run(_: &Context, staff: &Staff<'_>, command: &Invoices) -> Result<Answer, Failure> {
    let value = match command {
        Invoices::List(of) => {
            let found = staff.newest_invoices(&id(staff, &of.customer.customer).await?, of.most as usize).await?;
            found.iter().rev().map(listed).collect()
        }
        Invoices::Show { number } => whole(&staff.invoice(number).await?),
        Invoices::Series { year } => {
            let found = staff.invoice_series(*year).await?;
            json!({ "id": found.series, "last": found.last, "missing": found.missing })
        }
        Invoices::Make { reference } => {
            staff.make_invoices(reference).await?;
            json!({ "id": reference, "queued": true })
        }
        Invoices::Correct { number, reason } => {
            staff.correct_invoice(number, reason).await?;
            json!({ "id": number, "queued": true })
        }
        Invoices::Seller { file: None } => json!(staff.invoicing().await?.seller),
        Invoices::Seller { file: Some(file) } => {
            let named = |error: &dyn std::fmt::Display| Failure::Refused(format!("{}: {error}", file.display()));
            let text = std::fs::read_to_string(file).map_err(|error| named(&error))?;
            let seller = serde_json::from_str(&text).map_err(|error| named(&error))?;
            json!(staff.name_seller(seller).await?.seller)
        }
        Invoices::Rates { country } => {
            let taxes = staff.invoicing().await?.taxes().map_err(|error| StaffError::Defect(error.to_string()))?;
            let wanted = |row: &&TaxEntry| country.as_ref().is_none_or(|country| row.country == *country);
            taxes.rows().iter().filter(wanted).map(row).collect()
        }
        Invoices::Rate(RateOf { country, from, taxes, no_reverse_charge }) => {
            let taxes = taxes.iter().map(|tax| tax.0.clone()).collect();
            let entry = TaxEntry { country: country.clone(), from: *from, taxes, reverse_charge: !no_reverse_charge };
            staff.set_taxes(entry.clone(), None).await?;
            row(&entry)
        }
    };
    Ok(value.into())
}

fn listed(issued: &Issued) -> Value {
    let document = &issued.document;
    json!({
        "id": document.number,
        "kind": document.kind,
        "total": format!("{} {}", document.totals.total, document.currency),
        "payment": document.payment.reference,
        "issued_at": document.issued_at,
        "stored_at": issued.stored_at,
        "told_at": issued.told_at,
    })
}

fn whole(issued: &Issued) -> Value {
    let mut shown = listed(issued);
    shown["invoice_id"] = json!(issued.id);
    shown["customer"] = json!(issued.user);
    shown["buyer"] = json!(issued.document.buyer);
    shown["lines"] = json!(issued.document.lines);
    shown["totals"] = json!(issued.document.totals);
    shown
}

fn row(TaxEntry { country, from, taxes, reverse_charge }: &TaxEntry) -> Value {
    let taxes: Vec<_> = taxes.iter().map(|tax| format!("{} {} %", tax.name.as_str(), tax.rate)).collect();
    json!({ "id": country, "from": from, "taxes": taxes.join(", "), "reverse_charge": reverse_charge })
}
