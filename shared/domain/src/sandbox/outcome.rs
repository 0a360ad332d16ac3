//! The outcomes of test orders.
//!
//! None of them answers with a status of 500 or above: our alarms count these, whoever caused them.

use crate::ServiceName;
use strum::VariantArray;

/// How a test order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum Outcome {
    /// A code after ten seconds.
    Code,
    /// A code at once.
    CodeNow,
    /// Two codes, one after the other.
    TwoMessages,
    /// A message without a code.
    NoCode,
    /// No message until a near deadline.
    Never,
    /// No message for long.
    Silent,
    /// The number is banned soon after its sale.
    SupplierClosed,
    /// The purchase is not answered, and the number is found later.
    Unknown,
    /// There is no number.
    NoNumbers,
    /// The number is dearer than its quote.
    PriceRose,
    /// A price that customers may reject.
    Dear,
    /// A price that no play wallet can pay.
    Unaffordable,
}

impl Outcome {
    /// Every outcome, in the order in which the documents list them.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The outcome of an order for this service.
    pub fn of(service: &ServiceName) -> Self {
        Self::of_own_service(service).unwrap_or(Self::Code)
    }

    /// The outcome that has this service; `None` for other services.
    pub(super) fn of_own_service(service: &ServiceName) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.service() == service.as_str())
    }

    /// The service that has this outcome.
    pub const fn service(self) -> &'static str {
        match self {
            Self::Code => "sandbox_code",
            Self::CodeNow => "sandbox_code_now",
            Self::TwoMessages => "sandbox_two_messages",
            Self::NoCode => "sandbox_no_code",
            Self::Never => "sandbox_never",
            Self::Silent => "sandbox_silent",
            Self::SupplierClosed => "sandbox_supplier_closed",
            Self::Unknown => "sandbox_unknown",
            Self::NoNumbers => "sandbox_no_numbers",
            Self::PriceRose => "sandbox_price_rose",
            Self::Dear => "sandbox_dear",
            Self::Unaffordable => "sandbox_unaffordable",
        }
    }

    /// What happens, as the documents for customers say it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Code => "The code comes after 10 seconds. Every other service does the same.",
            Self::CodeNow => "The code comes within seconds.",
            Self::TwoMessages => "A code comes within seconds, and another one 10 seconds later.",
            Self::NoCode => "A message without a code comes within seconds. It completes the order.",
            Self::Never => "No message comes. After 30 seconds: `refunded`, reason `timeout`.",
            Self::Silent => "No message comes for 15 minutes. Report the number, or cancel from 5 seconds on.",
            Self::SupplierClosed => "After 5 seconds the provider bans the number: `refunded`, reason `supplier`.",
            Self::Unknown => "The answer is 202. The number follows after about 30 seconds, and its code at once.",
            Self::NoNumbers => "409 `no_numbers`.",
            Self::PriceRose => "409 `no_numbers`, reason `price_rose`.",
            Self::Dear => "Ten times the usual price: 409 `price_above_max` if `max_price` is below it.",
            Self::Unaffordable => "The price is above all play money: 402 `insufficient_funds`.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_has_a_service_of_its_own() {
        for &outcome in Outcome::ALL {
            assert_eq!(Outcome::of(&outcome.service().parse().unwrap()), outcome);
        }
        assert_eq!(Outcome::of(&"whatsapp".parse().unwrap()), Outcome::Code);
    }
}
