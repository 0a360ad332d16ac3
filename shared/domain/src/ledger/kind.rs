//! The kinds of movement: their accounts, their causes, and the facts that each requires.

use super::{Account, CauseKind};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

/// Why money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A payment that a gateway confirmed.
    TopUp,
    /// The price of an order is held.
    Hold,
    /// A held price becomes revenue: the order was delivered.
    Capture,
    /// Held money is returned to the customer.
    Release,
    /// Paid money is returned: to the wallet for an order or a subscription, through the gateway for a
    /// payment.
    Refund,
    /// A refund of a payment did not reach the customer; its credits come back.
    RefundReturn,
    /// A price is paid at once, without a hold.
    Purchase,
    /// Promotional credit.
    Promo,
    /// Money of a disputed payment is held.
    Freeze,
    /// More money is disputed than the customer has: the rest is held, too, and owed.
    Debt,
    /// The customer's money pays what is owed.
    Repayment,
    /// A dispute was lost; the frozen money is returned through the gateway.
    Chargeback,
    /// A correction by an operator, in either direction; or a balance that its owner waived with the account.
    Adjustment,
    /// Money moves between two wallets; each has its own entry.
    Transfer,
    /// A fee for a service.
    Fee,
}

/// The account that pays and the account that receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The account that pays.
    pub debit: Account,
    /// The account that receives.
    pub credit: Account,
}

/// Every allowed movement: its kind, the account that pays, the account that receives, and its causes.
const ROUTES: &[(EntryKind, Account, Account, &[CauseKind])] = {
    use Account::{Adjustments, Available, GatewayClearing, Held, Owed, Promotions, Revenue, Sandbox, Transfers};
    use CauseKind::{
        Deletion, Finding, Operator, Payment, Registration, Rental, Subscription, TestVerification, Verification,
        Voucher,
    };
    use EntryKind::{
        Adjustment, Capture, Chargeback, Debt, Fee, Freeze, Hold, Promo, Purchase, Refund, RefundReturn, Release,
        Repayment, TopUp, Transfer,
    };
    &[
        (TopUp, GatewayClearing, Available, &[Payment]),
        (Hold, Available, Held, &[Verification, TestVerification, Rental]),
        (Capture, Held, Revenue, &[Verification, Rental]),
        (Capture, Held, Sandbox, &[TestVerification]),
        (Release, Held, Available, &[Verification, TestVerification, Rental, Payment]),
        (Refund, Revenue, Available, &[Verification, Rental, Subscription]),
        (Refund, Available, GatewayClearing, &[Payment]),
        (RefundReturn, GatewayClearing, Available, &[Payment]),
        (Purchase, Available, Revenue, &[Rental, Subscription]),
        (Promo, Promotions, Available, &[Registration, Voucher, Subscription, Operator]),
        (Promo, Sandbox, Available, &[CauseKind::Sandbox]),
        (Freeze, Available, Held, &[Payment]),
        (Debt, Owed, Held, &[Payment]),
        (Release, Held, Owed, &[Payment]),
        (Repayment, Available, Owed, &[Payment]),
        (Chargeback, Held, GatewayClearing, &[Payment]),
        (Adjustment, Adjustments, Available, &[Operator, Finding]),
        (Adjustment, Available, Adjustments, &[Operator, Finding, Deletion]),
        (Transfer, Transfers, Available, &[Operator]),
        (Transfer, Available, Transfers, &[Operator]),
        (Fee, Available, Revenue, &[Rental, Payment, Subscription, Operator]),
    ]
};

impl EntryKind {
    /// Every kind.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether it settles a hold or a freeze, in full or in part.
    pub const fn settles(self) -> bool {
        matches!(self, Self::Capture | Self::Release | Self::Chargeback)
    }

    /// Whether it must name a rule, because money is returned by rules only.
    pub const fn needs_rule(self) -> bool {
        matches!(self, Self::Release | Self::Refund | Self::RefundReturn)
    }

    /// Whether it takes only money that the customer paid, and no promotional credit: it leaves for a gateway, now or
    /// after a dispute. Other kinds take promotional credit first.
    pub const fn takes_own_money(self) -> bool {
        matches!(self, Self::Freeze | Self::Refund | Self::Repayment)
    }

    /// Whether it holds money, which a later movement settles.
    pub const fn holds(self) -> bool {
        matches!(self, Self::Hold | Self::Freeze | Self::Debt)
    }

    /// Whether it is refused to a customer who owes money.
    pub(super) fn needs_no_debt(self, route: Route) -> bool {
        matches!(self, Self::Hold | Self::Purchase | Self::Refund) && route.debit == Account::Available
    }

    /// Whether a movement by this route says itself how much of it is promotional, because the wallet can't know it:
    /// money of a hold, and money that comes back.
    pub fn says_promo(self, route: Route) -> bool {
        let comes = route.debit != Account::Available;
        comes && matches!(self, Self::Capture | Self::Release | Self::Refund | Self::Adjustment | Self::Transfer)
    }

    /// The usual route for a cause. A cause without a route gets one from an account to itself, which
    /// [`EntryKind::routes`] never lists.
    pub(super) fn route(self, cause: CauseKind) -> Route {
        let nowhere = Route { debit: Account::Available, credit: Account::Available };
        self.routes(cause).next().unwrap_or(nowhere)
    }

    /// The routes for a cause; the usual one first.
    pub fn routes(self, cause: CauseKind) -> impl Iterator<Item = Route> {
        let fits = move |row: &&(Self, Account, Account, &[CauseKind])| row.0 == self && row.3.contains(&cause);
        ROUTES.iter().filter(fits).map(|(_, debit, credit, _)| Route { debit: *debit, credit: *credit })
    }
}
