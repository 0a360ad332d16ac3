"""Signs in with pyotp, a third-party library of authenticator apps (pinned in dev/requirements-test.txt).

`python foreign_authenticator.py outputs.json`. The demo customer turns the second factor on and off; the demo owner signs in as staff.
"""

import json
import sys
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pyotp

OUTPUTS = json.loads(Path(sys.argv.pop()).read_text()) if __name__ == "__main__" else {}


def now() -> float:
    """The time of the functions, whose clock tests move."""
    moved = Path(OUTPUTS["local_dir"]) / "clock-offset"
    return time.time() + (int(moved.read_text().strip() or 0) if moved.exists() else 0)


def call(path: str, body: object, token: str = "") -> tuple[int, dict[str, Any]]:
    """Call the API; returns the status and the body."""
    # A trusted network; only the local cloud reads this header.
    headers = {"Content-Type": "application/json", "x-local-client-address": "198.18.0.1"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(f"{OUTPUTS['api_url']}/api/v1{path}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


class ForeignAuthenticator(unittest.TestCase):
    """What we make is understood by pyotp, and what pyotp makes is accepted."""

    def test_a_customer_uses_an_app(self) -> None:
        demo = OUTPUTS["demo"]
        login = {"email": demo["email"], "password": demo["password"]}
        _, tokens = call("/auth/login", login)
        token = tokens["access_token"]
        _, enrolment = call("/me/2fa/enable", {"password": demo["password"]}, token)
        app = pyotp.parse_uri(enrolment["otpauth_uri"])
        assert isinstance(app, pyotp.TOTP)
        self.assertEqual((app.issuer, app.name, app.secret), ("Namaskah SMS", demo["email"], enrolment["secret"]))
        status, confirmed = call("/me/2fa/confirm", {"code": app.at(int(now()))}, token)
        self.assertEqual(status, 200, confirmed)
        status, needed = call("/auth/login", login)
        self.assertEqual((status, needed["code"]), (403, "second_factor_required"))
        second_step = {"challenge": needed["challenge"], "code": app.at(int(now()), counter_offset=1)}
        status, signed_in = call("/auth/second-factor", second_step)
        self.assertEqual(status, 200, signed_in)
        disable = {"password": demo["password"], "code": confirmed["backup_codes"][0]}
        status, _ = call("/me/2fa/disable", disable, signed_in["access_token"])
        self.assertEqual(status, 204)

    def test_the_owner_signs_in_as_staff(self) -> None:
        staff = OUTPUTS["staff"]
        _, step = call("/admin/auth/login", {"email": staff["email"], "password": staff["password"]})
        self.assertEqual(step["next"], "enter_code", step)
        code = pyotp.TOTP(staff["totp_secret"]).at(int(now()))
        status, tokens = call("/admin/auth/second-factor", {"challenge": step["challenge"], "code": code})
        self.assertEqual(status, 200, tokens)


if __name__ == "__main__":
    unittest.main()
