//! Named endpoints, and their service.

use crate::{
    around::around,
    binary::Api,
    body::WithoutQuery,
    describe::Extractors,
    function::FunctionSettings,
    gateway::{self, Event},
    problem::Problem,
};
use axum::{
    Extension, Router,
    handler::Handler,
    middleware,
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, any},
};
use http::{HeaderValue, StatusCode, header::ALLOW};
use lambda_http::{
    LambdaEvent, Service, aws_lambda_events::apigw::ApiGatewayV2httpResponse, lambda_runtime, service_fn,
    tower::ServiceExt,
};
use runtime::Context;
use std::convert::Infallible;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::HttpMethod;

/// An endpoint: its name in `_HANDLER`, and its routes. Most have one route.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// The part of `_HANDLER` after the binary's name, such as `create`.
    pub name: &'static str,
    /// Builds the routes.
    pub routes: fn() -> Router<Context>,
    /// Builds the OpenAPI document of the routes. Only the tests and the document's generator have it, because
    /// functions never need it and would be larger.
    #[cfg(feature = "document")]
    pub document: fn() -> utoipa::openapi::OpenApi,
    /// The API that it belongs to.
    pub api: Api,
    /// The methods of its path besides `GET`, if other endpoints have some of them. Its function gets all requests
    /// without an endpoint, and answers with all methods of the path.
    pub other_methods: &'static [&'static str],
    /// The settings of the endpoint's function.
    pub function: FunctionSettings,
}

impl Endpoint {
    /// An endpoint without a role and a document. Use [`crate::endpoint!`].
    #[doc(hidden)]
    pub const fn new(name: &'static str, routes: fn() -> Router<Context>) -> Self {
        Self {
            name,
            routes,
            #[cfg(feature = "document")]
            document: utoipa::openapi::OpenApi::default,
            api: Api::Public,
            other_methods: &[],
            function: FunctionSettings::NONE,
        }
    }

    /// Names the methods of its path besides `GET`. Needed if other endpoints have some of them.
    #[must_use]
    pub const fn other_methods(self, methods: &'static [&'static str]) -> Self {
        Self { other_methods: methods, ..self }
    }

    /// Puts the endpoint into the API for staff.
    #[must_use]
    pub const fn staff(self) -> Self {
        Self { api: Api::Staff, ..self }
    }

    /// Takes events of an outside system, at a function URL.
    #[must_use]
    pub const fn hook(self) -> Self {
        Self { api: Api::Hooks, ..self }
    }

    /// Adds the document. Use [`crate::endpoint!`].
    #[doc(hidden)]
    #[cfg(feature = "document")]
    #[must_use]
    pub const fn with_document(self, document: fn() -> utoipa::openapi::OpenApi) -> Self {
        Self { document, ..self }
    }
}

/// Makes an [`Endpoint`] of a handler: `endpoint!("create", create::create).role("CreateRole")`. A handler is
/// named by its module and its function. Each of several handlers has its own route.
#[macro_export]
macro_rules! endpoint {
    ($name:literal, $($module:ident::$handler:ident),+ $(,)?) => {
        $crate::with_document!(
            $crate::Endpoint::new($name, || {
                let routes = $crate::axum::Router::new();
                $(
                    // `utoipa::path` makes a type with this name for each handler.
                    let routes = $crate::pastey::paste! {
                        $crate::with_route::<$module::[<__path_ $handler>], _, _>(routes, &$module::$handler)
                    };
                )+
                routes
            }),
            $($module::$handler),+
        )
    };
}

/// Adds the document of these handlers to an endpoint.
#[doc(hidden)]
#[cfg(feature = "document")]
#[macro_export]
macro_rules! with_document {
    ($endpoint:expr, $($handler:path),+) => {
        $endpoint.with_document(|| {
            let mut document = $crate::utoipa::openapi::OpenApi::default();
            $({
                #[derive($crate::utoipa::OpenApi)]
                #[openapi(paths($handler))]
                struct Document;

                document.merge($crate::described(&$handler, <Document as $crate::utoipa::OpenApi>::openapi()));
            })+
            document
        })
    };
}

/// The endpoint itself: this build has no documents.
#[doc(hidden)]
#[cfg(not(feature = "document"))]
#[macro_export]
macro_rules! with_document {
    ($endpoint:expr, $($handler:path),+) => {
        $endpoint
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

/// These routes and the handler's own, at the path and methods of `P`. Use [`crate::endpoint!`].
#[doc(hidden)]
pub fn with_route<P, H, T>(routes: Router<Context>, handler: &H) -> Router<Context>
where
    P: utoipa::Path,
    H: Handler<T, Context>,
    T: Extractors + 'static,
{
    let methods = P::methods();
    let filters = methods.iter().map(filter);
    let mut methods = filters.fold(MethodRouter::new(), |methods, filter| methods.on(filter, handler.clone()));
    if T::description().refuses_query() {
        methods = methods.layer(Extension(WithoutQuery));
    }
    routes.route(&P::path(), methods)
}

const fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}

/// A router with one handler for every route. Use [`crate::catch_all!`].
#[doc(hidden)]
pub fn any_route<H, T>(handler: H) -> Router<Context>
where
    H: Handler<T, Context>,
    T: 'static,
{
    Router::new().route("/", any(handler.clone())).route("/{*path}", any(handler))
}

/// The router of these endpoints, with the layers that all endpoints share.
pub fn router(context: Context, endpoints: impl IntoIterator<Item = Endpoint>) -> Router {
    let mut routes = Router::new();
    for endpoint in endpoints {
        let (own, others) = ((endpoint.routes)(), endpoint.other_methods);
        let allow_all = middleware::map_response(move |response| async move { allow_also(others, response) });
        routes = routes.merge(if others.is_empty() { own } else { own.layer(allow_all) });
    }
    let on_panic = |_| Problem::internal("an endpoint panicked").into_response();
    routes
        .fallback(|| async { Problem::not_found() })
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(middleware::from_fn_with_state(context.clone(), around))
        .with_state(context)
}

/// Adds methods of other endpoints to a 405. The router adds its own ones later, and only if there are none yet; the
/// list has those, too.
fn allow_also(others: &[&str], mut response: Response) -> Response {
    if response.status() == StatusCode::METHOD_NOT_ALLOWED
        && let Ok(all) = HeaderValue::from_str(&format!("GET,HEAD,{}", others.join(",")))
    {
        response.headers_mut().insert(ALLOW, all);
    }
    response
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
