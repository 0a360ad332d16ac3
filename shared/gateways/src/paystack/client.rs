//! The client of Paystack.

use super::{ID, wire};
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
    payment::{Checkout, DisputeReport, GIVE_UP_AFTER, Payment, Refund, RefundReport, Report},
    reconciliation::{GatewayList, ListedMoney, MoneyState},
};
use reqwest::Method;
use runtime::StaleFlag;
use secrecy::SecretString;

/// Paystack's API.
pub const DEFAULT_BASE_URL: &str = "https://api.paystack.co";

/// A client of Paystack.
#[derive(Clone, Debug)]
pub struct Paystack(Transport);

impl Paystack {
    /// A client with this secret key, which raises the flag once Paystack does not accept it.
    pub fn new(
        base_url: &str,
        key: &SecretString,
        http: reqwest::Client,
        stale_key: StaleFlag,
    ) -> Result<Self, BuildError> {
        Transport::new((ID, "Bearer"), base_url, key, http, stale_key).map(Self)
    }

    /// The money of transactions in this state.
    async fn money(&self, span: Span, status: &str, state: MoneyState) -> Result<Vec<ListedMoney>, GatewayError> {
        let mut pages = Pages::from(1);
        while let Some(page) = pages.place()? {
            let request = self.0.request(Method::GET, "/transaction").query(&wire::transactions(span, status, page));
            let read = |answer: &_| wire::money(span, state, page, answer);
            pages.add(self.0.send("transactions", Call::Read, request, read).await?);
        }
        Ok(pages.into_items())
    }
}

#[async_trait]
impl PaymentGateway for Paystack {
    async fn open(&self, payment: &Payment, customer: &Customer, _now: Timestamp) -> Result<Checkout, GatewayError> {
        let request = self.0.request(Method::POST, "/transaction/initialize");
        let request = request.json(&wire::initialize(payment, customer));
        let url = self.0.send("initialize", Call::Change, request, wire::initialized).await?;
        let expires_at = payment.created_at.plus(GIVE_UP_AFTER);
        Ok(Checkout { gateway_payment: None, url, expires_at, coins: None })
    }

    async fn report(&self, payment: &Payment) -> Result<Report, GatewayError> {
        let reference = &payment.reference;
        let request = self.0.request(Method::GET, &format!("/transaction/verify/{reference}"));
        self.0.send("verify", Call::Read, request, |answer| wire::verified(reference, answer)).await
    }

    /// Paystack has no call for it.
    async fn close(&self, _payment: &Payment) -> Result<(), GatewayError> {
        Ok(())
    }

    /// Every request makes a refund, so a repeated one pays twice.
    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        let of = source(payment, refund).ok_or_else(no_source)?;
        let request = self.0.request(Method::POST, "/refund").json(&wire::refund(payment, refund));
        self.0.send("refund", Call::Change, request, |answer| wire::refunded(refund, of, answer)).await
    }

    async fn refund_report(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        let Some(of) = source(payment, refund) else { return Ok(UNKNOWN) };
        let number = refund.gateway_refund.as_ref().and_then(|number| number.parse::<u64>().ok());
        if let Some(number) = number {
            let request = self.0.request(Method::GET, &format!("/refund/{number}"));
            self.0.send("get_refund", Call::Read, request, |answer| wire::refund_report(refund, of, answer)).await
        } else {
            let request = self.0.request(Method::GET, "/refund").query(&wire::refunds_of(of));
            self.0.send("refunds", Call::Read, request, |answer| wire::found(refund, of, answer)).await
        }
    }

    async fn disputes(&self, payment: &Payment) -> Result<Vec<DisputeReport>, GatewayError> {
        let Some(of) = credited(payment).map(|noted| &noted.id) else { return Ok(Vec::new()) };
        let request = self.0.request(Method::GET, "/dispute").query(&wire::disputes_of(of));
        self.0.send("disputes", Call::Read, request, |answer| wire::disputes(of, answer)).await
    }

    async fn list(&self, from: Timestamp, until: Timestamp) -> Result<GatewayList, GatewayError> {
        let span = Span { from, until };
        let mut money = Vec::new();
        for (status, state) in wire::PAID {
            money.extend(self.money(span, status, state).await?);
        }
        let mut refunds = Pages::from(1);
        while let Some(page) = refunds.place()? {
            let request = self.0.request(Method::GET, "/refund").query(&wire::refunds(span, page));
            let read = |answer: &_| wire::listed_refunds(span, page, answer);
            refunds.add(self.0.send("list_refunds", Call::Read, request, read).await?);
        }
        Ok(GatewayList { from, until, money, refunds: refunds.into_items() })
    }
}
