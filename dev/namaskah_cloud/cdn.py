"""CloudFront: HTTP APIs as origins by their own name, WebSockets, and a plain address for a stack's distribution.

MiniStack refuses to call hosts of AWS, and identifies a distribution by the `Host` header only. Several of its own paths
(`/health`, `/logout`, `/oauth2/authorize`) would shadow the distribution's.
"""

import http.client
from typing import Any
from urllib.parse import parse_qs, unquote

from ministack import app as ministack
from ministack.core.responses import set_request_client_ip
from ministack.services import cloudfront

Headers = dict[str, Any]
Answer = tuple[int, Headers, bytes]
Scope = dict[str, Any]

_API_HOST = ".execute-api."


def close_gaps() -> None:
    """Answer requests to an HTTP API's host in this process."""
    original = cloudfront._fetch_from_origin

    async def fetch(origin: Headers, *request: Any) -> Any:
        to = _fetch_from_api if _API_HOST in origin["domain_name"] else original
        return await to(origin, *request)

    cloudfront._fetch_from_origin = fetch


async def _fetch_from_api(
    origin: Headers, method: str, uri: str, query: str, headers: Headers, body: bytes,
    viewer_is_https: bool, client: str, forwarded_for: str, _distribution: str,
) -> Any:  # fmt: skip
    _, _, encrypted = cloudfront._origin_connect_target(origin, viewer_is_https)
    if not encrypted:
        raise cloudfront.OriginUnreachable(f"{origin['domain_name']} does not answer HTTP")
    sent = cloudfront._origin_request_headers(origin, headers, client, forwarded_for)
    headers = {name.lower(): value for name, value in sent.items()}
    # Each hop adds the address that it saw: CloudFront the viewer's, the gateway CloudFront's.
    headers["x-forwarded-for"] = f"{headers['x-forwarded-for']}, 127.0.0.1"
    # API Gateway rejects a host that is not its own, as when a policy forwards the viewer's.
    if headers.get("host") != origin["domain_name"]:
        return 403, "Forbidden", {"content-type": "application/json"}, b'{"message":"Forbidden"}'
    path = api_path(origin, uri, "$default/")
    status, answered, content = await ministack._handle_execute_api_request(
        "127.0.0.1", unquote(path), method, headers, body or b"", parse_qs(query, keep_blank_values=True),
        raw_path=path, raw_query_string=query,
    )  # fmt: skip
    pairs = [(name, one) for name, value in answered.items() for one in (value if isinstance(value, list) else [value])]
    return status, http.client.responses.get(status, ""), cloudfront._multidict_from_pairs(pairs), content


def api_path(origin: Headers, uri: str, stage: str = "") -> str:
    """The path in this process for an API's host. The stage of a WebSocket API is the first part of `uri`."""
    api = origin["domain_name"].split(".", 1)[0]
    return f"/_aws/execute-api/{api}/{stage}{((origin.get('origin_path') or '') + uri).lstrip('/')}"


def distribution(domain: str) -> Headers | None:
    """The distribution behind `dXXXX.cloudfront.net`."""
    found: Headers | None = cloudfront.find_distribution_for_label(domain.split(".", 1)[0])
    return found


def websocket_path(site: Headers, path: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The target of a WebSocket to a path of the distribution, with the headers of its origin; only APIs accept one."""
    settings = cloudfront.parse_distribution_dataplane_config(site)
    behavior = cloudfront._match_behavior(settings, path)
    origin = settings["origins"].get(behavior["target_origin_id"]) if behavior else None
    if origin is None or _API_HOST not in origin["domain_name"]:
        return None
    return api_path(origin, path), origin["custom_headers"]


async def answer(site: Headers, scope: Scope, body: bytes) -> Answer:
    """Answer a viewer's request. The plain port simulates HTTPS, so that a redirect to HTTPS works unchanged."""
    client = (scope.get("client") or ("127.0.0.1",))[0]
    set_request_client_ip(client)
    headers: Headers = {}
    for name, value in scope["headers"]:
        key = name.decode().lower()
        separator = "; " if key == "cookie" else ", "
        headers[key] = separator.join([headers[key], value.decode("latin-1")] if key in headers else [value.decode("latin-1")])
    headers["x-forwarded-proto"] = "https"
    query = scope["query_string"].decode()
    status, answered, content = await cloudfront.handle_viewer_request(
        site, scope["method"], scope["path"], scope["raw_path"].decode(), query, headers, body,
        parse_qs(query, keep_blank_values=True), client,
    )  # fmt: skip
    return status, answered, content
