//! Test data: a customer, orders, numbers and messages.

use namaskah_domain::{
    Actor, Code, Credits, MessageText, OrderId, PaymentId, Plan, Sender, SubscriptionId, SupplierId, SupplierMoney,
    SupplierOrderId, Timestamp, UserId,
    access::Mode,
    ledger::{Cause, EntryKind, Grant, Line, Movement},
    order::{IncomingMessage, NewOrder, Request, Sale},
    pricing::Capability,
};
use std::{collections::BTreeMap, time::Duration};

/// Longer than every waiting time.
pub const DAY: Duration = Duration::from_hours(24);

/// The most that an included verification pays.
pub const INCLUDED: Credits = Credits::from_units(4_500);

/// The start of every test: half an hour before midnight, so that the day changes.
pub fn start() -> Timestamp {
    at("2026-11-21T23:30:00Z")
}

/// A timestamp.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

/// An amount.
pub fn credits(text: &str) -> Credits {
    text.parse().expect("an amount")
}

/// The customer.
pub fn user() -> UserId {
    UserId::new(start(), 1)
}

/// The n-th order's identifier.
pub fn order_id(n: usize) -> OrderId {
    OrderId::new(start(), n as u128)
}

/// The supplier of all orders.
pub fn supplier() -> SupplierId {
    SupplierId::new("5sim")
}

/// A payment.
pub fn top_up(amount: Credits) -> Movement {
    let cause = Cause::Payment { payment_id: PaymentId::new(start(), 1) };
    Movement::new(EntryKind::TopUp, amount, cause, Actor::system("payments"))
}

/// A month's price that gives this many included verifications until then.
pub fn subscription(units: u32, until: Timestamp, counts_used: bool) -> Movement {
    let cause = Cause::Subscription { subscription_id: SubscriptionId::new(start(), 1) };
    let grants = Some(Grant { units, until, counts_used });
    let price = Credits::from_units(1_000);
    Movement { grants, ..Movement::new(EntryKind::Purchase, price, cause, Actor::system("subscriptions")) }
}

/// The n-th order, as the cause of a movement.
pub fn order(n: usize) -> Cause {
    Cause::Verification { verification_id: order_id(n) }
}

/// The n-th test order, as the cause of a movement.
pub fn test_order(n: usize) -> Cause {
    Cause::Verification { verification_id: OrderId::of(Mode::Test, start(), n as u128) }
}

/// An amount in one line, or in two, of which the second is one unit.
pub fn lines(amount: Credits, two: bool) -> Vec<Line> {
    let line = |what: &str, units| Line::new(what, Credits::from_units(units));
    if two && amount.units() > 1 {
        vec![line("sms", amount.units() - 1), line("carrier", 1)]
    } else {
        vec![line("sms", amount.units())]
    }
}

/// The n-th order, at this price.
pub fn new_order(n: usize, price: Credits) -> NewOrder {
    NewOrder {
        id: order_id(n),
        user_id: user(),
        plan: Plan::Starter,
        key: None,
        request: Request {
            service: "whatsapp".parse().expect("a service"),
            country: "GH".parse().expect("a country"),
            capability: Capability::Sms,
            operator: None,
            tags: BTreeMap::new(),
        },
        price,
        included: price.min(INCLUDED),
        budget: None,
        lines: lines(price, n % 2 == 1),
        supplier: supplier(),
        cap: SupplierMoney::from_micros(40_000_000),
    }
}

/// A sale at `sold_at` by the supplier's clock, with this lifetime.
pub fn sold(sold_at: Timestamp, lifetime: Duration) -> Sale {
    let asked = new_order(0, Credits::ZERO).request;
    Sale {
        supplier: supplier(),
        supplier_order: SupplierOrderId::new("1"),
        phone: "+233201234567".parse().expect("a number"),
        service: Some(asked.service),
        country: Some(asked.country),
        operator: None,
        cost: SupplierMoney::from_micros(12_000_000),
        sold_at,
        ends_at: sold_at.plus(lifetime),
        is_usable: true,
    }
}

/// A message from a supplier. Every third one has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sms {
    pub n: u32,
    pub after_sale_ms: i64,
}

impl Sms {
    pub fn fingerprint(self) -> String {
        format!("{}@{}", self.n, self.after_sale_ms)
    }

    /// Whether it was sent for this order.
    pub fn counts(self) -> bool {
        self.after_sale_ms >= 0
    }

    pub fn code(self) -> Option<String> {
        (!self.n.is_multiple_of(3)).then(|| (482_900 + self.n).to_string())
    }

    pub fn text(self) -> String {
        self.code().map_or_else(|| "See you tomorrow".to_owned(), |code| format!("Your code is {code}"))
    }

    pub fn incoming(self, sold_at: Timestamp) -> IncomingMessage {
        IncomingMessage {
            fingerprint: self.fingerprint(),
            from: Sender::new("WhatsApp"),
            text: MessageText::new(self.text()),
            supplier_code: self.code().map(Code::new),
            at: Timestamp::from_millis(sold_at.millis() + self.after_sale_ms),
        }
    }
}
