//! The codes of this domain. Their words are in `text`.

use domain::{Credits, Timestamp};

api::problems! {
    /// A cancel before the supplier allows it.
    #[status(409)]
    pub(crate) struct TooEarly { #[example("2026-11-21T10:02:00.000Z")] from: Timestamp }

    /// As many orders are open as the plan and the customer's standing allow.
    #[status(409)]
    pub(crate) struct TooManyOpenOrders { #[example(5)] limit: u32 }

    /// As many test orders were opened today as the plan allows.
    #[status(409)]
    pub(crate) struct TooManyTestOrders {
        #[example(200)]
        limit: u32,
        #[example("2026-11-22T00:00:00.000Z")]
        until: Timestamp,
    }

    /// Too many of the customer's orders ended without a code.
    #[status(409)]
    pub(crate) struct BuyingPaused { #[example("2026-11-21T10:30:00.000Z")] until: Timestamp }

    /// Only customers who received codes can buy at the moment.
    #[status(409)]
    pub(crate) struct BuyingRestricted;

    /// The API key is stopped: it buys nothing.
    #[status(403)]
    pub(crate) struct KeyStopped;

    /// The API key is for other services.
    #[status(403)]
    pub(crate) struct ServiceNotAllowed;

    /// The price is above what is left of the API key's cap of the day.
    #[status(409)]
    pub(crate) struct DailyCapReached {
        #[example("0.2000")]
        left: Credits,
        #[example("2026-11-22T00:00:00.000Z")]
        until: Timestamp,
    }

    /// The plan does not let a purchase name an operator.
    #[status(403)]
    pub(crate) struct OperatorNotInPlan;

    /// The price is above what is left of the customer's budget of the month, and the customer wants a hard stop.
    #[status(409)]
    pub(crate) struct UsageBudgetReached {
        #[example("0.2000")]
        left: Credits,
        #[example("2026-12-01T00:00:00.000Z")]
        until: Timestamp,
    }

    /// The supplier can't sell at the moment.
    #[status(503)]
    pub(crate) struct SupplierUnavailable;
}

api::field_errors! {
    /// No service has this name.
    pub(crate) struct UnknownService;
}
