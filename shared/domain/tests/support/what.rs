//! Random events, and the times at which they are not possible.

use super::{
    fixtures::{self, Sms},
    messages,
    rules::{self, Happening},
    shop::ids,
};
use namaskah_domain::{
    Timestamp,
    order::{CANCEL_AFTER, CloseReason, GIVE_UP_AFTER, NotPossible, Order, Step},
};
use proptest::prelude::*;
use std::time::Duration;

/// An event of an order, with its facts.
#[derive(Clone, Debug)]
pub enum What {
    Plain(Happening),
    Bought { lifetime: Duration, supplier_ahead_ms: i64 },
    NoNumber(CloseReason),
    Messages(Vec<Sms>),
}

/// A random event; most are the plain events of the table.
pub fn what() -> impl Strategy<Value = What> {
    let plain = rules::TABLE.map(|(happening, _)| happening).to_vec();
    let lifetime = prop_oneof![Just(0_u64), 1_u64..120, Just(1_200), Just(1_201), 1_200_u64..10_000];
    let ahead = prop_oneof![Just(0_i64), -7_200_000_i64..7_200_000];
    let no_number =
        prop::sample::select(vec![CloseReason::NoNumbers, CloseReason::PriceRose, CloseReason::SupplierUnavailable]);
    let after_sale = |old| if old { -3_600_000_i64..0 } else { 0_i64..3 };
    let sms = |old| (0_u32..6, after_sale(old)).prop_map(|(n, after_sale_ms)| Sms { n, after_sale_ms });
    prop_oneof![
        12 => prop::sample::select(plain).prop_map(What::Plain),
        5 => (lifetime, ahead).prop_map(|(lifetime, supplier_ahead_ms)| What::Bought {
            lifetime: Duration::from_secs(lifetime),
            supplier_ahead_ms,
        }),
        1 => no_number.prop_map(What::NoNumber),
        2 => prop::collection::vec(prop_oneof![sms(true), sms(false)], 1..6).prop_map(What::Messages),
        1 => prop::collection::vec(sms(true), 1..30).prop_map(What::Messages),
    ]
}

impl What {
    pub fn happening(&self) -> Option<Happening> {
        match self {
            Self::Plain(happening) => Some(*happening),
            Self::Bought { .. } => Some(Happening::NumberBought),
            Self::NoNumber(_) => Some(Happening::NoNumber),
            Self::Messages(_) => None,
        }
    }

    pub fn happen(&self, order: Order, now: Timestamp) -> Result<Option<Step>, NotPossible> {
        match self {
            Self::Plain(happening) => rules::happen(order, *happening, now),
            Self::Bought { lifetime, supplier_ahead_ms } => {
                let sold_at = Timestamp::from_millis(now.millis() + supplier_ahead_ms);
                order.number_bought(fixtures::sold(sold_at, *lifetime), now).map(Some)
            }
            Self::NoNumber(because) => order.no_number(*because, now).map(Some),
            Self::Messages(messages) => Ok(order.clone().receive(messages::incoming(&order, messages), ids(now), now)),
        }
    }
}

/// The error of an event that the table allows but that is too early or too late.
pub fn untimely(order: &Order, happening: Happening, now: Timestamp) -> Option<NotPossible> {
    let wrong = NotPossible::WrongStatus { status: order.status };
    match happening {
        Happening::Cancel => {
            let from = order.number.as_ref()?.bought_at.plus(CANCEL_AFTER);
            (now < from).then_some(NotPossible::TooEarly { from })
        }
        Happening::Unreachable => (now < order.expires_at.plus(GIVE_UP_AFTER)).then_some(wrong),
        Happening::TimeOut => (now < order.expires_at).then_some(wrong),
        Happening::Purge => (now < order.purge_at).then_some(wrong),
        Happening::Finish => (now >= order.listens_until).then_some(wrong),
        _ => None,
    }
}
