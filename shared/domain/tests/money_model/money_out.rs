//! Refunds and disputes: customers and banks ask for money back, staff decide, workers follow.

use crate::{
    acts::{Act, Run},
    facts::{AtBank, Fact},
    money_in::{free, one},
    support::{
        books::{Checked, units},
        payments::amount,
    },
    world::{Change, World, Write, owner},
};
use namaskah_domain::{
    Actor, Credits, RefundId,
    payment::{
        CoinAddress, CoinNetwork, DisputeId, DisputeReport, DisputeStatus, NewRefund, RefundReport, RefundReported,
        RefundStatus,
    },
};
use proptest::{prop_assert, prop_assert_eq, sample::Index, test_runner::TestCaseError};

/// The most disputes of one payment.
const MOST_DISPUTES: usize = 2;

impl World {
    pub fn money_out(&mut self, act: &Act) -> Checked {
        let has_payments = !self.facts.accounts.is_empty();
        let (refunds, disputes) = (self.facts.refunds.len(), self.facts.disputes.len());
        match act {
            Act::AskRefund { of, percent, run } if has_payments => self.ask_refund(self.payment(*of), *percent, *run),
            Act::Repay(of, run) if has_payments => self.repay(self.payment(*of), *run),
            Act::Dispute { of, percent } if has_payments => {
                self.disputes_payment(self.payment(*of), *percent);
                Ok(())
            }
            Act::Decide { of, approves, run } if refunds > 0 => self.decide(of.index(refunds), *approves, *run),
            Act::Follow { of, is_lost, run } if refunds > 0 => self.follow(newest(*of, refunds), *is_lost, *run),
            Act::GatewayRefunds(of, state) if refunds > 0 => {
                self.gateway_goes_on(newest(*of, refunds), *state);
                Ok(())
            }
            Act::BankDecides(of, status) if disputes > 0 => {
                self.bank_decides(of.index(disputes), *status);
                Ok(())
            }
            Act::FollowDispute(of, run) if disputes > 0 => self.follow_dispute(newest(*of, disputes), *run),
            _ => Ok(()),
        }
    }

    fn ask_refund(&mut self, at: usize, percent: i64, run: Run) -> Checked {
        let n = self.facts.refunds.len();
        let mut asked = false;
        let next = |world: &Self| {
            if asked {
                return Ok(None);
            }
            asked = true;
            let (payment, wallet) = (&world.till.payments[at], &world.shop().wallet);
            let newer = payment.newer(&world.till.payments);
            let possible = payment.refundable(wallet, &newer, world.now).unwrap_or(Credits::from_units(10_000));
            let credits = Credits::from_units((possible.units() * percent / 100).max(1));
            let (actor, address) = (Actor::user(&owner()), payment.method.network().and_then(address_on));
            let new = NewRefund { id: refund_id(n), credits, address, reason: None, actor };
            let Ok(step) = payment.clone().refund(new, wallet, &newer, world.now) else { return Ok(None) };
            let left = world.facts.credited[at] - world.facts.refunded(at) - world.facts.at_stake(at, None);
            prop_assert!(units(credits) <= left, "{} of {} that are left", credits, left);
            prop_assert!(
                units(credits) <= units(wallet.available) - units(wallet.promo),
                "only the customer's own money"
            );
            prop_assert!(wallet.owed.is_zero(), "a debtor gets no refund");
            let fact = Fact::RefundAsked { payment: at, credits: units(credits) };
            Ok(Some(Write { wallet: Some(wallet.seq), fact, ..free(step, "refund asked") }))
        };
        self.run(run, next).map(drop)
    }

    pub fn decide(&mut self, n: usize, approves: bool, run: Run) -> Checked {
        let (payment, id) = (self.till.payments[self.facts.refunds[n].payment].clone(), refund_id(n));
        let write = if approves {
            let step = payment.refund_approved(&id, &self.shop().wallet, self.now);
            step.ok().map(|step| free(step, "refund approved"))
        } else {
            let step = payment.refund_refused(&id, Actor::operator("ama"), self.now);
            step.ok().map(|step| Write { fact: Fact::RefundReturned(n), ..free(step, "refund refused") })
        };
        write.map_or(Ok(()), |write| self.run(run, one(write)).map(drop))
    }

    /// A worker sends a refund, or asks about it.
    pub fn follow(&mut self, n: usize, is_lost: bool, run: Run) -> Checked {
        let is_over = self.run(run, |world| Ok(world.sends(n, is_lost)))?;
        if is_over {
            let report = self.report_of(n);
            return self.run(run, |world| Ok(world.refund_goes_on(n, &report))).map(drop);
        }
        Ok(())
    }

    /// What the gateway says about a refund.
    fn report_of(&self, n: usize) -> RefundReport {
        let state = self.facts.refunds[n].state;
        RefundReport { gateway_refund: (state != RefundReported::Unknown).then(|| n.to_string()), state }
    }

    /// A worker notes that it begins to send.
    fn sends(&self, n: usize, is_lost: bool) -> Option<Write> {
        let back = &self.facts.refunds[n];
        let payment = &self.till.payments[back.payment];
        let refund = payment.refund_by(&refund_id(n))?;
        let is_unknown = back.state == RefundReported::Unknown;
        let may_be_sent = refund.is_unsent() || is_unknown && refund.may_be_sent_again(self.now);
        if !may_be_sent {
            return None;
        }
        let step = payment.clone().refund_sending(&refund_id(n), n as u64, self.now)?;
        Some(Write { fact: Fact::RefundSent { n, is_lost }, ..free(step, "refund sent") })
    }

    /// What a worker writes after the gateway's answer.
    fn refund_goes_on(&self, n: usize, report: &RefundReport) -> Option<Write> {
        let payment = &self.till.payments[self.facts.refunds[n].payment];
        let refund = payment.refund_by(&refund_id(n))?;
        let can_fail =
            refund.is_unsent() || report.state == RefundReported::Unknown && refund.may_be_sent_again(self.now);
        // The bank takes the money, so it is not sent.
        let is_kept = payment.is_disputed() && can_fail;
        let failed = RefundReport { gateway_refund: None, state: RefundReported::Failed };
        let report = if is_kept { &failed } else { report };
        let settlement = payment.clone().refund_reported(&refund_id(n), report, self.now)?;
        let status = settlement.step.subject.refund_by(&refund_id(n)).map(|refund| refund.status);
        let is_new = status != Some(refund.status);
        let (fact, says) = match status.filter(|_| is_new) {
            Some(RefundStatus::Failed) if is_kept => (Fact::RefundReturned(n), "refund of a disputed payment failed"),
            Some(RefundStatus::Failed) => (Fact::RefundReturned(n), "refund failed"),
            Some(RefundStatus::Processed) => (Fact::Nothing, "refund processed"),
            _ => (Fact::Nothing, "refund looked at"),
        };
        Some(Write { fact, ..free(settlement.step, says) })
    }

    /// A gateway goes on with a refund that it has, and never comes back to one that is over.
    pub fn gateway_goes_on(&mut self, n: usize, state: RefundReported) {
        let back = &mut self.facts.refunds[n];
        if matches!(back.state, RefundReported::Pending | RefundReported::NeedsAttention) {
            back.state = state;
        }
    }

    /// A customer tells the bank that a payment was not theirs.
    fn disputes_payment(&mut self, at: usize, percent: u64) {
        let payment = &self.till.payments[at];
        let of_it = self.facts.disputes.iter().filter(|dispute| dispute.payment == at).count();
        if payment.method.is_crypto() || !payment.status.is_paid() || of_it == MOST_DISPUTES {
            return;
        }
        let (status, credits, is_known_won) = (DisputeStatus::Open, None, false);
        self.facts.disputes.push(AtBank { payment: at, percent, status, credits, is_known_won });
    }

    pub fn bank_decides(&mut self, n: usize, status: DisputeStatus) {
        let dispute = &mut self.facts.disputes[n];
        if dispute.status == DisputeStatus::Open {
            dispute.status = status;
        }
    }

    /// A worker asks about a dispute, and holds or settles its money.
    pub fn follow_dispute(&mut self, n: usize, run: Run) -> Checked {
        let AtBank { payment: at, percent, status, .. } = self.facts.disputes[n];
        let agreed = self.till.payments[at].amount;
        let disputed = agreed.minor.get() * percent / 100;
        let report = DisputeReport { id: dispute_id(n), amount: Some(amount(disputed, agreed.currency)), status };
        self.run(run, |world| world.dispute_goes_on(n, disputed, &report))?;
        Ok(())
    }

    fn dispute_goes_on(&self, n: usize, disputed: u64, report: &DisputeReport) -> Result<Option<Write>, TestCaseError> {
        let AtBank { payment: at, credits, is_known_won, .. } = self.facts.disputes[n];
        let (payment, wallet) = (&self.till.payments[at], &self.shop().wallet);
        let Some(settlement) = payment.clone().disputed(report, wallet, self.now) else { return Ok(None) };
        let after = settlement.step.subject.disputes.iter().find(|dispute| dispute.id == report.id);
        let after = after.expect("it was noted");
        // At the payment's own price, and all disputes together no more than was credited.
        let worth = i128::from(disputed) * 10_000 / i128::from(payment.price.minor().get());
        let credited = self.facts.credited[at];
        let wanted = credits.unwrap_or(worth.min(credited - self.facts.at_stake(at, Some(n))));
        prop_assert_eq!(units(after.credits), wanted, "the credits of the disputed money");
        prop_assert!(units(after.held()) <= wanted);
        let fact = match credits {
            None => Fact::DisputeHeard { n, credits: wanted },
            Some(_) if after.status == DisputeStatus::Won && !is_known_won => Fact::DisputeWon(n),
            Some(_) => Fact::Nothing,
        };
        let says = match (after.status, after.closed_at.is_some(), after.holds.last()) {
            (DisputeStatus::Won, true, _) => "dispute won",
            (DisputeStatus::Lost, true, _) => "dispute lost",
            (DisputeStatus::Open, _, Some(hold)) if hold.is_debt => "dispute made a debt",
            (DisputeStatus::Open, _, Some(_)) => "dispute held what was there",
            _ => "dispute looked at",
        };
        let seq = settlement.step.movement.as_ref().map(|_| wallet.seq);
        let change = Change::Payment(Box::new(settlement.step), Vec::new());
        Ok(Some(Write { change, wallet: seq, fact, says }))
    }
}

fn newest(of: Index, count: usize) -> usize {
    count - 1 - of.index(count.min(4))
}

/// The n-th refund.
pub fn refund_id(n: usize) -> RefundId {
    RefundId::new(crate::support::fixtures::start(), n as u128)
}

/// The n-th dispute.
pub fn dispute_id(n: usize) -> DisputeId {
    DisputeId::new(format!("dp_{n}"))
}

/// An address of the customer on a network.
fn address_on(network: CoinNetwork) -> Option<CoinAddress> {
    let text = match network {
        CoinNetwork::Bitcoin => "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        CoinNetwork::Ethereum => "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        CoinNetwork::Solana => "9KWG9QUqP5A9HxsxjG1NM5UjBrH4gWnEZg8ZuWJfHkZ3",
        CoinNetwork::Tron => "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    };
    network.address(text).ok()
}
