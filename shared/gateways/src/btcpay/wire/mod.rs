//! BTCPay's requests and answers.

mod answers;
mod invoice;
mod payout;
mod requests;
mod values;

pub(super) use answers::{created, found, invoices, listed, marked, payment_methods, rate};
pub(super) use invoice::{CoinPayment, CoinStatus, Invoice, InvoiceStatus, PaymentMethod};
pub(super) use payout::{found_payout, listed_payouts, paid_out, payout, payout_report};
pub(super) use requests::{INVALID, create, made_in};
pub(super) use values::Id;
