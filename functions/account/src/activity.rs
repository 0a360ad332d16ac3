//! `GET /api/v1/me/activity` - lists what happened to the account, newest first.

use crate::access::ReadActivity;
use api::{
    Caller, Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    Actor, AuditId, Network, RequestId, Timestamp,
    account::Device,
    audit::{Action, AuditLine},
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// Something that happened to the account. It never changes.
#[derive(Serialize, ToSchema)]
pub struct ActivityView {
    /// Identifier.
    id: AuditId,
    /// Action. More may be added.
    #[schema(value_type = String, examples("sign_in"))]
    action: Action,
    /// Identifier of what it was done to, such as a session or a key.
    #[schema(examples("ses_01JD7Q3XKZ9V0C4T8W2M6N5B1A"))]
    target: String,
    /// Actor: your id, `operator`, `anonymous` for somebody who did not sign in, or `system:` and the name of a
    /// component.
    actor: Actor,
    /// Device, as its browser says; null without a request.
    #[schema(value_type = Option<String>, examples("Firefox on Android"))]
    device: Option<Device>,
    /// Network of the device; null without a request.
    #[schema(value_type = Option<String>, examples("198.51.100.0/24"))]
    network: Option<Network>,
    /// Request, for support; null without one.
    #[schema(value_type = Option<String>, examples("req_01KAJ3Z8Q4T0V5W6X7Y8Z9ABCD"))]
    request_id: Option<RequestId>,
    /// Time.
    at: Timestamp,
}

impl From<AuditLine> for ActivityView {
    /// The values before and after, and the reason, are for staff.
    fn from(line: AuditLine) -> Self {
        Self {
            id: line.id,
            action: line.action,
            target: line.target,
            actor: line.actor.public(),
            network: line.source.as_ref().map(domain::audit::Source::network),
            request_id: line.source.as_ref().map(|source| source.request_id.clone()),
            device: line.source.map(|source| source.device),
            at: line.at,
        }
    }
}

/// List the account's activity
///
/// Returns what you, somebody else or our staff did to the account, newest first: sign-ins and refused ones, sessions,
/// passwords, keys, corrections. Look for what was not you.
#[utoipa::path(
    get, path = "/api/v1/me/activity", operation_id = "list_activity", tag = "account",
    params(PageParams), responses((status = 200, body = Listed<ActivityView>)),
)]
pub async fn activity(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadActivity>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let lines = context.store().audit().of_account(&principal.user, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(lines.map(ActivityView::from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{UserId, audit::Source};

    #[test]
    fn customers_do_not_see_staff_reasons_or_addresses() {
        let at = Timestamp::from_millis(1);
        let user = UserId::new(at, 1);
        let source = Source {
            address: [198, 51, 100, 7].into(),
            device: Device::of("curl/8"),
            request_id: RequestId::new(at, 2),
        };
        let line = AuditLine::new(AuditId::new(at, 3), Actor::operator("ama"), Action::CustomerDisable, user.as_str());
        let line = line.of(&user).with_source(source).changing("before", "after").because(Some("fraud"));
        let view = serde_json::to_value(ActivityView::from(line)).unwrap();
        assert_eq!((&view["actor"], &view["network"]), (&"operator".into(), &"198.51.100.0/24".into()));
        for hidden in ["ama", "fraud", "before", "after", "198.51.100.7"] {
            assert!(!view.to_string().contains(hidden), "{hidden}");
        }
    }
}
