//! The actor that an entry or a line of the audit trail records.

use crate::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// The customer or the part of the system that did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("system:orders"))]
pub struct Actor(String);

/// What the name of a person of the staff begins with.
const OPERATOR: &str = "operator:";

impl Actor {
    /// A customer.
    pub fn user(id: &UserId) -> Self {
        Self(id.to_string())
    }

    /// A person of the staff, by the name that identifies the person to us.
    pub fn operator(name: &str) -> Self {
        Self(format!("{OPERATOR}{name}"))
    }

    /// A part of the system, by its name, such as `orders`.
    pub fn system(name: &str) -> Self {
        Self(format!("system:{name}"))
    }

    /// Somebody who did not sign in.
    pub fn anonymous() -> Self {
        Self("anonymous".to_owned())
    }

    /// Whether it is a person of the staff.
    pub fn is_operator(&self) -> bool {
        self.0.starts_with(OPERATOR)
    }

    /// The actor as customers see it: without the name of a person of the staff.
    #[must_use]
    pub fn public(self) -> Self {
        if self.is_operator() { Self("operator".to_owned()) } else { self }
    }

    /// The name as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_do_not_see_who_of_the_staff_it_was() {
        assert_eq!(Actor::operator("ama").public().as_str(), "operator");
        assert_eq!(Actor::system("orders").public().as_str(), "system:orders");
    }
}
