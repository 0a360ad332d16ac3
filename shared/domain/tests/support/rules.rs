//! The possible events of an order as one table, the reference for the state machine.

use namaskah_domain::{
    Timestamp,
    order::{CloseReason, NotPossible, Order, Status, Step},
};
use std::time::Duration;

use super::{
    fixtures::{Sms, sold},
    shop::ids,
};

/// An event of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    NumberBought,
    NoNumber,
    NewMessage,
    OldMessage,
    NoMessage,
    Cancel,
    Report,
    TimeOut,
    GivenBack,
    Unreachable,
    Finish,
    ReportLate,
    Purge,
    Look,
}

/// The outcome of an event that is not too early or too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Rejected: it is not possible in this state.
    No,
    /// Rejected: the number is still being bought.
    NotYet,
    /// Nothing is written.
    Nothing,
    /// The order is written; its state stays the same.
    Stays,
    /// The state changes; no money moves.
    To(Status),
    /// The state changes and the hold is captured.
    Captures(Status),
    /// The state changes and the hold is released.
    Releases(Status),
}

/// The columns of [`TABLE`].
pub const STATUSES: [Status; 6] = [Requesting, Waiting, Cancelling, Completed, Refunded, Failed];

use Happening::{
    Cancel, Finish, GivenBack, Look, NewMessage, NoMessage, NoNumber, NumberBought, OldMessage, Purge, Report,
    ReportLate, TimeOut, Unreachable,
};
use Outcome::{Captures, No, NotYet, Nothing, Releases, Stays, To};
use Status::{Cancelling, Completed, Failed, Refunded, Requesting, Waiting};

/// All events in all states (docs/rules.md: "Orders"). `No` holds at any time.
#[rustfmt::skip]
pub const TABLE: [(Happening, [Outcome; 6]); 14] = [
    //              requesting        waiting              cancelling           completed  refunded failed
    (NumberBought, [To(Waiting),      No,                  No,                  No,        No,      No]),
    (NoNumber,     [Releases(Failed), No,                  No,                  No,        No,      No]),
    (NewMessage,   [Nothing,          Captures(Completed), Captures(Completed), Stays,     Nothing, Nothing]),
    (OldMessage,   [Nothing,          Stays,               Stays,               Stays,     Nothing, Nothing]),
    (NoMessage,    [Nothing,          Nothing,             Nothing,             Nothing,   Nothing, Nothing]),
    (Cancel,       [NotYet,           To(Cancelling),      No,                  No,        No,      No]),
    (Report,       [NotYet,           To(Cancelling),      No,                  No,        No,      No]),
    (TimeOut,      [NotYet,           To(Cancelling),      No,                  No,        No,      No]),
    (GivenBack,    [No,               Releases(Refunded),  Releases(Refunded),  No,        No,      No]),
    (Unreachable,  [Releases(Failed), Releases(Refunded),  Releases(Refunded),  No,        No,      No]),
    (Finish,       [NotYet,           No,                  No,                  Stays,     No,      No]),
    (ReportLate,   [NotYet,           No,                  No,                  Stays,     No,      No]),
    (Purge,        [No,               No,                  No,                  Stays,     Stays,   Stays]),
    (Look,         [Stays,            Stays,               Stays,               Stays,     Stays,   Stays]),
];

/// The outcome according to the table.
pub fn outcome(happening: Happening, status: Status) -> Outcome {
    let column = STATUSES.iter().position(|s| *s == status).expect("every status has a column");
    TABLE.iter().find(|(row, _)| *row == happening).expect("every happening has a row").1[column]
}

/// Applies an event to the order, with default facts.
pub fn happen(order: Order, happening: Happening, now: Timestamp) -> Result<Option<Step>, NotPossible> {
    let messages: &[Sms] = match happening {
        NewMessage => &[Sms { n: 101, after_sale_ms: 0 }],
        OldMessage => &[Sms { n: 102, after_sale_ms: -1 }],
        _ => &[],
    };
    match happening {
        NumberBought => order.number_bought(sold(now, Duration::from_hours(2)), now).map(Some),
        NoNumber => order.no_number(CloseReason::NoNumbers, now).map(Some),
        NewMessage | OldMessage | NoMessage => {
            let sold_at = order.number.as_ref().map_or(now, |number| number.sold_at);
            let incoming = messages.iter().map(|sms| sms.incoming(sold_at)).collect();
            Ok(order.receive(incoming, ids(now), now))
        }
        Cancel => order.begin_cancel(CloseReason::Cancelled, now).map(Some),
        Report => order.begin_cancel(CloseReason::Reported, now).map(Some),
        TimeOut => order.begin_cancel(CloseReason::Timeout, now).map(Some),
        GivenBack => order.given_back(now).map(Some),
        Unreachable => order.supplier_unreachable(now).map(Some),
        Finish => order.finish(now).map(Some),
        ReportLate => order.reported_late(now).map(Some),
        Purge => order.purged(now).map(Some),
        Look => Ok(Some(order.rescheduled(now))),
    }
}
