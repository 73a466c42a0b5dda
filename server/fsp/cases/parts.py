"""The parts of a case's page: which query each comes from, and what its rows show."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

__all__ = ["PARTS", "Column", "Part"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a part.

    Attributes:
        heading: its name.
        name: the variable that it shows; `quantity` is a number with its unit, bound and phase.
        standing: the variable that holds the status or phase of what it shows, if any.
    """

    heading: LazyString
    name: str
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a case's page.

    Attributes:
        key: its anchor.
        title: its heading.
        query: the query whose answer it shows, one row for each thing.
        thing: the variable of the thing that a row is about, and whose evidence is shown.
        columns: what a row shows.
        empty: what is said where there is no row.
    """

    key: str
    title: LazyString
    query: str
    thing: str
    columns: tuple[Column, ...]
    empty: LazyString


_NUMBERS = _("In numbers")
_STATUS = _("The case tells of none.")
PARTS: tuple[Part, ...] = (
    Part(
        "roles",
        _("Who takes part, in what role"),
        "roles",
        "participation",
        (
            Column(_("Organisation"), "organisation"),
            Column(_("Role"), "role"),
            Column(_("Sector"), "sector"),
            Column(_("In"), "body"),
            Column(_("When"), "when"),
        ),
        _STATUS,
    ),
    Part(
        "contracts",
        _("Contracts"),
        "contracts",
        "contract",
        (
            Column(_("Contract"), "contract"),
            Column(_("Buyer"), "buyer"),
            Column(_("Supplier"), "supplier"),
            Column(_("Service"), "service"),
            Column(_("Agreed"), "agreed"),
            Column(_NUMBERS, "quantity", "phase"),
        ),
        _("The case tells of no contract."),
    ),
    Part(
        "changes",
        _("How contracts were changed"),
        "contract-changes",
        "change",
        (
            Column(_("Change"), "change"),
            Column(_("Type"), "type"),
            Column(_("When"), "duringLabel"),
            Column(_("Because of"), "reason"),
            Column(_("By"), "quantity"),
            Column(_("Until"), "extendsToLabel"),
        ),
        _("The case tells of no change."),
    ),
    Part(
        "commitments",
        _("Commitments, and what came of them"),
        "undertakings",
        "commitment",
        (
            Column(_("Commitment"), "commitment", "status"),
            Column(_("Given by"), "giver"),
            Column(_("Under"), "under"),
            Column(_NUMBERS, "quantity", "phase"),
            Column(_("Carried out by"), "kept"),
        ),
        _STATUS,
    ),
    Part(
        "activities",
        _("What is done"),
        "activities",
        "activity",
        (
            Column(_("Activity"), "activity", "status"),
            Column(_("Who does it"), "doer"),
            Column(_("Who supports it"), "supporter"),
            Column(_("For whom"), "group"),
            Column(_("When"), "when"),
        ),
        _STATUS,
    ),
    Part(
        "outcomes",
        _("What came of it, or is meant to"),
        "outcomes",
        "outcome",
        (
            Column(_("Outcome"), "outcome", "status"),
            Column(_NUMBERS, "quantity", "phase"),
            Column(_("Follows from"), "cause"),
            Column(_("When"), "when"),
        ),
        _STATUS,
    ),
    Part(
        "initiatives",
        _("Plans, boards and initiatives"),
        "plans-boards-and-initiatives",
        "thing",
        (
            Column(_("Name"), "thing"),
            Column(_("Kind"), "kind"),
            Column(_("Led by"), "leader"),
            Column(_("Supported by"), "supporter"),
            Column(_("Aim"), "aim"),
        ),
        _STATUS,
    ),
    Part(
        "arm",
        _("The charitable arm"),
        "charitable-arms",
        "arm",
        (
            Column(_("Charitable arm"), "arm"),
            Column(_("Of"), "company"),
            Column(_("Supports or carries out"), "supports"),
        ),
        _("The case tells of no charitable arm."),
    ),
)
