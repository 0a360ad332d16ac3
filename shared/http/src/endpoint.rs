//! Named endpoints, and their service.

use crate::{
    around::around,
    function::FunctionSettings,
    gateway::{self, Event},
    problem::Problem,
};
use axum::{Router, handler::Handler, middleware, response::IntoResponse, routing::any};
use lambda_http::{
    LambdaEvent, Service, aws_lambda_events::apigw::ApiGatewayV2httpResponse, lambda_runtime, service_fn,
    tower::ServiceExt,
};
use runtime::Context;
use std::convert::Infallible;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;

/// An endpoint: its name in `_HANDLER`, and its routes with their descriptions. Most have one route.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// The part of `_HANDLER` after the binary's name, such as `create`.
    pub name: &'static str,
    /// Builds the routes. This takes longer than to serve a request, so a function builds only its own.
    pub routes: fn() -> OpenApiRouter<Context>,
    /// The settings of the endpoint's function.
    pub function: FunctionSettings,
}

impl Endpoint {
    /// An endpoint without a role. Use [`crate::endpoint!`].
    #[doc(hidden)]
    pub const fn new(name: &'static str, routes: fn() -> OpenApiRouter<Context>) -> Self {
        Self { name, routes, function: FunctionSettings::NONE }
    }
}

/// Makes an [`Endpoint`] of a handler: `endpoint!("create", create::create).role("CreateRole")`. Each of
/// several handlers has its own route.
#[macro_export]
macro_rules! endpoint {
    ($name:literal, $($handler:path),+ $(,)?) => {
        $crate::Endpoint::new($name, || {
            $crate::utoipa_axum::router::OpenApiRouter::new()
                $(.routes($crate::described(&$handler, $crate::utoipa_axum::routes!($handler))))+
        })
    };
}

/// Makes an [`Endpoint`] of the handler for all other routes (the gateway's `$default`). The OpenAPI document
/// omits it.
#[macro_export]
macro_rules! catch_all {
    ($name:literal, $handler:path) => {
        $crate::Endpoint::new($name, || $crate::any_route($handler))
    };
}

/// A router with one handler for every route. Use [`crate::catch_all!`].
#[doc(hidden)]
pub fn any_route<H, T>(handler: H) -> OpenApiRouter<Context>
where
    H: Handler<T, Context>,
    T: 'static,
{
    OpenApiRouter::new().route("/", any(handler.clone())).route("/{*path}", any(handler))
}

/// The router of these endpoints, with the layers that all endpoints share.
pub fn router(context: Context, endpoints: impl IntoIterator<Item = Endpoint>) -> Router {
    let mut routes = Router::new();
    for endpoint in endpoints {
        routes = routes.merge((endpoint.routes)().split_for_parts().0);
    }
    let on_panic = |_| Problem::internal("an endpoint panicked").into_response();
    routes
        .fallback(|| async { Problem::not_found() })
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(middleware::from_fn_with_state(context.clone(), around))
        .with_state(context)
}

/// The service of one endpoint, as Lambda calls it.
pub fn service(
    context: Context,
    endpoint: Endpoint,
) -> impl Service<LambdaEvent<Event>, Response = ApiGatewayV2httpResponse, Error = Infallible> {
    let router = router(context, [endpoint]);
    service_fn(move |event: LambdaEvent<Event>| {
        let mut request = event.payload.into_request();
        request.extensions_mut().insert(event.context);
        let response = router.clone().oneshot(request);
        async move { Ok(gateway::answer(response.await?).await) }
    })
}

/// Serves an endpoint as this Lambda function.
pub(crate) async fn serve(context: Context, endpoint: Endpoint) -> Result<(), runtime::Error> {
    lambda_runtime::run(service(context, endpoint)).await
}
