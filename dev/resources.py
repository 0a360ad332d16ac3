"""How many resources the template makes once SAM has transformed it; fails above what leaves no room (docs/decisions/0013-template.md)."""

import collections
import os
import sys
from pathlib import Path

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

MOST = 450  # CloudFormation takes 500

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
template = yaml_parse((Path(__file__).resolve().parents[1] / "template.yaml").read_text())
for resource in template["Resources"].values():
    if resource["Type"] == "AWS::Serverless::Function":
        resource["Properties"]["CodeUri"] = "s3://any/thing"  # a packaged template has these
transformed = Translator({}, Parser()).translate(template, {})
kinds = collections.Counter(resource["Type"] for resource in transformed["Resources"].values())
total = sum(kinds.values())
print(f"  {total} resources of {MOST} at most, {kinds['AWS::Lambda::Function']} of them functions; {len(template['Outputs'])} outputs of 200")
sys.exit(total > MOST)
