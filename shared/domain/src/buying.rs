//! Whether a customer may open one more order: by the plan, by the customer's standing, and by our rating at
//! the supplier (docs/rules.md, "Who may buy").

use crate::{
    Credits, OperatorName, Plan, Rating, Timestamp,
    access::{KeyRefuses, Mode},
    ledger::{OrderKind, Wallet},
    metering::Metering,
    standing::Trust,
};
use thiserror::Error;

/// What a purchase is judged by, beside the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whether the order is real. Of the limits of orders, only those of the plan apply to test orders.
    pub mode: Mode,
    /// The customer's plan.
    pub plan: Plan,
    /// How well we know the customer.
    pub trust: Trust,
    /// Our rating at the supplier; `None` if it has none, or if it is not known.
    pub rating: Option<Rating>,
}

/// Why a customer may not open an order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MayNotBuy {
    /// As many orders are open as the customer's plan and standing allow.
    #[error("{limit} orders are open")]
    TooManyOpen {
        /// The number of orders that may be open.
        limit: u32,
    },
    /// As many test orders were opened today as the plan allows.
    #[error("{limit} test orders were opened today")]
    TooManyTests {
        /// The number of test orders that may be opened in a day.
        limit: u32,
        /// The end of the day.
        until: Timestamp,
    },
    /// Too many of the customer's orders ended without a code.
    #[error("buying is paused until {until}")]
    Paused {
        /// When one order may be open again.
        until: Timestamp,
    },
    /// Our rating at the supplier is low, or new customers risk enough of it already.
    #[error("only customers with codes may buy")]
    Restricted,
    /// The plan does not let a purchase name an operator.
    #[error("the plan has no choice of operator")]
    NoChoiceOfOperator,
    /// The price is above what is left of the customer's budget.
    #[error("{left} of the budget is left until {until}")]
    OverBudget {
        /// What is left.
        left: Credits,
        /// The end of the month.
        until: Timestamp,
    },
    /// A limit of the API key does not allow it.
    #[error(transparent)]
    Key(#[from] KeyRefuses),
}

impl Plan {
    /// Checks whether a purchase may name this operator.
    pub const fn may_choose(self, operator: Option<&OperatorName>) -> Result<(), MayNotBuy> {
        match operator {
            Some(_) if !self.terms().chooses_operator => Err(MayNotBuy::NoChoiceOfOperator),
            _ => Ok(()),
        }
    }
}

impl Wallet {
    /// Checks whether the owner of this wallet may open one more verification.
    pub fn may_open_order(&self, terms: Terms, now: Timestamp) -> Result<(), MayNotBuy> {
        let tests = terms.plan.terms().test_orders_per_day;
        if terms.mode == Mode::Test && self.usage.opened_on_day_of(OrderKind::Verification, now) >= tests {
            return Err(MayNotBuy::TooManyTests { limit: tests, until: now.end_of_day() });
        }
        let limit = self.open_orders_limit(terms, now);
        if self.usage.open(OrderKind::Verification) < limit {
            return Ok(());
        }
        match (limit, self.buying_paused_until(terms, now)) {
            (0, Some(until)) => Err(MayNotBuy::Paused { until }),
            (0, None) => Err(MayNotBuy::Restricted),
            _ => Err(MayNotBuy::TooManyOpen { limit }),
        }
    }

    /// Checks whether the customer's budget allows a purchase for which the customer pays this.
    pub fn within_budget(&self, metering: Option<Metering>, pays: Credits, now: Timestamp) -> Result<(), MayNotBuy> {
        let spent = self.usage.spending.at(now).orders;
        let allowed = metering.map_or(Ok(()), |metering| metering.allows(spent, pays));
        allowed.map_err(|left| MayNotBuy::OverBudget { left, until: now.end_of_month() })
    }

    /// How many verifications may be open at once.
    pub fn open_orders_limit(&self, terms: Terms, now: Timestamp) -> u32 {
        if terms.mode == Mode::Test {
            return terms.plan.terms().open_orders;
        }
        let only_earned = terms.rating.is_some_and(Rating::is_low);
        let by_standing = self.usage.standing.orders(terms.plan, terms.trust, only_earned, now);
        by_standing.min(terms.plan.terms().open_orders)
    }

    /// When one order may be open again, if too many orders ended without a code; `None` if buying is not paused.
    pub fn buying_paused_until(&self, terms: Terms, now: Timestamp) -> Option<Timestamp> {
        let standing = &self.usage.standing;
        let is_paused = terms.mode == Mode::Live && standing.orders(terms.plan, terms.trust, false, now) == 0;
        is_paused.then(|| standing.recovers_at(terms.plan, terms.trust, now))
    }

    /// Whether the purchase counts among those of new customers ([`Rating::newcomers_orders`]).
    pub fn is_newcomer(&self, trust: Trust, now: Timestamp) -> bool {
        trust == Trust::Earned && !self.usage.standing.is_proven(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, OrderId,
        ledger::{Cause, EntryKind, Movement, Settlement},
        policy::RefundRule,
    };

    fn now() -> Timestamp {
        Timestamp::from_millis(1_795_996_800_000)
    }

    fn terms(plan: Plan) -> Terms {
        Terms { mode: Mode::Live, plan, trust: Trust::Earned, rating: Some(Rating::from_hundredths(9_600)) }
    }

    fn post(wallet: &Wallet, movement: &Movement) -> Wallet {
        wallet.post(movement, now()).unwrap().0
    }

    fn movement(kind: EntryKind) -> Movement {
        let cause = Cause::Verification { verification_id: OrderId::new(now(), 1) };
        Movement::new(kind, Credits::from_units(1), cause, Actor::system("test"))
    }

    fn bought(wallet: &Wallet) -> Wallet {
        post(wallet, &movement(EntryKind::Hold))
    }

    fn ended(wallet: &Wallet, kind: EntryKind, rule: Option<RefundRule>) -> Wallet {
        let held = bought(wallet);
        let settles = Some(Settlement { hold: held.seq, closes: true });
        post(&held, &Movement { settles, rule: rule.map(RefundRule::id), ..movement(kind) })
    }

    fn funded() -> Wallet {
        Wallet { available: Credits::from_units(10_000), ..Wallet::default() }
    }

    #[test]
    fn the_plan_limits_open_orders() {
        let wallet = (0..4).fold(funded(), |wallet, _| bought(&wallet));
        assert_eq!(wallet.may_open_order(terms(Plan::Starter), now()), Ok(()));
        let wallet = bought(&wallet);
        let refused = Err(MayNotBuy::TooManyOpen { limit: 5 });
        assert_eq!(wallet.may_open_order(terms(Plan::Starter), now()), refused);
        assert_eq!(wallet.may_open_order(terms(Plan::Pro), now()), Ok(()));
    }

    #[test]
    fn the_plan_says_whether_an_operator_may_be_named() {
        let operator = "mtn".parse().unwrap();
        for (plan, answer) in
            [(Plan::Starter, Err(MayNotBuy::NoChoiceOfOperator)), (Plan::Pro, Ok(())), (Plan::Enterprise, Ok(()))]
        {
            assert_eq!((plan.may_choose(None), plan.may_choose(Some(&operator))), (Ok(()), answer), "{plan:?}");
        }
    }

    #[test]
    fn a_budget_counts_what_orders_cost_in_the_month() {
        let metering = Some(Metering { budget: Credits::from_units(2), hard_stop: true });
        let wallet = bought(&funded());
        let one = Credits::from_units(1);
        assert_eq!(wallet.within_budget(metering, one, now()), Ok(()));
        let wallet = bought(&wallet);
        let (left, until) = (Credits::ZERO, now().end_of_month());
        assert_eq!(wallet.within_budget(metering, one, now()), Err(MayNotBuy::OverBudget { left, until }));
        assert_eq!(wallet.within_budget(metering, Credits::ZERO, now()), Ok(()), "an included verification pays");
        assert_eq!(wallet.within_budget(None, one, now()), Ok(()));
        assert_eq!(wallet.within_budget(metering, one, until), Ok(()), "a new month");
    }

    #[test]
    fn open_orders_count_as_if_no_code_came() {
        let wallet = (0..10).fold(funded(), |wallet, _| bought(&wallet));
        let refused = Err(MayNotBuy::TooManyOpen { limit: 10 });
        assert_eq!(wallet.may_open_order(terms(Plan::Pro), now()), refused, "before the first code");
        let vouched = Terms { trust: Trust::Vouched, ..terms(Plan::Pro) };
        assert_eq!(wallet.may_open_order(vouched, now()), Ok(()));
    }

    #[test]
    fn too_many_orders_without_a_code_pause_buying() {
        let no_code = |wallet: Wallet| ended(&wallet, EntryKind::Release, Some(RefundRule::NoCode));
        let wallet = (0..8).fold(funded(), |wallet, _| no_code(wallet));
        let until = now().plus(std::time::Duration::from_hours(6));
        assert_eq!(wallet.may_open_order(terms(Plan::Starter), now()), Err(MayNotBuy::Paused { until }));
        assert_eq!(wallet.buying_paused_until(terms(Plan::Starter), now()), Some(until));
        assert_eq!(wallet.may_open_order(terms(Plan::Starter), until), Ok(()));
        assert_eq!(wallet.buying_paused_until(terms(Plan::Starter), until), None);
    }

    #[test]
    fn while_the_rating_is_low_only_customers_with_codes_buy() {
        let low = Terms { rating: Some(Rating::from_hundredths(6_399)), ..terms(Plan::Starter) };
        assert_eq!(funded().may_open_order(low, now()), Err(MayNotBuy::Restricted));
        let vouched = Terms { trust: Trust::Vouched, ..low };
        assert_eq!(funded().may_open_order(vouched, now()), Err(MayNotBuy::Restricted));
        let proven = ended(&funded(), EntryKind::Capture, None);
        assert_eq!(proven.may_open_order(low, now()), Ok(()));
        assert_eq!(bought(&proven).may_open_order(low, now()), Err(MayNotBuy::TooManyOpen { limit: 1 }));
        let unknown = Terms { rating: None, ..low };
        assert_eq!(funded().may_open_order(unknown, now()), Ok(()), "a supplier without ratings");
    }

    #[test]
    fn only_the_plan_limits_test_orders() {
        let no_code = |wallet: Wallet| ended(&wallet, EntryKind::Release, Some(RefundRule::NoCode));
        let paused = (0..8).fold(funded(), |wallet, _| no_code(wallet));
        let low = Some(Rating::from_hundredths(0));
        let test = Terms { mode: Mode::Test, rating: low, ..terms(Plan::Starter) };
        assert_eq!(paused.may_open_order(test, now()), Ok(()));
        assert_eq!(paused.buying_paused_until(test, now()), None);
        let full = (0..5).fold(funded(), |wallet, _| bought(&wallet));
        assert_eq!(full.may_open_order(test, now()), Err(MayNotBuy::TooManyOpen { limit: 5 }));
    }

    #[test]
    fn test_orders_of_a_day_are_limited_however_they_ended() {
        let test = Terms { mode: Mode::Test, ..terms(Plan::Starter) };
        let most = Plan::Starter.terms().test_orders_per_day;
        let rich = Wallet { available: Credits::from_units(1_000_000), ..Wallet::default() };
        let one_left = (1..most).fold(rich, |wallet, n| match n % 2 {
            0 => ended(&wallet, EntryKind::Capture, None),
            _ => ended(&wallet, EntryKind::Release, Some(RefundRule::NoNumber)),
        });
        assert_eq!(one_left.may_open_order(test, now()), Ok(()));
        let none_left = ended(&one_left, EntryKind::Capture, None);
        let until = now().end_of_day();
        assert_eq!(none_left.may_open_order(test, now()), Err(MayNotBuy::TooManyTests { limit: most, until }));
        assert_eq!(none_left.may_open_order(test, until), Ok(()), "a new day");
        assert_eq!(none_left.may_open_order(Terms { plan: Plan::Pro, ..test }, now()), Ok(()));
        let live = Terms { mode: Mode::Live, ..test };
        assert_eq!(none_left.may_open_order(live, now()), Ok(()), "real orders have no limit of the day");
    }

    #[test]
    fn a_customer_is_new_until_the_first_code() {
        assert!(funded().is_newcomer(Trust::Earned, now()));
        assert!(!funded().is_newcomer(Trust::Vouched, now()));
        assert!(!ended(&funded(), EntryKind::Capture, None).is_newcomer(Trust::Earned, now()));
    }
}
