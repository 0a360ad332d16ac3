"""Files that are written completely or not at all, so that a full disk or a kill leaves the previous content."""

import os
from pathlib import Path


def write(file: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Replace the content of a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        beside.touch(mode=mode)
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
