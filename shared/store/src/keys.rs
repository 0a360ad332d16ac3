//! All keys of all tables. They are stored, so a change of one needs a migration.

use domain::{
    ApiKeyId, CountryCode, EmailAddress, EntrySeq, FindingId, GatewayEventId, InvoiceId, OperatorName, OrderId,
    PaymentId, RefundId, RegistrationId, ServiceName, SessionId, SupplierId, SupplierOrderId, Timestamp, UserId,
    VoucherId,
    access::{Mode, SecretHash},
    account::{CredentialId, ExportKind, GoogleSubject, ReferralCode},
    audit::AuditLine,
    invoice::{InvoiceNumber, Series},
    order::Status,
    payment::{GatewayId, PaymentReference, ReceiptId},
    reconciliation::{GROUPS, MOVED_SHARDS},
    suppression::AddressHash,
};
use sha2::{Digest, Sha256};

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The partition key.
    pub(crate) pk: String,
    /// The sort key.
    pub(crate) sk: String,
}

impl Key {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }
}

/// The number of partitions of the due index, for 1,000 writes per second each.
pub(crate) const DUE_SHARDS: u8 = 8;
/// The number of partitions of counters that all orders update.
pub(crate) const COUNTER_SHARDS: u8 = 4;

/// The partition of an identifier among `shards`; it never changes.
pub(crate) fn shard(id: &str, shards: u8) -> u8 {
    Sha256::digest(id.as_bytes())[0] % shards
}

// ---- accounts, and the orders of a customer ----

pub(crate) const USER_PREFIX: &str = "USER#";
pub(crate) const PROFILE: &str = "PROFILE";

pub(crate) fn user(user: &UserId) -> String {
    format!("{USER_PREFIX}{user}")
}

pub(crate) fn profile(id: &UserId) -> Key {
    Key::new(user(id), PROFILE)
}

/// The keyring sorts behind its keys, so that a query that goes backwards reads it before them.
pub(crate) const KEYRING: &str = "KEYRING";
pub(crate) const KEY_PREFIX: &str = "KEY#";
pub(crate) const KEYS_AND_KEYRING: &str = "KEY";

pub(crate) fn api_key(id: &UserId, hash: &str) -> Key {
    Key::new(user(id), format!("{KEY_PREFIX}{hash}"))
}

pub(crate) fn keyring(id: &UserId) -> Key {
    Key::new(user(id), KEYRING)
}

pub(crate) fn credentials(id: &UserId) -> Key {
    Key::new(user(id), "CREDENTIALS")
}

/// A partition of its own, because few functions may read it.
pub(crate) fn second_factor(id: &UserId) -> Key {
    Key::new(format!("FACTOR#{id}"), "FACTOR")
}

/// The passkeys of an account, in a partition of their own like the second factor.
pub(crate) fn passkeys(owner: &UserId) -> Key {
    Key::new(format!("PASSKEYS#{owner}"), "PASSKEYS")
}

/// The owner of a credential of a device.
pub(crate) fn credential(id: &CredentialId) -> Key {
    Key::new(format!("PASSKEY#{}", id.hash().as_str()), "PASSKEY")
}

/// The pending change of an account's address.
pub(crate) fn email_change(owner: &UserId) -> Key {
    Key::new(user(owner), "EMAILCHANGE")
}

/// The newest export of an account, of this kind.
pub(crate) fn export(owner: &UserId, kind: ExportKind) -> Key {
    let sk = match kind {
        ExportKind::Everything => "EXPORT",
        ExportKind::Entries => "EXPORT#ENTRIES",
    };
    Key::new(user(owner), sk)
}

pub(crate) const TOMBSTONE: &str = "TOMBSTONE";

/// What remains of a deleted account.
pub(crate) fn tombstone(owner: &UserId) -> Key {
    Key::new(user(owner), TOMBSTONE)
}

pub(crate) const SESSION_PREFIX: &str = "SESSION#";

pub(crate) fn session(owner: &UserId, id: &SessionId) -> Key {
    Key::new(user(owner), format!("{SESSION_PREFIX}{id}"))
}

/// The owner of an email address.
pub(crate) fn email(address: &EmailAddress) -> Key {
    Key::new(format!("EMAIL#{address}"), "EMAIL")
}

/// Sorts before the address's owner, so that one query finds the owner and the newest registration.
pub(crate) const REGISTRATION_PREFIX: &str = "CANDIDATE#";

pub(crate) fn registration(address: &EmailAddress, id: &RegistrationId) -> Key {
    Key::new(email(address).pk, format!("{REGISTRATION_PREFIX}{id}"))
}

/// The mark of a mailbox that had its included verification. It has a hash, because it outlives the account.
pub(crate) fn welcomed(address: &EmailAddress) -> Key {
    Key::new(format!("WELCOMED#{}", SecretHash::of(&address.mailbox()).as_str()), "WELCOMED")
}

pub(crate) fn one_time(hash: &SecretHash) -> Key {
    Key::new(format!("ONETIME#{}", hash.as_str()), "ONETIME")
}

pub(crate) fn referral(code: &ReferralCode) -> Key {
    Key::new(format!("REFERRAL#{code}"), "REFERRAL")
}

/// The owner of an account at Google.
pub(crate) fn google(subject: &GoogleSubject) -> Key {
    Key::new(format!("GOOGLE#{subject}"), "GOOGLE")
}

/// The list of staff.
pub(crate) const COLLEAGUES: &str = "STAFF#ALL";

pub(crate) fn colleague(id: &UserId) -> Key {
    Key::new(COLLEAGUES, id.as_str())
}

/// What happened to letters to an address.
pub(crate) fn suppressed(address: &AddressHash) -> Key {
    Key::new(format!("SUPPRESSED#{address}"), "SUPPRESSED")
}

/// What a customer wants to be reminded of. It has a partition of its own, so that the endpoint that changes it needs
/// no right on the customer's other items.
pub(crate) fn notifications(user: &UserId) -> Key {
    Key::new(format!("NOTIFICATIONS#{user}"), "NOTIFICATIONS")
}

/// What a customer wants on invoices. It has a partition of its own, for the same reason.
pub(crate) fn billing(user: &UserId) -> Key {
    Key::new(format!("BILLING#{user}"), "BILLING")
}

/// The public keys of access tokens.
pub(crate) fn public_keys() -> Key {
    Key::new("SIGNING#KEYS", "PUBLIC")
}

/// The record of a migration.
pub(crate) fn migration(number: u32) -> Key {
    Key::new(format!("MIGRATION#{number}"), "MIGRATION")
}

// ---- audit trail ----

pub(crate) const ACCOUNT_PREFIX: &str = "ACCOUNT#";
pub(crate) const SHOP_PREFIX: &str = "SHOP#";

/// The lines about an account.
pub(crate) fn audited_account(account: &UserId) -> String {
    format!("{ACCOUNT_PREFIX}{account}")
}

/// A line: with others about its account, or with those of its day about the shop itself.
pub(crate) fn audit_line(line: &AuditLine) -> Key {
    let pk = match &line.account {
        Some(account) => audited_account(account),
        None => format!("{SHOP_PREFIX}{}", line.at.day()),
    };
    Key::new(pk, line.id.as_str())
}

// ---- ledger ----

pub(crate) const WALLET_PREFIX: &str = "WALLET#";
pub(crate) const ENTRY_PREFIX: &str = "ENTRY#";
pub(crate) const BALANCE: &str = "BALANCE";
pub(crate) const IDEMPOTENCY_PREFIX: &str = "IDEM#";
pub(crate) const HOUSE_PREFIX: &str = "HOUSE#";
pub(crate) const TALLIED_PREFIX: &str = "TALLIED#";

/// The end of the partition of a play wallet.
const PLAY_WALLET: &str = "#TEST";

/// The wallet with a customer's money, or the one with play money. No key is in both.
pub(crate) fn wallet(user: &UserId, mode: Mode) -> String {
    let end = match mode {
        Mode::Live => "",
        Mode::Test => PLAY_WALLET,
    };
    format!("{WALLET_PREFIX}{user}{end}")
}

/// The owner of a wallet's partition, and whether its money is real; `None` if it is no wallet.
pub(crate) fn owner_of_wallet(pk: &str) -> Option<(UserId, Mode)> {
    let owner = pk.strip_prefix(WALLET_PREFIX)?;
    let (owner, mode) = owner.strip_suffix(PLAY_WALLET).map_or((owner, Mode::Live), |owner| (owner, Mode::Test));
    Some((owner.parse().ok()?, mode))
}

pub(crate) fn balance(user: &UserId, mode: Mode) -> Key {
    Key::new(wallet(user, mode), BALANCE)
}

/// The largest number of an entry whose key sorts like the number.
pub(crate) const LAST_ENTRY: EntrySeq = 999_999_999_999;

pub(crate) fn entry_sk(seq: EntrySeq) -> String {
    format!("{ENTRY_PREFIX}{seq:012}")
}

pub(crate) fn entry(user: &UserId, mode: Mode, seq: EntrySeq) -> Key {
    Key::new(wallet(user, mode), entry_sk(seq))
}

pub(crate) fn idempotency(user: &UserId, operation: &str, key: &str) -> Key {
    Key::new(format!("{IDEMPOTENCY_PREFIX}{user}"), format!("{operation}#{key}"))
}

pub(crate) fn house(account: &str) -> String {
    format!("{HOUSE_PREFIX}{account}")
}

/// One part of a house account's sum of a day.
pub(crate) fn house_sum(account: &str, day: Timestamp, shard: u8) -> Key {
    Key::new(house(account), format!("{}#{shard}", day.day()))
}

/// The marker of an entry that is part of its house sum.
pub(crate) fn tallied(owner: &UserId, seq: EntrySeq) -> Key {
    Key::new(format!("{TALLIED_PREFIX}{owner}"), entry_sk(seq))
}

// ---- vouchers, in the ledger's table ----

pub(crate) const VOUCHER_PREFIX: &str = "VOUCHER#";
pub(crate) const VOUCHERS: &str = "VOUCHERS#ALL";
pub(crate) const REDEEMED_PREFIX: &str = "REDEEMED#";

/// A voucher, under the hash of its code.
pub(crate) fn voucher(code: &SecretHash) -> Key {
    Key::new(format!("{VOUCHER_PREFIX}{}", code.as_str()), "VOUCHER")
}

/// A line of the list of vouchers.
pub(crate) fn listed_voucher(id: &VoucherId) -> Key {
    Key::new(VOUCHERS, id.as_str())
}

/// The use of a voucher by a customer.
pub(crate) fn redemption(owner: &UserId, id: &VoucherId) -> Key {
    Key::new(format!("{REDEEMED_PREFIX}{owner}"), id.as_str())
}

// ---- payments, in the ledger's table ----

pub(crate) const PAYMENTS_PREFIX: &str = "PAYMENTS#";
pub(crate) const SUBSCRIPTION_PREFIX: &str = "SUBSCRIPTION#";
pub(crate) const RECEIPT_PREFIX: &str = "RECEIPT#";
pub(crate) const GATEWAY_EVENT_PREFIX: &str = "GATEWAYEVENT#";
/// The refunds that await approval.
pub(crate) const AWAITED_APPROVALS: &str = "REFUNDS#AWAITING";

/// The payments of a customer.
pub(crate) fn payments(owner: &UserId) -> String {
    format!("{PAYMENTS_PREFIX}{owner}")
}

pub(crate) fn payment(owner: &UserId, id: &PaymentId) -> Key {
    Key::new(payments(owner), id.as_str())
}

/// The subscription of a customer, who has one for life.
pub(crate) fn subscription(owner: &UserId) -> Key {
    Key::new(format!("{SUBSCRIPTION_PREFIX}{owner}"), "SUBSCRIPTION")
}

/// The owner of money that settled at a gateway.
pub(crate) fn receipt(gateway: &GatewayId, id: &ReceiptId) -> Key {
    Key::new(format!("{RECEIPT_PREFIX}{gateway}#{id}"), "RECEIPT")
}

pub(crate) fn awaited_approval(refund: &RefundId) -> Key {
    Key::new(AWAITED_APPROVALS, refund.as_str())
}

/// The events that gateways sent on a day.
pub(crate) fn gateway_events(day: Timestamp) -> String {
    format!("{GATEWAY_EVENT_PREFIX}{}", day.day())
}

pub(crate) fn gateway_event(id: &GatewayEventId) -> Key {
    Key::new(gateway_events(id.made_at()), id.as_str())
}

// ---- invoices, in the ledger's table ----

pub(crate) const INVOICES_PREFIX: &str = "INVOICES#";
pub(crate) const BILLED_PREFIX: &str = "BILLED#";
pub(crate) const SERIES_PREFIX: &str = "SERIES#";

/// The invoices and credit notes of a customer.
pub(crate) fn invoices(owner: &UserId) -> String {
    format!("{INVOICES_PREFIX}{owner}")
}

pub(crate) fn invoice(owner: &UserId, id: &InvoiceId) -> Key {
    Key::new(invoices(owner), id.as_str())
}

/// What was issued for a payment.
pub(crate) fn billed(owner: &UserId, payment: &PaymentId) -> Key {
    Key::new(format!("{BILLED_PREFIX}{owner}"), payment.as_str())
}

/// The numbers of a series.
pub(crate) fn series(Series { seller, year }: &Series) -> String {
    format!("{SERIES_PREFIX}{}#{year:04}", seller.as_str())
}

/// The last place of a series that was given away. No number sorts like it.
pub(crate) fn last_place(of: &Series) -> Key {
    Key::new(series(of), "#LAST")
}

/// The owner of a number. Ten digits sort like the places.
pub(crate) fn numbered(number: &InvoiceNumber) -> Key {
    Key::new(series(number.series()), format!("{NUMBER_PREFIX}{:010}", number.place()))
}

pub(crate) const NUMBER_PREFIX: &str = "NUMBER#";

// ---- reconciliation, in the ledger's table ----

pub(crate) const MOVED_PREFIX: &str = "MOVED#";
pub(crate) const EVERY_WALLET_PREFIX: &str = "WALLETS#";
pub(crate) const NIGHT_PREFIX: &str = "NIGHT#";
pub(crate) const MOVED_WALLET_PREFIX: &str = "WALLET#";
pub(crate) const CHANGED_PAYMENT_PREFIX: &str = "PAYMENT#";

/// A list of the wallets that moved and the payments that changed on a day.
pub(crate) fn moved(day: Timestamp, shard: u8) -> String {
    format!("{MOVED_PREFIX}{}#{shard}", day.day())
}

pub(crate) fn moved_wallet(owner: &UserId, day: Timestamp) -> Key {
    let list = moved(day, shard(owner.as_str(), MOVED_SHARDS));
    Key::new(list, format!("{MOVED_WALLET_PREFIX}{owner}"))
}

pub(crate) fn changed_payment(reference: &PaymentReference, day: Timestamp) -> Key {
    let list = moved(day, shard(reference.user.as_str(), MOVED_SHARDS));
    Key::new(list, format!("{CHANGED_PAYMENT_PREFIX}{reference}"))
}

/// A group of all wallets.
pub(crate) fn every_wallet(group: u8) -> String {
    format!("{EVERY_WALLET_PREFIX}{group:02}")
}

pub(crate) fn listed_wallet(owner: &UserId) -> Key {
    Key::new(every_wallet(shard(owner.as_str(), GROUPS)), owner.as_str())
}

/// The parts of the reconciliation of a day.
pub(crate) fn night(day: Timestamp) -> String {
    format!("{NIGHT_PREFIX}{}", day.day())
}

pub(crate) fn night_part(day: Timestamp, name: &str) -> Key {
    Key::new(night(day), name)
}

// ---- orders ----

pub(crate) const SUPPLIER_ORDER_PREFIX: &str = "SUPPLIERORDER#";
pub(crate) const FINDING_PREFIX: &str = "FINDING#";
/// The partition of the index `due` with the findings that are not resolved.
pub(crate) const UNRESOLVED_FINDINGS: &str = "FINDINGS#UNRESOLVED";

pub(crate) fn order(owner: &UserId, id: &OrderId) -> Key {
    Key::new(user(owner), id.to_string())
}

pub(crate) fn supplier_order(supplier: &SupplierId, id: &SupplierOrderId) -> Key {
    Key::new(format!("{SUPPLIER_ORDER_PREFIX}{supplier}#{id}"), "SUPPLIERORDER")
}

/// The partition key of the index `due`.
pub(crate) fn due(shard: u8) -> String {
    format!("DUE#{shard}")
}

pub(crate) fn findings(day: Timestamp) -> String {
    format!("{FINDING_PREFIX}{}", day.day())
}

/// The day of a finding is in its identifier.
pub(crate) fn finding(id: &FindingId) -> Key {
    Key::new(findings(id.made_at()), id.as_str())
}

// ---- catalog ----

pub(crate) const VERSION: &str = "VERSION";
pub(crate) const RULES: &str = "RULES";
pub(crate) const INVOICING: &str = "INVOICING";
pub(crate) const CLASSES: &str = "CLASSES";
pub(crate) const SERVICES: &str = "SERVICES";
pub(crate) const COUNTRIES: &str = "COUNTRIES";
pub(crate) const SERVICE: &str = "SERVICE";
pub(crate) const HEALTH: &str = "HEALTH";

/// One of the items that concern the whole catalog.
pub(crate) fn catalog(sk: &str) -> Key {
    Key::new("CATALOG", sk)
}

pub(crate) fn service(name: &ServiceName) -> Key {
    Key::new(format!("SERVICE#{name}"), SERVICE)
}

pub(crate) fn offers(service: &ServiceName) -> String {
    format!("OFFERS#{service}")
}

pub(crate) fn offer(service: &ServiceName, country: &CountryCode, supplier: &SupplierId) -> Key {
    Key::new(offers(service), format!("{country}#{supplier}"))
}

pub(crate) fn extent(supplier: &SupplierId) -> Key {
    Key::new(format!("EXTENT#{supplier}"), "EXTENT")
}

/// The operators of numbers at a supplier.
pub(crate) fn operators(supplier: &SupplierId) -> Key {
    Key::new(format!("OPERATORS#{supplier}"), "OPERATORS")
}

pub(crate) fn supplier_health(supplier: &SupplierId) -> Key {
    Key::new(HEALTH, supplier.as_str())
}

pub(crate) fn statistics(service: &ServiceName) -> String {
    format!("STATS#{service}")
}

/// `GH#5sim#mtn#2026-11`; no part contains a `#`.
pub(crate) fn statistics_sk(
    country: &CountryCode,
    supplier: &SupplierId,
    operator: Option<&OperatorName>,
    month: &str,
) -> String {
    format!("{country}#{supplier}#{}#{month}", operator.map_or("", OperatorName::as_str))
}

pub(crate) fn counts(shard: u8) -> String {
    format!("COUNT#{shard}")
}

/// The number of ended orders of a service, by status.
pub(crate) fn count(shard: u8, service: &ServiceName, status: Status) -> Key {
    Key::new(counts(shard), format!("{service}#{}", status.as_str()))
}

/// The marker of an end that is counted.
pub(crate) fn counted(order: &OrderId, status: Status) -> Key {
    Key::new(format!("MARK#{order}"), status.as_str())
}

// ---- limits ----

pub(crate) fn calls(caller: &str) -> Key {
    Key::new(format!("CALLS#{caller}"), "CALLS")
}

pub(crate) fn counter(name: &str) -> Key {
    Key::new(format!("COUNTER#{name}"), "COUNTER")
}

pub(crate) fn budget(supplier: &SupplierId, second: i64) -> Key {
    Key::new(format!("BUDGET#{supplier}#{second}"), "BUDGET")
}

pub(crate) fn mail_budget(second: i64) -> Key {
    Key::new(format!("BUDGET#mail#{second}"), "BUDGET")
}

pub(crate) fn newcomers(supplier: &SupplierId, window: i64) -> Key {
    Key::new(format!("NEWCOMERS#{supplier}#{window}"), "NEWCOMERS")
}

/// The last use of an API key.
pub(crate) fn key_use(key: &ApiKeyId) -> Key {
    Key::new(format!("USED#{key}"), "USED")
}

/// The count of all customers' long polls.
pub(crate) fn all_waits() -> Key {
    Key::new("WAITS#ALL", "COUNT")
}

pub(crate) fn wait_slot(user: &UserId, mode: Mode, slot: u32) -> Key {
    let kind = match mode {
        Mode::Live => "SLOT",
        Mode::Test => "TESTSLOT",
    };
    Key::new(format!("WAITS#{user}"), format!("{kind}#{slot:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wallet_is_real_or_play() {
        let user = UserId::new(Timestamp::from_millis(1), 1);
        let [live, test] = [Mode::Live, Mode::Test].map(|mode| wallet(&user, mode));
        assert_ne!(live, test);
        assert_eq!(owner_of_wallet(&live), Some((user.clone(), Mode::Live)));
        assert_eq!(owner_of_wallet(&test), Some((user.clone(), Mode::Test)));
        for other in [format!("WALLET#{user}#OTHER"), "WALLET##TEST".to_owned(), format!("USER#{user}")] {
            assert_eq!(owner_of_wallet(&other), None, "{other}");
        }
    }
}
