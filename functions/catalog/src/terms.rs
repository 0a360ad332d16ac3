//! The published terms: when a price is refunded, and which messages cost nothing. The words are in `text`.

use api::Language;
use domain::{order::Ignored, policy::RefundRule};
use serde::Serialize;
use utoipa::ToSchema;

api::texts! {
    /// When a refund rule applies.
    enum RefundWhen {
        /// No supplier had a number.
        NoNumber,
        /// The deadline passed.
        NoCode,
        /// The customer cancelled.
        Cancelled,
        /// The customer reported the number.
        NumberReported,
        /// The supplier took the number back.
        SupplierClosed,
        /// The supplier did not answer.
        SupplierUnreachable,
    }

    /// The amount of every refund.
    struct RefundAmount;

    /// When a message costs nothing.
    enum IgnoredWhen {
        /// It is of an earlier use of the number.
        OlderThanOrder,
        /// It is an operator's welcome.
        OperatorGreeting,
        /// It is empty.
        Empty,
    }

    /// How long a quote is valid.
    pub(crate) struct QuoteValid;
}

/// Terms of a refund rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RefundTerms {
    /// Identifier of the rule, as in entries and timelines.
    id: RefundRule,
    /// When it applies.
    when: &'static str,
    /// Amount of the refund.
    refund: &'static str,
    /// How the refund is started: `automatic` or `customer`.
    started_by: &'static str,
}

/// Why a message costs nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct IgnoredTerms {
    /// Identifier of the rule, as in messages.
    id: Ignored,
    /// When it applies.
    when: &'static str,
}

impl RefundTerms {
    /// The terms of a rule in this language.
    pub(crate) const fn of(id: RefundRule, language: Language) -> Self {
        let when = match id {
            RefundRule::NoNumber => RefundWhen::NoNumber,
            RefundRule::NoCode => RefundWhen::NoCode,
            RefundRule::Cancelled => RefundWhen::Cancelled,
            RefundRule::NumberReported => RefundWhen::NumberReported,
            RefundRule::SupplierClosed => RefundWhen::SupplierClosed,
            RefundRule::SupplierUnreachable => RefundWhen::SupplierUnreachable,
        };
        let started_by = if id.is_automatic() { "automatic" } else { "customer" };
        Self { id, when: when.text(language), refund: RefundAmount.text(language), started_by }
    }
}

impl IgnoredTerms {
    /// The terms of a rule in this language.
    pub(crate) const fn of(id: Ignored, language: Language) -> Self {
        let when = match id {
            Ignored::OlderThanOrder => IgnoredWhen::OlderThanOrder,
            Ignored::OperatorGreeting => IgnoredWhen::OperatorGreeting,
            Ignored::Empty => IgnoredWhen::Empty,
        };
        Self { id, when: when.text(language) }
    }
}
