//! The codes of this domain. Their words are in `text`.

pub(crate) use api::codes::LiveOnly;

use domain::payment::{Minor, PayCurrency, PaymentReference};

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

    /// The gateway rejected the payment.
    #[status(409)]
    pub(crate) struct PaymentRefused;

    /// The gateway does not answer.
    #[status(503)]
    pub(crate) struct GatewayUnavailable;
}

api::field_errors! {
    /// The amount is outside of the limits.
    pub(crate) struct NotInLimits { least: Minor, most: Minor, currency: PayCurrency }
}
