//! What staff type to find a customer.

use crate::codes::NotASearch;
use domain::{EmailAddress, OrderId, PhoneNumber, UserId};
use std::str::FromStr;

/// A text by which customers are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// The customer with this identifier.
    Id(UserId),
    /// The customer with this address.
    Email(EmailAddress),
    /// The customer of this order.
    Order(OrderId),
    /// All customers who had this number.
    Number(PhoneNumber),
}

impl FromStr for Search {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let id = text.parse().map(Self::Id).map_err(|_| ());
        let order = || text.parse().map(Self::Order).map_err(|_| ());
        let email = || text.parse().map(Self::Email).map_err(|_| ());
        let number = || text.parse().map(Self::Number).map_err(|_| ());
        id.or_else(|()| order()).or_else(|()| email()).or_else(|()| number())
    }
}

api::text!(Search => NotASearch);

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    #[test]
    fn a_text_is_recognised_by_its_form() {
        let (user, order) = (UserId::new(Timestamp::default(), 1), OrderId::new(Timestamp::default(), 1));
        assert_eq!(user.as_str().parse(), Ok(Search::Id(user.clone())));
        assert_eq!(order.as_str().parse(), Ok(Search::Order(order.clone())));
        assert_eq!(" Kofi@Example.com ".parse(), Ok(Search::Email("kofi@example.com".parse().unwrap())));
        assert_eq!("+233201234567".parse(), Ok(Search::Number("+233201234567".parse().unwrap())));
        for bad in ["", "kofi", "usr_1", "*", "%"] {
            assert_eq!(bad.parse::<Search>(), Err(()), "{bad}");
        }
    }
}
