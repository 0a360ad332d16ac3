"""HTTP APIs: create routes, integrations and CORS from the OpenAPI body that SAM writes; preflights without CORS.

SAM turns `AWS::Serverless::HttpApi` into an `AWS::ApiGatewayV2::Api` whose routes are in its `Body`. MiniStack stores
the API and ignores the body, so every route would answer 404. It answers each `OPTIONS` itself; AWS does so only if the API
has a CORS configuration, and otherwise sends it to the route.
"""

from typing import Any

from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]

_ANY_METHOD = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"
_CORS = "x-amazon-apigateway-cors"


def close_gaps() -> None:
    """Import the body of every HTTP API when CloudFormation creates or updates it, and route `OPTIONS`."""
    _route_options()
    handlers = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
    original_create, original_update = handlers["create"], handlers["update"]

    def create(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
        api_id, attributes = original_create(logical_id, properties, stack)
        _import_body(api_id, properties.get("Body"))
        return api_id, attributes

    def update(
        physical_id: str, old: Properties, new: Properties, stack: str, logical_id: str | None = None
    ) -> tuple[str, Properties]:
        api_id, attributes = original_update(physical_id, old, new, stack, logical_id)
        _import_body(api_id, new.get("Body"))
        return api_id, attributes

    handlers.update(create=create, update=update)


class _Options(str):
    """The method `OPTIONS`, which MiniStack does not recognise. A route for it would not match; none is deployed."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return other is self

    def __ne__(self, other: object) -> bool:
        return other is not self


def _route_options() -> None:
    original = apigateway._handle_execute_in_scope

    async def handle(api_id: str, stage: str, path: str, method: str, *rest: Any, **named: Any) -> Any:
        if method == "OPTIONS" and not (apigateway._apis.get(api_id) or {}).get("corsConfiguration"):
            method = _Options(method)
        return await original(api_id, stage, path, method, *rest, **named)

    apigateway._handle_execute_in_scope = handle


def _import_body(api_id: str, body: Properties | None) -> None:
    """Replace the API's routes with those of the OpenAPI document `body`; without one, keep them."""
    if not body:
        return
    apigateway._apis[api_id]["corsConfiguration"] = body.get(_CORS) or {}
    apigateway._routes[api_id], apigateway._integrations[api_id] = {}, {}
    for path, operations in (body.get("paths") or {}).items():
        for method, operation in operations.items():
            target = (operation or {}).get(_INTEGRATION)
            if target:
                _add_route(api_id, _route_key(path, method), target)


def _route_key(path: str, method: str) -> str:
    """`GET /things`, `ANY /things` or `$default`, as API Gateway names its routes."""
    if path in ("$default", "/$default"):
        return "$default"
    return f"{'ANY' if method == _ANY_METHOD else method.upper()} {path}"


def _add_route(api_id: str, route_key: str, target: Properties) -> None:
    integration_id, _ = provisioners._apigw_v2_integration_create(
        "",
        {
            "ApiId": api_id,
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": target["uri"],
            "PayloadFormatVersion": target.get("payloadFormatVersion", "2.0"),
        },
        "",
    )
    provisioners._apigw_v2_route_create(
        "", {"ApiId": api_id, "RouteKey": route_key, "Target": f"integrations/{integration_id}"}, ""
    )
