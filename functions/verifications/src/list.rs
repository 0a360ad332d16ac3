//! `GET /api/v1/verifications` - a customer's orders, newest first.

use crate::{access::ReadOrders, view::VerificationView};
use api::{
    Caller, Fields, FromFields, Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{CountryCode, ServiceName, Timestamp, order::Status};
use runtime::Context;
use store::OrderFilter;
use utoipa::IntoParams;

/// Which orders are wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only in this state.
    status: Option<Status>,
    /// Only for this service.
    service_name: Option<ServiceName>,
    /// Only in this country.
    country_code: Option<CountryCode>,
    /// Only made at or after this moment.
    created_from: Option<Timestamp>,
    /// Only made before this moment.
    created_before: Option<Timestamp>,
    /// Only with this label, as `name:text`.
    #[param(value_type = Option<String>, pattern = "^[^:]+:.+$", example = "project:crm")]
    tag: Option<(String, String)>,
    #[param(ignore)]
    page: PageParams,
}

const STATUSES: [(&str, Status); 6] = [
    ("requesting", Status::Requesting),
    ("waiting", Status::Waiting),
    ("cancelling", Status::Cancelling),
    ("completed", Status::Completed),
    ("refunded", Status::Refunded),
    ("failed", Status::Failed),
];

impl FromFields for Filter {
    fn from_fields(mut fields: Fields) -> Result<Self, Problem> {
        let status = fields.choice("status", &STATUSES);
        let service_name = fields.optional("service_name");
        let country_code = fields.optional("country_code");
        let created_from = fields.optional("created_from");
        let created_before = fields.optional("created_before");
        let text: Option<String> = fields.optional("tag");
        let tag = text.as_deref().and_then(label);
        if text.is_some() && tag.is_none() {
            fields.wrong("tag", "malformed", "Write it as name:text.");
        }
        let page = PageParams::take(&mut fields);
        fields.done(|| Some(Self { status, service_name, country_code, created_from, created_before, tag, page }))
    }
}

/// `project:crm` → a label's name and text.
fn label(text: &str) -> Option<(String, String)> {
    let (name, text) = text.split_once(':')?;
    (!name.is_empty() && !text.is_empty()).then(|| (name.to_owned(), text.to_owned()))
}

/// Your verifications
///
/// Newest first. Filters combine. A page may be shorter than `limit` and still go on.
#[utoipa::path(
    get, path = "/api/v1/verifications", operation_id = "list_verifications", tag = "verifications",
    params(Filter, PageParams), responses((status = 200, body = Listed<VerificationView>)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadOrders>,
    Params(filter): Params<Filter>,
) -> Result<impl IntoResponse, Problem> {
    let wanted = OrderFilter {
        status: filter.status,
        service: filter.service_name,
        country: filter.country_code,
        tag: filter.tag,
        from: filter.created_from,
        before: filter.created_before,
    };
    let page = &filter.page;
    let orders = context.store().orders(&principal.user, &wanted, page.limit(), page.cursor.as_ref()).await?;
    let now = context.now();
    Ok(Listed::from(orders).map(|order| VerificationView::of(&order, now)))
}
