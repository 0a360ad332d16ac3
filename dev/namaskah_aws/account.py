"""Which account the credentials belong to: compared with the expected one before anything is written."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from namaskah_dev.console import Failure
from namaskah_dev.stages import FILE, Stage


def check(stage: Stage, sts: Any) -> str:
    """Fail unless the credentials belong to the stage's account; returns the ARN of the caller."""
    try:
        found = sts.get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        hint = "set AWS_PROFILE, or sign in with aws sso login (docs/deploy.md)"
        raise Failure(f"there are no valid AWS credentials ({' '.join(str(error).split())}): {hint}") from error
    account, caller = found["Account"], found["Arn"].rsplit(":", 1)[-1]
    if not stage.account:
        raise Failure(f'{FILE.name} names no account for {stage.name}: if it is {account} ({caller}), write account = "{account}"')
    if account != stage.account:
        raise Failure(f"{stage.name} is in the account {stage.account}, and these credentials are of {account} ({caller})")
    return str(found["Arn"])
