//! Invoices: the company that sells, the taxes, and single documents.

use crate::{Staff, StaffError};
use domain::{
    UserId,
    audit::Action,
    invoice::{InvoiceNumber, InvoicingSettings, Issued, Seller, Series, TaxEntry},
    payment::PaymentReference,
};
use store::{Cursor, first_items};

/// The numbers read at once.
const PAGE: usize = 500;

/// What a proof found of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenSeries {
    /// The beginning of its numbers, such as `NMS-2026`.
    pub series: String,
    /// The last place that was given away.
    pub last: u64,
    /// The places up to it that no document has.
    pub missing: Vec<u64>,
}

impl Staff<'_> {
    /// Proves that the numbers of a year have no gap.
    pub async fn invoice_series(&self, year: u16) -> Result<ProvenSeries, StaffError> {
        let seller = self.invoicing().await?.seller.ok_or_else(|| StaffError::Missing("seller".to_owned()))?;
        let (series, ledger) = (Series { seller: seller.code, year }, self.context.store().ledger());
        let last = ledger.last_place(&series).await?;
        let (mut missing, mut next, mut after) = (Vec::new(), 1, None);
        loop {
            let page = ledger.numbers(&series, PAGE, after.as_ref()).await?;
            for owner in page.items {
                let place = u64::from(owner.number.place().get());
                missing.extend(next..place);
                next = place + 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        missing.extend(next..=last);
        Ok(ProvenSeries { series: format!("{}-{year:04}", series.seller.as_str()), last, missing })
    }

    /// The settings of invoices.
    pub async fn invoicing(&self) -> Result<InvoicingSettings, StaffError> {
        Ok(self.context.store().catalog().invoicing().await?)
    }

    /// Names the company that sells, for invoices from now on.
    pub async fn name_seller(&self, seller: Seller) -> Result<InvoicingSettings, StaffError> {
        let before = self.invoicing().await?;
        let (old, code) = (before.seller.clone(), seller.code.as_str().to_owned());
        let after = before.with_seller(seller)?;
        self.write(&after).await?;
        self.record(self.line(Action::InvoiceSeller, code).changing(old, after.seller.clone())).await?;
        Ok(after)
    }

    /// Sets the taxes of a country from a moment on.
    pub async fn set_taxes(&self, row: TaxEntry, reason: Option<&str>) -> Result<InvoicingSettings, StaffError> {
        let before = self.invoicing().await?;
        let is_same = |old: &&TaxEntry| old.country == row.country && old.from == row.from;
        let old = before.rates.iter().find(is_same).cloned();
        let after = before.with_rate(row.clone())?;
        self.write(&after).await?;
        let line = self.line(Action::TaxRate, row.country.as_str()).changing(old, Some(row.clone()));
        self.record(line.because(reason)).await?;
        Ok(after)
    }

    async fn write(&self, settings: &InvoicingSettings) -> Result<(), StaffError> {
        let is_written = self.context.store().catalog().put_invoicing(settings).await?;
        if is_written { Ok(()) } else { Err(StaffError::Changed) }
    }

    /// The document that has a number.
    pub async fn invoice(&self, number: &InvoiceNumber) -> Result<Issued, StaffError> {
        let missing = || StaffError::Missing(format!("invoice {number}"));
        let store = self.context.store();
        let owner = store.ledger().numbered(number).await?.ok_or_else(missing)?;
        store.record(&owner.user, &owner.id).await?.ok_or_else(missing)
    }

    /// The newest documents of a customer, newest first.
    pub async fn newest_invoices(&self, customer: &UserId, most: usize) -> Result<Vec<Issued>, StaffError> {
        let ledger = self.context.store().ledger();
        let read = async |left: usize, after: Option<&Cursor>| ledger.invoices(customer, None, left, after).await;
        Ok(first_items(most, read).await?)
    }

    /// Lets an invoice be replaced: a credit note takes back what is left of it, and another invoice shows the customer's
    /// present billing details.
    pub async fn correct_invoice(&self, number: &InvoiceNumber, reason: &str) -> Result<(), StaffError> {
        let issued = self.invoice(number).await?;
        let (reference, ledger) = (&issued.document.payment.reference, self.context.store().ledger());
        let billed = ledger.billed(reference).await?.correcting(&issued.id);
        let billed =
            billed.ok_or_else(|| StaffError::Missing(format!("invoice {number} with anything left to correct")))?;
        if !ledger.put_billed(reference, &billed).await? {
            return Err(StaffError::Changed);
        }
        billing::order_documents(self.context, reference).await?;
        let line = self.line(Action::InvoiceCorrect, number.to_string()).of(&issued.user);
        self.record(line.because(Some(reason))).await
    }

    /// Lets a worker make what is missing of a payment.
    pub async fn make_invoices(&self, reference: &PaymentReference) -> Result<(), StaffError> {
        self.payment(reference).await?;
        billing::order_documents(self.context, reference).await?;
        self.record(self.line(Action::InvoiceMake, reference.to_string()).of(&reference.user)).await
    }
}
