//! Who does something: the name that entries and audits remember.

use crate::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Who does something: a customer, or a worker of the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("system:orders"))]
pub struct Actor(String);

impl Actor {
    /// A customer.
    pub fn user(id: &UserId) -> Self {
        Self(id.to_string())
    }

    /// A part of the system, by its name: `orders`.
    pub fn system(name: &str) -> Self {
        Self(format!("system:{name}"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
