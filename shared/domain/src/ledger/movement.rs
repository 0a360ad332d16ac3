//! A movement that is asked for, and what makes it well-formed.

use super::{Cause, EntryKind, LedgerError, Route, Settlement};
use crate::{Actor, Credits, EntrySeq, policy::RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One part of an amount, so that parts can be given back by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// What it is for: `sms`, `voice`, `area_code`, `carrier`.
    #[schema(examples("sms"))]
    pub what: String,
    /// Its part of the amount.
    pub amount: Credits,
}

/// A movement that is asked for: the cause of an [`Entry`](super::Entry).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Why.
    pub kind: EntryKind,
    /// From where to where; one of the routes that the kind's terms list for the cause.
    pub route: Route,
    /// How much; more than nothing.
    pub amount: Credits,
    /// Its parts; empty, or their sum is the amount.
    pub lines: Vec<Line>,
    /// What it belongs to.
    pub cause: Cause,
    /// The hold that it settles, where its kind settles one.
    pub settles: Option<Settlement>,
    /// The rule that it follows, where its kind follows one.
    pub rule: Option<RuleId>,
    /// Who did it.
    pub actor: Actor,
}

impl Movement {
    /// A movement of this kind by the usual route for its cause. Where no such cause moves money in this way, wallets
    /// refuse the movement as malformed.
    pub fn new(kind: EntryKind, amount: Credits, cause: Cause, actor: Actor) -> Self {
        let route = kind.route(cause.kind());
        Self { kind, route, amount, lines: Vec::new(), cause, settles: None, rule: None, actor }
    }

    /// Whether a wallet whose newest entry is `newest` may take it: its amount, parts, route, cause, hold and rule fit
    /// together. Whether there is money enough is another question.
    pub(super) fn check_form(&self, newest: EntrySeq) -> Result<(), LedgerError> {
        let route_fits = self.kind.routes(self.cause.kind()).any(|route| route == self.route);
        let hold_fits = match &self.settles {
            Some(settlement) => self.kind.settles() && (1..=newest).contains(&settlement.hold),
            None => !self.kind.settles(),
        };
        let rule_fits = self.rule.is_some() || !self.kind.needs_rule();
        let fits = self.amount.is_positive() && self.lines_fit() && route_fits && hold_fits && rule_fits;
        if fits { Ok(()) } else { Err(LedgerError::Malformed) }
    }

    fn lines_fit(&self) -> bool {
        let sum = self.lines.iter().try_fold(Credits::ZERO, |sum, line| sum.checked_add(line.amount));
        self.lines.is_empty() || sum == Some(self.amount) && self.lines.iter().all(|line| line.amount.is_positive())
    }
}
