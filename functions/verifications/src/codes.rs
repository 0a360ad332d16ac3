//! The codes of this domain. Their words are in `text/en`.

use domain::Timestamp;

api::problems! {
    /// A cancel before the supplier allows it.
    #[status(409)]
    pub(crate) struct TooEarly { #[example("2026-11-21T10:02:00.000Z")] from: Timestamp }

    /// The plan's number of open orders is reached.
    #[status(409)]
    pub(crate) struct TooManyOpenOrders { #[example(5)] limit: u32 }

    /// The customer gave nearly all of the last orders back.
    #[status(409)]
    pub(crate) struct BuyingPaused { #[example("2026-11-21T10:30:00.000Z")] until: Timestamp }

    /// The supplier can't sell at the moment.
    #[status(503)]
    pub(crate) struct SupplierUnavailable;
}

api::field_errors! {
    /// No service has this name.
    pub(crate) struct UnknownService;

    /// It is not written as it must be.
    pub(crate) enum Malformed {
        /// A label in one string.
        Tag,
    }
}
