"""Signs the demo owner in as staff, and prints the access token.

`python staff_session.py outputs.json`
"""

import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pyotp

OUTPUTS = json.loads(Path(sys.argv[1]).read_text())
STAFF = OUTPUTS["staff"]


def now() -> int:
    """The time of the functions, whose clock tests move."""
    moved = Path(OUTPUTS["local_dir"]) / "clock-offset"
    return int(time.time()) + (int(moved.read_text().strip() or 0) if moved.exists() else 0)


def call(path: str, body: object) -> dict[str, Any]:
    """Call the API of staff."""
    headers = {"Content-Type": "application/json", "x-local-client-address": "198.18.0.1"}
    request = urllib.request.Request(f"{OUTPUTS['api_url']}/api/v1/admin{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


step = call("/auth/login", {"email": STAFF["email"], "password": STAFF["password"]})
# The next code, because the present one may have been used a moment ago.
code = pyotp.TOTP(STAFF["totp_secret"]).at(now(), counter_offset=1)
print(call("/auth/second-factor", {"challenge": step["challenge"], "code": code})["access_token"])
