//! The codes of this domain. Their words are in `text`.

use domain::{
    Credits, Timestamp,
    payment::{Minor, PayCurrency, PaymentReference},
};

api::problems! {
    /// The gateway has not made the checkout yet.
    #[status(409)]
    pub(crate) struct PaymentStarting {
        #[example("nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B")]
        reference: PaymentReference,
    }

    /// Nobody pays in this way or in this currency here.
    #[status(409)]
    pub(crate) struct MethodNotOffered;

    /// Too many payments are open.
    #[status(409)]
    pub(crate) struct TooManyOpenPayments { #[example(10)] limit: usize }

    /// The gateway rejected the payment.
    #[status(409)]
    pub(crate) struct PaymentRefused;

    /// The gateway does not answer.
    #[status(503)]
    pub(crate) struct GatewayUnavailable;

    /// Nothing was credited, so there is nothing to refund.
    #[status(409)]
    pub(crate) struct PaymentNotPaid;

    /// Coins need a confirmed address to go back to.
    #[status(409)]
    pub(crate) struct RefundAddressNeeded;

    /// The payment goes back to the card or wallet that paid.
    #[status(409)]
    pub(crate) struct RefundAddressNotNeeded;

    /// The token of a letter is unknown, its time is over, or it is about another payment.
    #[status(409)]
    pub(crate) struct RefundAddressNotConfirmed;

    /// The payment is too old.
    #[status(409)]
    pub(crate) struct RefundTooLate { #[example("2026-12-05T10:00:00.000Z")] until: Timestamp }

    /// All of it is refunded, or is being refunded.
    #[status(409)]
    pub(crate) struct PaymentRefunded;

    /// The customer's bank asks for its money.
    #[status(409)]
    pub(crate) struct PaymentDisputed;

    /// A payment has no more refunds than that.
    #[status(409)]
    pub(crate) struct TooManyRefunds { #[example(20)] most: usize }

    /// Its credits are spent or held.
    #[status(409)]
    pub(crate) struct CreditsSpent;

    /// The credits are worth less than the smallest unit of the currency.
    #[status(409)]
    pub(crate) struct RefundTooSmall;

    /// Less can be refunded.
    #[status(409)]
    pub(crate) struct RefundTooLarge { #[example("12.5000")] possible: Credits }
}

api::field_errors! {
    /// The amount is outside of the limits.
    pub(crate) struct NotInLimits { least: Minor, most: Minor, currency: PayCurrency }

    /// The text is no address of the coins' network.
    pub(crate) enum NotACoinAddress {
        /// It has another form.
        Form,
        /// A character is wrong or missing.
        Checksum,
        /// It belongs to a test network.
        TestNetwork,
        /// Nobody can send from it.
        Unspendable,
    }
}
