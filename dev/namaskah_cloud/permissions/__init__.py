"""Permission checks as on AWS: the action, the resource and the condition keys of each request.

MiniStack evaluates policies correctly, but checks some requests with names that AWS policies do not use. Each module here
corrects one kind of name. Only the policies decide.
"""

from . import actions, leading_keys, resources


def close_gaps() -> None:
    """Correct all permission checks."""
    for part in (actions, resources, leading_keys):
        part.close_gaps()
