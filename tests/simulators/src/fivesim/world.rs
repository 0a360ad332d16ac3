//! The simulator's state: accounts, orders, plans, the clock. One lock protects it, and nothing
//! waits while holding it.

use super::{
    account_state::{AccountState, Event},
    calls::Throttle,
    market::{self, Market, Offer},
    order::{LIFETIME_MS, Order, Sms, Status},
    scenario::{self, Planned, Scenario},
    texts,
};
use crate::{clock, journal::Journal};
use axum::response::Response;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Balance of a new account: a million roubles.
const BALANCE_CENTS: i64 = 100_000_000;

#[derive(Clone)]
pub struct Shared(Arc<Mutex<World>>);

#[derive(Default)]
pub struct World {
    pub market: Market,
    pub orders: BTreeMap<u64, Order>,
    pub plans: VecDeque<Planned>,
    pub behaviours: HashMap<u64, Scenario>,
    pub calls: Journal,
    /// Whether every call is answered 503.
    pub down: bool,
    pub offset_ms: i64,
    pub throttle: Throttle,
    account_states: HashMap<String, AccountState>,
    spent: HashMap<String, i64>,
    balances: HashMap<String, i64>,
    last_id: u64,
}

/// The answer to a purchase.
pub enum Purchase {
    Answer(Order),
    Text(u16, &'static str),
    Html502,
    /// Answered after a delay in seconds.
    Late(i64, Option<Order>),
}

impl Shared {
    /// New state whose first order has the number `last_id` + 1.
    pub fn after(last_id: u64) -> Self {
        Self(Arc::new(Mutex::new(World { last_id, ..World::default() })))
    }

    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    pub fn now(&self) -> i64 {
        clock::real_ms() + self.offset_ms
    }

    /// Resets all state but the last order number: a new order never reuses an old number.
    pub fn forget(&mut self) {
        *self = Self { last_id: self.last_id, ..Self::default() };
    }

    pub fn balance(&self, token: &str) -> i64 {
        self.balances.get(token).copied().unwrap_or(BALANCE_CENTS) - self.spent.get(token).copied().unwrap_or(0)
    }

    pub fn set_balance(&mut self, token: &str, cents: i64) {
        let spent = self.spent.get(token).copied().unwrap_or(0);
        let (more, now) = (cents - self.balance(token), self.now());
        self.balances.insert(token.to_owned(), cents + spent);
        if more > 0 {
            let state = self.account_state(token);
            state.note(Event::ToppedUp, now);
            state.pay_in(more, cents, now);
        }
    }

    /// The state of an account.
    pub fn account_state(&mut self, token: &str) -> &mut AccountState {
        let now = self.now();
        self.account_states.entry(token.to_owned()).or_insert_with(|| {
            let mut state = AccountState::default();
            state.pay_in(BALANCE_CENTS, BALANCE_CENTS, now);
            state
        })
    }

    /// Advances all orders to the current time.
    pub fn tick(&mut self) {
        let now = self.now();
        let mut ended = Vec::new();
        for order in self.orders.values_mut().filter(|order| order.is_open()) {
            let back = order.tick(now).then_some(order.cents);
            if !order.is_open() && !order.is_hosting {
                ended.push((order.token.clone(), back));
            }
        }
        for (token, back) in ended {
            let event = if back.is_some() { Event::TimedOut } else { Event::FinishedByItself };
            self.account_state(&token).note(event, now);
            self.refund(&token, back.unwrap_or(0));
        }
    }

    pub fn refund(&mut self, token: &str, cents: i64) {
        *self.spent.entry(token.to_owned()).or_default() -= cents;
    }

    /// An order of the account, advanced to the current time.
    pub fn order(&mut self, token: &str, id: u64) -> Option<&mut Order> {
        self.tick();
        self.orders.get_mut(&id).filter(|order| order.token == token)
    }

    /// Buys a number by the planned scenario.
    pub fn buy(
        &mut self,
        token: &str,
        country: &str,
        operator: &str,
        product: &str,
        max_cents: Option<i64>,
    ) -> Purchase {
        self.tick();
        let now = self.now();
        if !self.account_state(token).may_buy(now) {
            return Purchase::Text(400, "not enough rating");
        }
        let max_cents = max_cents.or_else(|| self.account_state(token).cap(product));
        let plan = scenario::take(&mut self.plans, country, product);
        match plan.scenario {
            Scenario::NoFreePhones => return Purchase::Text(plan.status, "no free phones"),
            Scenario::OutOfFunds => return Purchase::Text(400, "not enough user balance"),
            Scenario::LowRating => return Purchase::Text(400, "not enough rating"),
            Scenario::ServerOffline => return Purchase::Text(200, "server offline"),
            Scenario::Throttled => return Purchase::Text(429, "api limit is 100 requests per second"),
            Scenario::Html502Before => return Purchase::Html502,
            Scenario::TimeoutBefore => return Purchase::Late(plan.seconds, None),
            Scenario::SameIdAgain => {
                if let Some(order) = self.orders.values().rev().find(|order| order.token == token) {
                    return Purchase::Answer(order.clone());
                }
            }
            _ => {}
        }
        let order = match self.sell(token, country, operator, product, max_cents, &plan) {
            Ok(order) => order,
            Err(text) => return Purchase::Text(400, text),
        };
        match plan.scenario {
            Scenario::Html502After => Purchase::Html502,
            Scenario::TimeoutAfter => Purchase::Late(plan.seconds, Some(order)),
            Scenario::SoldTwice => {
                // The answer does not mention the second number, which gets no message and so can be cancelled.
                let silent = Planned { scenario: Scenario::Never, ..Planned::default() };
                let _ = self.sell(token, country, operator, product, max_cents, &silent);
                Purchase::Answer(order)
            }
            _ => Purchase::Answer(order),
        }
    }

    fn sell(
        &mut self,
        token: &str,
        country: &str,
        operator: &str,
        product: &str,
        max_cents: Option<i64>,
        plan: &Planned,
    ) -> Result<Order, &'static str> {
        let (operator, offer) = self.find_offer(country, operator, product, max_cents)?;
        let cents = if plan.scenario == Scenario::Dearer { offer.cents * 50 } else { offer.cents };
        let mut order = self.charge(token, country, &operator, product, cents)?;
        self.market.set(country, &operator, product, Offer { count: offer.count - 1, ..offer });
        match plan.scenario {
            Scenario::PendingFirst => order.status = Status::Pending,
            Scenario::CancelTooEarly => order.cancel_from = order.created_at + 120_000,
            Scenario::ReceivedWithoutSms => order.null_sms = false,
            Scenario::ForeignNumber => {
                let other = if country == "brazil" { "ghana" } else { "brazil" };
                order.phone = market::phone(other, order.id);
            }
            _ => {}
        }
        let now = order.created_at;
        schedule_messages(&mut order, plan, now);
        self.behaviours.insert(order.id, plan.scenario);
        self.orders.insert(order.id, order.clone());
        Ok(order)
    }

    /// Charges the price and makes a numbered order, which the caller stores.
    pub fn charge(
        &mut self,
        token: &str,
        country: &str,
        operator: &str,
        product: &str,
        cents: i64,
    ) -> Result<Order, &'static str> {
        if self.balance(token) < cents {
            return Err("not enough user balance");
        }
        *self.spent.entry(token.to_owned()).or_default() += cents;
        self.last_id += 1;
        let (id, now) = (self.last_id, self.now());
        Ok(Order {
            id,
            token: token.to_owned(),
            country: country.to_owned(),
            operator: operator.to_owned(),
            product: product.to_owned(),
            phone: market::phone(country, id),
            cents,
            status: Status::Received,
            created_at: now,
            sms: Vec::new(),
            coming: Vec::new(),
            ready_at: now + 2_000,
            cancel_from: now,
            expected_code: texts::code(id),
            null_sms: true,
            lifetime_ms: LIFETIME_MS,
            is_hosting: false,
        })
    }

    fn find_offer(
        &self,
        country: &str,
        operator: &str,
        product: &str,
        max_cents: Option<i64>,
    ) -> Result<(String, Offer), &'static str> {
        let operators = market::operators(country).ok_or("bad country")?;
        if !market::PRODUCTS.contains(&product) {
            return Err("no product");
        }
        if operator == "any" {
            // Only here does the cap apply.
            let mut offers = self.market.offers(country, product).into_iter();
            let fits = |offer: &Offer| offer.count > 0 && max_cents.is_none_or(|max| offer.cents <= max);
            return offers.find(|(_, offer)| fits(offer)).ok_or("no free phones");
        }
        if !operators.contains(&operator) {
            return Err("bad operator");
        }
        let offer = self.market.offer(country, operator, product).filter(|offer| offer.count > 0);
        Ok((operator.to_owned(), offer.ok_or("no free phones")?))
    }
}

fn schedule_messages(order: &mut Order, plan: &Planned, now: i64) {
    let code = order.expected_code.clone();
    let (sender, text) = texts::message(&order.product, &order.country, &code);
    let sms = |at: i64| Sms { at, sender: sender.clone(), text: text.clone(), code: code.clone() };
    let soon = now + 2_000 + i64::try_from(order.id * 617 % 2_000).unwrap_or(0);
    order.coming = match plan.scenario {
        Scenario::Never
        | Scenario::CancelTooEarly
        | Scenario::Cancel502
        | Scenario::CancelHasSms
        | Scenario::Check502
        | Scenario::CheckMalformed
        | Scenario::CheckExpired
        | Scenario::CheckNotFound
        | Scenario::ForeignNumber => Vec::new(),
        Scenario::LateCode => vec![sms(now + plan.seconds * 1000)],
        Scenario::Many => vec![sms(soon), sms(soon + 1_000), sms(soon + 2_000)],
        Scenario::Recycled => {
            order.sms.push(sms(now - 86_400_000));
            Vec::new()
        }
        _ => vec![sms(soon)],
    };
}

/// A plain-text answer.
pub fn text(status: u16, text: &'static str) -> Response {
    let mut response = Response::new(text.into());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let kind = http::HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    response
}

/// The error page of the network in front of 5SIM.
pub fn html_502() -> Response {
    let mut response = Response::new("<html><head><title>502 Bad Gateway</title></head></html>".into());
    *response.status_mut() = http::StatusCode::BAD_GATEWAY;
    response.headers_mut().insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/html"));
    response
}
