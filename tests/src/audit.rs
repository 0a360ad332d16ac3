//! Audit of a customer's books: the invariants that hold at any time.

mod money;

use crate::{Cloud, Customer};
use domain::{
    Credits,
    access::Mode,
    ledger::{Entry, EntryKind, OrderKind, Wallet, prove},
    order::{Order, Status},
    payment::Payment,
    subscription::Subscription,
};
use store::OrderFilter;

/// The wallet of a customer with everything that moved its money, as they were at one moment.
#[derive(Debug)]
pub struct Books {
    /// The wallet.
    pub wallet: Wallet,
    /// Its entries, oldest first.
    pub entries: Vec<Entry>,
    /// Orders, oldest first.
    pub orders: Vec<Order>,
    /// Payments; none beside play money.
    pub payments: Vec<Payment>,
    /// The subscription, if there ever was one.
    pub subscription: Option<Subscription>,
}

impl Cloud {
    /// Checks a customer's books and returns the orders.
    pub async fn audit(&self, customer: &Customer) -> Vec<Order> {
        self.audit_of(Mode::Live, customer).await
    }

    /// The same for the books of this mode. No entry of the other one is among them.
    pub async fn audit_of(&self, mode: Mode, customer: &Customer) -> Vec<Order> {
        self.audited(mode, customer).await.orders
    }

    /// Checks a customer's books and returns them.
    ///
    /// Entries are numbered without gaps and form a chain. The balances are their sums, and the held balance is that of
    /// the open orders and disputes. Each hold is settled at most once, and exactly once if its order is closed. What
    /// came from gateways and went back is in the payments, and what plans cost in the subscription.
    pub async fn audited(&self, mode: Mode, customer: &Customer) -> Books {
        // Subjects are read first. One that closes meanwhile appears open with a settled hold, and a retry resolves
        // that.
        for _ in 0..20 {
            let books = self.books(mode, customer).await;
            let after = self.store.ledger().of(mode).wallet(&customer.user).await.expect("a wallet");
            if after == books.wallet {
                let Books { wallet, entries, orders, payments, subscription } = &books;
                prove(mode, wallet, entries, self.now()).expect("the wallet is the sum of its entries");
                let held = check_orders(wallet, orders, entries) + money::check_payments(payments, entries);
                assert_eq!(wallet.held, Credits::from_units(held), "held for open orders and disputes");
                money::check_plans(subscription.as_ref(), entries);
                return books;
            }
            crate::customer::pause().await;
        }
        panic!("the wallet keeps changing");
    }

    async fn books(&self, mode: Mode, customer: &Customer) -> Books {
        let (ledger, user) = (self.store.ledger(), &customer.user);
        let wallet = ledger.of(mode).wallet(user).await.expect("a wallet");
        let orders = self.orders_of(mode, customer).await;
        let (mut payments, mut subscription) = (Vec::new(), None);
        if mode == Mode::Live {
            payments = ledger.all_payments(user).await.expect("payments");
            subscription = ledger.subscription(user).await.expect("a subscription");
        }
        let entries = ledger.of(mode).all_entries(user).await.expect("entries");
        Books { wallet, entries, orders, payments, subscription }
    }

    /// Every real order, oldest first.
    pub async fn all_orders(&self, customer: &Customer) -> Vec<Order> {
        self.orders_of(Mode::Live, customer).await
    }

    async fn orders_of(&self, mode: Mode, customer: &Customer) -> Vec<Order> {
        let (mut orders, mut cursor) = (Vec::new(), None);
        loop {
            let filter = OrderFilter { mode, ..OrderFilter::default() };
            let page = self.store.orders().list(&customer.user, &filter, 100, cursor.as_ref()).await.expect("orders");
            orders.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                orders.reverse();
                return orders;
            }
        }
    }
}

/// Checks the entries of each order. Returns what open orders hold.
fn check_orders(wallet: &Wallet, orders: &[Order], entries: &[Entry]) -> i64 {
    let mut open = 0;
    for order in orders {
        let of_order = |kind| {
            let mine = entries.iter().filter(move |e| e.cause.verification_id() == Some(&order.id) && e.kind == kind);
            mine.map(|entry| entry.amount.units()).collect::<Vec<_>>()
        };
        let (holds, captures, releases) =
            (of_order(EntryKind::Hold), of_order(EntryKind::Capture), of_order(EntryKind::Release));
        let price = vec![order.price.units()];
        assert_eq!(holds, price, "{order:#?}");
        let expected = match order.status {
            Status::Requesting | Status::Waiting | Status::Cancelling => (vec![], vec![]),
            Status::Completed => (price, vec![]),
            Status::Refunded | Status::Failed => (vec![], price),
        };
        assert_eq!((captures, releases), expected, "{order:#?}");
        open += i64::from(order.status.is_open()) * order.price.units();
    }
    let counted = orders.iter().filter(|order| order.status.is_open()).count();
    assert_eq!(wallet.usage.open(OrderKind::Verification) as usize, counted);
    open
}
