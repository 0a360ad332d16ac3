//! The client of BTCPay Server.

use super::{
    ID, coins,
    report::{self, Found, Rates},
    wire::{self, Id, Invoice, PaymentMethod},
};
use crate::{
    Customer, GatewayError, PaymentGateway,
    error::Call,
    gateway::LISTED_BACK,
    listing::{Page, Pages, Span},
    transport::{BuildError, Transport},
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    payment::{Checkout, DisputeReport, Payment, Refund, RefundReport, Report, coins_back},
    reconciliation::GatewayList,
};
use https::Excerpt;
use reqwest::{Method, RequestBuilder};
use runtime::StaleFlag;
use rust_decimal::Decimal;
use secrecy::SecretString;

/// The most invoices of one reference that are read. Two come from one payment only if it is opened twice at once.
const MOST_INVOICES: &str = "10";

/// The invoices on a page of a list. With their payment methods they have about 4 kB each.
const PAGE: usize = 50;

/// A client of a BTCPay Server.
#[derive(Clone, Debug)]
pub struct BtcPay {
    transport: Transport,
    store: Id,
}

impl BtcPay {
    /// A client of a store with this API key, which raises the flag once the server does not accept it.
    pub fn new(
        base_url: &str,
        store: &str,
        key: &SecretString,
        http: reqwest::Client,
        stale_key: StaleFlag,
    ) -> Result<Self, BuildError> {
        let transport = Transport::new((ID, "token"), base_url, key, http, stale_key)?;
        Ok(Self { transport, store: store.parse().map_err(|_| BuildError::Account)? })
    }

    /// A request of a path of the store. Older servers have no other paths of invoices.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.transport.request(method, &format!("/api/v1/stores/{}{path}", self.store))
    }

    async fn invoices_of(&self, payment: &Payment) -> Result<Vec<Invoice>, GatewayError> {
        let reference = &payment.reference;
        let query = [("orderId", reference.to_string()), ("take", MOST_INVOICES.to_owned())];
        let request = self.request(Method::GET, "/invoices").query(&query);
        self.transport.send("find", Call::Read, request, |answer| wire::invoices(reference, answer)).await
    }

    async fn invoice(&self, payment: &Payment, id: &Id) -> Result<Option<Invoice>, GatewayError> {
        let reference = &payment.reference;
        let request = self.request(Method::GET, &format!("/invoices/{id}"));
        self.transport.send("get", Call::Read, request, |answer| wire::found(reference, answer)).await
    }

    async fn create(
        &self,
        payment: &Payment,
        coin: &coins::Coin,
        customer: &Customer,
    ) -> Result<Invoice, GatewayError> {
        let reference = &payment.reference;
        let request = self.request(Method::POST, "/invoices").json(&wire::create(payment, coin, customer));
        self.transport.send("create", Call::Change, request, |answer| wire::created(reference, answer)).await
    }

    async fn payment_methods(&self, id: &Id) -> Result<Vec<PaymentMethod>, GatewayError> {
        let request = self.request(Method::GET, &format!("/invoices/{id}/payment-methods"));
        self.transport.send("payment_methods", Call::Read, request, wire::payment_methods).await
    }

    async fn rate(&self, pair: &str) -> Result<Decimal, GatewayError> {
        let request = self.request(Method::GET, "/rates").query(&[("currencyPair", pair)]);
        self.transport.send("rate", Call::Read, request, |answer| wire::rate(pair, answer)).await
    }

    /// A page of the invoices whose coins may have come in this time.
    async fn page(&self, span: Span, skip: usize) -> Result<Page<Invoice, usize>, GatewayError> {
        let request = self.request(Method::GET, "/invoices").query(&wire::made_in(span, LISTED_BACK, skip, PAGE));
        let items = self.transport.send("list", Call::Read, request, wire::listed).await?;
        let next = (items.len() >= PAGE).then_some(skip + PAGE);
        Ok(Page { items, next })
    }

    /// The invoices of a payment: the one of its checkout, or those of its reference.
    async fn found(&self, payment: &Payment) -> Result<Vec<Found>, GatewayError> {
        let of_checkout = payment.checkout.as_ref().and_then(|checkout| checkout.gateway_payment.as_ref());
        let invoices = match of_checkout.and_then(|id| id.parse().ok()) {
            Some(id) => self.invoice(payment, &id).await?.into_iter().collect(),
            None => self.invoices_of(payment).await?,
        };
        let mut found = Vec::with_capacity(invoices.len());
        for invoice in invoices {
            let methods = self.payment_methods(&invoice.id).await?;
            found.push(Found { invoice, methods });
        }
        Ok(found)
    }
}

#[async_trait]
impl PaymentGateway for BtcPay {
    async fn open(&self, payment: &Payment, customer: &Customer, _now: Timestamp) -> Result<Checkout, GatewayError> {
        let coin = coins::coin(payment.method).ok_or_else(|| refused("the method is not offered"))?;
        let known = self.invoices_of(payment).await?;
        // The first one, so that a repeated call answers the same checkout.
        let first = known.into_iter().min_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        let invoice = match first {
            Some(invoice) => invoice,
            None => self.create(payment, coin, customer).await?,
        };
        // The page has the address, too.
        let methods = self.payment_methods(&invoice.id).await.unwrap_or_default();
        let coins = methods.iter().find_map(|method| method.transfer(coin));
        Ok(invoice.checkout(coins))
    }

    async fn report(&self, payment: &Payment) -> Result<Report, GatewayError> {
        let found = self.found(payment).await?;
        let mut rates = Rates::new();
        for pair in report::late_pairs(payment, &found) {
            let rate = self.rate(&pair).await?;
            rates.insert(pair, rate);
        }
        report::report(payment, &found, &rates)
    }

    /// Marks the invoice as invalid, unless coins were seen.
    async fn close(&self, payment: &Payment) -> Result<(), GatewayError> {
        let found = self.found(payment).await?;
        for Found { invoice, .. } in found.iter().filter(|found| found.is_untouched()) {
            let request = self.request(Method::POST, &format!("/invoices/{}/status", invoice.id)).json(&wire::INVALID);
            self.transport.send("mark", Call::Change, request, wire::marked).await?;
        }
        Ok(())
    }

    /// Makes a payout to the address that the customer confirmed.
    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        let coin = coins::coin(payment.method).ok_or_else(|| refused("the method is not offered"))?;
        let address = refund.address.as_ref().ok_or_else(|| refused("coins need an address to go back to"))?;
        let then = report::rate_of(coin, &self.found(payment).await?);
        let now = self.rate(&format!("{}_{}", coin.name, refund.amount.currency)).await?;
        let coins = coins_back(refund.amount.minor, then, now, coin.decimals);
        let coins = coins.ok_or_else(|| refused("the money is worth less than the smallest part of a coin"))?;
        let request = self.request(Method::POST, "/payouts").json(&wire::payout(payment, refund, coin, address, coins));
        self.transport.send("payout", Call::Change, request, |answer| wire::paid_out(refund, answer)).await
    }

    async fn refund_report(&self, _payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError> {
        if let Some(id) = refund.gateway_refund.as_ref().and_then(|id| id.parse::<Id>().ok()) {
            let request = self.request(Method::GET, &format!("/payouts/{id}"));
            return self
                .transport
                .send("get_payout", Call::Read, request, |answer| wire::payout_report(refund, answer))
                .await;
        }
        // BTCPay has one list for all payouts.
        let request = self.request(Method::GET, "/payouts").query(&[("includeCancelled", "true")]);
        self.transport.send("payouts", Call::Read, request, |answer| wire::found_payout(refund, answer)).await
    }

    /// Coins can't be asked back.
    async fn disputes(&self, _payment: &Payment) -> Result<Vec<DisputeReport>, GatewayError> {
        Ok(Vec::new())
    }

    async fn list(&self, from: Timestamp, until: Timestamp) -> Result<GatewayList, GatewayError> {
        let span = Span { from, until };
        let mut invoices = Pages::from(0);
        while let Some(skip) = invoices.place()? {
            invoices.add(self.page(span, skip).await?);
        }
        let mut money = Vec::new();
        for mut invoice in invoices.into_items() {
            let methods = match invoice.payment_methods.take() {
                Some(methods) => methods,
                None => self.payment_methods(&invoice.id).await?,
            };
            money.extend(report::listed(&Found { invoice, methods }).into_iter().filter(|money| span.has(money.at)));
        }
        let request = self.request(Method::GET, "/payouts");
        let refunds =
            self.transport.send("payouts", Call::Read, request, |answer| wire::listed_payouts(span, answer)).await?;
        Ok(GatewayList { from, until, money, refunds })
    }
}

/// A refusal of what BTCPay was not asked for.
fn refused(why: &str) -> GatewayError {
    GatewayError::Refused { said: Excerpt::of(why) }
}
