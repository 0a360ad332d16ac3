"""The local cloud: MiniStack simulates AWS in one process, and this package closes the gaps that affect this project.

Each module closes one kind of gap by replacing functions inside MiniStack, so the package depends on one exact version
(`MADE_FOR`). To move to another version, change it here and in `dev/requirements.txt`, then run `dev/tests`, which fail
for each gap that is open again. docs/decisions/0012-local-cloud.md explains why this package exists.
"""

MADE_FOR = "1.5.33"
"""The only version of MiniStack to which these replacements apply."""
