//! The parts of a key that a customer writes: permissions, lists, times.

use crate::codes::InThePast;
use api::{
    Between, FieldError, List, Parse, Problem,
    parse::{At, UnknownValue, Value},
    utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema, Type},
    },
};
use domain::{
    NetworkRange, ServiceName, Timestamp,
    access::{MOST_FAILURES, Permission},
};

/// The networks of a key.
pub(crate) type Networks = List<NetworkRange, 0, 20>;
/// The services of a key.
pub(crate) type Services = List<ServiceName, 0, 50>;
/// The failures in a row that stop a key.
pub(crate) type StopAfter = Between<1, MOST_FAILURES>;

/// The requests per minute of a key. The plan's limit holds as well.
pub(crate) type PerMinute = Between<1, 10_000>;

/// A permission that a customer may give to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(pub(crate) Permission);

impl Parse for Scope {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let text = at.text(value)?;
        let known = Permission::OF_KEYS.into_iter().find(|permission| permission.as_str() == text);
        let allowed = || Permission::OF_KEYS.map(Permission::as_str).join(", ");
        known.map(Self).or_else(|| at.wrong(UnknownValue { allowed: allowed() }))
    }
}

impl PartialSchema for Scope {
    fn schema() -> RefOr<Schema> {
        let scopes = ObjectBuilder::new().schema_type(Type::String);
        scopes.enum_values(Some(Permission::OF_KEYS.map(Permission::as_str))).into()
    }
}

impl ToSchema for Scope {}

/// Checks that the end of a key is in the future.
pub(crate) fn check_end(end: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    match end {
        Some(end) if end <= now => Err(Problem::fields(vec![FieldError::new("expires_at", InThePast)])),
        _ => Ok(()),
    }
}
