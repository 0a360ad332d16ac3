//! Paths of requests, relative to the base URL. All requests are GETs.
//!
//! Every segment comes from a closed alphabet (slugs, digits), so nothing is escaped. A value that
//! would change the shape of the path is rejected here.

use crate::{
    error::{Excerpt, RejectedReason, SupplierError},
    fivesim::names::slug_of,
    order::BuyRequest,
};
use domain::{CountryCode, OperatorName, ServiceName, SupplierOrderId};

/// An action on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderAction {
    /// Finish an order that has a message.
    Finish,
    /// Cancel an order without a message.
    Cancel,
    /// Report the number of an order without a message.
    Ban,
}

impl OrderAction {
    /// 5SIM's name of the operation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Finish => "finish",
            Self::Cancel => "cancel",
            Self::Ban => "ban",
        }
    }
}

/// The path segment for any country or operator.
const ANY: &str = "any";

fn rejected(reason: RejectedReason) -> SupplierError {
    SupplierError::Rejected { reason, said: Excerpt::default() }
}

fn country_slug(country: &CountryCode) -> Result<&'static str, SupplierError> {
    slug_of(country).ok_or_else(|| rejected(RejectedReason::Country))
}

/// A name as one path segment. Names may contain dots, but a segment of only dots names another
/// folder.
fn part(name: &str, reason: RejectedReason) -> Result<&str, SupplierError> {
    if name.bytes().all(|b| b == b'.') { Err(rejected(reason)) } else { Ok(name) }
}

fn order_number(id: &SupplierOrderId) -> Result<&str, SupplierError> {
    let text = id.as_str();
    let good = (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if good { Ok(text) } else { Err(SupplierError::OrderNotFound) }
}

/// The path to buy a number. The price cap is sent only without an operator, because 5SIM ignores
/// it otherwise.
pub fn buy_path(request: &BuyRequest) -> Result<String, SupplierError> {
    let country = country_slug(&request.country)?;
    let operator = request.operator.as_ref().map_or(ANY, OperatorName::as_str);
    let operator_part = part(operator, RejectedReason::Operator)?;
    let service = part(request.service.as_str(), RejectedReason::Service)?;
    let path = format!("/user/buy/activation/{country}/{operator_part}/{service}");
    match request.max_cost {
        // Nothing is free, and 5SIM's treatment of such a cap is unknown.
        Some(cap) if cap.micros() <= 0 => Err(SupplierError::NoNumbers),
        Some(cap) if operator == ANY => Ok(format!("{path}?maxPrice={cap}")),
        _ => Ok(path),
    }
}

/// The path to read an order.
pub fn check_path(id: &SupplierOrderId) -> Result<String, SupplierError> {
    Ok(format!("/user/check/{}", order_number(id)?))
}

/// The path of an action on an order.
pub fn action_path(action: OrderAction, id: &SupplierOrderId) -> Result<String, SupplierError> {
    Ok(format!("/user/{}/{}", action.as_str(), order_number(id)?))
}

/// The path to list our orders, newest first.
pub fn orders_path(limit: usize, offset: usize) -> String {
    format!("/user/orders?category=activation&limit={limit}&offset={offset}&order=id&reverse=true")
}

/// The path to read the account.
pub const fn profile_path() -> &'static str {
    "/user/profile"
}

/// The path to list the countries.
pub const fn countries_path() -> &'static str {
    "/guest/countries"
}

/// The path to list the prices of a country, a service, both, or everything.
pub fn prices_path(country: Option<&CountryCode>, service: Option<&ServiceName>) -> Result<String, SupplierError> {
    let mut path = String::from("/guest/prices");
    let mut mark = '?';
    if let Some(country) = country {
        path.push_str("?country=");
        path.push_str(country_slug(country)?);
        mark = '&';
    }
    if let Some(service) = service {
        path.push(mark);
        path.push_str("product=");
        path.push_str(service.as_str());
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SupplierMoney;

    fn request(operator: Option<&str>, micros: Option<i64>) -> BuyRequest {
        BuyRequest {
            reference: domain::OrderId::new(domain::Timestamp::default(), 1),
            service: "whatsapp".parse().unwrap(),
            country: "GH".parse().unwrap(),
            operator: operator.map(|o| o.parse().unwrap()),
            max_cost: micros.map(SupplierMoney::from_micros),
        }
    }

    #[test]
    fn a_cap_goes_along_only_without_an_operator() {
        for (operator, cap, path) in [
            (None, None, "/user/buy/activation/ghana/any/whatsapp"),
            (None, Some(12_345_600), "/user/buy/activation/ghana/any/whatsapp?maxPrice=12.3456"),
            (Some("any"), Some(7_000_000), "/user/buy/activation/ghana/any/whatsapp?maxPrice=7"),
            (Some("mtn"), Some(7_000_000), "/user/buy/activation/ghana/mtn/whatsapp"),
            (Some("virtual21"), None, "/user/buy/activation/ghana/virtual21/whatsapp"),
        ] {
            assert_eq!(buy_path(&request(operator, cap)).as_deref(), Ok(path));
        }
        assert_eq!(buy_path(&request(None, Some(0))), Err(SupplierError::NoNumbers));
    }

    #[test]
    fn a_name_that_would_change_the_path_is_rejected() {
        assert_eq!(buy_path(&request(Some(".."), None)), Err(rejected(RejectedReason::Operator)));
        let dots = BuyRequest { service: ".".parse().unwrap(), ..request(None, None) };
        assert_eq!(buy_path(&dots), Err(rejected(RejectedReason::Service)));
        let unsold = BuyRequest { country: "AE".parse().unwrap(), ..request(None, None) };
        assert_eq!(buy_path(&unsold), Err(rejected(RejectedReason::Country)));
        for id in ["", "../1", "12a", "1?x=1", "١٢", "123456789012345678901"] {
            assert_eq!(check_path(&SupplierOrderId::new(id)), Err(SupplierError::OrderNotFound), "{id:?}");
        }
    }

    #[test]
    fn other_paths() {
        let (gh, whatsapp) = ("GH".parse().unwrap(), "whatsapp".parse().unwrap());
        let id = SupplierOrderId::new("11631253");
        assert_eq!(check_path(&id).unwrap(), "/user/check/11631253");
        assert_eq!(action_path(OrderAction::Cancel, &id).unwrap(), "/user/cancel/11631253");
        assert_eq!(
            orders_path(100, 200),
            "/user/orders?category=activation&limit=100&offset=200&order=id&reverse=true"
        );
        assert_eq!(prices_path(None, None).unwrap(), "/guest/prices");
        assert_eq!(prices_path(Some(&gh), None).unwrap(), "/guest/prices?country=ghana");
        assert_eq!(prices_path(None, Some(&whatsapp)).unwrap(), "/guest/prices?product=whatsapp");
        assert_eq!(prices_path(Some(&gh), Some(&whatsapp)).unwrap(), "/guest/prices?country=ghana&product=whatsapp");
    }
}
