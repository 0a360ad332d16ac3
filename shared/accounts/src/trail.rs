//! Lines of the audit trail about sign-ins, sessions and passwords.

use crate::Client;
use domain::{
    Actor, UserId,
    audit::{Action, AuditLine},
};
use runtime::{Context, audit, telemetry};

/// A line about what the owner of an account did.
pub(crate) fn line(context: &Context, user: &UserId, action: Action, target: &str, client: &Client) -> AuditLine {
    audit::line(context, Actor::user(user), action, target).of(user).with_source(client.source.clone())
}

/// Adds a line about what the owner of an account did.
pub(crate) async fn add(context: &Context, user: &UserId, action: Action, target: &str, client: &Client) {
    audit::add(context, &line(context, user, action, target, client)).await;
}

/// Adds a line about what somebody did who need not be the owner of the account.
pub(crate) async fn add_anonymous(context: &Context, user: &UserId, action: Action, target: &str, client: &Client) {
    let line = AuditLine { actor: Actor::anonymous(), ..line(context, user, action, target, client) };
    audit::add(context, &line).await;
}

/// Adds a line about a refused sign-in. Without an account nobody could be shown the line, so it is only counted.
pub(crate) async fn refused(context: &Context, user: Option<&UserId>, reason: &str, client: &Client) {
    telemetry::count_class("SignInsRefused", if user.is_some() { "account" } else { "no_account" }, 1);
    if let Some(user) = user {
        let line = line(context, user, Action::SignInFailed, user.as_str(), client).because(Some(reason));
        audit::add(context, &AuditLine { actor: Actor::anonymous(), ..line }).await;
    }
}
