//! Random acts of customers, gateways, banks, suppliers, staff and workers.

use crate::support::{payments::acts::How, what::What as OrderEvent, what::what as order_event};
use namaskah_domain::{
    Plan,
    payment::{DisputeStatus, RefundReported},
};
use proptest::{prelude::*, sample::Index};
use std::time::Duration;

/// How a use case runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// To its end.
    Whole,
    /// It dies after so many writes.
    Killed(usize),
    /// Its first write comes after the next act, as if two ran at once.
    Late,
}

/// Where a payment is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Till {
    StripeCard,
    PaystackMobile,
    BtcpayBitcoin,
    BtcpayLightning,
}

/// One random act. An index chooses among the things that exist.
#[derive(Clone, Debug)]
pub enum Act {
    Later(Duration),
    Start {
        till: Till,
        credits: u64,
        more: u64,
    },
    Open(Index),
    Pay {
        of: Index,
        how: How,
        is_settled: bool,
    },
    Confirm(Index, bool),
    Close(Index),
    Look(Index, Run),
    Cancel(Index, Run),
    AskRefund {
        of: Index,
        percent: i64,
        run: Run,
    },
    Decide {
        of: Index,
        approves: bool,
        run: Run,
    },
    /// A worker sends a refund or asks about it. The request may never reach the gateway.
    Follow {
        of: Index,
        is_lost: bool,
        run: Run,
    },
    /// The gateway goes on with a refund.
    GatewayRefunds(Index, RefundReported),
    Dispute {
        of: Index,
        percent: u64,
    },
    BankDecides(Index, DisputeStatus),
    FollowDispute(Index, Run),
    Repay(Index, Run),
    Buy {
        price: i64,
        run: Run,
    },
    Order(Index, OrderEvent, Run),
    Choose(Plan, Run),
    Renew(Run),
    Gift {
        credits: i64,
        run: Run,
    },
    /// A voucher that was used before, or not.
    Redeem(Index, Run),
    Sweep(Run),
}

/// A random act.
pub fn act() -> impl Strategy<Value = Act> {
    let money_in = prop_oneof![
        5 => (till(), credits(), 0_u64..7).prop_map(|(till, credits, more)| Act::Start { till, credits, more }),
        3 => index().prop_map(Act::Open),
        16 => (index(), how(), prop::bool::weighted(0.8))
            .prop_map(|(of, how, is_settled)| Act::Pay { of, how, is_settled }),
        4 => (index(), prop::bool::weighted(0.8)).prop_map(|(of, settles)| Act::Confirm(of, settles)),
        1 => index().prop_map(Act::Close),
        18 => (index(), run()).prop_map(|(of, run)| Act::Look(of, run)),
        1 => (index(), run()).prop_map(|(of, run)| Act::Cancel(of, run)),
        3 => (1_i64..60_000, run()).prop_map(|(credits, run)| Act::Gift { credits, run }),
        2 => (index(), run()).prop_map(|(of, run)| Act::Redeem(of, run)),
    ];
    let percent = || prop_oneof![Just(100_i64), 1_i64..=110];
    let reported = prop::sample::select(vec![
        RefundReported::Pending,
        RefundReported::NeedsAttention,
        RefundReported::Processed,
        RefundReported::Failed,
    ]);
    let decided = prop::sample::select(vec![DisputeStatus::Won, DisputeStatus::Lost]);
    let money_out = prop_oneof![
        9 => (index(), percent(), run()).prop_map(|(of, percent, run)| Act::AskRefund { of, percent, run }),
        4 => (index(), any::<bool>(), run()).prop_map(|(of, approves, run)| Act::Decide { of, approves, run }),
        12 => (index(), prop::bool::weighted(0.3), run())
            .prop_map(|(of, is_lost, run)| Act::Follow { of, is_lost, run }),
        7 => (index(), reported).prop_map(|(of, state)| Act::GatewayRefunds(of, state)),
        4 => (index(), 1_u64..=130).prop_map(|(of, percent)| Act::Dispute { of, percent }),
        4 => (index(), decided).prop_map(|(of, status)| Act::BankDecides(of, status)),
        10 => (index(), run()).prop_map(|(of, run)| Act::FollowDispute(of, run)),
        2 => (index(), run()).prop_map(|(of, run)| Act::Repay(of, run)),
    ];
    let price = prop_oneof![3 => 1_i64..30_000, 1 => 30_000_i64..400_000];
    let plan = prop::sample::select(vec![Plan::Pro, Plan::Pro, Plan::Enterprise, Plan::Starter]);
    let spending = prop_oneof![
        10 => (price, run()).prop_map(|(price, run)| Act::Buy { price, run }),
        40 => (index(), order_event(), run()).prop_map(|(of, event, run)| Act::Order(of, event, run)),
        4 => (plan, run()).prop_map(|(plan, run)| Act::Choose(plan, run)),
        3 => run().prop_map(Act::Renew),
    ];
    let minutes = prop_oneof![8 => 0_u64..10, 4 => 10_u64..600, 2 => 600_u64..3_000, 1 => 3_000_u64..50_000];
    prop_oneof![
        2 => minutes.prop_map(|minutes| Act::Later(Duration::from_mins(minutes))),
        1 => run().prop_map(Act::Sweep),
        8 => money_in,
        8 => money_out,
        7 => spending,
    ]
}

/// Some above the limit of refunds without approval.
fn credits() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 3_u64..60, 2 => 60_u64..400]
}

fn index() -> impl Strategy<Value = Index> {
    any::<Index>()
}

fn run() -> impl Strategy<Value = Run> {
    prop_oneof![5 => Just(Run::Whole), 2 => (0_usize..4).prop_map(Run::Killed), 2 => Just(Run::Late)]
}

fn till() -> impl Strategy<Value = Till> {
    prop::sample::select(vec![Till::StripeCard, Till::PaystackMobile, Till::BtcpayBitcoin, Till::BtcpayLightning])
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![8 => Just(How::Exact), 2 => (5_u64..250).prop_map(How::Share), 1 => Just(How::Currency)]
}
