"""What a person does on a gateway's page: looks at it, presses a button, and is sent back to the shop.

It knows forms and redirects as a browser does, and nothing of the gateways.
"""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from typing import IO

from .console import Failure


@dataclass
class Button:
    """A button of a form: its text, and what is sent if it is pressed."""

    text: str
    sends: dict[str, str]


@dataclass
class Form:
    """A form of a page."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)


def forms(html: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def press(page: str, label: str) -> str:
    """Open the page, press the button whose text has this label, and return the address to which the person is sent back."""
    html, away = _open(urllib.request.Request(page))
    if away:
        raise Failure(f"the page {page} sends the person away before anything was paid, to {away}")
    found = [(form, button) for form in forms(html) for button in form.buttons if label in button.text]
    if not found:
        raise Failure(f"the page {page} has no button {label!r}")
    form, button = found[0]
    if form.method != "post":
        raise Failure(f"the button {label!r} of {page} sends no form")
    body = urllib.parse.urlencode({**form.fields, **button.sends}).encode()
    html, away = _open(urllib.request.Request(urllib.parse.urljoin(page, form.action), data=body))
    if not away:
        raise Failure(f"the page {page} did not send the person back after {label!r}: {_told(html)}")
    return away


def _open(request: urllib.request.Request) -> tuple[str, str | None]:
    """The page, or the address of another host to which it leads."""
    try:
        with urllib.request.build_opener(_OfThisHost).open(request, timeout=40) as answer:
            return answer.read().decode(), None
    except urllib.error.HTTPError as answer:
        with answer:
            away = answer.headers.get("Location")
            if 300 <= answer.code < 400 and away:
                return "", urllib.parse.urljoin(request.full_url, away)
            raise Failure(f"{request.full_url} returned {answer.code}: {_told(answer.read().decode(errors='replace'))}") from answer
    except OSError as error:
        raise Failure(f"{request.full_url} does not answer ({error})") from error


def _told(html: str) -> str:
    """What a page says to the person: its alert, or else its heading."""
    reader = _Reader()
    reader.feed(html)
    return " ".join((reader.alert or reader.heading).split()) or "it says nothing"


class _OfThisHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects to pages of the same host only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if urllib.parse.urlsplit(newurl).netloc != req.host:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Reader(HTMLParser):
    """Collects forms, the alert and the heading."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.alert, self.heading, self._inside = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        sends = {given["name"]: given.get("value", "")} if given.get("name") else {}
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif tag == "input" and self.forms:
            self.forms[-1].fields.update(sends)
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append(Button("", sends))
            self._inside = "button"
        elif given.get("role") == "alert":
            self._inside = "alert"
        elif tag == "h1":
            self._inside = "heading"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("button", "p", "h1"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "button":
            self.forms[-1].buttons[-1].text += data
        elif self._inside == "alert":
            self.alert += data
        elif self._inside == "heading":
            self.heading += data
