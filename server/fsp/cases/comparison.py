"""Cases side by side: one row for each aspect, one column for each case."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from fsp.cases.parts import PARTS
from fsp.cases.story import Fact, Statement, Story, Told
from fsp.pictures.canvas import Cell

__all__ = ["LEAST", "MOST", "Aspect", "compare", "write_csv"]

LEAST, MOST = 2, 6
"""How many cases stand side by side."""
_WITH_SECOND = {"roles", "changes", "initiatives"}
"""Parts whose second column, a role, a type or a kind, says what the first one is."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row of a comparison.

    Attributes:
        name: what is compared.
        cells: for each case what it tells of it.
    """

    name: str
    cells: tuple[tuple[Fact, ...], ...]


def compare(stories: Sequence[Story]) -> list[Aspect]:
    """Return the rows of a comparison; an aspect that no case tells of has none.

    Args:
        stories: what is told of each case.
    """
    heads = (
        (_("Principle"), "principle"),
        (_("Place"), "place"),
        (_("Partnership"), "partnership"),
        (_("Formed"), "formedLabel"),
        (_("Aim"), "aim"),
    )
    rows = [Aspect(name, tuple(_head(story, key) for story in stories)) for name, key in heads]
    rows += [Aspect(str(part.title), tuple(_facts(story.parts[part.key]) for story in stories)) for part in PARTS]
    rows.append(Aspect(_("Passages, by basis"), tuple(_bases(story) for story in stories)))
    return [row for row in rows if any(row.cells)]


def write_csv(stories: Sequence[Story], aspects: Sequence[Aspect]) -> bytes:
    """Return a comparison as CSV (RFC 4180) that spreadsheets open as it is.

    It begins with a byte order mark, without which they take UTF-8 for another encoding; a text that they would take
    for a formula is marked by an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([_("Aspect"), *(_plain(story.case.text) for story in stories)])
    writer.writerow([_("Identifier"), *(story.case.iri for story in stories)])
    for aspect in aspects:
        writer.writerow([aspect.name, *(_plain("\n".join(map(_written, cell))) for cell in aspect.cells)])
    return buffer.getvalue().encode("utf-8-sig")


def _head(story: Story, key: str) -> tuple[Fact, ...]:
    return tuple(Fact(cell) for cell in story.head.get(key, ()))


def _facts(told: Told) -> tuple[Fact, ...]:
    """Return for each statement what it is about, with its role or type, and then its numbers."""
    return tuple(fact for statement in told.statements for fact in _short(told.part.key, statement))


def _short(key: str, statement: Statement) -> list[Fact]:
    first, second, *_others = [list(values) for values in statement.fields]
    numbers = [
        fact
        for column, values in zip(_columns(key), statement.fields, strict=True)
        if column == "quantity"
        for fact in values
    ]
    if not first:
        return numbers
    said = ", ".join(fact.cell.text for fact in second) if key in _WITH_SECOND else ""
    cell = Cell(first[0].cell.text + (f" — {said}" if said else ""), first[0].cell.iri)
    return [Fact(cell, first[0].standing), *numbers]


def _columns(key: str) -> tuple[str, ...]:
    return next(tuple(column.name for column in part.columns) for part in PARTS if part.key == key)


def _bases(story: Story) -> tuple[Fact, ...]:
    return tuple(Fact(Cell(f"{basis}: {count}")) for basis, count in story.bases().items())


def _written(fact: Fact) -> str:
    return fact.cell.text + (f" [{fact.standing.text}]" if fact.standing else "")


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
