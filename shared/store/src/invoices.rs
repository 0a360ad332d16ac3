//! Invoices and credit notes, in the ledger's table, with their numbers; and the settings of invoices in the catalog's.
//!
//! One transaction writes the document, the owner of its number, the last place of the series, and what was issued for
//! the payment. So a series has no gaps, and no cause has two documents.

use crate::{
    Catalog, Cursor, Ledger, Page, Place, StoreError, Stored,
    error::took_effect,
    item,
    keys::{self, INVOICING, NUMBER_PREFIX},
    table::{Consistency, Table},
    transact::{as_write, written_together},
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    InvoiceId, Timestamp, UserId,
    access::Mode,
    invoice::{Billed, InvoiceNumber, InvoicingSettings, Issued, Series},
    payment::PaymentReference,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long one worker has the file of a document, before another one may take it.
const TAKEN_FOR: Duration = Duration::from_mins(1);

impl Stored for Issued {
    type Id = InvoiceId;

    fn place(owner: &UserId, id: &InvoiceId) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::invoice(owner, id) }
    }

    /// Test keys pay nothing, so they see no invoice.
    fn mode(_: &InvoiceId) -> Option<Mode> {
        Some(Mode::Live)
    }
}

/// The document that has a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberOwner {
    /// The number.
    pub number: InvoiceNumber,
    /// The customer.
    pub user: UserId,
    /// The document.
    pub id: InvoiceId,
}

/// The last place of a series.
#[derive(Serialize, Deserialize)]
struct LastPlace {
    place: u64,
}

impl Ledger<'_> {
    /// What was issued for a payment.
    pub async fn billed(self, payment: &PaymentReference) -> Result<Billed, StoreError> {
        let found = self.0.get(&keys::billed(&payment.user, &payment.payment), Consistency::Strong).await?;
        Ok(found.unwrap_or_default())
    }

    /// The last place of a series that was given away; 0 before the first one.
    pub async fn last_place(self, series: &Series) -> Result<u64, StoreError> {
        let found: Option<LastPlace> = self.0.get(&keys::last_place(series), Consistency::Strong).await?;
        Ok(found.map_or(0, |last| last.place))
    }

    /// Notes that staff let an invoice of a payment be replaced; `false` if something was issued meanwhile.
    pub async fn put_billed(self, payment: &PaymentReference, billed: &Billed) -> Result<bool, StoreError> {
        let noted = item::write(&keys::billed(&payment.user, &payment.payment), billed, None)?;
        let put = self.0.next_put(noted, "version", billed.version)?;
        written_first(self.0, [put]).await
    }

    /// Stores a document under its number, with what was issued for its payment. Returns `false`, and writes nothing, if
    /// another document has the number, or if another worker issued something for the payment.
    pub async fn issue(self, issued: &Issued, billed: &Billed) -> Result<bool, StoreError> {
        let (number, reference) = (&issued.document.number, &issued.document.payment.reference);
        let expires = Some(issued.kept_until().epoch_seconds());
        let place = u64::from(number.place().get());
        let last = item::write(&keys::last_place(number.series()), &LastPlace { place }, None)?;
        let owner = NumberOwner { number: number.clone(), user: issued.user.clone(), id: issued.id.clone() };
        let noted = item::write(&keys::billed(&reference.user, &reference.payment), billed, None)?;
        let writes = [
            self.0.next_put(last, "place", place)?,
            self.0.next_put(noted, "version", billed.version)?,
            self.0.absent_put(&keys::numbered(number), &owner, expires)?,
            self.0.absent_put(&keys::invoice(&issued.user, &issued.id), issued, expires)?,
        ];
        written_first(self.0, writes).await
    }

    /// Takes the file of a document for a minute, unless its letter was ordered or another worker has it. The worker's
    /// message comes again if it dies.
    pub async fn take_file(self, issued: &Issued, now: Timestamp) -> Result<bool, StoreError> {
        let update =
            self.0.update(&keys::invoice(&issued.user, &issued.id)).update_expression("SET taken_until = :until");
        let update = update.condition_expression(
            "attribute_exists(pk) AND attribute_not_exists(told_at) \
             AND (attribute_not_exists(taken_until) OR taken_until < :now)",
        );
        let update = update.expression_attribute_values(":until", item::text(now.plus(TAKEN_FOR).to_string()));
        took_effect(update.expression_attribute_values(":now", item::text(now.to_string())).send().await)
    }

    /// Notes that the file of a document is stored.
    pub async fn file_stored(self, issued: &Issued, now: Timestamp) -> Result<(), StoreError> {
        self.note(issued, "stored_at", now).await
    }

    /// Notes that the letter about a document was ordered.
    pub async fn invoice_told(self, issued: &Issued, now: Timestamp) -> Result<(), StoreError> {
        self.note(issued, "told_at", now).await
    }

    async fn note(self, issued: &Issued, attribute: &str, now: Timestamp) -> Result<(), StoreError> {
        let update = self.0.update(&keys::invoice(&issued.user, &issued.id)).update_expression("SET #at = :now");
        let update = update.condition_expression("attribute_exists(pk)").expression_attribute_names("#at", attribute);
        took_effect(update.expression_attribute_values(":now", item::text(now.to_string())).send().await).map(|_| ())
    }

    /// A page of a customer's documents, newest first; only those that were issued in this UTC year, if one is given.
    pub async fn invoices(
        self,
        owner: &UserId,
        year: Option<u16>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Issued>, StoreError> {
        let (lowest, highest) = range(year);
        if lowest > highest || after.is_some_and(|cursor| !cursor.is_within(&lowest, &highest)) {
            return Ok(Page::empty());
        }
        let documents = self.0.query(keys::invoices(owner)).between(&lowest, &highest);
        documents.after(after).newest_first().strong().page(limit).await
    }

    /// The document that has a number.
    pub async fn numbered(self, number: &InvoiceNumber) -> Result<Option<NumberOwner>, StoreError> {
        self.0.get(&keys::numbered(number), Consistency::Strong).await
    }

    /// A page of the numbers of a series, lowest first.
    pub async fn numbers(
        self,
        series: &Series,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<NumberOwner>, StoreError> {
        self.0.query(keys::series(series)).prefix(NUMBER_PREFIX).after(after).strong().page(limit).await
    }
}

/// The sort keys of the documents of a year, or of all.
fn range(year: Option<u16>) -> (String, String) {
    // The first character of a ULID is 7 at most.
    let beyond = format!("{}8", InvoiceId::PREFIX);
    let Some(year) = year else { return (InvoiceId::PREFIX.to_owned(), beyond) };
    let begins = |year: u16| Timestamp::of_day(&format!("{year:04}-01-01")).ok().map(InvoiceId::lowest_at);
    let next = year.checked_add(1).and_then(begins);
    (begins(year).unwrap_or_else(|| beyond.clone()), next.unwrap_or(beyond))
}

impl Catalog<'_> {
    /// The settings of invoices.
    pub async fn invoicing(self) -> Result<InvoicingSettings, StoreError> {
        Ok(self.0.get(&keys::catalog(INVOICING), Consistency::Strong).await?.unwrap_or_default())
    }

    /// Writes the next version of the settings of invoices; `false` if somebody else did meanwhile.
    pub async fn put_invoicing(self, settings: &InvoicingSettings) -> Result<bool, StoreError> {
        let row = item::write(&keys::catalog(INVOICING), settings, None)?;
        let put = self.0.next_put(row, "version", settings.version)?;
        written_first(self.0, [put]).await
    }
}

/// Sends a transaction. Returns `false`, and writes nothing, if another one changed an item first, or holds it.
async fn written_first<const N: usize>(table: Table<'_>, puts: [Put; N]) -> Result<bool, StoreError> {
    match written_together(table.client(), puts.map(as_write).into()).await {
        Err(StoreError::Conflict) => Ok(false),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_what_was_issued_in_it() {
        let id = |at: &str, random| InvoiceId::new(at.parse().unwrap(), random).to_string();
        let (first, last) = (id("2026-01-01T00:00:00Z", 1), id("2026-12-31T23:59:59.999Z", u128::MAX));
        let (before, after) = (id("2025-12-31T23:59:59.999Z", u128::MAX), id("2027-01-01T00:00:00Z", 1));
        let (lowest, highest) = range(Some(2026));
        let within = |sk: &String| (&lowest..=&highest).contains(&sk);
        assert_eq!([&before, &first, &last, &after].map(within), [false, true, true, false]);
        let (lowest, highest) = range(None);
        assert!([before, first, last, after].iter().all(|sk| (&lowest..=&highest).contains(&sk)));
    }
}
