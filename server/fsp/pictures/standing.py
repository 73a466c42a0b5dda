"""How sure a thing is, as a picture shows it: what has come about is filled, what is only meant to is an outline."""

from fsp.namespaces import SCHEME

__all__ = ["CAME_ABOUT", "is_only_meant"]

_COME_ABOUT = ("phase/agreed", "phase/baseline", "phase/result", "status/done", "status/ongoing")
CAME_ABOUT = frozenset(str(SCHEME[name]) for name in _COME_ABOUT)
"""Statuses and phases of what is, was, or is fixed; every other one tells of what is planned, promised or expected."""


def is_only_meant(standing: str | None) -> bool:
    """Say whether a status or phase tells of something that has not come about.

    Args:
        standing: IRI of the status or phase; None where the thing has none.
    """
    return standing is not None and standing not in CAME_ABOUT
