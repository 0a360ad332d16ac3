//! A requested movement of money, and its checks.

use super::{Cause, CauseKind, EntryKind, Grant, Included, LedgerError, Line, Route, Settlement, Taken};
use crate::{Actor, ApiKeyId, Credits, EntrySeq, policy::RuleId};

/// A requested movement of money; becomes an [`Entry`](super::Entry) once it is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Why money moves.
    pub kind: EntryKind,
    /// The accounts; one of the kind's routes for the cause.
    pub route: Route,
    /// The amount; must be positive.
    pub amount: Credits,
    /// The part of the amount that is promotional, if the movement settles a hold or brings paid money back (see
    /// [`EntryKind::says_promo`]). Otherwise it is zero, and the wallet knows the part.
    pub promo: Credits,
    /// What included verifications may pay of a hold, if the wallet has any left; or what they paid of the part of a hold
    /// that the movement settles.
    pub included: Included,
    /// The included verifications that a payment gives.
    pub grants: Option<Grant>,
    /// The budget of a month for use over the included amount, if it is metered.
    pub budget: Option<Credits>,
    /// Line items; empty, or their sum is the amount.
    pub lines: Vec<Line>,
    /// The cause.
    pub cause: Cause,
    /// The settled hold, if the kind settles one.
    pub settles: Option<Settlement>,
    /// The applied rule, if the kind needs one.
    pub rule: Option<RuleId>,
    /// Who did it.
    pub actor: Actor,
    /// The family of the API key that bought what the money is for; it counts for the key's cap of the day.
    pub key: Option<ApiKeyId>,
}

impl Movement {
    /// A movement of this kind by the usual route for its cause. If the kind has no route for the cause,
    /// wallets reject the movement as malformed.
    pub fn new(kind: EntryKind, amount: Credits, cause: Cause, actor: Actor) -> Self {
        let route = kind.route(cause.kind());
        let (promo, lines) = (Credits::ZERO, Vec::new());
        let (included, grants, budget) = (Included::NONE, None, None);
        let (settles, rule, key) = (None, None, None);
        Self { kind, route, amount, promo, included, grants, budget, lines, cause, settles, rule, actor, key }
    }

    /// The movement with what it takes out of a hold. Without it, wallets reject the movement as malformed.
    #[must_use]
    pub fn settling(self, taken: Option<Taken>) -> Self {
        let promo = taken.map_or(Credits::ZERO, |taken| taken.promo);
        let included = taken.map_or(Included::NONE, |taken| taken.included);
        Self { settles: taken.map(|taken| taken.settlement), promo, included, ..self }
    }

    /// The part of the amount that the customer pays or gets back.
    pub fn customers_part(&self) -> Credits {
        self.amount.counted_down(self.included.amount)
    }

    /// Checks that amount, line items, route, cause, hold and rule fit together, for a wallet whose newest
    /// entry is `newest`. It does not check balances.
    pub(super) fn check_form(&self, newest: EntrySeq) -> Result<(), LedgerError> {
        let route_fits = self.kind.routes(self.cause.kind()).any(|route| route == self.route);
        let hold_fits = match &self.settles {
            Some(settlement) => self.kind.settles() && (1..=newest).contains(&settlement.hold),
            None => !self.kind.settles(),
        };
        let rule_fits = self.rule.is_some() || !self.kind.needs_rule();
        let promo_fits = if self.kind.says_promo(self.route) {
            (Credits::ZERO..=self.customers_part()).contains(&self.promo)
        } else {
            self.promo.is_zero()
        };
        let fits = self.amount.is_positive() && self.lines_fit() && route_fits && hold_fits && rule_fits && promo_fits;
        if fits && self.plan_fits() { Ok(()) } else { Err(LedgerError::Malformed) }
    }

    /// Whether it says of the customer's plan only what its kind allows.
    fn plan_fits(&self) -> bool {
        let included_fits = match self.kind {
            EntryKind::Hold => self.included.units <= 1,
            EntryKind::Capture | EntryKind::Release => (Credits::ZERO..=self.amount).contains(&self.included.amount),
            _ => self.included.is_none(),
        };
        let is_subscription = self.kind == EntryKind::Purchase && self.cause.kind() == CauseKind::Subscription;
        let is_hold = self.kind == EntryKind::Hold;
        included_fits && (self.grants.is_none() || is_subscription) && (self.budget.is_none() || is_hold)
    }

    fn lines_fit(&self) -> bool {
        let sum = self.lines.iter().try_fold(Credits::ZERO, |sum, line| sum.checked_add(line.amount));
        self.lines.is_empty() || sum == Some(self.amount) && self.lines.iter().all(|line| line.amount.is_positive())
    }
}
