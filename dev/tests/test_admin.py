"""The operator's program: the stages it knows, and the environment it gets."""

import io
import json
import os
import re
import unittest
from contextlib import redirect_stderr
from pathlib import Path
from unittest import mock

from namaskah_dev import admin
from namaskah_dev.console import Failure
from namaskah_dev.settings import REPO

from tests import running

STACK = {
    **{f"{name}Table": f"table-{name.lower()}" for name in ("Accounts", "Ledger", "Orders", "Catalog", "Limits", "Audit")},
    **{
        f"{name}Queue": f"https://queue/{name.lower()}"
        for name in ("Polls", "Checks", "Letters", "Feedback", "Erasures", "Exports", "Payments", "Invoices", "Reconciliation", "Parked", "Dead")
    },
    "SuppliersSecret": "arn:secret",
}


class Stages(unittest.TestCase):
    def test_an_unknown_stage_is_one_clear_line(self) -> None:
        with self.assertRaisesRegex(Failure, "STAGE must be one of local, dev, prod, not production"):
            admin.admin(["production", "customers", "create"])

    def test_the_local_stage_never_uses_the_credentials_of_a_real_account(self) -> None:
        instance = running.instance("/nowhere")
        real = {"AWS_PROFILE": "prod", "AWS_ACCESS_KEY_ID": "AKIAREAL", "AWS_SESSION_TOKEN": "real"}
        with mock.patch.dict("os.environ", real):
            variables = admin.local_environment(instance, STACK, "http://127.0.0.1:5005")
        self.assertEqual(variables["STAGE"], "local")
        self.assertEqual(variables["TABLE_ORDERS"], "table-orders")
        self.assertEqual(variables["QUEUE_POLLS_URL"], "https://queue/polls")
        self.assertEqual(variables["FIVESIM_BASE_URL"], "http://127.0.0.1:5005/v1")
        self.assertEqual(variables["AWS_ENDPOINT_URL"], instance.cloud_url)
        self.assertNotIn("AKIAREAL", variables.values())
        self.assertFalse({"AWS_PROFILE", "AWS_SESSION_TOKEN"} & variables.keys())

    def test_every_queue_of_the_functions_is_known(self) -> None:
        of_functions = dict(re.findall(r"^        (QUEUE_\w+_URL): !Ref (\w+)$", (REPO / "template.yaml").read_text(), re.MULTILINE))
        self.assertGreater(len(of_functions), 5)
        variables = admin._resources(STACK)
        self.assertEqual({name: variables.get(name) for name in of_functions}, {name: STACK[queue] for name, queue in of_functions.items()})

    def test_the_stage_is_named_before_anything_happens(self) -> None:
        done = mock.Mock(returncode=0)
        with (
            mock.patch.object(admin, "environment_of", return_value={}) as environment,
            mock.patch.object(admin, "released", return_value=Path("admin")),
            mock.patch.object(admin.subprocess, "run", return_value=done),
            redirect_stderr(io.StringIO()) as said,
        ):
            self.assertEqual(admin.admin(["prod", "suppliers", "list"]), 0)
        self.assertEqual(said.getvalue(), "stage: prod\n")
        environment.assert_called_once_with("prod", role="AdminRole")

    def test_a_deployed_stage_gets_the_credentials_that_the_profile_stands_for(self) -> None:
        credentials = {"AWS_ACCESS_KEY_ID": "ASIASSO", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "new"}
        answer = mock.Mock(returncode=0, stdout=json.dumps({"resources": STACK, "credentials": credentials}), stderr="")
        environment = {"AWS_PROFILE": "namaskah-dev", "AWS_SESSION_TOKEN": "old", "AWS_ACCESS_KEY_ID": "AKIAOTHER"}
        with (
            mock.patch.dict(os.environ, environment),
            mock.patch.object(admin.subprocess, "run", return_value=answer) as ran,
            mock.patch.object(admin, "cloud_tools"),
        ):
            variables = admin.environment_of("dev", role="AdminRole")
        self.assertEqual(json.loads(ran.call_args.args[0][-1])["role"], "AdminRole")
        self.assertEqual({name: variables[name] for name in credentials}, credentials)
        self.assertNotIn("AWS_PROFILE", variables)
        self.assertEqual((variables["STAGE"], variables["TABLE_ORDERS"]), ("dev", "table-orders"))


if __name__ == "__main__":
    unittest.main()
