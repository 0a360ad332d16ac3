"""The stages on AWS, as `samconfig.toml` describes them: account, region, and every parameter of the template."""

import json
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .console import Failure
from .settings import REPO

FILE = REPO / "samconfig.toml"
NAMES = ("dev", "prod")

SET_BY_DEPLOYS = {"AppVersion", "Deployment"}
"""Parameters that no stage sets."""

_NEEDED_IN_PROD = {"AlarmEmail": "", "MonthlyBudget": "0", "MailDomain": ""}
"""Parameters that prod must set, with the value that means nothing."""

_FIREWALLS = "us-east-1"
"""The only region from which CloudFront takes a firewall."""


@dataclass(frozen=True)
class Stage:
    """An installation, and what a deploy of it passes to the template."""

    name: str
    stack: str
    region: str
    account: str
    parameters: dict[str, str]
    tags: dict[str, str]

    def to_json(self) -> str:
        """The stage as JSON, for a program in the tools' environment."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "Stage":
        """The stage of such a text."""
        return Stage(**json.loads(text))


def read(name: str, file: Path = FILE) -> Stage:
    """The stage of that name; fails if the file does not describe it completely."""
    if name not in NAMES:
        raise Failure(f"STAGE must be one of {', '.join(NAMES)}, not {name}")
    try:
        content = tomllib.loads(file.read_text())
    except tomllib.TOMLDecodeError as error:
        raise Failure(f"{file.name} can't be read: {error}") from error
    section = content.get(name, {})
    known, shared, deploy = (section.get(part, {}).get("parameters", {}) for part in ("namaskah", "global", "deploy"))
    stage = Stage(
        name=name,
        stack=_text(shared, "stack_name", name),
        region=_text(shared, "region", name),
        account=str(known.get("account", "")),
        parameters=_pairs(deploy, "parameter_overrides", name),
        tags=_pairs(deploy, "tags", name),
    )
    if stage.account and not re.fullmatch(r"\d{12}", stage.account):
        raise Failure(f"{file.name}: the account of {name} must be twelve digits, not {stage.account}")
    if stage.parameters.get("Stage") != name:
        raise Failure(f"{file.name}: {name} must have the parameter Stage={name}")
    return stage


def check_parameters(stage: Stage, declared: set[str]) -> None:
    """Fail unless the stage sets exactly the template's parameters, and those that prod needs to a real value."""
    given, wanted = set(stage.parameters), declared - SET_BY_DEPLOYS
    for names, what in ((wanted - given, "does not set"), (given - wanted, "sets, and the template does not have,")):
        if names:
            raise Failure(f"{FILE.name}: {stage.name} {what} {', '.join(sorted(names))}")
    if stage.parameters.get("Edge", "off") != "off" and stage.region != _FIREWALLS and not stage.parameters["WebAclArn"]:
        raise Failure(f"{FILE.name}: {stage.name} is in {stage.region}, and the firewall of CloudFront must be in {_FIREWALLS}: "
                      'set WebAclArn (docs/deploy.md, "The edge")')  # fmt: skip
    empty = [name for name, nothing in _NEEDED_IN_PROD.items() if stage.parameters[name] == nothing]
    if stage.name == "prod" and empty:
        raise Failure(f"{FILE.name}: prod needs {' and '.join(empty)} (docs/deploy.md)")


def _text(section: dict[str, Any], key: str, name: str) -> str:
    if not section.get(key):
        raise Failure(f"{FILE.name}: {name} has no {key}")
    return str(section[key])


def _pairs(section: dict[str, Any], key: str, name: str) -> dict[str, str]:
    """A list of `Name=value`; no name twice."""
    found: dict[str, str] = {}
    for line in section.get(key, []):
        left, equals, right = str(line).partition("=")
        if not equals or left in found:
            raise Failure(f"{FILE.name}: {key} of {name} has {line!r} {'twice' if equals else 'without a value'}")
        found[left] = right
    return found
