"""A client of the running API, for commands that act as a customer."""

import json
import urllib.error
import urllib.request
from typing import Any

from .console import Failure


class Api:
    """A client of the API: an address, and the headers of a credential."""

    def __init__(self, url: str, credential: dict[str, str] | None = None) -> None:
        self._url, self._credential = url, credential or {}

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        """Make one request; a problem becomes a failure with the text of the API."""
        request = urllib.request.Request(
            f"{self._url}/api/v1{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={**self._credential, "Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise Failure(f"{method} {path} returned {error.code}: {_detail(error.read())}") from error
        except OSError as error:
            raise Failure(f"{self._url} does not answer ({error}): is it running? (make up)") from error


def _detail(body: bytes) -> str:
    try:
        problem = json.loads(body)
        return str(problem.get("detail") or problem.get("title") or problem)
    except ValueError:
        return body.decode(errors="replace")[:200]
