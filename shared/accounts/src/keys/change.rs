//! Keys that are changed or ended.

use super::{Changed, NotChanged, change_key};
use crate::{Client, trail};
use domain::{
    ApiKeyId, UserId,
    access::{ApiKey, KeyChanges},
    audit::{Action, AuditLine},
};
use runtime::Context;

/// Changes a key, stops it, or starts it again.
pub async fn change(
    context: &Context,
    user: &UserId,
    id: &ApiKeyId,
    changes: &KeyChanges,
    client: &Client,
) -> Result<Changed, NotChanged> {
    let now = context.now();
    let line = trail::line(context, user, Action::KeyChanged, "", client);
    change_key(context, user, &line, |keyring| keyring.change(id, changes, now)).await
}

/// Ends a key of the customer who asks.
pub async fn revoke(context: &Context, user: &UserId, id: &ApiKeyId, client: &Client) -> Result<ApiKey, NotChanged> {
    end(context, user, id, &trail::line(context, user, Action::KeyRevoked, "", client)).await
}

/// Ends a key now. A request in flight may still pass. Ending it again has no effect.
pub async fn end(context: &Context, user: &UserId, id: &ApiKeyId, line: &AuditLine) -> Result<ApiKey, NotChanged> {
    let now = context.now();
    Ok(change_key(context, user, line, |keyring| keyring.end(id, now)).await?.key)
}
