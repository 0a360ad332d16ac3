//! The client of Stripe.

use super::{
    ID,
    wire::{self, Found, ObjectId},
};
use crate::{
    Customer, GatewayError, PaymentGateway,
    error::Call,
    listing::{Pages, Span},
    refund::{UNKNOWN, credited, no_source, source},
    transport::{BuildError, Transport},
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    payment::{Checkout, DisputeReport, Payment, Refund, RefundReport, Report, Reported},
    reconciliation::GatewayList,
};
use https::Fault;
use reqwest::{Method, RequestBuilder};
use runtime::StaleFlag;
use secrecy::SecretString;

/// Stripe's API.
pub const DEFAULT_BASE_URL: &str = "https://api.stripe.com";

/// The version of the API. Without it, the account's default decides about the form of answers.
const VERSION: &str = "2025-09-30.clover";
const SESSIONS: &str = "/v1/checkout/sessions";
const REFUNDS: &str = "/v1/refunds";
const CHARGES: &str = "/v1/charges";
const DISPUTES: &str = "/v1/disputes";
/// The most pages of sessions in which a lost one is looked for: a thousand sessions in six minutes.
const MOST_PAGES: usize = 10;

/// A client of Stripe.
#[derive(Clone, Debug)]
pub struct Stripe(Transport);

impl Stripe {
    /// A client with this secret key, which raises the flag once Stripe does not accept it.
    pub fn new(
        base_url: &str,
        key: &SecretString,
        http: reqwest::Client,
        stale_key: StaleFlag,
    ) -> Result<Self, BuildError> {
        Transport::new((ID, "Bearer"), base_url, key, http, stale_key).map(Self)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.request(method, path).header("Stripe-Version", VERSION)
    }

    /// The payment's session: the one that was noted or, if the answer to `open` was lost, the one with its reference.
    async fn session_of(&self, payment: &Payment) -> Result<Option<ObjectId>, GatewayError> {
        let noted = payment.checkout.as_ref().and_then(|checkout| checkout.gateway_payment.clone());
        match noted.and_then(|id| ObjectId::try_from(id).ok()) {
            Some(id) => Ok(Some(id)),
            None => self.find(payment).await,
        }
    }

    /// Looks for a session among those of the time of the payment, because Stripe can't filter by our reference.
    async fn find(&self, payment: &Payment) -> Result<Option<ObjectId>, GatewayError> {
        let reference = &payment.reference;
        let mut after = None;
        for _ in 0..MOST_PAGES {
            let request = self.request(Method::GET, SESSIONS).query(&wire::made_near(payment.created_at, after));
            match self.0.send("sessions", Call::Read, request, |answer| wire::found(reference, answer)).await? {
                Found::Session(id) => return Ok(Some(id)),
                Found::Nothing => return Ok(None),
                Found::NothingUntil(id) => after = Some(id),
            }
        }
        // The session may be on a later page.
        Err(Call::Read.unsettled(Fault::TooLarge))
    }
}

#[async_trait]
impl PaymentGateway for Stripe {
    /// The request does not depend on the time: Stripe refuses an idempotency key that comes with another request.
    async fn open(&self, payment: &Payment, customer: &Customer, _now: Timestamp) -> Result<Checkout, GatewayError> {
        let reference = &payment.reference;
        let request = self.request(Method::POST, SESSIONS).header("Idempotency-Key", reference.to_string());
        let request = request.form(&wire::session(payment, customer));
        self.0.send("open", Call::Change, request, |answer| wire::opened(reference, answer)).await
    }

    async fn report(&self, payment: &Payment) -> Result<Report, GatewayError> {
        let Some(id) = self.session_of(payment).await? else { return Ok(Report::of(Reported::Unknown)) };
        let request = self.request(Method::GET, &format!("{SESSIONS}/{id}")).query(&wire::EXPANDED);
        let reference = &payment.reference;
        self.0.send("session", Call::Read, request, |answer| wire::reported(reference, answer)).await
    }

    async fn close(&self, payment: &Payment) -> Result<(), GatewayError> {
        let Some(id) = self.session_of(payment).await? else { return Ok(()) };
        let request = self.request(Method::POST, &format!("{SESSIONS}/{id}/expire"));
        self.0.send("expire", Call::Change, request, wire::expired).await
    }

    /// A repeated request answers the first refund, as long as Stripe keeps the idempotency key: a day at least.
    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        let of = source(payment, refund).ok_or_else(no_source)?;
        let request = self.request(Method::POST, REFUNDS).header("Idempotency-Key", refund.id.as_str());
        let request = request.form(&wire::refund(payment, refund, of));
        self.0.send("refund", Call::Change, request, |answer| wire::refunded(refund, of, answer)).await
    }

    async fn refund_report(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        let Some(of) = source(payment, refund) else { return Ok(UNKNOWN) };
        if let Some(id) = refund.gateway_refund.clone().and_then(|id| ObjectId::try_from(id).ok()) {
            let request = self.request(Method::GET, &format!("{REFUNDS}/{id}"));
            self.0.send("get_refund", Call::Read, request, |answer| wire::refund_report(refund, of, answer)).await
        } else {
            let request = self.request(Method::GET, REFUNDS).query(&wire::refunds_of(of));
            self.0.send("refunds", Call::Read, request, |answer| wire::found_refund(refund, of, answer)).await
        }
    }

    async fn disputes(&self, payment: &Payment) -> Result<Vec<DisputeReport>, GatewayError> {
        let Some(of) = credited(payment).map(|noted| &noted.id) else { return Ok(Vec::new()) };
        // Refunds and disputes of a payment intent are listed by the same query.
        let request = self.request(Method::GET, DISPUTES).query(&wire::refunds_of(of));
        self.0.send("disputes", Call::Read, request, |answer| wire::disputes(of, answer)).await
    }

    async fn list(&self, from: Timestamp, until: Timestamp) -> Result<GatewayList, GatewayError> {
        let span = Span { from, until };
        let (mut money, mut refunds) = (Pages::from(wire::START), Pages::from(wire::START));
        while let Some(after) = money.place()? {
            let request = self.request(Method::GET, CHARGES).query(&wire::made_in(span, after));
            money.add(self.0.send("charges", Call::Read, request, |answer| wire::money(span, answer)).await?);
        }
        while let Some(after) = refunds.place()? {
            let request = self.request(Method::GET, REFUNDS).query(&wire::made_in(span, after));
            let read = |answer: &_| wire::listed_refunds(span, answer);
            refunds.add(self.0.send("list_refunds", Call::Read, request, read).await?);
        }
        Ok(GatewayList { from, until, money: money.into_items(), refunds: refunds.into_items() })
    }
}
