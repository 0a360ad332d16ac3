"""The local cloud: MiniStack plays AWS in one process, and this package closes the gaps that this project meets.

Each module closes one kind of gap by replacing functions inside MiniStack, so all of this is bound to one exact version
(`MADE_FOR`). Moving to another version means: change it here and in `dev/requirements.txt`, then run `dev/tests`, which
fail for each gap that is open again. Why this package exists: docs/decisions/0012-local-cloud.md.
"""

MADE_FOR = "1.5.33"
"""The only version of MiniStack that these replacements fit."""
