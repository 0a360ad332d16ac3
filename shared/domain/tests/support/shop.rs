//! One customer's wallet and orders in memory. As in the store, a movement and its order are written together, and only
//! if the order's version has not changed.

use super::fixtures;
use namaskah_domain::{
    Credits, MessageId, OrderId, Timestamp,
    ledger::{Entry, LedgerError, Movement, Subject, Wallet},
    order::{NewOrder, Order, Step},
};

#[derive(Clone, Debug, Default)]
pub struct Shop {
    pub wallet: Wallet,
    pub entries: Vec<Entry>,
    pub orders: Vec<Order>,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    Ledger(LedgerError),
    OrderChanged,
}

impl Shop {
    /// A shop whose customer has this balance.
    pub fn with(available: Credits) -> Self {
        let mut shop = Self::default();
        shop.post(&fixtures::top_up(available), fixtures::start()).expect("a first payment");
        shop
    }

    pub fn post(&mut self, movement: &Movement, now: Timestamp) -> Result<Entry, LedgerError> {
        let (after, entry) = self.wallet.post(movement, now)?;
        self.wallet = after;
        self.entries.push(entry.clone());
        Ok(entry)
    }

    pub fn open(&mut self, new: NewOrder, now: Timestamp) -> Result<Order, Refused> {
        self.commit(&Order::open(new, now), now)
    }

    /// Writes the step atomically.
    pub fn commit(&mut self, step: &Step, now: Timestamp) -> Result<Order, Refused> {
        let place = self.orders.iter().position(|order| order.id == step.subject.id);
        if place.map_or(0, |place| self.orders[place].version) != step.subject.version {
            return Err(Refused::OrderChanged);
        }
        let entry = match &step.movement {
            Some(movement) => Some(self.post(movement, now).map_err(Refused::Ledger)?),
            None => None,
        };
        let order = step.subject.clone().written_with(entry.as_ref());
        match place {
            Some(place) => self.orders[place] = order.clone(),
            None => self.orders.push(order.clone()),
        }
        Ok(order)
    }

    /// The entries of one order, oldest first.
    pub fn entries_of(&self, id: &OrderId) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.cause.verification_id() == Some(id)).collect()
    }
}

/// A source of message ids.
pub fn ids(now: Timestamp) -> impl FnMut() -> MessageId {
    let mut n = 0;
    move || {
        n += 1;
        MessageId::new(now, n)
    }
}
