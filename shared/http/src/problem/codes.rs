//! The problems that endpoints of several domains share. Their texts are in `text/<language>/problems.ftl`.

use domain::{Credits, Timestamp, access::Permission};
use std::net::IpAddr;

crate::problems! {
    /// The request line, a header or the JSON is unusable.
    #[status(400)]
    pub enum BadRequest {
        /// The router rejects the request.
        Unexpected,
        /// The gateway's event is not a valid request.
        Unreadable,
        /// The path and the query are too long.
        TooLong,
        /// The body is declared as base64, but is not.
        NotBase64,
        /// The query does not consist of pairs.
        QueryUnreadable,
        /// A query parameter is given twice.
        ParameterRepeated,
        /// The `Idempotency-Key` is malformed.
        KeyMalformed,
        /// The body is JSON, but not an object, or an object with a duplicate name.
        NotAnObject { #[example(1)] line: usize, #[example(8)] column: usize },
        /// The body is not valid JSON.
        InvalidJson { #[example(1)] line: usize, #[example(8)] column: usize },
    }

    /// A request that moves money needs an `Idempotency-Key`.
    #[status(400)]
    pub struct IdempotencyKeyRequired;

    /// The API key or access token is missing or not valid.
    #[status(401)]
    pub enum Unauthenticated {
        /// Neither was sent.
        Missing,
        /// The key has the wrong format.
        Malformed,
        /// Two headers have different keys.
        TwoKeys,
        /// The key does not exist.
        Unknown,
        /// The key has ended.
        Expired,
        /// The session of the token has ended.
        SessionEnded,
    }

    /// The access token's time is over.
    #[status(401)]
    pub struct TokenExpired;

    /// The available balance is too low.
    #[status(402)]
    pub struct InsufficientFunds { #[example("0.3000")] missing: Credits }

    /// The customer owes money after a dispute.
    #[status(402)]
    pub struct MoneyOwed { #[example("12.5000")] owed: Credits }

    /// The request did not come through the edge, and must.
    #[status(403)]
    pub struct OriginRequired;

    /// The key lacks a scope.
    #[status(403)]
    pub struct MissingScope { #[example("orders:write")] required_scope: Permission }

    /// A test key moves no real money.
    #[status(403)]
    pub struct LiveOnly;

    /// The session is too old to prove by itself that its owner is there.
    #[status(403)]
    pub struct SignInAgain;

    /// The key, or the session of staff, is for other networks.
    #[status(403)]
    pub struct NetworkNotAllowed { #[example("203.0.113.7")] address: IpAddr }

    /// The account is closed or blocked.
    #[status(403)]
    pub struct AccountDisabled;

    /// The record does not exist, or belongs to another customer.
    #[status(404)]
    pub struct NotFound;

    /// The path does not support the method.
    #[status(405)]
    pub struct MethodNotAllowed;

    /// An earlier request has not finished.
    #[status(409)]
    pub struct InProgress;

    /// The order's status does not allow the request.
    #[status(409)]
    pub struct WrongStatus { #[example("refunded")] current_status: &'static str }

    /// The data is contended.
    #[status(409)]
    pub struct Busy;

    /// The price is above the caller's `max_price`.
    #[status(409)]
    pub struct PriceAboveMax { #[example("0.9000")] price: Credits, #[example("0.8000")] max_price: Credits }

    /// There is no offer for this service, country and operator.
    #[status(409)]
    pub enum NoOffer {
        /// No supplier sells it.
        NotListed,
        /// It has no price.
        NotPriced,
    }

    /// No supplier has a number at the moment.
    #[status(409)]
    pub enum NoNumbers {
        /// The catalog has no number in stock.
        OutOfStock,
        /// The supplier had no number left at the purchase.
        SoldOut,
        /// The supplier had no number at the held price.
        PriceRose,
    }

    /// The service belongs to a class that is not sold.
    #[status(409)]
    pub struct ServiceBlocked;

    /// The service, the country or the supplier is switched off.
    #[status(409)]
    pub struct SalesPaused;

    /// The body is too large.
    #[status(413)]
    pub struct BodyTooLarge;

    /// The content type of the body is not JSON.
    #[status(415)]
    pub struct NotJson;

    /// One or more fields are wrong.
    #[status(422)]
    pub struct ValidationFailed;

    /// The key was used for another request.
    #[status(422)]
    pub struct IdempotencyKeyReused;

    /// Too many requests for an address, or of a network.
    #[status(429)]
    pub struct TooManyAttempts { #[example("2026-11-21T10:15:00.000Z")] until: Timestamp }

    /// Too many calls.
    #[status(429)]
    pub enum RateLimited {
        /// A quota is used up.
        Quota { #[example("requests")] policy: String, #[example(100)] limit: u32 },
        /// There are too many calls to count.
        Flood,
    }

    /// An internal error.
    #[status(500)]
    pub struct Internal;

    /// A part of the service does not respond.
    #[status(503)]
    pub struct Unavailable;
}
