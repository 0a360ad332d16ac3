//! The books of a customer: the wallet against its entries, the entries against payments, and what is held against
//! orders. All of it is read between two reads of the same wallet.

use crate::{
    Credits, EntrySeq, OrderId, PaymentId, Timestamp,
    access::Mode,
    ledger::{Cause, Contradiction, Entry, EntryKind, OrderKind, Wallet, prove},
    order::{Order, Status},
    payment::Payment,
};
use std::collections::{BTreeMap, BTreeSet};

/// The books of a customer, with real money.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The wallet.
    pub wallet: &'a Wallet,
    /// All of its entries, oldest first.
    pub entries: &'a [Entry],
    /// All payments of the customer.
    pub payments: &'a [Payment],
    /// The orders of [`concerned_orders`] that exist.
    pub orders: &'a [Order],
}

/// A contradiction in the books of a customer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BooksFault {
    /// The wallet is not what its entries say.
    #[error("{0}")]
    Wallet(Contradiction),
    /// A payment is credited or refunded otherwise than its entries say.
    #[error("payment {payment}: {what} {noted}, and its entries say {entered} ten-thousandths")]
    Payment {
        /// The payment.
        payment: PaymentId,
        /// What differs: `credited`, `refunded` or `returned`.
        what: &'static str,
        /// What the payment says.
        noted: Credits,
        /// What the entries say, in ten-thousandths of a credit.
        entered: i64,
    },
    /// Entries name a payment that does not exist.
    #[error("payment {0} does not exist, and has entries")]
    NoPayment(PaymentId),
    /// The entries of an order are not those of its status and price.
    #[error("order {order} is {}, and its entries are those of another state", .status.as_str())]
    Order {
        /// The order.
        order: OrderId,
        /// Its status.
        status: Status,
    },
    /// Money is held for an order that does not exist.
    #[error("order {0} does not exist, and has entries")]
    NoOrder(OrderId),
    /// The wallet counts another number of open orders than it has holds of orders.
    #[error("the wallet counts {counted} open orders, and has {held} holds of orders")]
    OpenOrders {
        /// The number in the wallet.
        counted: usize,
        /// The number of holds.
        held: usize,
    },
}

impl BooksFault {
    /// A text that stays the same while the fault does, although the wallet moves on.
    pub fn subject(&self) -> String {
        match self {
            Self::Wallet(contradiction) => stable(contradiction),
            Self::Payment { payment, what, noted, entered } => format!("{payment} {what} {}", noted.units() - entered),
            Self::NoPayment(payment) => payment.to_string(),
            Self::Order { order, .. } | Self::NoOrder(order) => order.to_string(),
            Self::OpenOrders { .. } => "open orders".to_owned(),
        }
    }
}

/// Balances change with each movement, and the difference stays.
fn stable(contradiction: &Contradiction) -> String {
    match contradiction {
        Contradiction::Count { wallet, last } => format!("count {}", i128::from(*wallet) - i128::from(*last)),
        Contradiction::Balances { available, held, sums } => {
            format!("balances {} {}", available.units() - sums.0, held.units() - sums.1)
        }
        Contradiction::Owed { owed, sum } => format!("owed {}", owed.units() - sum),
        Contradiction::PromoBalance { promo, sum } => format!("promo {}", promo.units() - sum),
        Contradiction::Holds { held, left } => format!("holds {}", held.units() - left),
        of_an_entry => of_an_entry.to_string(),
    }
}

/// The orders to compare: those with money that is held, and those with entries since then.
pub fn concerned_orders(entries: &[Entry], since: Timestamp) -> BTreeSet<OrderId> {
    let held = holds(entries).into_values().filter(|hold| hold.left > 0).map(|hold| hold.order.clone());
    let recent = entries.iter().filter(|entry| entry.at >= since).filter_map(|entry| entry.cause.verification_id());
    held.chain(recent.cloned()).collect()
}

/// Compares the books of a customer. `concerned` are the orders of [`concerned_orders`].
pub fn check(books: Books<'_>, concerned: &BTreeSet<OrderId>, now: Timestamp) -> Vec<BooksFault> {
    let wallet = prove(Mode::Live, books.wallet, books.entries, now).err().map(BooksFault::Wallet);
    let faults = wallet.into_iter().chain(payments(books)).chain(orders(books, concerned)).chain(open_orders(books));
    faults.collect()
}

/// What the entries say about a payment, in ten-thousandths of a credit.
#[derive(Default)]
struct Entered {
    credited: i64,
    refunded: i64,
    returned: i64,
}

fn payments(books: Books<'_>) -> Vec<BooksFault> {
    let mut entered: BTreeMap<&PaymentId, Entered> = BTreeMap::new();
    for entry in books.entries {
        let Cause::Payment { payment_id } = &entry.cause else { continue };
        let sums = entered.entry(payment_id).or_default();
        match entry.kind {
            EntryKind::TopUp => sums.credited += entry.amount.units(),
            EntryKind::Refund => sums.refunded += entry.amount.units(),
            EntryKind::RefundReturn => sums.returned += entry.amount.units(),
            _ => {}
        }
    }
    let mut faults = Vec::new();
    for payment in books.payments {
        let id = &payment.reference.payment;
        let sums = entered.remove(id).unwrap_or_default();
        let refunded = payment.refunds.iter().map(|refund| refund.credits.units());
        let returned = payment.refunds.iter().filter(|refund| refund.status.is_returned());
        let noted = payment.receipts.iter().map(|noted| noted.credits.units());
        for (what, noted, entered) in [
            ("credited", payment.credited.units(), sums.credited),
            ("credited", noted.sum(), sums.credited),
            ("refunded", refunded.sum(), sums.refunded),
            ("returned", returned.map(|refund| refund.credits.units()).sum(), sums.returned),
        ] {
            if noted != entered {
                let noted = Credits::from_units(noted);
                faults.push(BooksFault::Payment { payment: id.clone(), what, noted, entered });
            }
        }
    }
    faults.dedup();
    faults.extend(entered.into_keys().cloned().map(BooksFault::NoPayment));
    faults
}

/// Money that was held for an order.
struct Hold<'a> {
    order: &'a OrderId,
    /// What is left, in ten-thousandths of a credit.
    left: i64,
}

fn holds(entries: &[Entry]) -> BTreeMap<EntrySeq, Hold<'_>> {
    let mut holds = BTreeMap::new();
    for entry in entries {
        if let (EntryKind::Hold, Some(order)) = (entry.kind, entry.cause.verification_id()) {
            holds.insert(entry.seq, Hold { order, left: entry.amount.units() });
        }
        if let Some(hold) = entry.settles.and_then(|settlement| holds.get_mut(&settlement.hold)) {
            hold.left -= entry.amount.units();
        }
    }
    holds
}

fn orders(books: Books<'_>, concerned: &BTreeSet<OrderId>) -> Vec<BooksFault> {
    let by_id: BTreeMap<_, _> = books.orders.iter().map(|order| (&order.id, order)).collect();
    let mut sums: BTreeMap<&OrderId, [i64; 3]> = concerned.iter().map(|id| (id, [0; 3])).collect();
    for entry in books.entries {
        let Some(sums) = entry.cause.verification_id().and_then(|id| sums.get_mut(id)) else { continue };
        match entry.kind {
            EntryKind::Hold => sums[0] += entry.amount.units(),
            EntryKind::Capture => sums[1] += entry.amount.units(),
            EntryKind::Release => sums[2] += entry.amount.units(),
            _ => {}
        }
    }
    let fault = |(id, sums): (&OrderId, [i64; 3])| {
        let Some(order) = by_id.get(id) else { return Some(BooksFault::NoOrder(id.clone())) };
        let price = order.price.units();
        let expected = match order.status {
            status if status.is_open() => [price, 0, 0],
            Status::Completed => [price, price, 0],
            _ => [price, 0, price],
        };
        (sums != expected).then(|| BooksFault::Order { order: id.clone(), status: order.status })
    };
    sums.into_iter().filter_map(fault).collect()
}

fn open_orders(books: Books<'_>) -> Option<BooksFault> {
    let held = holds(books.entries).values().filter(|hold| hold.left > 0).count();
    let counted = usize::try_from(books.wallet.usage.open(OrderKind::Verification)).unwrap_or(usize::MAX);
    (held != counted).then_some(BooksFault::OpenOrders { counted, held })
}
