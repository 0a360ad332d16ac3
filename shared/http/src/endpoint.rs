//! Endpoints by name, and how one of them is served.

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

/// An endpoint: the name that `_HANDLER` gives, and its routes with their descriptions. Most have one.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// The part of `_HANDLER` after the binary's name: `create`.
    pub name: &'static str,
    /// Makes its routes. Describing one takes longer than serving it, so a function makes only its own.
    pub routes: fn() -> OpenApiRouter<Context>,
    /// What its function is given.
    pub function: FunctionSettings,
}

impl Endpoint {
    /// Without a role yet. Use [`crate::endpoint!`].
    #[doc(hidden)]
    pub const fn new(name: &'static str, routes: fn() -> OpenApiRouter<Context>) -> Self {
        Self { name, routes, function: FunctionSettings::NONE }
    }
}

/// Names a handler as an endpoint, and the role of its function: `endpoint!("create", create::create).role("CreateRole")`.
/// Several handlers have a route each.
#[macro_export]
macro_rules! endpoint {
    ($name:literal, $($handler:path),+ $(,)?) => {
        $crate::Endpoint::new($name, || {
            $crate::utoipa_axum::router::OpenApiRouter::new()
                $(.routes($crate::described(&$handler, $crate::utoipa_axum::routes!($handler))))+
        })
    };
}

/// Names a handler as the endpoint for whatever has no route of its own (the gateway's `$default`); the OpenAPI document leaves
/// it out.
#[macro_export]
macro_rules! catch_all {
    ($name:literal, $handler:path) => {
        $crate::Endpoint::new($name, || $crate::any_route($handler))
    };
}

/// Every route, for one handler. Use [`crate::catch_all!`].
#[doc(hidden)]
pub fn any_route<H, T>(handler: H) -> OpenApiRouter<Context>
where
    H: Handler<T, Context>,
    T: 'static,
{
    OpenApiRouter::new().route("/", any(handler.clone())).route("/{*path}", any(handler))
}

/// The service of some endpoints: their routes and nothing else, with what all endpoints share around them.
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

/// The same for one endpoint, as Lambda calls it.
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

/// Serves an endpoint, as this Lambda function.
pub(crate) async fn serve(context: Context, endpoint: Endpoint) -> Result<(), runtime::Error> {
    lambda_runtime::run(service(context, endpoint)).await
}
