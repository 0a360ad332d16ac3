"""What others wrote for such systems, as judges of ours: schemathesis reads `docs/openapi.json` and asks the running API whether
it keeps it, with the same plan at every run; PyFiveSim, a client of 5SIM, uses the simulator as if it were 5SIM."""

import os
import subprocess
import sys
import tempfile

from . import outputs
from .console import step
from .settings import REPO
from .tools import test_tools

# Every check but one: that all data which fits the schemas is accepted. A cursor has to be one that we gave, a country one
# that is sold, an Idempotency-Key one of the same purchase; no schema can say that.
_NOT_CHECKED = "positive_data_acceptance"
# For each operation and phase. The boundaries of every schema come in addition: about 700 requests, far fewer in a minute than the
# demo customer's plan allows, so that no answer is 429.
_EXAMPLES = 8


def contract(_arguments: list[str]) -> int:
    """Check the instance that `NAMASKAH_OUTPUTS` names, else the developer's; returns the exit code of what failed first."""
    tools, known = test_tools(), outputs.read_named()
    with step("A foreign client uses the 5SIM simulator"):
        client = [tools.program("python"), str(REPO / "tests/simulators/foreign_client.py"), known["simulators"]["fivesim"]]
        code = _judge(client)
    if code:
        return code
    command = [
        tools.program("schemathesis"), "run", str(REPO / "docs/openapi.json"),
        "--url", known["api_url"],
        "--header", f"X-API-Key: {known['demo']['api_key']}",
        # Else half of all requests end at a made-up key. What comes without one, the check `ignored_auth` asks.
        "--generation-with-security-parameters", "false",
        "--exclude-checks", _NOT_CHECKED,
        "--max-examples", str(_EXAMPLES),
        "--generation-deterministic",
        "--suppress-health-check", "all",
        "--warnings", "off",
        "--request-timeout", "30",
    ]  # fmt: skip
    with step("Asking the API whether it keeps its OpenAPI document"):
        return _judge(command)


def _judge(command: list[str]) -> int:
    """Run it where it may leave files; show what it says only if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": folder, "NO_PROXY": "127.0.0.1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="", file=sys.stderr, flush=True)
    return done.returncode
