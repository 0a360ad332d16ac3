//! Starts a payment: writes it with what will be credited, then asks the gateway for a checkout.

use crate::{Unsettled, look::newest};
use domain::{
    EmailAddress, PaymentId, Timestamp, UserId,
    payment::{
        Amount, GatewayId, MOST_OPEN, Method, NewPayment, NotInLimits, Payment, PaymentReference, Status, credits_of,
    },
};
use gateways::{Customer, GatewayAccessError, GatewayError, Offered};
use runtime::{Context, fail_point};
use store::{Declined, Done, IdempotencyKey, KeyReused, NotCommitted, StoreError, Transaction};
use thiserror::Error;

/// The payments among which open ones are counted. Older ones are about to end.
const NEWEST: usize = 3 * MOST_OPEN;

/// The customer who pays.
#[derive(Clone, Debug)]
pub struct Payer {
    /// The customer.
    pub user: UserId,
    /// Where the gateway sends its receipt.
    pub email: EmailAddress,
}

/// What to pay, and how. What is left out is the first that fits.
#[derive(Clone, Debug)]
pub struct TopUp {
    /// The gateway.
    pub gateway: Option<GatewayId>,
    /// The method.
    pub method: Option<Method>,
    /// The amount.
    pub amount: Amount,
}

/// A started payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// The current payment.
    pub payment: Payment,
    /// Whether an earlier request with the same key made it.
    pub is_replay: bool,
}

/// Why no payment was started. In no case was money taken.
#[derive(Debug, Error)]
pub enum NotStarted {
    /// No gateway takes this method in this currency now.
    #[error("this payment method is not available")]
    NotOffered,
    /// Nobody pays in this currency at the moment.
    #[error("there is no price of a credit in this currency")]
    NotPriced,
    /// The amount is too small or too large.
    #[error(transparent)]
    NotInLimits(#[from] NotInLimits),
    /// Too many payments are open.
    #[error("{MOST_OPEN} payments are open")]
    TooManyOpen,
    /// The key was used for another request.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The first request with this key still waits for the gateway.
    #[error("the payment is being started")]
    Starting {
        /// The payment.
        reference: PaymentReference,
    },
    /// The gateway rejected the payment.
    #[error("the gateway made no checkout: {0}")]
    Refused(GatewayError),
    /// The gateway does not answer. The same request may be repeated.
    #[error(transparent)]
    Unavailable(Unsettled),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(&'static str),
}

/// Makes a payment and its checkout, once for each key. A repeated request gets the current payment.
pub async fn start(
    context: &Context,
    payer: &Payer,
    top_up: TopUp,
    return_url: impl Fn(&PaymentReference) -> String,
    key: &IdempotencyKey,
) -> Result<Started, NotStarted> {
    let now = context.now();
    let payment = PaymentId::new(now, context.random());
    let reference = PaymentReference { user: payer.user.clone(), payment };
    let starting = Box::pin(write(context, reference.clone(), top_up, key, now));
    let done = context.store().make_once(key, (&payer.user, &reference), now, starting).await?;
    fail_point::here("after-start");
    let (payment, is_replay) = match done {
        Done::Now(payment) => (payment, false),
        Done::Before(payment) => (payment, true),
    };
    if payment.status != Status::Started {
        return Ok(Started { payment, is_replay });
    }
    if is_replay && payment.is_starting(now) {
        return Err(NotStarted::Starting { reference: payment.reference });
    }
    let customer = Customer { email: payer.email.clone(), return_url: return_url(&payment.reference) };
    let payment = open(context, payment, &customer).await?;
    Ok(Started { payment, is_replay })
}

/// Writes the payment with the price of a credit as it is now.
async fn write(
    context: &Context,
    reference: PaymentReference,
    TopUp { gateway, method, amount }: TopUp,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Payment, Declined<NotStarted>> {
    let refused = Declined::Unverified;
    let rules = context.store().catalog().sales_rules(now).await.map_err(|error| refused(error.into()))?;
    let fits = |(id, offer): &(GatewayId, &Offered)| {
        gateway.as_ref().is_none_or(|wanted| wanted == id)
            && method.is_none_or(|wanted| wanted == offer.method)
            && offer.fits(None, Some(amount.currency))
            && rules.takes_payments_of(id)
    };
    let chosen = gateways::offers(context.environment()).find(fits);
    let (gateway, Offered { method, .. }) = chosen.ok_or(refused(NotStarted::NotOffered))?;
    let price = rules.credit_price(amount.currency).ok_or(refused(NotStarted::NotPriced))?;
    let credits = credits_of(amount, price).map_err(|limits| refused(limits.into()))?;
    let newest = context.store().ledger().payments(&reference.user, NEWEST, None).await;
    let newest = newest.map_err(|error| refused(error.into()))?.items;
    if newest.iter().filter(|payment| payment.status.is_open()).count() >= MOST_OPEN {
        return Err(refused(NotStarted::TooManyOpen));
    }
    let new = NewPayment { reference, gateway, method: *method, amount, price, credits };
    Ok(context.store().commit(Transaction::of(Payment::start(new, now)).once_for(key), now).await?)
}

/// Asks the gateway for the checkout. If the outcome is unknown, the payment stays started, and a worker asks the gateway
/// for it.
async fn open(context: &Context, payment: Payment, customer: &Customer) -> Result<Payment, NotStarted> {
    let gateway = gateways::gateway(context, &payment.gateway).await;
    let gateway = gateway.map_err(|error: GatewayAccessError| NotStarted::Unavailable(error.into()))?;
    let opened = gateway.open(&payment, customer, context.now()).await;
    fail_point::here("after-open");
    let now = context.now();
    let step = match &opened {
        Ok(checkout) => payment.clone().opened(checkout.clone(), now),
        Err(error @ GatewayError::Refused { .. }) => {
            tracing::warn!(reference = %payment.reference, %error, "a gateway refused a payment");
            payment.clone().not_opened(now)
        }
        Err(error) => return Err(NotStarted::Unavailable(error.clone().into())),
    };
    let step = step.map_err(|_| NotStarted::Defect("a payment was opened before it was started"))?;
    let written = match context.store().commit(Transaction::<Payment>::of(step), now).await {
        Ok(payment) => payment,
        // An event of the gateway, or a repeated request, came first.
        Err(NotCommitted::Changed) => newest(context, &payment).await.map_err(NotStarted::Unavailable)?,
        Err(error) => return Err(error.into()),
    };
    match opened {
        Err(error) if written.status == Status::Failed => Err(NotStarted::Refused(error)),
        _ => Ok(written),
    }
}

impl From<NotCommitted> for NotStarted {
    fn from(error: NotCommitted) -> Self {
        match error {
            NotCommitted::Store(error) => error.into(),
            _ => Self::Defect("a new payment was rejected like an existing one"),
        }
    }
}
