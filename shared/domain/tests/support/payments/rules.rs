//! What a report does to a payment as tables, the reference for the state machine.

use super::{super::fixtures::start, amount, dollars, fifty_dollars, receipt, says, till::Till, usual_checkout};
use namaskah_domain::{
    Timestamp, UserId,
    payment::{Amount, Failure, Fault, Method, PayCurrency, Payment, Receipt, Reported, Status},
};
use std::time::Duration;

/// How a payment is before a report: a column of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Started,
    Pending,
    /// Money was seen.
    Confirming,
    /// Half of the coins came.
    Part,
    Succeeded,
    Declined,
    NotOpened,
    /// Other money than agreed came.
    Refused,
    Cancelled,
    Abandoned,
}

use Before::{Abandoned, Cancelled, Confirming, Declined, NotOpened, Part, Pending, Refused, Started, Succeeded};

/// The columns of the tables.
pub const COLUMNS: [Before; 10] =
    [Started, Pending, Confirming, Part, Succeeded, Declined, NotOpened, Refused, Cancelled, Abandoned];

/// The money of a receipt, when 50 dollars were agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    Exact,
    /// Half of it.
    Half,
    /// Twice as much.
    Double,
    /// Nothing that is worth a credit.
    Dust,
    /// So many, but nairas.
    Nairas,
    /// In a currency that nobody pays in here.
    UnknownCurrency,
}

use Money::{Double, Dust, Exact, Half, Nairas, UnknownCurrency};

/// What a receipt does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// It is credited, and the payment succeeded.
    Pays,
    /// It is credited, and the rest may come.
    Parts,
    /// It is not credited, and the payment failed.
    Fails,
    /// It is not credited, and the payment stays as it is. A person looks at it.
    Faults(Fault),
    /// It is noted.
    Nothing,
    /// There is no such payment.
    Never,
}

use Does::{Fails, Faults, Never, Nothing, Parts, Pays};

const TWICE: Does = Faults(Fault::PaidTwice);
const WRONG: Does = Faults(Fault::NotTheAmount);

/// Receipts of a card or a mobile wallet (docs/rules.md, "Payments").
#[rustfmt::skip]
pub const OF_CARDS: [(Money, [Does; 10]); 6] = [
    //                started pending confirm. part  succeeded declined not_op. refused cancelled abandoned
    (Exact,           [Pays,   Pays,   Pays,   Never, TWICE,   Pays,   Pays,   Pays,   Pays,   Pays]),
    (Half,            [Fails,  Fails,  Fails,  Never, TWICE,   Fails,  Fails,  Fails,  Fails,  Fails]),
    (Double,          [Fails,  Fails,  Fails,  Never, TWICE,   Fails,  Fails,  Fails,  Fails,  Fails]),
    (Dust,            [Fails,  Fails,  Fails,  Never, TWICE,   Fails,  Fails,  Fails,  Fails,  Fails]),
    (Nairas,          [Fails,  Fails,  Fails,  Never, WRONG,   Fails,  Fails,  Fails,  Fails,  Fails]),
    (UnknownCurrency, [Fails,  Fails,  Fails,  Never, WRONG,   Fails,  Fails,  Fails,  Fails,  Fails]),
];

/// Receipts of coins. They count as they came, and also when the payment is over.
#[rustfmt::skip]
pub const OF_COINS: [(Money, [Does; 10]); 6] = [
    //                started  pending  confirm. part     succeeded declined not_op.  refused  cancelled abandoned
    (Exact,           [Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays]),
    (Half,            [Parts,   Parts,   Parts,   Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays]),
    (Double,          [Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays,    Pays]),
    (Dust,            [Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing]),
    (Nairas,          [Fails,   Fails,   Fails,   WRONG,   WRONG,   Fails,   Fails,   Fails,   Fails,   Fails]),
    (UnknownCurrency, [Fails,   Fails,   Fails,   WRONG,   WRONG,   Fails,   Fails,   Fails,   Fails,   Fails]),
];

/// What the state of a report does to an open payment, after its receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stays,
    /// It failed, unless a part came.
    Declines,
    /// Nobody waits any more: it was abandoned, or succeeded if a part came.
    Ends,
}

/// The states of a report, before and after the time to pay is over, for a started and for a pending payment.
#[rustfmt::skip]
pub const OF_STATES: [(Reported, [[Then; 2]; 2]); 5] = [
    //                      before: started, pending          after: started, pending
    (Reported::Unknown,    [[Then::Stays, Then::Stays],       [Then::Ends,  Then::Ends]]),
    (Reported::Open,       [[Then::Stays, Then::Stays],       [Then::Ends,  Then::Ends]]),
    (Reported::Confirming, [[Then::Stays, Then::Stays],       [Then::Stays, Then::Stays]]),
    (Reported::Declined,   [[Then::Stays, Then::Declines],    [Then::Ends,  Then::Ends]]),
    (Reported::Closed,     [[Then::Ends,  Then::Ends],        [Then::Ends,  Then::Ends]]),
];

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The ages of the tables.
pub const AGES: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_secs(5 * MINUTE),
    Duration::from_secs(DAY - MINUTE),
    Duration::from_secs(DAY),
    Duration::from_secs(73 * HOUR),
];

/// The next looks at these ages, in seconds from the start. Money that was seen is looked for every hour.
#[rustfmt::skip]
pub const LOOKS: [(&str, [Option<u64>; 5]); 3] = [
    ("card",         [Some(2 * MINUTE), Some(10 * MINUTE), Some(DAY), None,          None]),
    ("card, done",   [None,             None,              None,      None,          None]),
    ("coin",         [Some(2 * MINUTE), Some(10 * MINUTE), Some(DAY), Some(2 * DAY), None]),
];

impl Money {
    pub fn amount(self) -> Option<Amount> {
        match self {
            Exact => Some(dollars(5_000)),
            Half => Some(dollars(2_500)),
            Double => Some(dollars(10_000)),
            Dust => Some(dollars(0)),
            Nairas => Some(amount(5_000, PayCurrency::Ngn)),
            UnknownCurrency => None,
        }
    }

    /// The credits of coins, in units.
    pub fn worth(self) -> i64 {
        match self {
            Exact => 250_000,
            Half => 125_000,
            Double => 500_000,
            Dust | Nairas | UnknownCurrency => 0,
        }
    }

    /// A receipt of it. It is so old that no amount needs more blocks.
    pub fn receipt(self, id: &str) -> Receipt {
        Receipt { at: start().minus(Duration::from_secs(DAY)), ..receipt(id, self.amount()) }
    }
}

impl Before {
    /// The receipt that the payment noted.
    pub fn noted(self) -> Option<Receipt> {
        match self {
            Part => Some(Half.receipt("before")),
            Succeeded => Some(Exact.receipt("before")),
            Refused => Some(Nairas.receipt("before")),
            _ => None,
        }
    }

    /// A payment like this, made at this time; `None` if there is none of this method.
    pub fn make(self, user: UserId, method: Method, now: Timestamp) -> Option<(Till, Payment)> {
        if self == Part && !method.is_crypto() {
            return None;
        }
        let mut till = Till::default();
        let at = till.start(fifty_dollars(0, user, method), now);
        let payment = till.payments[at].clone();
        match self {
            Started => {}
            NotOpened => drop(till.write(&payment.not_opened(now).expect("possible"), now)),
            _ => {
                let checkout = usual_checkout(&payment, now);
                till.write(&payment.opened(checkout, now).expect("possible"), now);
            }
        }
        let receipts: Vec<_> = self.noted().into_iter().collect();
        let state = match self {
            Confirming => Some(Reported::Confirming),
            Part => Some(Reported::Open),
            Declined => Some(Reported::Declined),
            Succeeded | Refused | Abandoned => Some(Reported::Closed),
            Started | Pending | NotOpened | Cancelled => None,
        };
        if let Some(state) = state {
            till.look(at, &says(&receipts, state), now).expect("written");
        }
        if self == Cancelled {
            let step = till.payments[at].clone().cancelled(now).expect("possible");
            till.write(&step, now);
        }
        let payment = till.payments[at].clone();
        let (status, failure) = self.status();
        assert_eq!((payment.status, payment.failure, payment.is_confirming), (status, failure, self == Confirming));
        Some((till, payment))
    }

    pub fn status(self) -> (Status, Option<Failure>) {
        match self {
            Started => (Status::Started, None),
            Pending | Confirming | Part => (Status::Pending, None),
            Succeeded => (Status::Succeeded, None),
            Declined => (Status::Failed, Some(Failure::Declined)),
            NotOpened => (Status::Failed, Some(Failure::NotOpened)),
            Refused => (Status::Failed, Some(Failure::NotTheAmount)),
            Cancelled => (Status::Cancelled, None),
            Abandoned => (Status::Abandoned, None),
        }
    }
}
