//! The audit trail: what customers and staff did to accounts and to what is sold, when, from where, and what it
//! changed. Lines are only added, and never have a secret (decision 0034).

mod action;

pub use action::Action;

use crate::{Actor, AuditId, Network, RequestId, Timestamp, UserId, account::Device};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::net::IpAddr;

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Identifier.
    pub id: AuditId,
    /// When it happened.
    pub at: Timestamp,
    /// The account that it concerns; `None` if it concerns what is sold, or our own work.
    #[serde(default)]
    pub account: Option<UserId>,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// What it was done to: an identifier.
    pub target: String,
    /// Where the request came from; `None` without a request of a client.
    #[serde(default)]
    pub source: Option<Source>,
    /// The value before, without secrets; null if there was none.
    #[serde(default)]
    pub before: Value,
    /// The value after, without secrets.
    #[serde(default)]
    pub after: Value,
    /// The reason that was given, if any.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Where a request came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The client's network address.
    pub address: IpAddr,
    /// The device, as its browser says.
    pub device: Device,
    /// The request.
    pub request_id: RequestId,
}

impl Source {
    /// The network of the address.
    pub fn network(&self) -> Network {
        Network::of(self.address)
    }
}

impl AuditLine {
    /// A line that says who did what to what. Its time is that of the identifier.
    pub fn new(id: AuditId, actor: Actor, action: Action, target: impl Into<String>) -> Self {
        Self {
            at: id.made_at(),
            id,
            account: None,
            actor,
            action,
            target: target.into(),
            source: None,
            before: Value::Null,
            after: Value::Null,
            reason: None,
        }
    }

    /// Names what was done to.
    #[must_use]
    pub fn to(self, target: impl Into<String>) -> Self {
        Self { target: target.into(), ..self }
    }

    /// Adds the account that it concerns. Its owner sees the line.
    #[must_use]
    pub fn of(self, account: &UserId) -> Self {
        Self { account: Some(account.clone()), ..self }
    }

    /// Adds where the request came from.
    #[must_use]
    pub fn with_source(self, source: Source) -> Self {
        Self { source: Some(source), ..self }
    }

    /// Adds the values before and after, which must have no secrets. A value that can't be expressed is null.
    #[must_use]
    pub fn changing(self, before: impl Serialize, after: impl Serialize) -> Self {
        let value = |of: Result<Value, _>| of.unwrap_or_default();
        Self { before: value(serde_json::to_value(before)), after: value(serde_json::to_value(after)), ..self }
    }

    /// Adds the reason that was given, if any.
    #[must_use]
    pub fn because(self, reason: Option<&str>) -> Self {
        Self { reason: reason.map(str::to_owned), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(millis: i64, address: IpAddr, action: &str) -> AuditLine {
        let at = Timestamp::from_millis(millis);
        let user = UserId::new(at, 1);
        let source = Source { address, device: Device::of("curl/8"), request_id: RequestId::new(at, 2) };
        AuditLine::new(AuditId::new(at, 3), Actor::user(&user), action.into(), "ses_1").of(&user).with_source(source)
    }

    #[test]
    fn a_line_of_the_first_version_is_read() {
        let stored = r#"{"id": "aud_01JD7Q3XKZ9V0C4T8W2M6N5B1A", "at": "2024-11-21T10:15:00.000Z", "actor": "operator:ama",
            "action": "sales.off", "target": "country:GH", "reason": "floods"}"#;
        let line: AuditLine = serde_json::from_str(stored).unwrap();
        assert_eq!((line.action, line.account, line.source), (Action::SalesOff, None, None));
    }

    #[test]
    fn values_that_are_nothing_are_null() {
        let line = line(1, [127, 0, 0, 1].into(), "sign_in").changing((), Some("pro"));
        assert_eq!((line.before, line.after), (Value::Null, "pro".into()));
    }

    proptest! {
        #[test]
        fn any_line_survives_storage(millis in 0..4_102_444_800_000_i64, address: IpAddr, action in "[a-z_.]{1,30}") {
            let line = line(millis, address, &action).because(Some("x"));
            prop_assert_eq!(line.at, Timestamp::from_millis(millis));
            let stored = serde_json::to_value(&line).unwrap();
            prop_assert_eq!(serde_json::from_value::<AuditLine>(stored).unwrap(), line);
        }
    }
}
