//! Audit of a customer's books: the invariants that hold at any time.

use crate::{Cloud, Customer};
use domain::{
    Credits,
    access::Mode,
    ledger::{Entry, EntryKind, OrderKind, Wallet, prove},
    order::{Order, Status},
};
use store::OrderFilter;

impl Cloud {
    /// Checks a customer's books and returns the orders.
    ///
    /// Entries are numbered without gaps and form a chain. The balances are their sums, and the held balance is
    /// that of the open orders. Each hold is settled at most once, and exactly once if its order is closed.
    pub async fn audit(&self, customer: &Customer) -> Vec<Order> {
        self.audit_of(Mode::Live, customer).await
    }

    /// The same for the books of this mode. No entry of the other one is among them.
    pub async fn audit_of(&self, mode: Mode, customer: &Customer) -> Vec<Order> {
        let books = self.store.ledger().of(mode);
        // Orders are read first. One that closes meanwhile appears open with a settled hold, and a retry
        // resolves that.
        for _ in 0..20 {
            let before = books.wallet(&customer.user).await.expect("a wallet");
            let orders = self.orders_of(mode, customer).await;
            let entries = books.all_entries(&customer.user).await.expect("entries");
            if books.wallet(&customer.user).await.expect("a wallet") == before {
                prove(mode, &before, &entries, self.now()).expect("the wallet is the sum of its entries");
                check_orders(&before, &orders, &entries);
                return orders;
            }
            crate::customer::pause().await;
        }
        panic!("the wallet keeps changing");
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

fn check_orders(wallet: &Wallet, orders: &[Order], entries: &[Entry]) {
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
    assert_eq!(wallet.held, Credits::from_units(open), "the held balance is not that of the open orders");
    let counted = orders.iter().filter(|order| order.status.is_open()).count();
    assert_eq!(wallet.usage.open(OrderKind::Verification) as usize, counted);
}
