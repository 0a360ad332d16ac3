//! The data in DynamoDB. Only this crate has keys, conditions and transactions; each table or concern has
//! one module.
//!
//! Callers see domain types and [`StoreError`]. Every list is a `Query`; only the proof of all wallets and migrations
//! scan. Money and orders change only through [`Store::commit`], which may be repeated and run concurrently. The
//! exceptions are fields of an order that are not part of its version: its poller and its lease.

mod accounts;
mod api_keys;
mod audit;
mod beside;
mod billing_details;
mod budget;
mod catalog;
mod catalog_changes;
mod changes;
mod claims;
mod classes;
mod colleagues;
mod commit;
mod counters;
mod counting;
mod credentials;
mod cursor;
mod customers;
mod deletion;
mod due;
mod email_change;
mod entries;
mod error;
mod export;
mod filter;
mod finding_work;
mod findings;
mod google;
mod idempotency;
mod invoices;
mod item;
mod key_uses;
mod keys;
mod ledger;
mod limits;
mod lookup;
mod migrations;
mod new_account;
mod nights;
mod notifications;
mod once;
mod one_time;
mod operators;
mod orders;
mod passkeys;
mod payments;
mod public_keys;
mod reconciled_findings;
mod record;
mod refunds;
mod registrations;
mod second_factor;
mod selling;
mod sessions;
mod statistics;
mod subscriptions;
mod suppressions;
mod table;
mod tally;
mod transact;
mod transaction;
mod vouchers;
mod waits;

pub use accounts::{Account, Profile};
pub use api_keys::KeyringChange;
pub use audit::AuditChange;
pub use beside::{Found, Place, ReadSet, Slot, Stored};
pub use catalog::{
    CatalogLists, CatalogVersion, CountryRow, OfferRow, OperatorOffer, QuoteBasis, ServiceRow, SupplierHealth,
    SupplierState,
};
pub use catalog_changes::{OFFERS_AT_ONCE, OfferChange};
pub use changes::{Changed, LedgerChange, OrdersChange, StreamRecord, TableChange};
pub use claims::Claim;
pub use classes::Classes;
pub use counters::{Counter, CounterState, Full};
pub use credentials::Credentials;
pub use cursor::{Cursor, Page, first_items};
pub use customers::ProfileChange;
pub use deletion::Deletion;
pub use due::{Due, DueList, DueOrder};
pub use email_change::Moved;
pub use entries::EntryFilter;
pub use error::StoreError;
pub use finding_work::CorrectedFinding;
pub use findings::{Finding, FindingKind, ListedAtGateway, PaymentMoney};
pub use google::Linked;
pub use idempotency::{IdempotencyKey, IdempotencyRecord, Replay};
pub use invoices::NumberOwner;
pub use ledger::Books;
pub use limits::CallerId;
pub use lookup::Located;
pub use migrations::{MIGRATIONS, Migrated, Migration, MigrationRecord};
pub use new_account::{NewAccount, NotCreated};
pub use nights::{NightPart, PartResult};
pub use notifications::NotificationChange;
pub use once::{Declined, Done, KeyReused};
pub use orders::OrderFilter;
pub use passkeys::PasskeysWritten;
pub use payments::{DueMoney, DueRecord, GatewayEvent};
pub use record::Record;
pub use refunds::AwaitedApproval;
pub use second_factor::Person;
pub use sessions::{SessionRead, SignedIn, Spent};
pub use statistics::{OfferKey, StatusCount};
pub use tally::HouseSum;
pub use transaction::{Alone, NotCommitted, PlanChange, Transaction, Versioned, WalletMoved};
pub use vouchers::VoucherUse;
pub use waits::{MostWaits, WaitSlot};

use aws_sdk_dynamodb::Client;
use std::sync::Arc;
use table::Table;

/// The names of the tables (environment: `TABLE_*`).
#[derive(Clone, Debug)]
pub struct Tables {
    /// Profiles and API keys.
    pub accounts: String,
    /// Wallets, entries, idempotency records, house sums.
    pub ledger: String,
    /// Orders, claims on suppliers' orders, findings.
    pub orders: String,
    /// Services, countries, offers, price rules, supplier health, statistics.
    pub catalog: String,
    /// Rate-limit windows, supplier budgets, long-poll slots.
    pub limits: String,
    /// The audit trail.
    pub audit: String,
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    tables: Arc<Tables>,
}

impl Store {
    /// A store over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables: Arc::new(tables) }
    }

    /// Profiles and API keys.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(Table::new(&self.client, &self.tables.accounts))
    }

    /// Wallets, entries, idempotency records, house sums.
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger(Table::new(&self.client, &self.tables.ledger))
    }

    /// Orders, claims on suppliers' orders, findings.
    pub fn orders(&self) -> Orders<'_> {
        Orders(Table::new(&self.client, &self.tables.orders))
    }

    /// Services, countries, offers, price rules, supplier health, statistics.
    pub fn catalog(&self) -> Catalog<'_> {
        Catalog(Table::new(&self.client, &self.tables.catalog))
    }

    /// Rate-limit windows, supplier budgets, long-poll slots.
    pub fn limits(&self) -> Limits<'_> {
        Limits(Table::new(&self.client, &self.tables.limits))
    }

    /// The audit trail.
    pub fn audit(&self) -> Audit<'_> {
        Audit(Table::new(&self.client, &self.tables.audit))
    }
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name<'a>(pub(crate) Table<'a>);
        )*
    };
}

handles! {
    /// The accounts' table. [`Store`] has the operations on several tables.
    Accounts;
    /// The ledger's table: reads, and sums of entries. Money moves only through [`Store::commit`].
    Ledger;
    /// The orders' table: reads, leases, claims, findings. Orders change through [`Store::commit`].
    Orders;
    /// The catalog's table.
    Catalog;
    /// The table of limits. All its items expire.
    Limits;
    /// The audit trail's table. Lines are only added.
    Audit;
}

/// A bounded pause between two tries of the same write.
#[expect(clippy::disallowed_methods, reason = "the one place of this crate that pauses, for milliseconds")]
pub(crate) async fn pause(span: std::time::Duration) {
    tokio::time::sleep(span).await;
}
