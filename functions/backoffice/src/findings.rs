//! `GET /api/v1/admin/findings` - lists findings, oldest first.

use crate::{
    access::WorkOnFindings,
    audit::Day,
    finding_view::{FindingView, Kind, State},
    problems,
    work::Work,
};
use api::{
    Listed, PageParams, Params, Parse, Problem,
    axum::{extract, response::IntoResponse},
};
use domain::finding::FindingState;
use runtime::Context;
use staff::WantedFindings;
use utoipa::IntoParams;

/// Which findings are wanted.
#[derive(Parse, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Findings {
    /// UTC day of the findings; without it, all that are not resolved.
    #[param(value_type = Option<String>, example = "2026-11-21")]
    pub day: Option<Day>,
    /// Only those in this state.
    #[param(value_type = Option<FindingState>)]
    pub state: Option<State>,
    /// Only those of this kind.
    #[param(value_type = Option<String>, example = "payment_not_the_amount")]
    pub kind: Option<Kind>,
    #[param(ignore)]
    #[parse(flatten)]
    page: PageParams,
}

/// List findings
///
/// Returns the findings that are not resolved, or all of a day, oldest first.
#[utoipa::path(
    get, path = "/api/v1/admin/findings", operation_id = "list_findings", tag = "backoffice",
    params(Findings, PageParams), responses((status = 200, body = Listed<FindingView>)),
)]
pub async fn list(
    extract::State(context): extract::State<Context>,
    work: Work<WorkOnFindings>,
    Params(Findings { day, state, kind, page }): Params<Findings>,
) -> Result<impl IntoResponse, Problem> {
    let wanted = WantedFindings {
        day: day.map(|Day(day)| day),
        state: state.map(|State(state)| state),
        kind: kind.map(|Kind(kind)| kind),
    };
    let found = work.staff(&context).find_findings(&wanted, page.limit(), page.cursor.as_ref()).await;
    Ok(Listed::from(found.map_err(problems::of)?.map(FindingView::from)))
}
