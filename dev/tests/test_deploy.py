"""Deploys: what a stage passes, which account, which changes are refused, which versions are kept."""

import io
import json
import os
import subprocess
import tempfile
import unittest
import uuid
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest import mock

from botocore.exceptions import ClientError, NoCredentialsError
from namaskah_aws import account, changes, deploy, listing, quota
from namaskah_aws import main as aws_main
from namaskah_dev import build, stages, versions
from namaskah_dev import deploy as dev_deploy
from namaskah_dev.console import Failure
from namaskah_dev.settings import REPO, TEMPLATE
from namaskah_dev.stages import Stage
from samtranslator.yaml_helper import yaml_parse

import resources
from tests import running

STAGE = Stage("dev", "namaskah-dev", "us-east-1", "111111111111", {"Stage": "dev"}, {})


def change(kind: str, action: str, name: str = "Thing", **more: Any) -> dict[str, Any]:
    """A change as CloudFormation describes it."""
    described = {"Action": action, "LogicalResourceId": name, "ResourceType": kind, "Scope": [], "Details": [], **more}
    return {"Type": "Resource", "ResourceChange": described}


class Changes(unittest.TestCase):
    """Change sets that lose data are refused."""

    def dangers(self, *described: dict[str, Any], accepted: tuple[str, ...] = ()) -> list[str]:
        return changes.dangers(changes.resources(described), accepted)

    def test_a_table_a_secret_or_a_vault_is_neither_replaced_nor_removed(self) -> None:
        for kind in ("AWS::DynamoDB::Table", "AWS::SecretsManager::Secret", "AWS::Backup::BackupVault"):
            self.assertEqual(self.dangers(change(kind, "Remove")), ["Thing would be removed"])
            self.assertEqual(self.dangers(change(kind, "Modify", Replacement="True")), ["Thing would be replaced"])
            self.assertEqual(self.dangers(change(kind, "Modify", Replacement="Conditional")), ["Thing would be replaced, perhaps"])
            self.assertEqual(self.dangers(change(kind, "Dynamic")), ["Thing would be changed in an unknown way"])

    def test_other_changes_pass(self) -> None:
        table = "AWS::DynamoDB::Table"
        self.assertEqual(self.dangers(change(table, "Add"), change(table, "Modify", Replacement="False"), change(table, "Import")), [])
        self.assertEqual(self.dangers(change("AWS::Lambda::Version", "Remove"), change("AWS::IAM::Role", "Modify", Replacement="True")), [])

    def test_only_a_named_resource_is_accepted(self) -> None:
        both = change("AWS::DynamoDB::Table", "Remove", "A"), change("AWS::DynamoDB::Table", "Remove", "B")
        self.assertEqual(self.dangers(*both, accepted=("B",)), ["A would be removed"])

    def test_replacements_are_marked_and_functions_are_counted(self) -> None:
        function = change("AWS::Lambda::Function", "Modify", Replacement="False")
        role = change("AWS::IAM::Role", "Modify", "Role", Replacement="True", Scope=["Properties"])
        lines = changes.lines(changes.resources([function, function, role]))
        self.assertEqual(lines, ["~ 2 functions", "~ Role  AWS::IAM::Role (Properties)  REPLACED"])

    def test_a_value_that_was_set_elsewhere_is_shown(self) -> None:
        self.assertEqual(changes.parameters({"A": "40", "B": "1", "Gone": "x"}, {"A": "20", "B": "1", "New": ""}), ["A: 40 → 20"])


class Account(unittest.TestCase):
    """A stage is deployed to its own account."""

    def check(self, stage: Stage, found: Any) -> None:
        sts = mock.Mock()
        sts.get_caller_identity.side_effect = [found]
        account.check(stage, sts)

    def test_the_right_account_passes_and_another_does_not(self) -> None:
        self.check(STAGE, {"Account": "111111111111", "Arn": "arn:aws:iam::111111111111:user/kofi"})
        other = {"Account": "222222222222", "Arn": "arn:aws:iam::222222222222:user/kofi"}
        self.assertRaisesRegex(Failure, "dev is in the account 111111111111, and these credentials are of 222222222222", self.check, STAGE, other)

    def test_no_account_is_one_line_that_names_the_current_one(self) -> None:
        unset = Stage(**{**asdict(STAGE), "account": ""})
        found = {"Account": "222222222222", "Arn": "arn:aws:iam::222222222222:user/kofi"}
        self.assertRaisesRegex(Failure, 'write account = "222222222222"', self.check, unset, found)

    def test_missing_credentials_are_one_line(self) -> None:
        self.assertRaisesRegex(Failure, "no valid AWS credentials.*AWS_PROFILE", self.check, STAGE, NoCredentialsError())


class Roles(unittest.TestCase):
    """The operator's program runs as the stack's role."""

    def test_a_session_has_the_name_of_its_caller(self) -> None:
        for arn, name in (
            ("arn:aws:iam::1:user/people/kofi", "kofi"), ("arn:aws:sts::1:assumed-role/AWSReservedSSO_A_1/ama@example.com", "ama@example.com"),
            ("arn:aws:iam::1:root", "root"), ("arn:aws:iam::1:user/a b", "a-b"), ("arn:aws:iam::1:user/" + "x" * 80, "x" * 64), ("arn:aws:iam::1:user/k", "operator-k"),
        ):  # fmt: skip
            self.assertEqual(listing.session_name(arn), name)

    def test_a_caller_who_may_not_assume_it_is_told_so_in_one_line(self) -> None:
        sts = mock.Mock()
        sts.assume_role.side_effect = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole")
        caller = "arn:aws-us-gov:iam::111111111111:user/kofi"
        told = "kofi may not assume arn:aws-us-gov:iam::111111111111:role/stack-AdminRole-x: it needs sts:AssumeRole"
        self.assertRaisesRegex(Failure, told, listing._assumed, STAGE, sts, caller, {"AdminRole": "stack-AdminRole-x"}, "AdminRole")


class Quota(unittest.TestCase):
    """A stage's reservations fit into the account's quota."""

    stage = Stage("prod", "s", "r", "1", {"ReservedConcurrency": "50", "WaitingConcurrency": "350", "PollConcurrency": "20"}, {})

    def check(self, answer: Any, stage: Stage = stage) -> str:
        functions = mock.Mock()
        functions.get_account_settings.side_effect = [answer]
        with redirect_stdout(io.StringIO()) as said:
            quota.check(stage, functions)
        return said.getvalue()

    def test_a_quota_that_is_too_small_is_one_line(self) -> None:
        self.assertEqual(self.check({"AccountLimit": {"ConcurrentExecutions": 575}}), "")
        with self.assertRaisesRegex(Failure, "reserves 475 executions and Lambda keeps 100, and the account may have 574: request"):
            self.check({"AccountLimit": {"ConcurrentExecutions": 574}})

    def test_a_stage_without_reservations_needs_none(self) -> None:
        self.assertEqual(self.check(None, Stage("dev", "s", "r", "1", {"ReservedConcurrency": "0", "WaitingConcurrency": "0", "PollConcurrency": "20"}, {})), "")

    def test_a_caller_who_may_not_read_it_deploys(self) -> None:
        denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetAccountSettings")
        self.assertIn("is not checked", self.check(denied))

    def test_it_knows_what_the_template_reserves(self) -> None:
        found = [resource["Properties"].get("ReservedConcurrentExecutions") for resource in resources.load()["Resources"].values() if "Properties" in resource]
        values = [one["Fn::If"][1] for one in found if one]
        names = [value if isinstance(value, int) else value["Ref"] for value in values]
        parameters = {"ReservedConcurrency": 1000, "WaitingConcurrency": 100, "PollConcurrency": 10}
        expected = sum(name if isinstance(name, int) else parameters[name] for name in names)
        self.assertEqual(quota.reserved({name: str(value) for name, value in parameters.items()}), expected)


class Stages(unittest.TestCase):
    """`samconfig.toml` describes each stage completely."""

    declared = set(yaml_parse(TEMPLATE.read_text())["Parameters"])

    def test_each_stage_sets_every_parameter_of_the_template(self) -> None:
        for name in stages.NAMES:
            stage = stages.read(name)
            self.assertEqual(set(stage.parameters), self.declared - stages.SET_BY_DEPLOYS, name)
            self.assertEqual((stage.parameters["Stage"], stage.stack), (name, f"namaskah-{name}"))

    def test_a_missing_and_an_unknown_parameter_are_one_line(self) -> None:
        dev = stages.read("dev")
        self.assertRaisesRegex(Failure, "dev does not set New", stages.check_parameters, dev, self.declared | {"New"})
        self.assertRaisesRegex(Failure, "dev sets.*LogLevel", stages.check_parameters, dev, self.declared - {"LogLevel"})

    def test_prod_needs_its_mail_and_its_budget(self) -> None:
        prod = stages.read("prod")
        empty = Stage(**{**asdict(prod), "parameters": {**prod.parameters, "AlarmEmail": "", "MonthlyBudget": "0"}})
        self.assertRaisesRegex(Failure, "prod needs AlarmEmail and MonthlyBudget", stages.check_parameters, empty, self.declared)
        given = {"AlarmEmail": "a@b.example", "MonthlyBudget": "50", "MailDomain": "b.example"}
        full = Stage(**{**asdict(prod), "parameters": {**prod.parameters, **given}})
        stages.check_parameters(full, self.declared)

    def test_the_edge_needs_a_firewall_in_its_own_region(self) -> None:
        dev = asdict(stages.read("dev"))

        def check(region: str, **changed: str) -> None:
            stages.check_parameters(Stage(**{**dev, "region": region, "parameters": {**dev["parameters"], **changed}}), self.declared)

        check("us-east-1", Edge="required")
        check("eu-west-1", Edge="off")
        check("eu-west-1", Edge="on", WebAclArn="arn:aws:wafv2:us-east-1:111111111111:global/webacl/a/b")
        self.assertRaisesRegex(Failure, "dev is in eu-west-1, and the firewall of CloudFront must be in us-east-1", check, "eu-west-1", Edge="on")

    def test_a_damaged_file_is_one_line(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "samconfig.toml")
            for text, told in (("[dev", "can't be read"), ("", "dev has no stack_name"), (_FILE.replace("12345", "x"), "twelve digits")):
                file.write_text(text)
                self.assertRaisesRegex(Failure, told, stages.read, "dev", file)
            file.write_text(_FILE.replace('"A=1"', '"A=1", "A=2"'))
            self.assertRaisesRegex(Failure, "twice", stages.read, "dev", file)


_FILE = """
[dev.namaskah.parameters]
account = "123451234512"
[dev.global.parameters]
stack_name = "s"
region = "r"
[dev.deploy.parameters]
parameter_overrides = ["Stage=dev", "A=1"]
"""


class Rules(unittest.TestCase):
    """CloudFormation refuses parameters that can't work. The local cloud ignores rules, so they are evaluated here."""

    template = yaml_parse(TEMPLATE.read_text())

    def broken(self, **parameters: str) -> set[str]:
        """The rules that refuse these parameters, together with the defaults of the others."""
        given = {name: str(one.get("Default", "")) for name, one in self.template["Parameters"].items()} | parameters

        def value(of: Any) -> Any:
            if not isinstance(of, dict):
                return str(of)
            ((name, of),) = of.items()
            match name:
                case "Ref":
                    return given[of]
                case "Fn::Equals":
                    return value(of[0]) == value(of[1])
                case "Fn::Not":
                    return not value(of[0])
                case "Fn::Or":
                    return any(value(one) for one in of)
                case "Fn::And":
                    return all(value(one) for one in of)
            raise AssertionError(f"a rule has {name}")

        def refuses(rule: dict[str, Any]) -> bool:
            return value(rule["RuleCondition"]) and not all(value(one["Assert"]) for one in rule["Assertions"])

        return {name for name, rule in self.template["Rules"].items() if refuses(rule)}

    def test_mail_and_google_need_a_public_address(self) -> None:
        for name, value, rule in (("MailDomain", "b.example", "MailNeedsPublicAddress"), ("GoogleClientId", "x", "GoogleNeedsPublicAddress")):
            self.assertEqual(self.broken(**{name: value}), {rule})
            self.assertEqual(self.broken(**{name: value, "PublicUrl": "https://b.example"}), set())
            self.assertEqual(self.broken(**{name: value, "DomainName": "b.example", "CertificateArn": "arn"}), set())

    def test_a_domain_needs_its_certificate(self) -> None:
        self.assertEqual(self.broken(DomainName="b.example"), {"DomainNeedsCertificate"})
        self.assertEqual(self.broken(OriginDomainName="b.example"), {"OriginDomainNeedsCertificate"})

    def test_prod_is_refused_until_it_is_watched(self) -> None:
        self.assertEqual(self.broken(**stages.read("prod").parameters), {"ProdIsWatched"})
        self.assertEqual(self.broken(Stage="prod"), {"ProdIsWatched", "ProdKeepsItsAuditTrail", "ProdKeepsExecutions"})

    def test_dev_and_the_local_stage_are_accepted(self) -> None:
        self.assertEqual(self.broken(**stages.read("dev").parameters), set())
        instance = running.instance("/nowhere")
        self.assertEqual(self.broken(**dev_deploy.local_stage(instance).parameters), set())


class Nested(unittest.TestCase):
    """A nested stack gets its parameters from the template that names it."""

    def test_every_parameter_is_given(self) -> None:
        edge = REPO / "functions/edge"
        nested = (
            (TEMPLATE, "Front", edge / "template.yaml"),
            (edge / "template.yaml", "Firewall", edge / "firewall.yaml"),
            (TEMPLATE, "Mail", REPO / "functions/letters/template.yaml"),
        )
        for parent, name, child in nested:
            given = yaml_parse(parent.read_text())["Resources"][name]["Properties"]["Parameters"]
            self.assertEqual(set(given), set(yaml_parse(child.read_text())["Parameters"]), name)


class Aliases(unittest.TestCase):
    """Functions with an alias get a new version with everything that changes."""

    def versions(self, **changed: str) -> set[str]:
        template, dev = resources.load(), stages.read("dev")
        stage = Stage(**{**asdict(dev), "parameters": {**dev.parameters, **changed}})
        parameters = deploy.parameters(stage, set(template["Parameters"]), "v1", "the template")
        made = resources.transformed(template, parameters)["Resources"]
        return {name for name, resource in made.items() if resource["Type"] == "AWS::Lambda::Version"}

    def test_a_changed_parameter_makes_new_versions(self) -> None:
        # SAM's own hash is of the properties before parameters are filled in, so the alias would stay at the old value.
        self.assertEqual(self.versions(), self.versions())
        self.assertEqual(self.versions() & self.versions(LogLevel="debug"), set())
        self.assertEqual(len(self.versions()), 3)


class Boundary(unittest.TestCase):
    """The role of deploys from GitHub gives only rights within the boundary, which covers what the template grants."""

    role = yaml_parse((REPO / "dev/deploy-role.yaml").read_text())["Resources"]

    def test_every_role_of_the_stack_has_it_but_that_of_shifts(self) -> None:
        made = resources.transformed(resources.load())["Resources"]
        without = {name for name, one in made.items() if one["Type"] == "AWS::IAM::Role" and "PermissionsBoundary" not in one["Properties"]}
        self.assertEqual(without, {"CodeDeployServiceRole"})

    def test_it_covers_what_the_template_grants(self) -> None:
        template, granted = resources.load()["Resources"].values(), set()
        for properties in (one["Properties"] for one in template if one["Type"] in ("AWS::IAM::Role", "AWS::IAM::ManagedPolicy")):
            documents = [*(one["PolicyDocument"] for one in properties.get("Policies", [])), properties.get("PolicyDocument", {"Statement": []})]
            granted |= {action for document in documents for statement in document["Statement"] for action in _listed(statement["Action"])}
        allowed = {action for one in self.role["RoleBoundary"]["Properties"]["PolicyDocument"]["Statement"] for action in _listed(one["Action"])}
        self.assertGreater(len(granted), 20)
        self.assertEqual(granted - allowed, set())
        self.assertFalse({action for action in allowed if action.partition(":")[0] in ("iam", "sts", "cloudformation")})

    def test_rights_are_given_within_it_only(self) -> None:
        for statement in self.role["DeployRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]:
            giving = {"iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary", "iam:*"} & set(_listed(statement["Action"]))
            if statement["Effect"] == "Allow" and giving and statement["Sid"] not in ("RoleOfShifts", "PolicyOfShifts"):
                self.assertEqual(statement["Condition"], {"StringEquals": {"iam:PermissionsBoundary": {"Ref": "RoleBoundary"}}}, statement["Sid"])

    def test_both_fit_into_the_limits_of_iam(self) -> None:
        for document, most in (
            (self.role["RoleBoundary"]["Properties"]["PolicyDocument"], 6144),
            (self.role["DeployRole"]["Properties"]["Policies"][0]["PolicyDocument"], 10240),
        ):
            self.assertLess(len(json.dumps(document, separators=(",", ":"))), most)


def _listed(action: str | list[str]) -> list[str]:
    return [action] if isinstance(action, str) else action


class Versions(unittest.TestCase):
    """The version is that of the commit, and the zips are of that version."""

    def test_a_version_fits_the_parameter(self) -> None:
        pattern = yaml_parse(TEMPLATE.read_text())["Parameters"]["AppVersion"]["AllowedPattern"]
        for described in ("v1.2.3", "0be282135cec-dirty", "release/é x-4-gabc", "-", "x" * 90 + "-dirty"):
            self.assertRegex(versions.sanitised(described), pattern)
        self.assertTrue(versions.sanitised("x" * 90 + "-dirty").endswith("-dirty"))

    def test_zips_of_another_commit_or_machine_are_refused(self) -> None:
        good = versions.Build("v1", "arm64", {})
        versions.check_deployable(good, "v1", "prod", "arm64")
        dirty = versions.Build("v1-dirty", "arm64", {})
        versions.check_deployable(dirty, "v1-dirty", "dev", "arm64")
        for built, current, stage, told in (
            (good, "v2", "dev", "zips are of v1"), (dirty, "v1-dirty", "prod", "from commits only"), (dirty, "v1", "prod", "zips are of v1-dirty"),
            (versions.Build("v1", "x86_64", {}), "v1", "dev", "zips are for x86_64"), (good, versions.UNKNOWN, "dev", "version is unknown"),
        ):  # fmt: skip
            self.assertRaisesRegex(Failure, told, versions.check_deployable, built, current, stage, "arm64")

    def test_a_zip_that_changed_after_the_build_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            self.assertRaisesRegex(Failure, "run make build", versions.built, folder)
            for function in build.FUNCTIONS:
                (folder / function).mkdir()
                (folder / function / "bootstrap.zip").write_bytes(b"1")
            versions.record("arm64", "v1", folder)
            self.assertEqual(versions.built(folder).version, "v1")
            (folder / "wallet/bootstrap.zip").write_bytes(b"2")
            self.assertRaisesRegex(Failure, "wallet in .* changed after the build", versions.built, folder)


class Migrating(unittest.TestCase):
    """A new version runs its migrations, after it is in place."""

    def ran(self, code: int, *arguments: str, **given: str) -> list[list[str]]:
        build = versions.Build("v1", "arm64", {})
        with (
            mock.patch.object(dev_deploy.versions, "built", return_value=build),
            mock.patch.object(dev_deploy.versions, "of_working_tree", return_value="v1"),
            mock.patch.object(dev_deploy, "on_aws", return_value=code),
            mock.patch.object(dev_deploy, "admin", return_value=0) as admin,
            mock.patch.dict(os.environ, given),
            redirect_stdout(io.StringIO()) as self.said,
        ):
            self.assertEqual(dev_deploy.release(["dev", *arguments]), code)
        return [call.args[0] for call in admin.call_args_list]

    def test_only_a_new_version_that_was_deployed_migrates(self) -> None:
        self.assertEqual(self.ran(0), [["dev", "--yes", "migrations", "run"]])
        self.assertEqual(self.ran(1), [])
        self.assertEqual(self.ran(0, VERSION="v0"), [])
        self.assertEqual(self.ran(0, "rollback"), [])

    def test_migrations_that_are_left_to_an_operator_are_named(self) -> None:
        self.assertEqual(self.ran(0, MIGRATE="0"), [])
        self.assertIn("make admin STAGE=dev ARGS='migrations run'", self.said.getvalue())


class Deploying(unittest.TestCase):
    """A whole deploy, on the local cloud."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.name = f"deploy-{uuid.uuid4().hex[:8]}"
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        local = {"AWS_ENDPOINT_URL": self.cloud.url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
        patched = mock.patch.dict(os.environ, {**local, "__SAM_CLI_APP_DIR": folder.name})
        patched.start()
        self.addCleanup(patched.stop)
        os.environ.pop("AWS_PROFILE", None)

    def deploy(self, version: str | None, *resources: str, rate: str = "1", **more: Any) -> tuple[int, str]:
        """Deploy a template with these resources, or (without any) a kept version; returns the exit code and the output."""
        document: dict[str, Any] = {
            "stage": asdict(Stage("local", self.name, "us-east-1", "000000000000", {"Rate": rate}, {})),
            "version": version, "template": None, "asks": False, "pause": 0.1, **more,
        }  # fmt: skip
        if resources:
            template = self.folder / "template.yaml"
            template.write_text(_TEMPLATE + "".join(_RESOURCES[name] for name in resources))
            document["template"] = str(template)
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = aws_main.main(["deploy", json.dumps(document)])
        return code, said.getvalue()

    def logical_ids(self) -> set[str]:
        found = self.cloud.client("cloudformation").list_stack_resources(StackName=self.name)["StackResourceSummaries"]
        return {one["LogicalResourceId"] for one in found}

    def test_a_deploy_a_refusal_and_a_return(self) -> None:
        code, said = self.deploy("v1", "Table", "Queue")
        self.assertEqual(code, 0, said)
        self.assertIn("+ Table  AWS::DynamoDB::Table", said)

        code, said = self.deploy("v2", "Queue")
        self.assertEqual(code, 1, said)
        self.assertIn("refused, nothing was changed: Table would be removed", said)
        self.assertEqual(self.logical_ids(), {"Table", "Queue"})

        code, said = self.deploy("v3", "Table", "Other", rate="2")
        self.assertEqual(code, 0, said)
        self.assertIn("Rate: 1 → 2", said)
        self.assertEqual(self.logical_ids(), {"Table", "Other"})

        code, said = self.deploy("v9")
        self.assertEqual(code, 1, said)
        self.assertIn("v9 of", said)
        self.assertIn("deployed before: v3, v1", said)

        code, said = self.deploy(None)
        self.assertEqual(code, 0, said)
        self.assertIn("Deploying v1", said)
        self.assertEqual(self.logical_ids(), {"Table", "Queue"})

        code, said = self.deploy("v1")
        self.assertEqual(code, 0, said)
        self.assertIn("nothing changes", said)

    def test_the_resources_of_a_stage_are_found(self) -> None:
        self.assertEqual(self.deploy("v1", "Table", "Queue")[0], 0)
        stage = Stage("dev", self.name, "us-east-1", "000000000000", {"Stage": "dev"}, {})
        said = io.StringIO()
        with redirect_stdout(said):
            self.assertEqual(aws_main.main(["resources", json.dumps({"stage": asdict(stage), "role": None})]), 0)
        answer = json.loads(said.getvalue())
        self.assertEqual(set(answer["resources"]), {"Table", "Queue"})
        self.assertEqual(answer["credentials"]["AWS_ACCESS_KEY_ID"], "test")

    def test_the_role_of_a_stage_is_assumed(self) -> None:
        self.assertEqual(self.deploy("v1", "Role")[0], 0)
        stage = Stage("dev", self.name, "us-east-1", "000000000000", {"Stage": "dev"}, {})
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            self.assertEqual(aws_main.main(["resources", json.dumps({"stage": asdict(stage), "role": "AdminRole"})]), 0)
            self.assertEqual(aws_main.main(["resources", json.dumps({"stage": asdict(stage), "role": "OtherRole"})]), 1)
        answer, refusal = said.getvalue().splitlines()
        credentials = json.loads(answer)["credentials"]
        self.assertTrue(credentials["AWS_SESSION_TOKEN"])
        self.assertNotEqual(credentials["AWS_ACCESS_KEY_ID"], "test")
        self.assertIn("has no OtherRole: deploy it first", refusal)

    def test_an_alias_moves_with_every_change(self) -> None:
        functions = self.cloud.client("lambda")
        found = []
        for version, rate in (("v1", "1"), ("v1", "2"), ("v2", "2"), ("v1", "1")):
            code, said = self.deploy(version, "Function", rate=rate)
            self.assertEqual(code, 0, said)
            name = self.cloud.client("cloudformation").describe_stack_resource(StackName=self.name, LogicalResourceId="Function")
            alias = functions.get_alias(FunctionName=name["StackResourceDetail"]["PhysicalResourceId"], Name="live")
            found.append(int(alias["FunctionVersion"]))
        self.assertEqual(found, sorted(set(found)), "each is newer than the one before")

    def test_another_account_is_refused_before_anything_is_written(self) -> None:
        wrong = asdict(Stage("local", self.name, "us-east-1", "999999999999", {"Rate": "1"}, {}))
        code, said = self.deploy("v1", "Table", stage=wrong)
        self.assertEqual((code, said.count("\n")), (1, 1), said)
        self.assertIn("is in the account 999999999999", said)

    def test_nobody_is_asked_where_nobody_can_answer(self) -> None:
        code, said = self.deploy("v1", "Table", asks=True)
        self.assertEqual(code, 1)
        self.assertIn("YES=1 deploys without a question", said)

    def test_a_failed_deploy_names_its_reason(self) -> None:
        code, said = self.deploy("v1", "Broken")
        self.assertEqual(code, 1)
        self.assertIn("✗", said)
        self.assertIn("Nonsense", said)


_TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Rate: {Type: Number}
  Deployment: {Type: String}
  AppVersion: {Type: String}
Resources:
"""
_RESOURCES = {
    "Table": """
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      Tags: [{Key: version, Value: !Ref AppVersion}]
""",
    "Function": """
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {Bucket: code, Key: code.zip}
      Handler: echo
      Runtime: provided.al2023
      Description: !Ref Deployment
      AutoPublishAlias: live
      AutoPublishCodeSha256: !Ref Deployment
      VersionDeletionPolicy: Delete
""",
    "Role": """
  AdminRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {AWS: 'arn:aws:iam::000000000000:root'}, Action: sts:AssumeRole}]
""",
    "Queue": "  Queue: {Type: AWS::SQS::Queue}\n",
    "Other": "  Other: {Type: AWS::SQS::Queue}\n",
    "Broken": "  Broken: {Type: AWS::Nonsense::Thing}\n",
}


class Commands(unittest.TestCase):
    """The order that `make` gives."""

    def ordered(self, *arguments: str, **values: str) -> dict[str, Any]:
        with mock.patch.dict(os.environ, values), mock.patch.object(dev_deploy, "on_aws", return_value=0) as called:
            dev_deploy.release(list(arguments))
        given: dict[str, Any] = called.call_args.args[1]
        return given

    def test_a_kept_version_needs_no_build(self) -> None:
        order = self.ordered("prod", VERSION="v1.2.3", YES="1", ACCEPT="")
        self.assertEqual((order["version"], order["template"], order["asks"], order["accepted"]), ("v1.2.3", None, False, []))
        self.assertEqual(deploy.Order.of(order).stage.name, "prod")

    def test_a_rollback_names_no_version(self) -> None:
        order = self.ordered("prod", "rollback", YES="", ACCEPT="LimitsTable", VERSION="v9")
        self.assertEqual((order["version"], order["template"], order["asks"], order["accepted"]), (None, None, True, ["LimitsTable"]))

    def test_an_unknown_stage_is_one_line(self) -> None:
        self.assertRaisesRegex(Failure, "STAGE must be one of dev, prod, not local", dev_deploy.release, ["local"])

    def test_a_value_that_is_none_is_one_line(self) -> None:
        for values, told in (
            ({"VERSION": "v1; echo x"}, "VERSION must be a version"), ({"VERSION": "v1 YES=1 ACCEPT=OrdersTable #"}, "VERSION must be a version"),
            ({"VERSION": "v1\n"}, "VERSION must be a version"), ({"VERSION": "../v1"}, "VERSION must be a version"),
            ({"VERSION": "v1", "ACCEPT": "Orders Table"}, "ACCEPT must be names"), ({"VERSION": "v1", "YES": "yes"}, "YES must be 0 or 1"),
            ({"VERSION": "v1", "MIGRATE": "no"}, "MIGRATE must be 0 or 1"),
        ):  # fmt: skip
            with self.assertRaisesRegex(Failure, told):
                self.ordered("dev", **values)

    def test_make_gives_values_to_no_shell(self) -> None:
        for target in ("deploy", "rollback", "restore-drill"):
            values = ["VERSION=v1; echo x", "YES=1; x", "ACCEPT=a; x", "AT=now; x", "MIGRATE=0; x"]
            done = subprocess.run(["make", "-n", target, *values], cwd=REPO, capture_output=True, text=True, check=True)
            self.assertNotIn(";", done.stdout)
        done = subprocess.run(["make", "-n", "deploy", "STAGE=dev; echo x"], cwd=REPO, capture_output=True, text=True, check=False)
        self.assertIn("STAGE must be one of", done.stderr)
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
