"""What was deployed is kept in the bucket of the zips: the packaged template of each version, and the history of a stack.

A packaged template names its zips by hash in the same bucket, so a kept version is deployed again without a build.
"""

import json
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from namaskah_dev.console import Failure

_LONGEST_HISTORY = 200


class Kept:
    """The kept versions of a stack."""

    def __init__(self, s3: Any, bucket: str, stack: str) -> None:
        self._s3, self._bucket, self._stack = s3, bucket, stack

    def keep(self, version: str, template: str) -> str:
        """Keep a packaged template; returns its address."""
        self._s3.put_object(Bucket=self._bucket, Key=self._key(version), Body=template.encode())
        return self._url(version)

    def find(self, version: str) -> tuple[str, str]:
        """The address and the text of a kept template."""
        found = self._read(self._key(version))
        if found is None:
            known = ", ".join(reversed(self.versions())) or "none"
            raise Failure(f"the version {version} of {self._stack} is not kept; deployed before: {known}")
        return self._url(version), found

    def versions(self) -> list[str]:
        """The deployed versions, the last one last, each once in a row."""
        found: list[str] = []
        for entry in self._history():
            if not found or found[-1] != entry["version"]:
                found.append(entry["version"])
        return found

    def before_the_last(self) -> str:
        """The version to return to."""
        versions = self.versions()
        earlier = [version for version in versions if version != versions[-1]]
        if not earlier:
            raise Failure(f"no earlier version of {self._stack} is kept")
        return earlier[-1]

    def note(self, version: str) -> None:
        """Add a deploy to the history."""
        entry = {"version": version, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        history = [*self._history(), entry][-_LONGEST_HISTORY:]
        self._s3.put_object(Bucket=self._bucket, Key=self._history_key, Body=json.dumps(history, indent=1).encode())

    @property
    def _history_key(self) -> str:
        return f"{self._stack}/history.json"

    def _history(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self._read(self._history_key) or "[]")
        return found

    def _key(self, version: str) -> str:
        return f"{self._stack}/versions/{version}.yaml"

    def _url(self, version: str) -> str:
        return f"{self._s3.meta.endpoint_url}/{self._bucket}/{self._key(version)}"

    def _read(self, key: str) -> str | None:
        try:
            return str(self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read().decode())
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise
