//! Random acts of customers, gateways and workers.

use super::{REPORTED, amount};
use namaskah_domain::payment::{Amount, Method, PayCurrency, Reported};
use proptest::{prelude::*, sample::Index};
use std::time::Duration;

/// What becomes of the request for a checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The answer arrives. Invoices may have their rate for long, and pages may take money for ever.
    Arrives { is_long: bool },
    /// The gateway made a checkout, but the answer is lost.
    AnswerLost,
    /// The gateway made none, and says so.
    Refused,
}

/// What a customer sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Exact,
    /// This part of the amount, in percent.
    Share(u64),
    /// Less than the smallest part of a credit.
    Dust,
    /// The amount, but in another currency.
    Currency,
    /// In a currency that nobody pays in here.
    UnknownCurrency,
}

/// What follows the start of a payment at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    Nothing,
    Opened(Opening),
    /// The customer sends a part of the amount.
    Part,
    /// The customer cancels.
    Cancelled,
    /// The request for the checkout is repeated after so much time.
    Late(Duration),
}

/// What a customer is to pay.
#[derive(Clone, Copy, Debug)]
pub struct Agreed {
    pub method: Method,
    pub customer: usize,
    pub amount: Amount,
    pub price: u64,
}

/// One random step.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Later(Duration),
    Start(Agreed, Beginning),
    Open(Index, Opening),
    /// A customer cancels; the gateway may close the page.
    Cancel(Index, bool),
    Pay {
        of: Index,
        how: How,
        is_settled: bool,
        is_lost: bool,
    },
    /// The gateway declines the customer's card.
    Decline(Index),
    /// The gateway closes the page.
    Close(Index),
    /// Money settles, or is taken back.
    Confirm {
        of: Index,
        settles: bool,
        is_lost: bool,
    },
    /// The newest or the oldest event of a gateway arrives.
    Deliver {
        newest: bool,
    },
    Look(Index),
    /// A credit costs this part of its first price from now on, in percent.
    Reprice(u64),
    /// A worker asks, and is slow.
    Keep(Index),
    ApplyKept,
    /// The gateway says something wrong about the state.
    Lie(Index, Reported),
    /// The gateway says that the money of the second payment is that of the first.
    Confuse(Index, Index),
    Sweep,
}

/// A random step.
pub fn act() -> impl Strategy<Value = Act> {
    let index = any::<Index>;
    let minutes = prop_oneof![12 => 0_u64..3, 3 => 3_u64..90, 3 => 90_u64..900, 1 => 1_400_u64..1_500];
    let span = (minutes, 0_u64..60).prop_map(|(minutes, seconds)| Duration::from_secs(minutes * 60 + seconds));
    let pay = (index(), how(), prop::bool::weighted(0.6), any::<bool>());
    let confirm = (index(), prop::bool::weighted(0.8), any::<bool>());
    let lie = (index(), prop::sample::select(REPORTED.to_vec()));
    prop_oneof![
        10 => span.prop_map(Act::Later),
        5 => (agreed(), beginning()).prop_map(|(agreed, beginning)| Act::Start(agreed, beginning)),
        4 => (index(), opening()).prop_map(|(of, opening)| Act::Open(of, opening)),
        3 => (index(), any::<bool>()).prop_map(|(of, closes)| Act::Cancel(of, closes)),
        16 => pay.prop_map(|(of, how, is_settled, is_lost)| Act::Pay { of, how, is_settled, is_lost }),
        2 => index().prop_map(Act::Decline),
        1 => index().prop_map(Act::Close),
        6 => confirm.prop_map(|(of, settles, is_lost)| Act::Confirm { of, settles, is_lost }),
        8 => any::<bool>().prop_map(|newest| Act::Deliver { newest }),
        10 => index().prop_map(Act::Look),
        2 => (50_u64..200).prop_map(Act::Reprice),
        4 => index().prop_map(Act::Keep),
        4 => Just(Act::ApplyKept),
        9 => lie.prop_map(|(of, state)| Act::Lie(of, state)),
        3 => (index(), index()).prop_map(|(of, other)| Act::Confuse(of, other)),
        5 => Just(Act::Sweep),
    ]
}

fn agreed() -> impl Strategy<Value = Agreed> {
    let method = prop::sample::select(vec![Method::Card, Method::MobileMoney, Method::Bitcoin, Method::UsdtTron]);
    let priced = prop::sample::select(vec![(200, PayCurrency::Usd), (3_107, PayCurrency::Ghs), (7, PayCurrency::Kes)]);
    (method, 0_usize..2, 3_u64..300, priced).prop_map(|(method, customer, credits, (price, currency))| {
        // The amount is no multiple of the price.
        let amount = amount(credits * price + credits % 7, currency);
        Agreed { method, customer, amount, price }
    })
}

fn beginning() -> impl Strategy<Value = Beginning> {
    prop_oneof![
        2 => Just(Beginning::Nothing),
        6 => opening().prop_map(Beginning::Opened),
        4 => Just(Beginning::Part),
        1 => Just(Beginning::Cancelled),
        1 => (24_u64..36).prop_map(|hours| Beginning::Late(Duration::from_hours(hours))),
    ]
}

fn opening() -> impl Strategy<Value = Opening> {
    prop_oneof![
        8 => any::<bool>().prop_map(|is_long| Opening::Arrives { is_long }),
        2 => Just(Opening::AnswerLost),
        1 => Just(Opening::Refused),
    ]
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        6 => Just(How::Exact),
        6 => (1_u64..60).prop_map(How::Share),
        2 => (60_u64..250).prop_map(How::Share),
        1 => Just(How::Dust),
        1 => Just(How::Currency),
        1 => Just(How::UnknownCurrency),
    ]
}

impl How {
    /// What is sent instead of the agreed amount; `None` if nobody pays in its currency here.
    pub fn sent(self, agreed: Amount) -> Option<Amount> {
        let minor = agreed.minor.get();
        match self {
            Self::Exact => Some(agreed),
            Self::Share(percent) => Some(amount(minor * percent / 100, agreed.currency)),
            Self::Dust => Some(amount(0, agreed.currency)),
            Self::Currency => Some(amount(minor, PayCurrency::Ngn)),
            Self::UnknownCurrency => None,
        }
    }
}
