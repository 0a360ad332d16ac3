//! The codes of problems: what each is called, its HTTP status, and what a client can do about it. Nothing here makes answers.

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $status:literal $code:literal $title:literal, $advice:literal;)*) => {
        /// Every code that a problem can have. Codes are stable: clients decide by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $variant,)* }

        impl ProblemCode {
            /// Every code, in the order of their status.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code's text, its HTTP status and its title.
            pub const fn facts(self) -> (&'static str, u16, &'static str) {
                match self { $(Self::$variant => ($code, $status, $title),)* }
            }

            /// What a client can do about it, for the reference; an answer's `detail` says more of its own case.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$variant => $advice,)* }
            }
        }
    };
}

codes! {
    /// The request line or a header is unusable.
    BadRequest = 400 "bad_request" "The request can't be understood",
        "Read the detail: the JSON, the query string or a header is malformed. Correct it; the same request fails again.";
    /// A request that moves money needs an `Idempotency-Key`.
    IdempotencyKeyRequired = 400 "idempotency_key_required" "An Idempotency-Key header is required",
        "Send a fresh unique text (a UUID) as Idempotency-Key, and the same one when you repeat the request.";
    /// No key, or one that is not valid.
    Unauthenticated = 401 "unauthenticated" "A valid API key is required",
        "Send your key as X-API-Key, or as Authorization: Bearer. Keys are made in the account's settings.";
    /// Too little money.
    InsufficientFunds = 402 "insufficient_funds" "There is not enough money in the wallet",
        "Top up what the member `missing` says, or choose a cheaper offer.";
    /// The key lacks a scope.
    MissingScope = 403 "missing_scope" "The API key may not do this",
        "Use a key that has the scope in `required_scope`.";
    /// The account is closed or blocked.
    AccountDisabled = 403 "account_disabled" "The account can't be used",
        "Write to support with the request_id.";
    /// It does not exist, or is not the caller's.
    NotFound = 404 "not_found" "There is nothing here",
        "Check the path and the identifier. What belongs to others is answered like what does not exist.";
    /// The path exists, the method does not.
    MethodNotAllowed = 405 "method_not_allowed" "This method is not possible here",
        "Use one of the methods in the Allow header.";
    /// The request with this key is still being worked on.
    StillRequesting = 409 "still_requesting" "The number is still being bought",
        "Wait as long as Retry-After says, then repeat with the same Idempotency-Key or read the order.";
    /// A cancel before the supplier allows it.
    TooEarly = 409 "too_early" "It is too early for this",
        "Repeat it at the time in `from`.";
    /// Not possible in the order's state.
    WrongStatus = 409 "wrong_status" "The order's status does not allow this",
        "Read the order: its `actions` say what is possible now.";
    /// The plan's number of open orders is reached.
    TooManyOpenOrders = 409 "too_many_open_orders" "Too many orders are open",
        "Wait until orders end, or cancel some; a larger plan allows more.";
    /// The customer gave nearly all of the last orders back.
    BuyingPaused = 409 "buying_paused" "Buying is paused",
        "Buy again from the time in `until` on. Wait longer for codes, and take offers with a better success rate.";
    /// The price is above the caller's `max_price`.
    PriceAboveMax = 409 "price_above_max" "The price is above max_price",
        "Raise max_price to at least the current quote, or leave it out.";
    /// There is no offer for this service, country and operator.
    NoOffer = 409 "no_offer" "This is not on sale at present",
        "Look for another country or operator among the service's offers.";
    /// No supplier has a number at the moment.
    NoNumbers = 409 "no_numbers" "There is no number at the moment",
        "Try again in a minute, or with another country or operator. Nothing was charged.";
    /// The service belongs to a class that is not sold.
    ServiceBlocked = 409 "service_blocked" "This service is not sold",
        "Choose another service: this one is not sold to anybody.";
    /// The wallet is contended.
    WalletBusy = 409 "wallet_busy" "The wallet is busy",
        "Repeat it after Retry-After with the same Idempotency-Key; fewer requests at once help.";
    /// The order is contended.
    OrderBusy = 409 "order_busy" "The order is changing",
        "Read the order after Retry-After; repeat the request if it still makes sense.";
    /// The body is too large.
    TooLarge = 413 "body_too_large" "The body is too large",
        "Send at most 256 kB.";
    /// The body is not JSON.
    NotJson = 415 "not_json" "The body must be JSON",
        "Send a JSON object with Content-Type: application/json.";
    /// One or more fields are wrong.
    ValidationFailed = 422 "validation_failed" "The request has wrong fields",
        "Correct the fields listed in `errors` and send the request again.";
    /// The key was used for another request.
    IdempotencyKeyReused = 422 "idempotency_key_reused" "The Idempotency-Key was used for another request",
        "Use a fresh key: this one belongs to a request with another body or path.";
    /// Too many calls.
    RateLimited = 429 "rate_limited" "Too many requests",
        "Wait as long as Retry-After says; refused calls count too. The RateLimit header tells what is left.";
    /// A defect of ours.
    Internal = 500 "internal" "Something went wrong on our side",
        "Repeat it once with the same Idempotency-Key; if it stays, tell support the request_id.";
    /// A part of ours does not answer.
    Unavailable = 503 "unavailable" "The service can't answer at the moment",
        "Repeat it after Retry-After with the same Idempotency-Key; what was done already is not done twice.";
    /// The supplier can't sell at the moment.
    SupplierUnavailable = 503 "supplier_unavailable" "The supplier can't sell at the moment",
        "Try again in some minutes, or another country. Nothing was charged.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_statuses_are_errors() {
        let mut seen = std::collections::BTreeSet::new();
        for code in ProblemCode::ALL {
            let (text, status, title) = code.facts();
            assert!(seen.insert(text), "{text} twice");
            assert!((400..600).contains(&status) && !title.is_empty() && !code.advice().is_empty(), "{text}");
        }
    }
}
