"""Deploys the template to a local cloud with the real SAM CLI, if something changed."""

from . import files
from .aws import stack_resources
from .build import fingerprint
from .console import Failure, step
from .services import aws_environment
from .settings import DEPLOY, LOCAL, TEMPLATE, Instance, architecture, shown
from .tools import Environment, run_logged


def deploy(instance: Instance, tools: Environment) -> dict[str, str]:
    """Update the stack; returns the physical ids of its resources by logical id."""
    parameters = {
        "Stage": "local",
        "Architecture": architecture(),
        "PublicUrl": instance.api_url,
        "FiveSimBaseUrl": f"{instance.fivesim_url}/v1",
    }
    stamp, wanted = instance.deployed, fingerprint(parameters)
    resources = stack_resources(instance)
    if resources and stamp.exists() and stamp.read_text() == wanted:
        return resources
    with step("Deploying the template with the SAM CLI"):
        stamp.unlink(missing_ok=True)
        _sam_deploy(instance, tools, parameters)
        files.write(stamp, wanted)
    resources = stack_resources(instance)
    if not resources:
        raise Failure(f"the stack {instance.stack} is not complete after the deploy: see {shown(instance.logs / 'deploy.log')}")
    return resources


def _sam_deploy(instance: Instance, tools: Environment, parameters: dict[str, str]) -> None:
    # The copy of the template is in a folder without samconfig.toml, which is for AWS only.
    command = [
        tools.program("sam"), "deploy",
        "--template-file", str(DEPLOY / TEMPLATE.name),
        "--stack-name", instance.stack,
        "--resolve-s3",
        "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
        "--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar",
        "--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items()),
    ]  # fmt: skip
    environment = {
        **aws_environment(instance),
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.5",
        "__SAM_CLI_APP_DIR": str(LOCAL / "sam"),
    }
    log = instance.logs / "deploy.log"
    if run_logged(command, log, environment):
        raise Failure(f"the deploy failed: {_reason(log.read_text(errors='replace'))} (complete log: {shown(log)})")


def _reason(text: str) -> str:
    """The line of SAM's output that gives the reason."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "CREATE_FAILED" in line or "UPDATE_FAILED" in line or line.startswith("Error:")]
    return (telling or lines or ["SAM printed nothing"])[0][:300]
