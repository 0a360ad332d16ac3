//! The end: everything that is due is done until nothing is, and the wallet is what the outside says.

use crate::{
    acts::Run,
    facts::Facts,
    support::{
        books::{Checked, units},
        fixtures::DAY,
        rules::Happening,
        what::What,
    },
    world::World,
};
use namaskah_domain::{
    Plan,
    order::GIVE_UP_AFTER,
    payment::{DisputeStatus, RefundReported, RefundStatus},
};
use proptest::{prop_assert, prop_assert_eq};

/// More rounds than anything needs.
const MOST_ROUNDS: usize = 300;

impl World {
    /// Looks at what is due, as the workers do.
    pub fn sweep(&mut self, run: Run) -> Checked {
        for at in 0..self.till.payments.len() {
            if self.till.payments[at].is_due(self.now) {
                self.sweep_payment(at, run)?;
            }
        }
        self.renew(run)
    }

    /// Refunds first, then disputes that we know, then a look.
    fn sweep_payment(&mut self, at: usize, run: Run) -> Checked {
        for n in (0..self.facts.refunds.len()).filter(|n| self.facts.refunds[*n].payment == at).collect::<Vec<_>>() {
            self.follow(n, false, run)?;
        }
        if self.till.payments[at].has_disputes_to_follow() {
            let of_it = (0..self.facts.disputes.len()).filter(|n| self.facts.disputes[*n].payment == at);
            for n in of_it.collect::<Vec<_>>() {
                self.follow_dispute(n, run)?;
            }
            self.repay(at, run)?;
        }
        if self.till.payments[at].is_due(self.now) { self.look(at, run) } else { Ok(()) }
    }

    /// Drives everything to rest.
    pub fn comes_to_rest(&mut self) -> Checked {
        self.late_ends()?;
        self.customer_stops()?;
        self.outside_ends()?;
        for round in 0..MOST_ROUNDS {
            let before = self.shop().wallet.seq;
            self.sweep(Run::Whole)?;
            // The gateway ends the refunds that were sent meanwhile.
            self.outside_ends()?;
            if self.shop().wallet.seq != before {
                self.check()?;
            }
            if self.rests() {
                return self.is_at_rest();
            }
            prop_assert!(round + 1 < MOST_ROUNDS, "it never rests: {:#?}", self.facts);
            let due = self.till.payments.iter().filter_map(|payment| payment.due_at).chain(self.plan.due_at).min();
            self.now = self.now.max(due.unwrap_or(self.now));
        }
        Ok(())
    }

    fn customer_stops(&mut self) -> Checked {
        if self.facts.plan.is_some() {
            self.spending(&crate::acts::Act::Choose(Plan::Starter, Run::Whole))?;
        }
        let orders = &self.shop().orders;
        let latest = orders.iter().map(|order| order.expires_at).max().unwrap_or(self.now);
        self.now = self.now.max(latest).plus(GIVE_UP_AFTER);
        for n in 0..self.shop().orders.len() {
            self.happens(n, &What::Plain(Happening::Unreachable), Run::Whole)?;
        }
        Ok(())
    }

    /// Banks, gateways and staff decide what they have before them.
    fn outside_ends(&mut self) -> Checked {
        for n in 0..self.facts.refunds.len() {
            let state = if n.is_multiple_of(3) { RefundReported::Failed } else { RefundReported::Processed };
            self.gateway_goes_on(n, state);
            self.decide(n, true, Run::Whole)?;
            self.decide(n, false, Run::Whole)?;
        }
        for n in 0..self.facts.disputes.len() {
            self.bank_decides(n, if n.is_multiple_of(2) { DisputeStatus::Lost } else { DisputeStatus::Won });
            // Its event arrives.
            if self.facts.disputes[n].credits.is_none() {
                self.follow_dispute(n, Run::Whole)?;
            }
        }
        for at in 0..self.facts.accounts.len() {
            let (now, mut has_news) = (self.now, false);
            while self.facts.accounts[at].confirms(at.is_multiple_of(2), now).is_some() {
                has_news = true;
            }
            if has_news || self.facts.credited[at] != self.worth(at) {
                self.look(at, Run::Whole)?;
            }
        }
        Ok(())
    }

    fn rests(&self) -> bool {
        let payments = &self.till.payments;
        let is_open = payments.iter().any(|payment| {
            let disputes = payment.disputes.iter().any(|dispute| dispute.closed_at.is_none());
            payment.status.is_open() || payment.is_confirming || payment.open_refunds().next().is_some() || disputes
        });
        let wallet = &self.shop().wallet;
        let could_pay = !wallet.owed.is_zero() && !wallet.own_money().is_zero();
        let knows_all = (0..payments.len()).all(|at| self.facts.credited[at] == self.worth(at));
        !is_open && !could_pay && knows_all && self.facts.plan.is_none()
    }

    /// The wallet is what the outside says, and nothing is open.
    fn is_at_rest(&self) -> Checked {
        self.check()?;
        let Facts { refunds, disputes, .. } = &self.facts;
        let paid: i128 = (0..self.facts.accounts.len()).map(|at| self.worth(at)).sum();
        let back = refunds.iter().filter(|back| back.state == RefundReported::Processed).map(|back| back.credits);
        let lost = disputes.iter().filter(|dispute| dispute.status == DisputeStatus::Lost);
        let lost = lost.filter_map(|dispute| dispute.credits).sum::<i128>();
        let spent = self.facts.spent() - self.facts.included() + self.facts.plans;
        let wallet = &self.shop().wallet;
        let has = units(wallet.available) - units(wallet.owed);
        prop_assert_eq!(has, paid + self.facts.gifts - back.sum::<i128>() - lost - spent, "what the outside says");
        prop_assert!(wallet.held.is_zero(), "{} stays held", wallet.held);
        for refund in self.till.payments.iter().flat_map(|payment| &payment.refunds) {
            let is_over = refund.status.is_final() && refund.status != RefundStatus::AwaitingApproval;
            prop_assert!(is_over, "{:?} is not over", refund);
        }
        prop_assert!(self.shop().orders.iter().all(|order| !order.status.is_open()));
        prop_assert!(self.now.since(crate::support::fixtures::start()) < DAY * 10_000, "in a lifetime");
        Ok(())
    }
}
