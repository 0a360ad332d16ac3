//! Our payments against the list of a gateway for a time.
//!
//! The list decides about the money in it; our records decide about what must be in it. Money that was noted without
//! credits is no difference: it became a finding when it came.

use crate::{
    RefundId, Timestamp,
    payment::{Amount, NotedReceipt, Payment, PaymentReference, ReceiptId, Refund, RefundStatus},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// A refund that was sent nearer than this to an end of the list's time may be in the list before or after it. It
/// covers a refund that is sent again after a lost answer.
pub const MARGIN: Duration = Duration::from_hours(1);

/// What a gateway lists for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayList {
    /// From when on, by the gateway's clock.
    pub from: Timestamp,
    /// Before when.
    pub until: Timestamp,
    /// Settled money.
    pub money: Vec<ListedMoney>,
    /// Refunds that did not fail.
    pub refunds: Vec<ListedRefund>,
}

/// Settled money in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedMoney {
    /// The gateway's identifier.
    pub receipt: ReceiptId,
    /// How much; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// When it came, by the gateway's clock.
    pub at: Timestamp,
    /// What else is known of it.
    pub state: MoneyState,
}

/// What a list says about money besides its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoneyState {
    /// It is there, and its amount is final.
    Kept,
    /// All of it went back, so it needs no credits.
    Returned,
    /// It is there. Its amount depends on when it was noted, so amounts are not compared.
    Repriced,
}

/// A refund in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedRefund {
    /// When it was made, by the gateway's clock.
    pub at: Timestamp,
    /// The gateway's identifier.
    pub id: String,
    /// The money that it gives back.
    pub receipt: ReceiptId,
    /// How much; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Money is at the gateway, and no payment noted it.
    NotCredited(ListedMoney),
    /// Money was credited, and the gateway does not list it.
    NotThere {
        /// The payment.
        reference: PaymentReference,
        /// The money.
        receipt: ReceiptId,
    },
    /// The gateway lists another amount or currency than was credited.
    OtherAmount {
        /// The payment.
        reference: PaymentReference,
        /// The money, as the gateway lists it.
        listed: ListedMoney,
    },
    /// The same money was credited for several payments.
    CreditedTwice {
        /// The money.
        receipt: ReceiptId,
        /// The payments.
        references: BTreeSet<PaymentReference>,
    },
    /// The gateway has a refund that we do not know, such as one that was made in its dashboard.
    UnknownRefund(ListedRefund),
    /// The gateway pays out a refund whose credits are back in the wallet.
    RefundAfterReturn {
        /// The payment.
        reference: PaymentReference,
        /// The refund.
        refund: RefundId,
    },
    /// The gateway lists another amount or currency than that of our refund.
    OtherRefund {
        /// The payment.
        reference: PaymentReference,
        /// The refund.
        refund: RefundId,
    },
    /// We sent a refund, and the gateway does not list it.
    RefundNotThere {
        /// The payment.
        reference: PaymentReference,
        /// The refund.
        refund: RefundId,
    },
}

/// Compares a gateway's list with our payments through it: those that have money of the list, and those that noted
/// money or sent refunds in its time. More payments do no harm. The order of either does not matter, and the same line
/// twice counts once.
pub fn compare(list: &GatewayList, payments: &[Payment]) -> BTreeSet<Difference> {
    let ours = Ours::of(payments);
    let money = list.money.iter().flat_map(|listed| ours.differences_in(listed));
    let refunds = ours.differences_in_refunds(&list.refunds);
    money.chain(refunds).chain(ours.credited_twice()).chain(ours.missing_in(list)).collect()
}

/// Our records by the gateway's identifiers.
struct Ours<'a> {
    receipts: BTreeMap<&'a ReceiptId, Vec<(&'a Payment, &'a NotedReceipt)>>,
    refunds: Vec<(&'a Payment, &'a Refund)>,
}

impl<'a> Ours<'a> {
    fn of(payments: &'a [Payment]) -> Self {
        let mut receipts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (payment, noted) in
            payments.iter().flat_map(|payment| payment.receipts.iter().map(move |one| (payment, one)))
        {
            receipts.entry(&noted.id).or_default().push((payment, noted));
        }
        let refunds = payments.iter().flat_map(|payment| payment.refunds.iter().map(move |refund| (payment, refund)));
        Self { receipts, refunds: refunds.collect() }
    }

    /// What this money was credited for.
    fn credits_of(&self, receipt: &ReceiptId) -> impl Iterator<Item = &(&'a Payment, &'a NotedReceipt)> {
        let noted = self.receipts.get(receipt).map(Vec::as_slice).unwrap_or_default();
        noted.iter().filter(|(_, noted)| noted.credits.is_positive())
    }

    fn differences_in(&self, listed: &ListedMoney) -> Vec<Difference> {
        if !self.receipts.contains_key(&listed.receipt) {
            let is_missed = listed.state != MoneyState::Returned;
            return is_missed.then(|| Difference::NotCredited(listed.clone())).into_iter().collect();
        }
        let is_other = |noted: &NotedReceipt| listed.state != MoneyState::Repriced && noted.amount != listed.amount;
        let others = self.credits_of(&listed.receipt).filter(|(_, noted)| is_other(noted));
        let other = |(payment, _): &(&Payment, _)| Difference::OtherAmount {
            reference: payment.reference.clone(),
            listed: listed.clone(),
        };
        others.map(other).collect()
    }

    fn credited_twice(&self) -> impl Iterator<Item = Difference> {
        self.receipts.keys().filter_map(|receipt| {
            let references: BTreeSet<_> =
                self.credits_of(receipt).map(|(payment, _)| payment.reference.clone()).collect();
            (references.len() > 1).then(|| Difference::CreditedTwice { receipt: (*receipt).clone(), references })
        })
    }

    /// Compares the refunds of the list with those of the payments, one with one. A refund whose answer was lost has no
    /// identifier of the gateway yet; then money and amount decide.
    fn differences_in_refunds(&self, listed: &[ListedRefund]) -> Vec<Difference> {
        let mut unnamed: Vec<_> = self.refunds.iter().filter(|(_, refund)| is_being_sent(refund)).collect();
        let listed: BTreeSet<_> = listed.iter().collect();
        let difference = |listed: &ListedRefund| {
            let known = self.refunds.iter().find(|(_, refund)| refund.gateway_refund.as_ref() == Some(&listed.id));
            let Some((payment, refund)) = known else {
                let fits = |(payment, refund): &&(&Payment, &Refund)| {
                    listed.amount == Some(refund.amount) && payment.receipts.iter().any(|one| one.id == listed.receipt)
                };
                return match unnamed.iter().position(fits) {
                    Some(place) => {
                        unnamed.remove(place);
                        None
                    }
                    None => Some(Difference::UnknownRefund(listed.clone())),
                };
            };
            let (reference, id) = (payment.reference.clone(), refund.id.clone());
            if listed.amount != Some(refund.amount) {
                Some(Difference::OtherRefund { reference, refund: id })
            } else if refund.status.is_returned() {
                Some(Difference::RefundAfterReturn { reference, refund: id })
            } else {
                None
            }
        };
        listed.into_iter().filter_map(difference).collect()
    }

    /// What must be in the list, and is not.
    fn missing_in(&self, list: &GatewayList) -> Vec<Difference> {
        let money: BTreeSet<_> = list.money.iter().map(|listed| &listed.receipt).collect();
        let refunds: BTreeSet<_> = list.refunds.iter().map(|listed| &listed.id).collect();
        let is_in = |at: Timestamp| list.from <= at && at < list.until;
        let credited = self.receipts.keys().flat_map(|receipt| self.credits_of(receipt));
        let credited = credited.filter(|(_, noted)| noted.gateway_at.is_some_and(is_in) && !money.contains(&noted.id));
        let not_there = credited.map(|(payment, noted)| Difference::NotThere {
            reference: payment.reference.clone(),
            receipt: noted.id.clone(),
        });
        let sent = self.refunds.iter().filter(|(_, refund)| {
            let is_inside = |at: Timestamp| is_in(at.minus(MARGIN)) && is_in(at.plus(MARGIN));
            let is_paid_out =
                matches!(refund.status, RefundStatus::Pending | RefundStatus::NeedsAttention | RefundStatus::Processed);
            is_paid_out && refund.tried.is_some_and(|tried| is_inside(tried.at))
        });
        let missing = sent.filter(|(_, refund)| refund.gateway_refund.as_ref().is_some_and(|id| !refunds.contains(id)));
        let refund_not_there = missing.map(|(payment, refund)| Difference::RefundNotThere {
            reference: payment.reference.clone(),
            refund: refund.id.clone(),
        });
        not_there.chain(refund_not_there).collect()
    }
}

fn is_being_sent(refund: &Refund) -> bool {
    refund.gateway_refund.is_none() && refund.tried.is_some() && !refund.status.is_final()
}
