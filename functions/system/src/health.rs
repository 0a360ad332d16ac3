//! `GET /api/v1/health` - reports the health of the service and its dependencies.
//!
//! It needs no key and no database, so it answers when the database does not. The checks are shared by all
//! requests of ten seconds, so only the process's budget limits them.

use crate::health_check::{Dependencies, HealthCheck, HealthStatus};
use api::{
    AsIs, Problem, ProcessLimit,
    axum::{Json, extract::State},
};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use std::time::Duration;
use tokio::sync::Mutex;
use utoipa::ToSchema;

/// How long a check result is reused.
const FRESH: Duration = Duration::from_secs(10);

/// The last check of this process. The lock is held during a check, so concurrent requests share
/// one.
static LAST: Mutex<Option<HealthCheck>> = Mutex::const_new(None);

/// Service health.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    status: HealthStatus,
    /// Deployed version.
    #[schema(examples("0.1.0"))]
    version: String,
    /// Deployment stage.
    #[schema(examples("prod"))]
    stage: String,
    /// Time of this answer.
    timestamp: Timestamp,
    /// Time of the last check of the dependencies, at most 10 seconds ago.
    checked_at: Timestamp,
    dependencies: Dependencies,
}

impl Health {
    fn of(context: &Context, check: HealthCheck) -> Self {
        Self {
            status: check.dependencies.status(),
            version: context.config().version.clone(),
            stage: context.config().stage.clone(),
            timestamp: context.now(),
            checked_at: check.at,
            dependencies: check.dependencies,
        }
    }

    const fn http_status(&self) -> StatusCode {
        match self.status {
            HealthStatus::Ok | HealthStatus::Degraded => StatusCode::OK,
            HealthStatus::Down => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Get service health
///
/// `degraded`: a dependency does not answer or was not seen recently, so requests that need it may
/// fail. `down`: the database does not answer. The dependencies are checked every 10 seconds at
/// most.
#[utoipa::path(
    get, path = "/api/v1/health", operation_id = "get_health", tag = "system",
    responses(
        (status = 200, description = "The service works, fully or in part.", body = Health),
        (status = 503, description = "The database does not answer.", body = Health),
    ),
)]
pub async fn health(_limit: ProcessLimit, State(context): State<Context>) -> Result<Response, Problem> {
    let check = {
        let mut last = LAST.lock().await;
        match &*last {
            Some(check) if check.is_fresh(context.now(), FRESH) => check.clone(),
            _ => last.insert(Box::pin(HealthCheck::run(&context)).await).clone(),
        }
    };
    let health = Health::of(&context, check);
    Ok(AsIs((health.http_status(), Json(health))).into_response())
}
