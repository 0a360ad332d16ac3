//! `GET /api/v1/admin/users` - finds customers.

use crate::{access::ReadUsers, problems, search::Search, view::UserView, work::Work};
use api::{
    Params, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;
use serde::Serialize;
use store::Profile;
use utoipa::{IntoParams, ToSchema};

/// What to look for.
#[derive(Parse, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Email address, phone number, or the id of a customer or an order.
    #[param(value_type = String, example = "kofi@example.com")]
    pub q: Search,
}

/// The customers that were found.
#[derive(Serialize, ToSchema)]
pub struct UsersView {
    /// The customers: none, one, or all who had a number.
    items: Vec<UserView>,
}

impl From<Vec<Profile>> for UsersView {
    fn from(profiles: Vec<Profile>) -> Self {
        Self { items: profiles.into_iter().map(UserView::from).collect() }
    }
}

/// Find customers
#[utoipa::path(
    get, path = "/api/v1/admin/users", operation_id = "find_users", tag = "backoffice", params(Wanted),
    responses((status = 200, body = UsersView)),
)]
pub async fn find(
    State(context): State<Context>,
    work: Work<ReadUsers>,
    Params(Wanted { q }): Params<Wanted>,
) -> Result<impl IntoResponse, Problem> {
    let staff = work.staff(&context);
    let owners = match q {
        Search::Id(id) => vec![id],
        Search::Email(address) => context.store().accounts().with_email(&address).await?.into_iter().collect(),
        Search::Order(order) => context.store().orders().owner_of(&order).await?.into_iter().collect(),
        Search::Number(number) => staff.owners_of_number(&number).await.map_err(problems::of)?.into_iter().collect(),
    };
    // A customer who is gone is not found.
    let found = staff.customers(owners).await.map_err(problems::of)?;
    Ok(Json(UsersView::from(found)))
}
