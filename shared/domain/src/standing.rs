//! A customer's standing: what the customer's orders did to our rating at suppliers, and how many more the
//! customer may risk (docs/rules.md, "Who may buy").
//!
//! A supplier rates our account. A delivered code raises the rating; a timeout, a cancel and a report lower
//! it. At zero the supplier sells to none of our customers. So what an open order can cost is limited for
//! each customer, by what the customer's own orders earned.

use crate::{
    Credits, Plan, Timestamp,
    access::Mode,
    ledger::{CauseKind, EntryKind, Movement, OrderKind},
    policy::{RefundRule, RuleId},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a delivered code adds to the rating. These are 5SIM's figures, in hundredths of its points.
const DELIVERED: i64 = 40;
/// What an order without a code costs.
const TIMED_OUT: i64 = 15;
/// What a cancel or a report costs.
const RETURNED: i64 = 10;
/// The most that one open order can cost.
pub(crate) const AT_RISK: i64 = TIMED_OUT;

/// What each delivered code adds to the highest standing. So a customer who wants to do harm must pay for
/// five codes before each order.
const TRUST_PER_CODE: i64 = 3;
/// The highest standing before the first code: one order.
const FIRST_TRUST: i64 = AT_RISK;
/// How long it takes to forgive the cost of one order.
const FORGIVES: Duration = Duration::from_hours(6);
/// The payments that allow one more open order.
const PAID_PER_ORDER: Credits = Credits::from_units(50_000);
/// The most orders that payments allow.
const MOST_FOR_PAYMENTS: i64 = 20;

/// How well we know a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// By the customer's own orders and payments.
    #[default]
    Earned,
    /// An operator vouches for the customer, for example after a contract: as many orders may be open as the
    /// plan allows, until their ends say otherwise.
    Vouched,
}

/// What a customer's orders earned and cost. It is stored in the wallet, so concurrent purchases can't bypass
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// What ended orders earned less what they cost, in hundredths of a rating point. A debt shrinks with
    /// time.
    balance: i64,
    /// When the debt was last reduced.
    at: Timestamp,
    /// The number of delivered codes.
    delivered: u32,
    /// Payments less refunded payments.
    paid: Credits,
}

impl Standing {
    /// The standing after a movement. Verifications that reached a supplier count when they end.
    pub(crate) fn after(&self, movement: &Movement, at: Timestamp) -> Self {
        let mut standing = self.clone();
        if movement.cause.mode() == Mode::Test {
            return standing;
        }
        match movement.kind {
            EntryKind::TopUp | EntryKind::RefundReturn => standing.paid = self.paid.counted_up(movement.amount),
            EntryKind::Chargeback => standing.paid = self.paid.counted_down(movement.amount),
            EntryKind::Refund if movement.cause.kind() == CauseKind::Payment => {
                standing.paid = self.paid.counted_down(movement.amount);
            }
            _ => {}
        }
        let closes = movement.settles.is_some_and(|settled| settled.closes);
        if closes && movement.cause.order_kind() == Some(OrderKind::Verification) {
            let change = effect(movement.kind, movement.rule.as_ref());
            standing.delivered = standing.delivered.saturating_add(u32::from(change > 0));
            standing.balance = (self.balance_at(at) + change).min(standing.highest());
            standing.at = standing.at.max(at);
        }
        standing
    }

    /// The highest balance: it grows with each code, so that an account can't be bought its trust in a day.
    fn highest(&self) -> i64 {
        FIRST_TRUST + TRUST_PER_CODE * i64::from(self.delivered)
    }

    /// The balance, with the debt that time has forgiven.
    fn balance_at(&self, now: Timestamp) -> i64 {
        let forgiven = now.since(self.at).as_secs().saturating_mul(AT_RISK.unsigned_abs()) / FORGIVES.as_secs();
        let forgiven = i64::try_from(forgiven).unwrap_or(i64::MAX);
        if self.balance < 0 { self.balance.saturating_add(forgiven).min(0) } else { self.balance }
    }

    /// Whether the ended orders earned enough to risk another one.
    pub fn is_proven(&self, now: Timestamp) -> bool {
        self.balance_at(now) >= AT_RISK
    }

    /// How many orders may be open at once, without the limit of the plan. `only_earned` leaves out what the
    /// plan and payments allow.
    pub(crate) fn orders(&self, plan: Plan, trust: Trust, only_earned: bool, now: Timestamp) -> u32 {
        let advance = if only_earned { 0 } else { AT_RISK * self.advance(plan, trust) };
        u32::try_from((advance + self.balance_at(now)) / AT_RISK).unwrap_or(0)
    }

    /// The orders that may be open before any code, by plan and payments.
    fn advance(&self, plan: Plan, trust: Trust) -> i64 {
        let terms = plan.terms();
        let for_payments = self.paid.units() / PAID_PER_ORDER.units();
        match trust {
            Trust::Earned => i64::from(terms.first_orders) + for_payments.clamp(0, MOST_FOR_PAYMENTS),
            Trust::Vouched => i64::from(terms.open_orders),
        }
    }

    /// When enough debt is forgiven for one more order, if no order ends before.
    pub(crate) fn recovers_at(&self, plan: Plan, trust: Trust, now: Timestamp) -> Timestamp {
        let missing = AT_RISK - AT_RISK * self.advance(plan, trust) - self.balance;
        let seconds = missing.max(0).unsigned_abs().saturating_mul(FORGIVES.as_secs()).div_ceil(AT_RISK.unsigned_abs());
        // Counted from the last end of an order, so that it stays the same while time passes.
        self.at.plus(Duration::from_secs(seconds)).max(now)
    }
}

/// What the end of an order did to the rating. Only orders that reached a supplier count: an order without a
/// number changes nothing, and a supplier that could not be reached is not the customer's fault.
fn effect(kind: EntryKind, rule: Option<&RuleId>) -> i64 {
    if kind == EntryKind::Capture {
        return DELIVERED;
    }
    let is = |wanted: RefundRule| rule == Some(&wanted.id());
    if is(RefundRule::Cancelled) || is(RefundRule::NumberReported) {
        -RETURNED
    } else if is(RefundRule::NoCode) || is(RefundRule::SupplierClosed) {
        -TIMED_OUT
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, OrderId, PaymentId,
        ledger::{Cause, Settlement},
    };

    fn start() -> Timestamp {
        Timestamp::from_millis(1_795_996_800_000)
    }

    fn ended(kind: EntryKind, rule: Option<RefundRule>) -> Movement {
        let cause = Cause::Verification { verification_id: OrderId::new(start(), 1) };
        let settles = Some(Settlement { hold: 1, closes: true });
        let movement = Movement::new(kind, Credits::from_units(5_000), cause, Actor::system("test"));
        Movement { settles, rule: rule.map(RefundRule::id), ..movement }
    }

    fn code() -> Movement {
        ended(EntryKind::Capture, None)
    }

    fn without_code(rule: RefundRule) -> Movement {
        ended(EntryKind::Release, Some(rule))
    }

    fn payment(kind: EntryKind, credits: i64) -> Movement {
        let cause = Cause::Payment { payment_id: PaymentId::new(start(), 1) };
        Movement::new(kind, Credits::from_units(credits * 10_000), cause, Actor::system("test"))
    }

    fn after<'a>(movements: impl IntoIterator<Item = &'a Movement>) -> Standing {
        movements.into_iter().fold(Standing::default(), |standing, movement| standing.after(movement, start()))
    }

    fn orders(standing: &Standing) -> u32 {
        standing.orders(Plan::Starter, Trust::Earned, false, start())
    }

    #[test]
    fn each_end_counts_as_it_does_at_the_supplier() {
        for (movement, balance) in [
            (without_code(RefundRule::NoCode), -15),
            (without_code(RefundRule::SupplierClosed), -15),
            (without_code(RefundRule::Cancelled), -10),
            (without_code(RefundRule::NumberReported), -10),
            (without_code(RefundRule::NoNumber), 0),
            (without_code(RefundRule::SupplierUnreachable), 0),
            (code(), 18),
        ] {
            assert_eq!(after([&movement]).balance, balance, "{movement:?}");
        }
        let held = Movement { settles: None, ..code() };
        assert_eq!(after([&Movement { kind: EntryKind::Hold, ..held }]), Standing::default());
    }

    #[test]
    fn a_new_customer_has_room_for_eight_orders_without_a_code() {
        let mut standing = Standing::default();
        for left in (0..8).rev() {
            standing = standing.after(&without_code(RefundRule::NoCode), start());
            assert_eq!(orders(&standing), left);
        }
        let until = standing.recovers_at(Plan::Starter, Trust::Earned, start());
        assert_eq!(until, start().plus(FORGIVES));
        let at_until = standing.orders(Plan::Starter, Trust::Earned, false, until);
        assert_eq!(at_until, 1, "the pause ends when it says");
        let before = Timestamp::from_millis(until.millis() - 1_000);
        assert_eq!(standing.orders(Plan::Starter, Trust::Earned, false, before), 0);
        assert!(orders(&standing.after(&code(), start())) > 1, "a code pays for two timeouts");
    }

    #[test]
    fn purchases_that_never_reached_a_supplier_do_not_dilute() {
        let mixed: Vec<_> = (0..12)
            .flat_map(|_| [without_code(RefundRule::NumberReported), without_code(RefundRule::NoNumber)])
            .collect();
        let plain: Vec<_> = (0..12).map(|_| without_code(RefundRule::NumberReported)).collect();
        assert_eq!(after(&mixed), after(&plain));
        assert_eq!(orders(&after(&mixed)), 0);
    }

    #[test]
    fn returning_four_of_five_numbers_is_the_most_that_lasts() {
        let run = |returned: usize| {
            let round: Vec<_> = (0..returned).map(|_| without_code(RefundRule::Cancelled)).chain([code()]).collect();
            orders(&after((0..60).flat_map(|_| &round)))
        };
        assert!(run(4) > 0, "four of five");
        assert_eq!(run(5), 0, "five of six");
    }

    #[test]
    fn trust_grows_with_codes_and_payments_and_not_without_end() {
        let codes: Vec<_> = (0..100).map(|_| code()).collect();
        assert_eq!(after(&codes).balance, 15 + 3 * 100);
        assert_eq!(orders(&after(&codes)), 8 + 21);
        assert_eq!(after(&codes).orders(Plan::Starter, Trust::Earned, true, start()), 21, "only what was earned");
        for (paid, more) in [(4, 0), (5, 1), (50, 10), (100, 20), (5_000, 20)] {
            assert_eq!(orders(&after([&payment(EntryKind::TopUp, paid)])), 8 + more, "{paid}");
        }
        let refunded = [payment(EntryKind::TopUp, 50), payment(EntryKind::Refund, 50)];
        assert_eq!(orders(&after(&refunded)), 8);
        let returned =
            [payment(EntryKind::TopUp, 50), payment(EntryKind::Refund, 50), payment(EntryKind::RefundReturn, 50)];
        assert_eq!(orders(&after(&returned)), 18, "the refund failed");
    }

    #[test]
    fn a_vouched_customer_may_use_the_plan_until_its_orders_fail() {
        let open = |standing: &Standing| standing.orders(Plan::Pro, Trust::Vouched, false, start());
        assert_eq!(open(&Standing::default()), 50);
        let failed: Vec<_> = (0..50).map(|_| without_code(RefundRule::NoCode)).collect();
        assert_eq!(open(&after(&failed)), 0);
    }

    #[test]
    fn a_debt_is_forgiven_slowly_and_never_becomes_trust() {
        let standing = after([&without_code(RefundRule::NoCode), &without_code(RefundRule::NoCode)]);
        let later = |hours| start().plus(Duration::from_hours(hours));
        for (hours, balance) in [(0, -30), (3, -23), (6, -15), (12, 0), (100_000, 0)] {
            assert_eq!(standing.balance_at(later(hours)), balance, "{hours} h");
        }
        // A clock that is behind takes nothing back.
        let earlier = Timestamp::from_millis(start().millis() - 60_000);
        assert_eq!(standing.balance_at(earlier), -30);
        assert_eq!(standing.after(&code(), earlier).at, start());
    }
}
