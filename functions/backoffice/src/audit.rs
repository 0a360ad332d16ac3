//! `GET /api/v1/admin/audit` - searches the audit trail, newest first.

use crate::{
    access::ReadAudit,
    codes::{NotADay, OneOf},
    problems,
    work::Work,
};
use api::{
    FieldError, Listed, PageParams, Params, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    Actor, AuditId, RequestId, Timestamp, UserId,
    account::Device,
    audit::{Action, AuditLine},
};
use runtime::Context;
use serde::Serialize;
use serde_json::Value;
use staff::Wanted;
use std::{net::IpAddr, str::FromStr};
use utoipa::{IntoParams, ToSchema};

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
    #[param(ignore)]
    #[parse(flatten)]
    page: PageParams,
}

/// An account.
#[derive(Clone, Debug)]
pub struct Account(pub(crate) UserId);

/// A UTC day.
#[derive(Clone, Debug)]
pub struct Day(pub(crate) Timestamp);

impl FromStr for Account {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

impl FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Timestamp::of_day(text).map(Self).map_err(|_| ())
    }
}

api::text!(Account => api::parse::Malformed::Identifier, Day => NotADay);

impl Lines {
    /// The kind of lines, and the page.
    fn wanted(self) -> Result<(Wanted, PageParams), Problem> {
        let wanted = match (self.account, self.day, self.operator) {
            (Some(Account(account)), None, None) => Wanted::Account(account),
            (None, Some(Day(day)), None) => Wanted::Day(day),
            (None, None, Some(operator)) => Wanted::Operator(operator),
            _ => {
                let fields = "account, day, operator".to_owned();
                return Err(Problem::fields(vec![FieldError::new("account", OneOf { fields })]));
            }
        };
        Ok((wanted, self.page))
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
    get, path = "/api/v1/admin/audit", operation_id = "search_audit", tag = "backoffice", params(Lines, PageParams),
    responses((status = 200, body = Listed<LineView>)),
)]
pub async fn search(
    State(context): State<Context>,
    work: Work<ReadAudit>,
    Params(lines): Params<Lines>,
) -> Result<impl IntoResponse, Problem> {
    let (wanted, page) = lines.wanted()?;
    let staff = work.staff(&context);
    let found = staff.trail(&wanted, page.limit(), page.cursor.as_ref()).await.map_err(problems::of)?;
    Ok(Listed::from(found.map(LineView::from)))
}
