//! `GET /api/v1/health` - whether the service and what it depends on are well.
//!
//! It needs no key and no limiter, so that it answers when the database does not.

use crate::look::{Dependencies, HealthStatus, Look};
use api::{
    AsIs, Problem,
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

/// How long a look is good for.
const FRESH: Duration = Duration::from_secs(10);

/// The last look of this process. It is held while looking, so that many requests at once look once.
static LAST: Mutex<Option<Look>> = Mutex::const_new(None);

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    status: HealthStatus,
    /// The version that is deployed.
    #[schema(examples("0.1.0"))]
    version: String,
    /// Which installation this is.
    #[schema(examples("prod"))]
    stage: String,
    /// When this was answered.
    timestamp: Timestamp,
    /// When the dependencies were looked at: at most 10 s before.
    checked_at: Timestamp,
    dependencies: Dependencies,
}

impl Health {
    fn of(context: &Context, look: Look) -> Self {
        Self {
            status: look.dependencies.status(),
            version: context.config().version.clone(),
            stage: context.config().stage.clone(),
            timestamp: context.now(),
            checked_at: look.at,
            dependencies: look.dependencies,
        }
    }

    const fn http_status(&self) -> StatusCode {
        match self.status {
            HealthStatus::Ok | HealthStatus::Degraded => StatusCode::OK,
            HealthStatus::Down => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// How the service is
///
/// `degraded`: something does not answer or has not been seen for long, and requests that need it may fail. `down`: the database
/// does not answer. Dependencies are looked at every 10 s at most.
#[utoipa::path(
    get, path = "/api/v1/health", operation_id = "get_health", tag = "system",
    responses(
        (status = 200, description = "It works, in full or in part.", body = Health),
        (status = 503, description = "The database does not answer.", body = Health),
    ),
)]
pub async fn health(State(context): State<Context>) -> Result<Response, Problem> {
    let look = {
        let mut last = LAST.lock().await;
        match &*last {
            Some(look) if look.is_fresh(context.now(), FRESH) => look.clone(),
            _ => last.insert(Look::at(&context).await).clone(),
        }
    };
    let health = Health::of(&context, look);
    Ok(AsIs((health.http_status(), Json(health))).into_response())
}
