"""The commands by name."""

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from namaskah_dev.console import Failure, fail

from . import deploy, drill, listing, smoke

_COMMANDS: dict[str, Callable[[dict[str, Any]], int]] = {"deploy": deploy.run, "smoke": smoke.run, "drill": drill.run, "resources": listing.run}


def main(arguments: list[str]) -> int:
    """Run one command; an error of AWS is one line."""
    name, document = arguments
    try:
        return _COMMANDS[name](json.loads(document))
    except Failure as failure:
        fail(failure)
    except ClientError as error:
        fail(Failure(f"AWS refused {error.operation_name}: {error.response['Error'].get('Message', error)}"))
    except BotoCoreError as error:
        fail(Failure(f"AWS can't be used: {error}"))
    except KeyboardInterrupt:
        return 130
    return 1
