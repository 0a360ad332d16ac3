//! How a person pays a session, on its page or by the control API.

use super::{
    charge::Progress,
    currency::{self, Currency},
    decline::Decline,
    due::{Due, What},
    event::Change,
    id,
    intent::{Intent, Refunds},
    method::{Customer, Kind, Later, Method},
    session::{Session, Status},
    world::World,
};
use serde::Deserialize;

/// The address of a person who typed none.
const SOMEBODY: &str = "jenny.rosen@example.com";
/// After how many seconds a bank answers.
pub const BANK_S: i64 = 10;
/// After how many seconds a refund ends.
const REFUND_S: i64 = 60;

/// What becomes of a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    #[default]
    Success,
    /// The card is declined, and the session stays open.
    Failed,
    /// The card has too little money, and the session stays open.
    InsufficientFunds,
    /// The session expires.
    Expired,
    /// The bank pays later.
    AsyncSuccess,
    /// The bank declines later.
    AsyncFailed,
    /// Another amount is paid.
    WrongAmount,
    /// Another currency is paid.
    WrongCurrency,
    /// Refunds succeed, and fail later.
    SuccessRefundFails,
    /// Refunds are pending first.
    SuccessRefundPending,
    /// Refunds are pending first, and then fail.
    SuccessRefundPendingFails,
    /// Payments without the person are declined.
    SuccessThenDeclined,
    /// Payments without the person need the person.
    SuccessThenAuthentication,
}

/// A payment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payment {
    pub outcome: Outcome,
    /// What is paid. Without it `wrong_amount` is half of what is asked for.
    pub amount: Option<i64>,
    /// Without it `wrong_currency` is euros, or dollars.
    pub currency: Option<String>,
    /// After how many seconds of the simulator's clock the bank answers, or a refund ends.
    pub after_s: Option<u32>,
}

/// Why a session can't be paid in that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpayable {
    /// It is complete or expired.
    NotOpen,
    /// It offers no such payment method.
    NotOffered,
    /// No such currency, or no such amount.
    NoSuchPrice,
}

impl Payment {
    /// The digits of the test card or account that behaves like this.
    const fn last4(&self) -> &'static str {
        match self.outcome {
            Outcome::Failed => "0002",
            Outcome::InsufficientFunds => "9995",
            Outcome::SuccessRefundFails => "5126",
            Outcome::SuccessRefundPending | Outcome::SuccessRefundPendingFails => "7726",
            Outcome::SuccessThenDeclined => "0341",
            Outcome::SuccessThenAuthentication => "3184",
            Outcome::AsyncSuccess => "6789",
            Outcome::AsyncFailed => "2227",
            Outcome::Success | Outcome::Expired | Outcome::WrongAmount | Outcome::WrongCurrency => "4242",
        }
    }

    const fn is_async(&self) -> bool {
        matches!(self.outcome, Outcome::AsyncSuccess | Outcome::AsyncFailed)
    }

    const fn progress(&self) -> Progress {
        match self.outcome {
            Outcome::Failed => Progress::Failed(Decline::Generic),
            Outcome::InsufficientFunds => Progress::Failed(Decline::InsufficientFunds),
            Outcome::AsyncSuccess | Outcome::AsyncFailed => Progress::Pending,
            _ => Progress::Succeeded,
        }
    }

    const fn later(&self) -> Later {
        match self.outcome {
            Outcome::SuccessThenDeclined => Later::Declined,
            Outcome::SuccessThenAuthentication => Later::Authentication,
            _ => Later::Succeed,
        }
    }

    fn refunds(&self) -> Refunds {
        let after_s = self.after_s.map_or(REFUND_S, i64::from);
        match self.outcome {
            Outcome::SuccessRefundFails => Refunds::Fail(after_s),
            Outcome::SuccessRefundPending => Refunds::Wait(after_s),
            Outcome::SuccessRefundPendingFails => Refunds::WaitAndFail(after_s),
            _ => Refunds::Succeed,
        }
    }

    /// The payment method that the session offers for this.
    fn kind(&self, session: &Session) -> Result<Kind, Unpayable> {
        let is_async = self.is_async();
        let offered = session.order.kinds.iter().find(|kind| (**kind != Kind::Card) == is_async);
        offered.copied().ok_or(Unpayable::NotOffered)
    }

    /// What is paid: the price of the session, unless the payment says otherwise.
    fn price(&self, session: &Session) -> Result<(i64, &'static Currency), Unpayable> {
        let asked = session.order.amount();
        let amount = self.amount.unwrap_or(if self.outcome == Outcome::WrongAmount { asked / 2 } else { asked });
        let usual = match session.order.currency.code {
            "usd" if self.outcome == Outcome::WrongCurrency => "eur",
            _ if self.outcome == Outcome::WrongCurrency => "usd",
            code => code,
        };
        let currency = currency::find(self.currency.as_deref().unwrap_or(usual))
            .filter(|_| (1..=currency::MOST).contains(&amount));
        currency.map(|currency| (amount, currency)).ok_or(Unpayable::NoSuchPrice)
    }
}

impl World {
    /// Pays a session, or fails to, and sends the events.
    pub fn pay(&mut self, session: &str, payment: &Payment) -> Result<(), Unpayable> {
        let now = self.now();
        let session = self.sessions.get(session).filter(|session| session.status == Status::Open);
        let session = session.cloned().ok_or(Unpayable::NotOpen)?;
        if payment.outcome == Outcome::Expired {
            self.expire(&session.id, now);
            return Ok(());
        }
        let (kind, (amount, currency)) = (payment.kind(&session)?, payment.price(&session)?);
        let (customer, email) = self.payer(&session, now);
        let saved_for = customer.clone().filter(|_| session.order.saves.is_some());
        let method = self.methods.add(Method {
            id: id::object("pm"),
            created: now,
            kind,
            last4: payment.last4(),
            email: email.clone(),
            customer: saved_for,
            later: payment.later(),
        });
        let intent = self.intent_for(&session, now);
        if let Some(intent) = self.intents.get_mut(&intent) {
            (intent.amount, intent.currency) = (amount, currency);
            intent.customer.clone_from(&customer);
            intent.refunds = payment.refunds();
        }
        let progress = payment.progress();
        let mut changes = self.attempt(&intent, &method, progress, now);
        if let Some(session) = self.sessions.get_mut(&session.id) {
            session.intent = Some(intent.clone());
            session.customer = customer;
            if !matches!(progress, Progress::Failed(_)) {
                session.status = Status::Complete;
                session.is_paid = progress == Progress::Succeeded;
                session.email = Some(email);
                (session.amount, session.currency) = (amount, currency);
                changes.push(Change::new("checkout.session.completed", &session.id));
            }
        }
        if progress == Progress::Pending {
            let at = now + payment.after_s.map_or(BANK_S, i64::from);
            let pays = payment.outcome == Outcome::AsyncSuccess;
            self.due.push(Due { at, what: What::Settle { intent, pays } });
        }
        self.emit(session.reference(), &changes, now);
        Ok(())
    }

    /// The customer, who is made if the session says so, and the e-mail address.
    fn payer(&mut self, session: &Session, now: i64) -> (Option<String>, String) {
        let known = session.order.customer.as_ref().or(session.customer.as_ref());
        if let Some(customer) = known.and_then(|customer| self.customers.get(customer)) {
            return (Some(customer.id.clone()), customer.email.clone());
        }
        let email = session.order.email.clone().unwrap_or_else(|| SOMEBODY.to_owned());
        let customer = session.order.makes_customer.then(|| self.customers.add(Customer::new(&email, now)));
        (customer, email)
    }

    /// The payment intent of a session, which its first attempt makes.
    fn intent_for(&mut self, session: &Session, now: i64) -> String {
        if let Some(intent) = &session.intent {
            return intent.clone();
        }
        let order = &session.order;
        self.intents.add(Intent {
            description: order.intent_description.clone(),
            metadata: order.intent_metadata.clone(),
            saves: order.saves,
            kinds: order.kinds.clone(),
            session: Some(session.id.clone()),
            reference: session.reference().to_owned(),
            ..Intent::new(order.amount(), order.currency, now)
        })
    }
}
