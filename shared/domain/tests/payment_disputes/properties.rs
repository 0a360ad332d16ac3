//! Random payments, purchases, refunds and disputes against plain sums: no money is lost or made, whoever owes money buys
//! nothing, and every dispute ends. About 10,000 steps, more with `SOAK_STEPS`.

use crate::{
    apply,
    bank::{Bank, GHS, USD},
    repay, said, share,
    support::{
        books::{self, Checked, units},
        fixtures, runs,
    },
};
use namaskah_domain::{
    Actor, Credits, SubscriptionId, Timestamp,
    access::Mode,
    ledger::{Account, Cause, EntryKind, LedgerError, Movement, prove},
    payment::{Dispute, DisputeStatus, NotRefundable, RefundReported, Status},
};
use proptest::{prelude::*, sample::Index};
use std::{collections::BTreeMap, time::Duration};

/// More steps than any report needs.
const ALL: usize = 9;

/// One random step.
#[derive(Clone, Debug)]
enum Act {
    Later(Duration),
    /// A payment, and whether the worker dies before what is owed is paid.
    TopUp {
        is_cedi: bool,
        tenths: u64,
        dies: bool,
    },
    Gift(i64),
    Purchase(i64),
    /// A refund, which the gateway pays out or not.
    Refund(Index, bool),
    /// A new dispute of this part of a payment, in percent. The worker dies after so many steps.
    Dispute {
        of: Index,
        percent: u64,
        steps: usize,
    },
    /// The gateway says something about a dispute. The worker dies after so many steps.
    Say {
        of: Index,
        status: DisputeStatus,
        steps: usize,
    },
    Repay(Index),
}

fn act() -> impl Strategy<Value = Act> {
    let index = any::<Index>;
    let steps = || prop_oneof![3 => Just(ALL), 1 => 1_usize..3];
    let status = prop::sample::select(vec![DisputeStatus::Open, DisputeStatus::Won, DisputeStatus::Lost]);
    prop_oneof![
        2 => (0_u64..100_000).prop_map(|seconds| Act::Later(Duration::from_secs(seconds))),
        10 => (any::<bool>(), 30_u64..400, any::<bool>())
            .prop_map(|(is_cedi, tenths, dies)| Act::TopUp { is_cedi, tenths, dies }),
        3 => (1_i64..60_000).prop_map(Act::Gift),
        14 => (1_i64..200_000).prop_map(Act::Purchase),
        5 => (index(), any::<bool>()).prop_map(|(of, fails)| Act::Refund(of, fails)),
        8 => (index(), 1_u64..=130, steps()).prop_map(|(of, percent, steps)| Act::Dispute { of, percent, steps }),
        10 => (index(), status, steps()).prop_map(|(of, status, steps)| Act::Say { of, status, steps }),
        4 => index().prop_map(Act::Repay),
    ]
}

#[derive(Debug, Default)]
struct World {
    bank: Bank,
    /// The payment and the number of each dispute, with its share.
    disputes: Vec<(usize, usize, u64)>,
    refunds: u128,
    counts: BTreeMap<String, u32>,
}

impl World {
    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    fn place(&self, of: Index) -> Option<usize> {
        (!self.bank.payments.is_empty()).then(|| of.index(self.bank.payments.len()))
    }

    fn act(&mut self, act: &Act, now: Timestamp) -> Checked {
        match act {
            Act::Later(_) => {}
            Act::TopUp { is_cedi, tenths, dies } => {
                let (price, of_credit) = if *is_cedi { (GHS, GHS.1) } else { (USD, USD.1) };
                let place = self.bank.paid(price, of_credit * tenths / 10, now);
                if !dies {
                    self.repay(place, now)?;
                }
            }
            Act::Gift(amount) => self.bank.gift(*amount, now),
            Act::Purchase(amount) => self.purchase(*amount, now)?,
            Act::Refund(of, fails) => self.refund(*of, *fails, now)?,
            Act::Dispute { of, percent, steps } => {
                if let Some(place) = self.place(*of) {
                    let n = self.disputes.len();
                    self.disputes.push((place, n, *percent));
                    self.say(n, DisputeStatus::Open, *steps, now);
                }
            }
            Act::Say { of, status, steps } => {
                if !self.disputes.is_empty() {
                    let n = of.index(self.disputes.len());
                    self.say(n, *status, *steps, now);
                }
            }
            Act::Repay(of) => {
                if let Some(place) = self.place(*of) {
                    self.repay(place, now)?;
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, n: usize, status: DisputeStatus, steps: usize, now: Timestamp) {
        let (place, n, percent) = self.disputes[n];
        let report = said(n, share(&self.bank, place, percent), status);
        for fault in apply(&mut self.bank, place, &report, steps, now) {
            self.count(&format!("{fault:?}"));
        }
    }

    fn repay(&mut self, place: usize, now: Timestamp) -> Checked {
        let (owed, own) = (self.bank.wallet.owed, self.bank.wallet.own_money());
        repay(&mut self.bank, place, now);
        prop_assert_eq!(self.bank.wallet.owed, owed.counted_down(own));
        if owed.is_positive() && own.is_positive() {
            self.count("repaid");
        }
        Ok(())
    }

    fn purchase(&mut self, amount: i64, now: Timestamp) -> Checked {
        let cause = Cause::Subscription { subscription_id: SubscriptionId::new(fixtures::start(), 1) };
        let movement = Movement::new(EntryKind::Purchase, Credits::from_units(amount), cause, Actor::system("test"));
        let owed = self.bank.wallet.owed;
        match self.bank.post(&movement, now) {
            Err(LedgerError::Owes { owed: said }) => {
                prop_assert_eq!(said, owed);
                self.count("refused to a debtor");
            }
            _ => prop_assert!(owed.is_zero(), "a debtor bought something"),
        }
        Ok(())
    }

    fn refund(&mut self, of: Index, fails: bool, now: Timestamp) -> Checked {
        let Some(place) = self.place(of) else { return Ok(()) };
        let possible = self.bank.refundable(place, now);
        if matches!(possible, Err(NotRefundable::Owes { .. })) {
            self.count("no refund for a debtor");
        }
        let Ok(possible) = possible else { return Ok(()) };
        self.refunds += 1;
        let step = self.bank.refund_step(place, self.refunds, possible, now);
        let Ok(step) = step else { return Ok(()) };
        match self.bank.commit(&step, now) {
            Ok(_) => {
                let is_waiting = self.bank.payments[place].open_refunds().next().is_none();
                if fails && !is_waiting {
                    self.bank.report(place, self.refunds, RefundReported::Failed, now);
                }
                self.count("refunded");
            }
            Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
        Ok(())
    }

    /// What holds after every step.
    fn check(&self, now: Timestamp) -> Checked {
        let Bank { wallet, entries, payments } = &self.bank;
        books::check(wallet, entries)?;
        prop_assert_eq!(prove(Mode::Live, wallet, entries, now), Ok(()));
        // What the customer has is what came less what went, whatever was frozen, owed and repaid.
        let side = |account: Account| i128::from(!account.is_customers());
        let came: i128 = entries.iter().map(|e| units(e.amount) * (side(e.debit) - side(e.credit))).sum();
        prop_assert_eq!(units(wallet.available) + units(wallet.held) - units(wallet.owed), came);
        let disputes = || payments.iter().flat_map(|payment| &payment.disputes);
        let held: i128 = disputes().map(|dispute| units(dispute.held())).sum();
        prop_assert_eq!(units(wallet.held), held, "nothing else holds money here");
        let sum = |kind| entries.iter().filter(|e| e.kind == kind).map(|e| units(e.amount)).sum::<i128>();
        let lost = |dispute: &&Dispute| dispute.status == DisputeStatus::Lost;
        let charged_back: i128 = disputes().filter(lost).map(|d| units(d.credits) - units(d.held())).sum();
        prop_assert_eq!(sum(EntryKind::Chargeback), charged_back);
        for payment in payments {
            let taken: i128 = payment.disputes.iter().filter(|d| d.is_at_stake()).map(|d| units(d.credits)).sum();
            prop_assert!(taken <= units(payment.credited), "more than was credited");
            prop_assert_eq!(payment.is_disputed(), payment.status == Status::Disputed);
            for dispute in &payment.disputes {
                prop_assert_eq!(
                    dispute.closed_at.is_some(),
                    dispute.status != DisputeStatus::Open && dispute.held().is_zero()
                );
                prop_assert!(
                    dispute.closed_at.is_some() || payment.due_at.is_some(),
                    "nobody asks about {:?}",
                    dispute
                );
            }
        }
        Ok(())
    }
}

#[test]
fn disputes_lose_and_make_no_money() {
    let all = ["Opened", "Reversed", "repaid", "refused to a debtor", "refunded", "no refund for a debtor"];
    runs::each_case_occurs(act(), &all, |acts| {
        let (mut world, mut now) = (World::default(), fixtures::start());
        for act in acts {
            if let Act::Later(span) = act {
                now = now.plus(span);
            }
            world.act(&act, now)?;
            world.check(now)?;
        }
        // Every dispute ends.
        for n in 0..world.disputes.len() {
            world.say(n, if n % 2 == 0 { DisputeStatus::Won } else { DisputeStatus::Lost }, ALL, now);
        }
        world.check(now)?;
        prop_assert_eq!(world.bank.wallet.held, Credits::ZERO);
        let mut disputes = world.bank.payments.iter().flat_map(|payment| &payment.disputes);
        prop_assert!(disputes.all(|dispute| dispute.closed_at.is_some()));
        Ok(world.counts)
    });
}
