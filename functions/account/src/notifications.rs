//! `GET /api/v1/me/notifications` - returns what the caller is reminded of, and how. `PATCH` changes it.

use crate::access::{ChangeNotifications, ReadNotifications};
use api::{
    Caller, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{Credits, notification::Notifications};
use runtime::Context;
use serde::Serialize;
use store::NotificationChange;
use utoipa::ToSchema;

/// Reminders, each with the ways in which it is sent. More of both may be added. Mails about changes of the account are
/// always sent.
#[derive(Serialize, ToSchema)]
pub struct NotificationsView {
    /// The available balance falls below a limit: once, until a day later or until money takes it to the limit again.
    low_balance: LowBalanceView,
    /// A rented number is about to expire.
    rental_ending: RentalEndingView,
}

/// The reminder of a low balance.
#[derive(Serialize, ToSchema)]
pub struct LowBalanceView {
    /// Whether it is sent by mail.
    mail: bool,
    /// The limit. Zero never reminds.
    below: Credits,
}

/// The reminder of a rental.
#[derive(Serialize, ToSchema)]
pub struct RentalEndingView {
    /// Whether it is sent by mail.
    mail: bool,
}

/// A change of reminders; what is left out stays.
#[derive(Parse, ToSchema)]
pub struct NotificationChanges {
    /// The available balance falls below a limit.
    #[schema(required = false)]
    pub low_balance: Option<LowBalanceChanges>,
    /// A rented number is about to expire.
    #[schema(required = false)]
    pub rental_ending: Option<RentalEndingChanges>,
}

/// A change of the reminder of a low balance; what is left out stays.
#[derive(Parse, ToSchema)]
pub struct LowBalanceChanges {
    /// Whether it is sent by mail.
    #[schema(required = false)]
    pub mail: Option<bool>,
    /// The limit. Zero never reminds.
    #[schema(required = false)]
    pub below: Option<Credits>,
}

/// A change of the reminder of a rental; what is left out stays.
#[derive(Parse, ToSchema)]
pub struct RentalEndingChanges {
    /// Whether it is sent by mail.
    #[schema(required = false)]
    pub mail: Option<bool>,
}

/// Get the reminders
#[utoipa::path(
    get, path = "/api/v1/me/notifications", operation_id = "get_notifications", tag = "account",
    responses((status = 200, body = NotificationsView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadNotifications>,
) -> Result<impl IntoResponse, Problem> {
    let wanted = context.store().accounts().notifications(&principal.user).await?;
    Ok(axum::Json(NotificationsView::from(wanted)))
}

/// Change the reminders
///
/// Switches reminders on or off. Each mail of a reminder has a link that switches it off, too.
#[utoipa::path(
    patch, path = "/api/v1/me/notifications", operation_id = "change_notifications", tag = "account",
    request_body = NotificationChanges, responses((status = 200, body = NotificationsView)),
)]
pub async fn change(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeNotifications>,
    Json(NotificationChanges { low_balance, rental_ending }): Json<NotificationChanges>,
) -> Result<impl IntoResponse, Problem> {
    let change = NotificationChange {
        low_balance_mail: low_balance.as_ref().and_then(|change| change.mail),
        low_balance_below: low_balance.as_ref().and_then(|change| change.below),
        rental_ending_mail: rental_ending.and_then(|change| change.mail),
    };
    let wanted = context.store().accounts().change_notifications(&principal.user, change).await?;
    Ok(axum::Json(NotificationsView::from(wanted)))
}

impl From<Notifications> for NotificationsView {
    fn from(wanted: Notifications) -> Self {
        Self {
            low_balance: LowBalanceView { mail: wanted.low_balance_mail, below: wanted.low_balance_below },
            rental_ending: RentalEndingView { mail: wanted.rental_ending_mail },
        }
    }
}
