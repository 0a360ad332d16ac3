"""Contract tests with third-party tools. Schemathesis tests the running API against `docs/openapi.json`, with the same cases in every
run. PyFiveSim, a client of 5SIM, uses the simulator like the real 5SIM. pyotp, an authenticator app, signs in."""

import os
import subprocess
import tempfile

from . import outputs
from .console import step, write_error
from .settings import REPO
from .tools import test_tools

# All checks except one: that all data that matches the schemas is accepted. A cursor must come from the API, a country must be on
# sale, an Idempotency-Key must belong to the same purchase, and no schema can express that.
_NOT_CHECKED = "positive_data_acceptance"
# Per operation and phase. With the boundary cases of every schema this gives about 700 requests, well below the rate limit of the
# demo customer's plan, so that no answer is 429.
_EXAMPLES = 8


def contract(_arguments: list[str]) -> int:
    """Test the instance of `NAMASKAH_OUTPUTS`, or the developer's; returns the exit code of the first failure."""
    tools, known = test_tools(), outputs.read_named()
    with step("Testing the 5SIM simulator with PyFiveSim"):
        client = [tools.program("python"), str(REPO / "tests/simulators/foreign_client.py"), known["simulators"]["fivesim"]]
        code = _judge(client)
    if code:
        return code
    with step("Signing in with pyotp"):
        code = _judge([tools.program("python"), str(REPO / "tests/foreign_authenticator.py"), str(outputs.named())])
    if code:
        return code
    command = [
        tools.program("schemathesis"), "--config-file", str(REPO / "dev/schemathesis.toml"), "run", str(REPO / "docs/openapi.json"),
        "--url", known["api_url"],
        "--header", f"X-API-Key: {known['demo']['api_key']}",
        # A trusted network, so that no answer is 429; only the local cloud reads this header.
        "--header", "x-local-client-address: 198.18.0.1",
        # Otherwise half of all requests have a made-up key. The check `ignored_auth` covers requests without one.
        "--generation-with-security-parameters", "false",
        "--exclude-checks", _NOT_CHECKED,
        "--max-examples", str(_EXAMPLES),
        "--generation-deterministic",
        "--suppress-health-check", "all",
        "--warnings", "off",
        "--request-timeout", "30",
    ]  # fmt: skip
    with step("Testing the API against its OpenAPI document"):
        return _judge(command)


def _judge(command: list[str]) -> int:
    """Run a command in a temporary folder; print its output only if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": folder, "NO_PROXY": "127.0.0.1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        write_error(done.stdout + done.stderr)
    return done.returncode
