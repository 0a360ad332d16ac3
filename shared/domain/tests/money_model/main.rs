//! One customer's money as a whole: payments through three gateways, orders, refunds, disputes, a subscription and gifts
//! share a wallet. Workers die between steps, two act at once, and what gateways and suppliers say comes late or never.
//!
//! After each step the wallet is compared with plain sums over facts from outside: what gateways have, what they paid
//! back, what banks took, which messages a supplier delivered, what plans cost and what was given. In the end, everything
//! that is due is driven to rest, and nothing may stay open. About 10,000 steps, more with `SOAK_STEPS`.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod acts;
mod facts;
mod money_in;
mod money_out;
mod rest;
mod spending;
#[path = "../support/mod.rs"]
mod support;
mod world;

use acts::act;
use support::runs;
use world::World;

/// What must occur within 10,000 steps: rare meetings of two things that share the wallet.
const OCCUR: [&str; 22] = [
    "killed between steps",
    "written late",
    "too late to be written",
    "credited",
    "credited while money was owed",
    "coins in parts",
    "refund asked",
    "refund processed",
    "refund failed",
    "refund refused",
    "refund of a disputed payment failed",
    "dispute held what was there",
    "dispute made a debt",
    "dispute won",
    "dispute lost",
    "order without money",
    "order refused to a debtor",
    "order paid",
    "order given back",
    "plan upgraded",
    "plan not paid",
    "gift used once",
];

#[test]
fn the_wallet_is_what_came_in_less_what_went_out() {
    runs::each_case_occurs(act(), &OCCUR, |acts| {
        let mut world = World::new();
        for act in acts {
            world.act(&act)?;
            world.check()?;
        }
        world.comes_to_rest()?;
        Ok(world.counts)
    });
}
