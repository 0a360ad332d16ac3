"""IAM as AWS asks: which action, on which resource, under which condition keys.

MiniStack evaluates policies well, but asks some questions in words that no policy on AWS would hold. Each module here
corrects one kind of word. None of them decides anything: the policies do.
"""

from . import actions, leading_keys, resources


def close_gaps() -> None:
    """Correct every question from now on."""
    for part in (actions, resources, leading_keys):
        part.close_gaps()
