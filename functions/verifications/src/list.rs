//! `GET /api/v1/verifications` - lists a customer's orders, newest first.

use crate::{access::ReadOrders, view::VerificationView};
use api::{
    Caller, Label, Listed, PageParams, Params, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{CountryCode, ServiceName, Timestamp, order::Status, rate_limit::requests_of_filtered_page};
use runtime::Context;
use store::OrderFilter;
use utoipa::IntoParams;

/// Filters of the list.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Return only verifications with this status.
    status: Option<Status>,
    /// Return only verifications for this service.
    service_name: Option<ServiceName>,
    /// Return only verifications in this country.
    country_code: Option<CountryCode>,
    /// Return only verifications created at or after this time.
    created_from: Option<Timestamp>,
    /// Return only verifications created before this time.
    created_before: Option<Timestamp>,
    /// Return only verifications with this label, as `name:value`.
    #[param(value_type = Option<String>, pattern = "^[^:]+:.+$", example = "project:crm")]
    tag: Option<Label>,
    #[param(ignore)]
    #[parse(flatten)]
    page: PageParams,
}

/// List verifications
///
/// Returns the newest first; with a test key those of test keys, otherwise all others. Filters combine. A page may be
/// shorter than `limit` even if more pages follow. With `status`, `service_name`, `country_code` or `tag`, a page reads
/// up to 250 verifications to find those that match, and counts as one request for each 25 that it reads.
/// `created_from` and `created_before` cost nothing.
#[utoipa::path(
    get, path = "/api/v1/verifications", operation_id = "list_verifications", tag = "verifications",
    params(Filter, PageParams), responses((status = 200, body = Listed<VerificationView>)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, meter, .. }: Caller<ReadOrders>,
    Params(filter): Params<Filter>,
) -> Result<impl IntoResponse, Problem> {
    let order_filter = OrderFilter {
        mode: principal.mode,
        status: filter.status,
        service: filter.service_name,
        country: filter.country_code,
        tag: filter.tag.map(|Label { name, value }| (name, value)),
        from: filter.created_from,
        before: filter.created_before,
    };
    let page = &filter.page;
    let orders =
        context.store().orders().list(&principal.user, &order_filter, page.limit(), page.cursor.as_ref()).await?;
    if order_filter.leaves_out() {
        meter.counts_as(&context, requests_of_filtered_page(orders.read)).await;
    }
    let now = context.now();
    Ok(Listed::from(orders).map(|order| VerificationView::of(&order, now)))
}
