//! The end of a session by its refresh token. So a person can sign out after the access token's time is over.

use crate::{Client, end_session};
use domain::account::RefreshText;
use runtime::Context;
use store::{ReadSet, StoreError};

/// Ends the session of a refresh token, be it the newest one or an old one. An invented token ends nothing.
pub async fn sign_out(context: &Context, token: &RefreshText, client: &Client) -> Result<(), StoreError> {
    let read = context.store().account_of_session(token.owner(), token.session(), false, ReadSet::default()).await?;
    match read.signed_in {
        Some(found) if found.session.family == token.family() => {
            end_session(context, token.owner(), token.session(), client).await
        }
        _ => Ok(()),
    }
}
