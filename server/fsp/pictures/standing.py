"""How sure a thing is, as a picture shows it: filled, an outline, or pale where nothing is told of it."""

from collections.abc import Iterable

from flask_babel import gettext as _

from fsp.namespaces import SCHEME

__all__ = ["CAME_ABOUT", "UNTOLD", "is_only_meant", "legend", "look"]

_COME_ABOUT = ("phase/agreed", "phase/baseline", "phase/result", "status/done", "status/ongoing")
CAME_ABOUT = frozenset(str(SCHEME[name]) for name in _COME_ABOUT)
"""Statuses and phases of what is, was, or is fixed; every other one tells of what is planned, promised or expected."""
UNTOLD = ""
"""Stands for the status or phase of what could have one, and of which the data tell none."""


def is_only_meant(standing: str | None) -> bool:
    """Say whether a status or phase tells of something that has not come about.

    Args:
        standing: IRI of the status or phase; `UNTOLD` where it is not told, None for what has none.
    """
    return bool(standing) and standing not in CAME_ABOUT


def look(standing: str | None) -> str:
    """Return the class of the bar that a thing is drawn as; see `is_only_meant`."""
    if standing == UNTOLD:
        return "bar untold"
    return "bar meant" if is_only_meant(standing) else "bar"


def legend(standings: Iterable[str | None]) -> str:
    """Return what the looks of some bars mean, where they have more than the plain one."""
    looks = {look(standing) for standing in standings}
    if looks <= {"bar"}:
        return ""
    meanings = {
        "bar": _("Filled: has come about, or is agreed."),
        "bar meant": _("Dashed outline: only meant to."),
        "bar untold": _("Pale, with a thin outline: not told whether it has come about."),
    }
    return " ".join(meaning for name, meaning in meanings.items() if name in looks)
