//! The end of reminders, by the link of one of them.

use domain::account::{Allowed, OneTimeText};
use runtime::Context;
use store::{NotificationChange, StoreError};

/// Ends the reminders of the link's kind by mail. Returns `false` if the link is unknown, or its time is over.
pub async fn unsubscribe(context: &Context, token: &OneTimeText) -> Result<bool, StoreError> {
    let accounts = context.store().accounts();
    let Some(Allowed::Unsubscribe { user_id, reminder }) = accounts.allowed_by(token, context.now()).await? else {
        return Ok(false);
    };
    accounts.change_notifications(&user_id, NotificationChange::no_mail(reminder)).await?;
    Ok(true)
}
