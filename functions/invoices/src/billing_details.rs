//! `GET /api/v1/me/billing-details` - returns what is printed on the caller's invoices. `PUT` replaces it.

use crate::{
    access::{ChangeBillingDetails, ReadBillingDetails},
    codes::{NotAVatNumber, NotPrintable},
};
use api::{
    Caller, FieldError, Json, List, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{
    CountryCode, Timestamp,
    invoice::{self, BillingDetails, BuyerKind, MOST_ADDRESS_LINES, NumberCheck, PrintedLine, TaxNumber, VatNumber},
};
use invoice_files::unprintable;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// What is printed on invoices from now on.
#[derive(Parse, ToSchema)]
pub struct NewBillingDetails {
    /// Name of the business or the person.
    #[schema(value_type = String, max_length = 120)]
    pub name: PrintedLine,
    /// Lines of the address, without the country.
    #[schema(value_type = Vec<String>, max_items = 4)]
    pub address: List<PrintedLine, 0, MOST_ADDRESS_LINES>,
    /// Country, which decides about taxes.
    pub country: CountryCode,
    /// Whether you buy as a business.
    pub kind: BuyerKind,
    /// VAT number of a business. It is checked by its form. With one, businesses abroad owe the tax themselves.
    #[schema(required = false)]
    pub vat_number: Option<String>,
}

/// What is printed on invoices.
#[derive(Serialize, ToSchema)]
pub struct BillingDetailsView {
    name: String,
    address: Vec<String>,
    country: CountryCode,
    kind: BuyerKind,
    /// VAT number, with the country's prefix in the EU and Great Britain.
    vat_number: Option<String>,
    updated_at: Timestamp,
}

/// Get the billing details
///
/// Answers 404 before you wrote some. Without them, invoices show your email address, and the country is that of the
/// currency that you paid.
#[utoipa::path(
    get, path = "/api/v1/me/billing-details", operation_id = "get_billing_details", tag = "invoices",
    responses((status = 200, body = BillingDetailsView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadBillingDetails>,
) -> Result<impl IntoResponse, Problem> {
    let details: Option<BillingDetails> = context.store().record(&principal.user, &()).await?;
    Ok(axum::Json(BillingDetailsView::from(details.ok_or_else(Problem::not_found)?)))
}

/// Replace the billing details
///
/// Invoices that were issued before do not change.
#[utoipa::path(
    put, path = "/api/v1/me/billing-details", operation_id = "put_billing_details", tag = "invoices",
    request_body = NewBillingDetails, responses((status = 200, body = BillingDetailsView)),
)]
pub async fn put(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeBillingDetails>,
    Json(new): Json<NewBillingDetails>,
) -> Result<impl IntoResponse, Problem> {
    let details = checked(new, context.now())?;
    context.store().accounts().put_billing_details(&principal.user, &details).await?;
    Ok(axum::Json(BillingDetailsView::from(details)))
}

/// The details, if they can be printed and the VAT number has the form of its country.
fn checked(new: NewBillingDetails, updated_at: Timestamp) -> Result<BillingDetails, Problem> {
    let NewBillingDetails { name, address, country, kind, vat_number } = new;
    let address = address.into_inner();
    let mut errors = Vec::new();
    let lines = address.iter().enumerate().map(|(n, line)| (format!("address[{n}]"), line));
    for (field, line) in std::iter::once(("name".to_owned(), &name)).chain(lines) {
        if let Some(character) = unprintable(line.as_str()) {
            errors.push(FieldError::new(field, NotPrintable { character: character.to_string() }));
        }
    }
    let vat = vat_number.map(|text| vat_number_of(&country, kind, &text)).transpose();
    let vat = vat.unwrap_or_else(|error| {
        errors.push(FieldError::new("vat_number", error));
        None
    });
    if !errors.is_empty() {
        return Err(Problem::fields(errors));
    }
    let vat = vat.map(|number| TaxNumber { number, check: NumberCheck::Form });
    Ok(BillingDetails { name, address, country, kind, vat, updated_at })
}

fn vat_number_of(country: &CountryCode, kind: BuyerKind, text: &str) -> Result<VatNumber, NotAVatNumber> {
    if kind == BuyerKind::Consumer {
        return Err(NotAVatNumber::OfConsumer);
    }
    VatNumber::parse(country, text).map_err(|reason| match reason {
        invoice::NotAVatNumber::Malformed => NotAVatNumber::Malformed { country: country.clone() },
        invoice::NotAVatNumber::UnknownCountry => NotAVatNumber::UnknownCountry { country: country.clone() },
    })
}

impl From<BillingDetails> for BillingDetailsView {
    fn from(BillingDetails { name, address, country, kind, vat, updated_at }: BillingDetails) -> Self {
        let address = address.into_iter().map(String::from).collect();
        let vat_number = vat.map(|vat| vat.number.to_string());
        Self { name: name.into(), address, country, kind, vat_number, updated_at }
    }
}
