//! `GET /api/v1/admin/audit` - searches the audit trail, newest first.

use crate::{
    access::ReadAudit,
    codes::{NotADay, OneOf},
    problems,
};
use api::{
    Caller, FieldError, Listed, Params, Parse, Problem, Requested,
    axum::{extract::State, response::IntoResponse},
    parse::Between,
};
use domain::{
    Actor, AuditId, RequestId, Timestamp, UserId,
    account::Device,
    audit::{Action, AuditLine},
};
use runtime::Context;
use serde::Serialize;
use serde_json::Value;
use staff::{Staff, Wanted};
use std::{net::IpAddr, str::FromStr};
use store::Cursor;
use utoipa::{IntoParams, ToSchema};

/// The lines of a page, unless the request says more or less.
const DEFAULT_LIMIT: u32 = 50;

/// Which lines are wanted: exactly one of `account`, `day` and `operator`.
#[derive(Parse, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Lines {
    /// Account that the lines are about.
    #[param(value_type = Option<String>)]
    pub account: Option<Account>,
    /// UTC day.
    #[param(value_type = Option<String>, example = "2026-11-21")]
    pub day: Option<Day>,
    /// Person of the staff: the account, or the name that the operator's program was given.
    #[param(example = "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH")]
    pub operator: Option<String>,
    /// Maximum number of lines, 1 to 100. Defaults to 50.
    #[param(inline)]
    pub limit: Option<Between<1, 100>>,
    /// `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

/// An account.
#[derive(Clone, Debug)]
pub struct Account(UserId);

/// A UTC day.
#[derive(Clone, Debug)]
pub struct Day(Timestamp);

impl FromStr for Account {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

impl FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        format!("{text}T00:00:00Z").parse().map(Self).map_err(|_| ())
    }
}

api::text!(Account => api::parse::Malformed::Identifier, Day => NotADay);

impl Lines {
    /// The kind of lines, and the page.
    fn wanted(self) -> Result<(Wanted, usize, Option<Cursor>), Problem> {
        let limit = self.limit.map_or(DEFAULT_LIMIT, api::Between::get) as usize;
        let wanted = match (self.account, self.day, self.operator) {
            (Some(Account(account)), None, None) => Wanted::Account(account),
            (None, Some(Day(day)), None) => Wanted::Day(day),
            (None, None, Some(operator)) => Wanted::Operator(operator),
            _ => {
                let fields = "account, day, operator".to_owned();
                return Err(Problem::fields(vec![FieldError::new("account", OneOf { fields })]));
            }
        };
        Ok((wanted, limit, self.cursor))
    }
}

/// A line of the audit trail. It never changes.
#[derive(Serialize, ToSchema)]
pub struct LineView {
    /// Identifier.
    id: AuditId,
    /// Action. More may be added.
    #[schema(value_type = String, examples("customer.disable"))]
    action: Action,
    /// Who did it.
    actor: Actor,
    /// Identifier of what it was done to.
    target: String,
    /// Account that it is about; null for what is sold, and for our own work.
    account: Option<UserId>,
    /// Values before.
    #[schema(value_type = Object)]
    before: Value,
    /// Values after.
    #[schema(value_type = Object)]
    after: Value,
    /// Why.
    reason: Option<String>,
    /// Address of the request.
    #[schema(value_type = Option<String>)]
    address: Option<IpAddr>,
    /// Device of the request.
    #[schema(value_type = Option<String>)]
    device: Option<Device>,
    /// Request.
    #[schema(value_type = Option<String>)]
    request_id: Option<RequestId>,
    /// Time.
    at: Timestamp,
}

impl From<AuditLine> for LineView {
    fn from(line: AuditLine) -> Self {
        Self {
            id: line.id,
            action: line.action,
            actor: line.actor,
            target: line.target,
            account: line.account,
            before: line.before,
            after: line.after,
            reason: line.reason,
            address: line.source.as_ref().map(|source| source.address),
            device: line.source.as_ref().map(|source| source.device.clone()),
            request_id: line.source.map(|source| source.request_id),
            at: line.at,
        }
    }
}

/// Search the audit trail
///
/// Returns the lines about an account, of a day, or of a person of the staff, newest first.
#[utoipa::path(
    get, path = "/api/v1/admin/audit", operation_id = "search_audit", tag = "backoffice", params(Lines),
    responses((status = 200, body = Listed<LineView>)),
)]
pub async fn search(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadAudit>,
    Requested(source): Requested,
    Params(lines): Params<Lines>,
) -> Result<impl IntoResponse, Problem> {
    let (wanted, limit, cursor) = lines.wanted()?;
    let staff = Staff::signed_in(&context, &principal, source);
    let page = staff.trail(&wanted, limit, cursor.as_ref()).await.map_err(problems::of)?;
    Ok(Listed::from(page.map(LineView::from)))
}
