"""Contract tests with third-party tools. Schemathesis tests the running API against its two OpenAPI documents, with the same cases in
every run: with an API key, with a session, as staff. PyFiveSim, a client of 5SIM, uses the simulator like the real 5SIM, and
pypaystack2, Stripe's own client and pygreenfield those of the payment gateways. pyotp, an authenticator app, signs in."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from . import outputs
from .api import Api
from .console import Failure, step, write_error
from .newcomer import Newcomer
from .settings import REPO
from .tools import Environment, test_tools

# All checks except one: that all data that matches the schemas is accepted. A cursor must come from the API, a country must be on
# sale, an Idempotency-Key must belong to the same purchase, and no schema can express that.
_NOT_CHECKED = "positive_data_acceptance"
# The gateway of the API for staff answers by itself what has no route, with 404.
_NOT_CHECKED_OF_STAFF = f"{_NOT_CHECKED},unsupported_method"
# Per operation and phase, with the boundary cases of every schema. All requests come from a trusted network, so that no answer is 429.
_EXAMPLES = 8
# A trusted network; only the local cloud reads this header.
_ADDRESS = {"x-local-client-address": "198.18.0.1"}
# What only a session may do. The rest answers a session as it answers a key.
_OF_SESSIONS = ("account", "auth", "exports", "invoices", "keys")
# What ends a session. The tool takes the identifier of the last list of sessions for `end_session`.
_LAST = ("end_session", "logout", "logout_all", "delete_account")
_LAST_OF_STAFF = "staff_logout"


# The simulators, and clients of the real systems that use them.
_CLIENTS = {"fivesim": "PyFiveSim", "paystack": "pypaystack2", "stripe": "Stripe's own client", "btcpay": "pygreenfield"}


def contract(_arguments: list[str]) -> int:
    """Test the instance of `NAMASKAH_OUTPUTS`, or the developer's; returns the exit code of the first failure."""
    tools, known = test_tools(), outputs.read_named()
    python, schemathesis = tools.program("python"), tools.program("schemathesis")
    for simulator, client in _CLIENTS.items():
        with step(f"Testing the simulator {simulator} with {client}"):
            program = REPO / f"tests/simulators/foreign_{simulator}.py"
            code = _judge([python, str(program), known["simulators"][simulator]])
        if code:
            return code
    with step("Signing in with pyotp"):
        code = _judge([python, str(REPO / "tests/foreign_authenticator.py"), str(outputs.named())])
    if code:
        return code
    public, of_staff = REPO / "docs/openapi.json", REPO / "docs/openapi-staff.json"
    key = {"X-API-Key": known["demo"]["api_key"]}
    session, staff = _bearer(_session(known)), _bearer(_staff_session(tools))
    of_sessions = _each("--include-tag", *_OF_SESSIONS)
    for_all, for_staff = ["--exclude-checks", _NOT_CHECKED], ["--exclude-checks", _NOT_CHECKED_OF_STAFF]
    runs = [
        ("an API key", public, key, for_all),
        ("a session", public, session, [*for_all, *of_sessions, *_each("--exclude-operation-id", *_LAST)]),
        ("staff", of_staff, staff, [*for_staff, "--exclude-operation-id", _LAST_OF_STAFF]),
        # After each of these everything is a 401, so each has a session of its own.
        *((name, public, _bearer(_session(known)), [*for_all, "--include-operation-id", name]) for name in _LAST),
        (_LAST_OF_STAFF, of_staff, staff, [*for_staff, "--include-operation-id", _LAST_OF_STAFF]),
    ]
    for name, document, credential, more in runs:
        with step(f"Testing the API against its OpenAPI document: {name}"):
            code = _judge([schemathesis, *_schemathesis(known["api_url"], document, credential), *more])
        if code:
            return code
        if name == "a session":
            # Without a valid session, the run would have tested nothing but 401s.
            Api(known["api_url"], {**session, **_ADDRESS}).call("GET", "/me")
        if name == "staff":
            Api(known["api_url"], {**staff, **_ADDRESS}).call("GET", "/admin/me")
    return 0


def _each(option: str, *values: str) -> list[str]:
    return [argument for value in values for argument in (option, value)]


def _session(known: dict[str, Any]) -> str:
    """The access token of a new customer, so that nothing of the demo customer changes."""
    newcomer = Newcomer(known, _ADDRESS)
    newcomer.register()
    newcomer.verify(newcomer.letter())
    return str(newcomer.sign_in()["access_token"])


def _staff_session(tools: Environment) -> str:
    command = [tools.program("python"), str(REPO / "tests/staff_session.py"), str(outputs.named())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"nobody signed in as staff: {done.stderr}")
    return done.stdout.strip()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _schemathesis(url: str, document: Path, credential: dict[str, str]) -> list[str]:
    """The arguments of a run."""
    headers = _each("--header", *(f"{name}: {value}" for name, value in {**credential, **_ADDRESS}.items()))
    return [
        "--config-file", str(REPO / "dev/schemathesis.toml"), "run", str(document),
        "--url", url, *headers,
        # Otherwise half of all requests have a made-up credential. The check `ignored_auth` covers requests without one.
        "--generation-with-security-parameters", "false",
        "--max-examples", str(_EXAMPLES),
        "--generation-deterministic",
        "--suppress-health-check", "all",
        "--warnings", "off",
        "--request-timeout", "30",
    ]  # fmt: skip


def _judge(command: list[str]) -> int:
    """Run a command in a temporary folder; print its output only if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": folder, "NO_PROXY": "127.0.0.1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        write_error(done.stdout + done.stderr)
    return done.returncode
