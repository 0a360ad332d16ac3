//! The page on which a customer pays.

use serde::{Deserialize, Deserializer, de};

/// The address of a gateway's page. Customers are sent there, so its scheme is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckoutPage(pub(crate) String);

impl<'de> Deserialize<'de> for CheckoutPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if https::is_page(&text) { Ok(Self(text)) } else { Err(de::Error::custom("not the address of a page")) }
    }
}
