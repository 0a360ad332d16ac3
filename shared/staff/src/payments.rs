//! Payments: the price of a credit, single payments, and the events of gateways.

use crate::{Staff, StaffError};
use billing::NotRerun;
use domain::{
    GatewayEventId, Timestamp, UserId,
    audit::Action,
    payment::{CreditPrice, PayCurrency, Payment, PaymentReference},
    selling::ListedCreditPrice,
};
use store::{Cursor, GatewayEvent, first_items};

impl Staff<'_> {
    /// The price of a credit in each currency that customers pay in; `None` where nobody pays.
    pub async fn credit_prices(&self) -> Result<Vec<(PayCurrency, Option<CreditPrice>)>, StaffError> {
        let rules = self.sales_rules().await?;
        Ok(PayCurrency::ALL.iter().map(|&currency| (currency, rules.credit_price(currency))).collect())
    }

    /// Sets the price of a credit in a currency, for payments that are started from now on.
    pub async fn set_credit_price(
        &self,
        currency: PayCurrency,
        price: CreditPrice,
    ) -> Result<ListedCreditPrice, StaffError> {
        let before = self.sales_rules().await?.credit_prices.remove(&currency);
        let listed = ListedCreditPrice { price, as_of: self.context.now() };
        self.context.store().catalog().set_credit_price(currency, &listed).await?;
        self.record(self.line(Action::CreditPrice, currency.as_str()).changing(before, listed)).await?;
        Ok(listed)
    }

    /// A payment.
    pub async fn payment(&self, reference: &PaymentReference) -> Result<Payment, StaffError> {
        let found = self.context.store().record(&reference.user, reference).await?;
        found.ok_or_else(|| StaffError::Missing(format!("payment {reference}")))
    }

    /// Lets a worker ask the gateway about a payment, whatever its status is.
    pub async fn look_at_payment(&self, reference: &PaymentReference) -> Result<Payment, StaffError> {
        let payment = self.payment(reference).await?;
        billing::ask(self.context, reference).await?;
        self.record(self.line(Action::PaymentLook, reference.to_string()).of(&reference.user)).await?;
        Ok(payment)
    }

    /// The newest payments of a customer, newest first.
    pub async fn newest_payments(&self, customer: &UserId, most: usize) -> Result<Vec<Payment>, StaffError> {
        let ledger = self.context.store().ledger();
        let read = async |left: usize, after: Option<&Cursor>| ledger.payments(customer, left, after).await;
        Ok(first_items(most, read).await?)
    }

    /// The events that gateways sent on a day, oldest first.
    pub async fn gateway_events(&self, day: Timestamp) -> Result<Vec<GatewayEvent>, StaffError> {
        Ok(self.context.store().ledger().gateway_events_of(day).await?)
    }

    /// Queues an event of a gateway once more. It asks the gateway, so it credits nothing twice.
    pub async fn rerun_gateway_event(&self, id: &GatewayEventId) -> Result<GatewayEvent, StaffError> {
        let event = billing::rerun(self.context, id).await.map_err(|error| match error {
            NotRerun::Unknown => StaffError::Missing(format!("event {id}")),
            NotRerun::Store(error) => error.into(),
            NotRerun::Queue(error) => error.into(),
        })?;
        self.record(self.line(Action::GatewayEventRerun, id.as_str())).await?;
        Ok(event)
    }
}
