//! A sale of the sandbox. Its identifier has all that its answers follow from: service, country and our order.

use super::numbers;
use crate::order::{BuyRequest, SupplierMessage, SupplierOrder, SupplierOrderStatus};
use domain::{
    Code, CountryCode, MessageText, OrderId, PhoneNumber, Sender, ServiceName, SupplierMoney, SupplierOrderId,
    Timestamp, access::Mode, sandbox::Outcome,
};
use std::time::Duration;

/// How long most numbers listen.
const LIFETIME: Duration = Duration::from_mins(2);
/// How long the sandbox knows an order after its end. So the deadline of the order, which begins a moment after the
/// sale, decides about its end.
const LINGERS: Duration = Duration::from_mins(1);
/// When a number is banned that does not last.
const BANNED_AFTER: Duration = Duration::from_secs(5);
/// When a message comes that does not come at once.
const LATER: Duration = Duration::from_secs(10);
/// The price of a number, in millionths of the sandbox's currency.
const COST: i64 = 1_000;
/// What separates the parts of an identifier; no part contains it.
const BETWEEN: char = ':';

/// A sold number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sale {
    service: ServiceName,
    country: CountryCode,
    order: OrderId,
    phone: PhoneNumber,
}

impl Sale {
    /// The sale for a purchase; `None` for a country without numbers.
    pub(super) fn of(request: &BuyRequest) -> Option<Self> {
        let BuyRequest { service, country, reference, .. } = request;
        Self::new(service.clone(), country.clone(), reference.clone())
    }

    fn new(service: ServiceName, country: CountryCode, order: OrderId) -> Option<Self> {
        let phone = numbers::number(&country, hash(&order))?;
        Some(Self { service, country, order, phone })
    }

    /// The sale with this identifier; `None` if the sandbox sold none.
    pub(super) fn with_id(id: &SupplierOrderId) -> Option<Self> {
        let mut parts = id.as_str().split(BETWEEN);
        let (service, country, order) = (parts.next()?, parts.next()?, parts.next()?);
        let sale = Self::new(service.parse().ok()?, country.parse().ok()?, order.parse().ok()?)?;
        (parts.next().is_none() && sale.order.mode() == Mode::Test).then_some(sale)
    }

    /// How it goes.
    pub(super) fn outcome(&self) -> Outcome {
        Outcome::of(&self.service)
    }

    /// The order as it is at this time.
    pub(super) fn at(&self, now: Timestamp) -> SupplierOrder {
        let sold_at = self.order.made_at();
        let age = now.since(sold_at);
        let lifetime = self.lifetime();
        let messages = self.messages(age);
        let is_banned = self.outcome() == Outcome::SupplierClosed && age >= BANNED_AFTER;
        let status = match (is_banned, age >= lifetime + LINGERS) {
            (true, _) => SupplierOrderStatus::Banned,
            (false, false) => SupplierOrderStatus::Received,
            (false, true) if messages.is_empty() => SupplierOrderStatus::Timeout,
            (false, true) => SupplierOrderStatus::Finished,
        };
        SupplierOrder {
            id: SupplierOrderId::new(format!("{}{BETWEEN}{}{BETWEEN}{}", self.service, self.country, self.order)),
            phone: self.phone.clone(),
            operator: None,
            service: Some(self.service.clone()),
            country: Some(self.country.clone()),
            cost: SupplierMoney::from_micros(COST),
            status,
            created_at: sold_at,
            expires_at: sold_at.plus(lifetime),
            messages,
            unreadable_messages: 0,
        }
    }

    fn lifetime(&self) -> Duration {
        match self.outcome() {
            Outcome::Never => Duration::from_secs(30),
            Outcome::Silent => Duration::from_mins(15),
            _ => LIFETIME,
        }
    }

    fn messages(&self, age: Duration) -> Vec<SupplierMessage> {
        let plan: &[(Duration, bool)] = match self.outcome() {
            Outcome::Code | Outcome::Dear | Outcome::Unaffordable => &[(LATER, true)],
            Outcome::CodeNow | Outcome::Unknown => &[(Duration::ZERO, true)],
            Outcome::TwoMessages => &[(Duration::ZERO, true), (LATER, true)],
            Outcome::NoCode => &[(Duration::ZERO, false)],
            Outcome::Never | Outcome::Silent | Outcome::SupplierClosed | Outcome::NoNumbers | Outcome::PriceRose => &[],
        };
        let come = plan.iter().enumerate().filter(|(_, (after, _))| *after <= age);
        come.map(|(n, (after, has_code))| self.message(n, *after, *has_code)).collect()
    }

    fn message(&self, n: usize, after: Duration, has_code: bool) -> SupplierMessage {
        let code = 100_000 + hash(&self.order).wrapping_add(n as u64) % 900_000;
        let text = if has_code { format!("Your code is {code}") } else { "Open the app to go on".to_owned() };
        SupplierMessage {
            id: Some(n.to_string()),
            at: self.order.made_at().plus(after),
            sender: Sender::new("Sandbox"),
            text: MessageText::new(text),
            code: has_code.then(|| Code::new(code.to_string())),
        }
    }
}

/// A number that follows from an order (FNV-1a), for what differs between orders.
fn hash(order: &OrderId) -> u64 {
    order
        .as_str()
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(service: &str, country: &str, mode: Mode) -> BuyRequest {
        BuyRequest {
            reference: OrderId::of(mode, Timestamp::from_millis(1_795_255_200_000), 7),
            service: service.parse().unwrap(),
            country: country.parse().unwrap(),
            operator: None,
            max_cost: None,
        }
    }

    fn sale(outcome: Outcome) -> Sale {
        Sale::of(&request(outcome.service(), "GB", Mode::Test)).unwrap()
    }

    /// Status, and the codes of the messages, some seconds after the sale.
    fn seen(outcome: Outcome, seconds: u64) -> (&'static str, Vec<bool>) {
        let sale = sale(outcome);
        let order = sale.at(sale.order.made_at().plus(Duration::from_secs(seconds)));
        (order.status.as_str(), order.messages.iter().map(|message| message.code.is_some()).collect())
    }

    #[test]
    fn what_an_order_shows_follows_from_outcome_and_time() {
        for (outcome, seconds, status, messages) in [
            (Outcome::Code, 9, "received", &[][..]),
            (Outcome::Code, 10, "received", &[true]),
            (Outcome::CodeNow, 0, "received", &[true]),
            (Outcome::CodeNow, 179, "received", &[true]),
            (Outcome::CodeNow, 180, "finished", &[true]),
            (Outcome::TwoMessages, 9, "received", &[true]),
            (Outcome::TwoMessages, 10, "received", &[true, true]),
            (Outcome::NoCode, 0, "received", &[false]),
            (Outcome::Never, 89, "received", &[]),
            (Outcome::Never, 90, "timeout", &[]),
            (Outcome::Silent, 900, "received", &[]),
            (Outcome::SupplierClosed, 4, "received", &[]),
            (Outcome::SupplierClosed, 5, "banned", &[]),
            (Outcome::SupplierClosed, 5_000, "banned", &[]),
        ] {
            assert_eq!(seen(outcome, seconds), (status, messages.to_vec()), "{outcome:?} after {seconds} s");
        }
    }

    #[test]
    fn an_identifier_is_all_that_is_known_of_a_sale() {
        for &outcome in Outcome::ALL {
            let sale = sale(outcome);
            let now = sale.order.made_at().plus(Duration::from_mins(1));
            assert_eq!(Sale::with_id(&sale.at(now).id), Some(sale), "{outcome:?}");
        }
        let live = Sale::of(&request("whatsapp", "GB", Mode::Live)).unwrap();
        let live = live.at(Timestamp::default()).id;
        for id in [live.as_str(), "", "whatsapp:GB", "whatsapp:GB:x", &format!("{live}:x"), "11631253"] {
            assert_eq!(Sale::with_id(&SupplierOrderId::new(id)), None, "{id}");
        }
        assert_eq!(Sale::of(&request("whatsapp", "ZZ", Mode::Test)), None);
    }

    #[test]
    fn orders_differ_in_numbers_and_codes() {
        let of = |random| {
            let order = OrderId::of(Mode::Test, Timestamp::default(), random);
            let sale = Sale::of(&BuyRequest { reference: order, ..request("sandbox_code_now", "FR", Mode::Test) });
            let order = sale.unwrap().at(Timestamp::default());
            (order.phone, order.messages[0].code.clone())
        };
        assert_eq!(of(1), of(1));
        assert!(of(1).0 != of(2).0 && of(1).1 != of(2).1);
    }
}
