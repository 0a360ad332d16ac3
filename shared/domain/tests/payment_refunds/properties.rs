//! Random top-ups, gifts, purchases and refunds against plain sums: no payment pays back more than was paid, nothing
//! but the customer's own money leaves, and the wallet is the fold of its entries. About 10,000 steps, more with
//! `SOAK_STEPS`.

use crate::{
    bank::{GHS, NGN, USD},
    support::{fixtures, runs},
    world::{Act, World},
};
use namaskah_domain::{
    ledger::EntryKind,
    payment::{Payment, RefundReported},
};
use proptest::{prelude::*, sample::Index};
use std::time::Duration;

fn act() -> impl Strategy<Value = Act> {
    let price = prop::sample::select(vec![USD, GHS, NGN]);
    let kind = prop::sample::select(vec![EntryKind::Capture, EntryKind::Release]);
    let report = prop::sample::select(vec![
        RefundReported::Unknown,
        RefundReported::Pending,
        RefundReported::NeedsAttention,
        RefundReported::Processed,
        RefundReported::Failed,
    ]);
    let share = || prop_oneof![Just(100_i64), 1_i64..=110];
    let span = prop_oneof![8 => 0_u64..600, 4 => 0_u64..86_400, 1 => Just(14 * 86_400)];
    let tenths = prop_oneof![20_u64..400, 500_u64..2_000];
    prop_oneof![
        4 => span.prop_map(|seconds| Act::Later(Duration::from_secs(seconds))),
        10 => (price, tenths, 0_u64..9).prop_map(|((currency, price), tenths, more)| {
            Act::TopUp((currency, price), price * tenths / 10 + more)
        }),
        5 => (1_i64..60_000).prop_map(Act::Gift),
        12 => (1_i64..120_000).prop_map(Act::Hold),
        12 => (any::<Index>(), kind, share()).prop_map(|(i, kind, share)| Act::Settle(i, kind, share)),
        8 => (1_i64..90_000).prop_map(Act::Purchase),
        3 => any::<Index>().prop_map(Act::Unbuy),
        20 => (any::<Index>(), share()).prop_map(|(i, share)| Act::Refund(i, share)),
        5 => (any::<Index>(), share(), 0_i64..90_000).prop_map(|(i, share, left)| Act::LateRefund(i, share, left)),
        6 => (any::<Index>(), any::<bool>()).prop_map(|(i, approves)| Act::Decide(i, approves)),
        24 => (any::<Index>(), report).prop_map(|(i, report)| Act::Report(i, report)),
        2 => any::<Index>().prop_map(Act::PaidAgain),
    ]
}

#[test]
fn refunds_never_pay_more_than_was_paid_and_not_spent() {
    let all = [
        "asked",
        "spent meanwhile",
        "approved",
        "refused",
        "pending",
        "needs_attention",
        "processed",
        "failed",
        "paid_after_return",
        "failed_after_paid",
        "not_approved",
        "overdue",
        "refund_too_large",
        "refund_too_late",
        "credits_spent",
        "payment_refunded",
    ];
    runs::each_case_occurs(act(), &all, |acts| {
        let (mut world, mut now) = (World::default(), fixtures::start());
        for act in acts {
            if let Act::Later(span) = act {
                now = now.plus(span);
            }
            world.act(&act, now)?;
            world.check(now)?;
        }
        for payment in &world.bank.payments {
            let text = serde_json::to_string(payment).expect("serialisable");
            let read = serde_json::from_str::<Payment>(&text).ok();
            prop_assert_eq!(read.as_ref(), Some(payment), "round trip of {}", text);
        }
        Ok(world.counts)
    });
}
