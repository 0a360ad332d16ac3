//! The end: everything that is due is driven to rest, and each wallet is what the outside says.

use super::{Model, Payment, acts::Act, facts, perform, perform::watch};
use billing::{Decision, Followed};
use domain::{Credits, Plan, access::Mode, order::Order, payment::RefundStatus, subscription::SubscriptionStatus};
use namaskah_tests::Books;
use serde_json::json;

/// How often everything is looked at before it counts as stuck.
const MOST_ROUNDS: usize = 40;
/// Between rounds: longer than a lost number is waited for, and all looks of a payment within a few.
const ROUND: i64 = 3 * 3_600;

impl Model {
    /// Drives everything to rest, and compares.
    pub async fn comes_to_rest(&mut self) {
        self.journal.note("rest");
        Box::pin(self.banks_decide()).await;
        for round in 0..MOST_ROUNDS {
            self.cloud.advance(ROUND).await;
            self.cloud.wake("PaymentsQueue").await;
            self.cloud.queue_due_payments().await;
            self.cloud.sweep().await;
            let mut open = Vec::new();
            for party in 0..self.parties.len() {
                Box::pin(self.drives(party)).await;
                let books = self.cloud.audited(Mode::Live, &self.parties[party].customer).await;
                open.extend(self.still_open(&books).await);
                self.parties[party].books = books;
            }
            if open.is_empty() {
                break;
            }
            assert!(round + 1 < MOST_ROUNDS, "it stays open: {open:#?}");
        }
        for party in 0..self.parties.len() {
            self.compare(party).await;
        }
    }

    async fn banks_decide(&self) {
        for (n, payment) in self.parties.iter().flat_map(|party| &party.books.payments).enumerate() {
            let (gateway, state) = (payment.gateway.as_str(), if n.is_multiple_of(2) { "lost" } else { "won" });
            if gateway != "btcpay" {
                let path = format!("dispute/{}", payment.reference);
                facts::control(&self.cloud, gateway, &path, json!({ "state": state })).await;
            }
        }
    }

    /// Does everything that workers, staff and the customer's program would do, as long as it takes.
    async fn drives(&self, party: usize) {
        let (context, user) = (&self.context, &self.parties[party].customer.user);
        let books = self.cloud.audited(Mode::Live, &self.parties[party].customer).await;
        // The next try succeeds, if this one fails.
        for (gift, key) in &self.parties[party].tried {
            let act = Act::Redeem { gift: *gift, key: key.clone() };
            let _ = perform::perform(context, user, Some(&self.gifts[*gift].code), &act).await;
        }
        let _ = perform::said(billing::unsubscribe(context, user).await);
        for order in books.orders.iter().filter(|order| order.status.is_open()) {
            let _ = watch(context, order.clone()).await;
        }
        for payment in books.payments {
            let _ = Box::pin(self.drives_payment(&payment)).await;
        }
    }

    async fn drives_payment(&self, payment: &Payment) -> Result<(), String> {
        let (context, reference) = (&self.context, &payment.reference);
        let staff = staff::Staff::new(context, domain::Actor::operator("model"));
        let stored = async || perform::payment(context, reference).await;
        for refund in payment.refunds.iter().filter(|refund| refund.status == RefundStatus::AwaitingApproval) {
            for decision in [Decision::Approve, Decision::Refuse] {
                let _ = perform::said(staff.decide_refund(reference, &refund.id, decision, "the end").await);
            }
        }
        let _ = perform::said(billing::follow_refunds(context, stored().await?, Followed::All).await);
        let _ = perform::said(billing::follow_disputes(context, stored().await?).await);
        let _ = perform::said(billing::look(context, stored().await?).await);
        perform::said(billing::repay(context, stored().await?).await)
    }

    /// What is not at rest.
    async fn still_open(&self, books: &Books) -> Vec<String> {
        let mut open = Vec::new();
        let orders = books.orders.iter().filter(|order| order.status.is_open());
        open.extend(orders.map(|order| format!("{} is {:?}", order.id, order.status)));
        for payment in &books.payments {
            let (reference, facts) = (&payment.reference, facts::of_payment(&self.cloud, payment).await);
            let disputes = payment.disputes.iter().any(|dispute| dispute.closed_at.is_none());
            let refunds = payment.refunds.iter().any(|refund| !refund.status.is_final());
            if payment.status.is_open() || payment.is_confirming || disputes || refunds || facts.is_open {
                open.push(format!("{reference} is {:?}: {payment:?} {facts:?}", payment.status));
            }
            if payment.credited.units() != facts.credits {
                open.push(format!("{reference} credited {} of {}", payment.credited, facts.credits));
            }
        }
        if !books.wallet.owed.is_zero() && !books.wallet.own_money().is_zero() {
            open.push(format!("{} is owed", books.wallet.owed));
        }
        open
    }

    /// The wallet is what came in less what went out, by what others say.
    async fn compare(&mut self, party: usize) {
        let first: Credits = super::FIRST.parse().expect("an amount");
        let mut wanted = first.units();
        let Self { cloud, parties, gifts, .. } = &*self;
        let Books { wallet, orders, payments, subscription, .. } = &parties[party].books;
        wanted += parties[party].tried.keys().map(|gift| gifts[*gift].credits.units()).sum::<i64>();
        for payment in payments {
            let facts = facts::of_payment(cloud, payment).await;
            let mut back: Vec<_> = payment.refunds.iter().filter(|refund| refund.is_counted()).collect();
            back.sort_by_key(|refund| refund.amount.minor);
            let mut at_gateway = facts.back.clone();
            at_gateway.sort_unstable();
            let money: Vec<_> = back.iter().map(|refund| refund.amount.minor.get()).collect();
            assert_eq!(money, at_gateway, "each refund was paid out once: {payment:#?} {facts:#?}");
            wanted += facts.credits - facts::paid_back(payment) - facts::lost_of(payment, facts.lost);
        }
        let mut delivered = 0;
        for order in orders {
            if facts::is_delivered(cloud, order).await {
                wanted -= order.price.units() - order.included.units();
                delivered += 1;
            }
        }
        wanted -= plans(subscription.as_ref());
        let has = wallet.available.units() - wallet.owed.units();
        assert_eq!((has, wallet.held), (wanted, Credits::ZERO), "customer {party}: {wallet:#?}");
        let is_over = |orders: &[Order]| orders.iter().all(|order| !order.status.is_open());
        assert!(is_over(orders), "no order is open");
        self.count(format!("customer {party} has what the outside says"));
        for _ in 0..delivered {
            self.count("delivered");
        }
        self.count_ends(party);
    }

    /// Counts how things ended, so that a run without refunds or disputes is no success.
    fn count_ends(&mut self, party: usize) {
        let Books { orders, payments, subscription, .. } = &self.parties[party].books;
        let mut ends = Vec::new();
        for payment in payments {
            ends.push(format!("payment {}", payment.status.as_str()));
            ends.extend(payment.refunds.iter().map(|refund| format!("refund {}", refund.status.as_str())));
            ends.extend(payment.disputes.iter().map(|dispute| format!("dispute {}", dispute.status.as_str())));
        }
        ends.extend(orders.iter().map(|order| format!("order {:?}", order.status)));
        ends.extend(subscription.iter().flat_map(|plan| &plan.timeline).map(|item| format!("plan {:?}", item.event)));
        for end in ends {
            self.count(end);
        }
    }

    /// Fails if something did not occur in a long run.
    pub fn everything_occurred(&self) {
        for what in [
            "payment succeeded",
            "payment abandoned",
            "refund processed",
            "dispute lost",
            "order Completed",
            "order Refunded",
            "plan Subscribed",
            "redeem: done",
        ] {
            assert!(self.counts.contains_key(what), "{what} never occurred: {:#?}", self.counts);
        }
    }
}

/// What plans cost, by the price list: a period at its full price, less the share of the one before.
fn plans(subscription: Option<&domain::subscription::Subscription>) -> i64 {
    let timeline = subscription.map(|subscription| &subscription.timeline[..]).unwrap_or_default();
    let charges = timeline.iter().filter_map(|item| Some((item.plan, item.charge?)));
    let cost = charges.map(|(plan, charge)| {
        let price = match plan {
            Plan::Starter => 0,
            Plan::Pro => 125_000,
            Plan::Enterprise => 750_000,
        };
        assert_eq!(charge.price.units(), price, "{charge:?}");
        (price - charge.unused.units()).max(0)
    });
    let is_known = |status: SubscriptionStatus| status != SubscriptionStatus::Grace;
    assert!(subscription.is_none_or(|subscription| is_known(subscription.status)), "a cancelled plan has no grace");
    cost.sum()
}
