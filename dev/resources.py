"""Counts the resources of the template after the SAM transform; fails above our limit (docs/decisions/0013-template.md)."""

import collections
import copy
import logging
import os
import sys
from pathlib import Path
from typing import Any

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

MOST = 400  # CloudFormation takes 500

Template = dict[str, Any]


def load() -> Template:
    """The template as `sam package` writes it, with URLs in place of zips."""
    template: Template = yaml_parse((Path(__file__).resolve().parents[1] / "template.yaml").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://any/thing"
    return template


def transformed(template: Template, parameters: dict[str, str] | None = None) -> Template:
    """The template after the SAM transform, with these parameters (by default, with the defaults)."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    logging.disable(logging.WARNING)  # silence SAM's warnings about its own metrics, which are never published
    made: Template = Translator({}, Parser()).translate(copy.deepcopy(template), dict(parameters or {}))
    return made


def main() -> int:
    """Print the count by type; returns 1 if it exceeds the limit."""
    template = load()
    kinds = collections.Counter(resource["Type"].split("::", 1)[1] for resource in transformed(template)["Resources"].values())
    total = sum(kinds.values())
    print(f"  {total} resources of {MOST} at most: {', '.join(f'{count} {kind}' for kind, count in kinds.most_common(10))} …")
    return int(total > MOST)


if __name__ == "__main__":
    sys.exit(main())
