"""An answer as a table for people: a thing is shown by its label, where the answer has one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pyoxigraph as ox

from fsp.catalogue.declared import ColumnText
from fsp.execution.preview import Preview, Term
from fsp.prefixes import PREFIXES

__all__ = ["Column", "columns", "is_number", "with_labels"]

_SUFFIX = "Label"
_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: of the variable.
        value: position of its terms in a row.
        label: position of the variable that holds the labels of its terms, if there is one.
        thing: position of the variable that holds what its terms link to: itself, but for a value of a thing.
    """

    name: str
    value: int
    label: int | None
    thing: int


def columns(names: Sequence[str], texts: Mapping[str, ColumnText] = MappingProxyType({})) -> tuple[Column, ...]:
    """Return the columns to show for some variables: a label and the thing of a value have no column of their own.

    Args:
        names: of the variables, in the order of the query.
        texts: what the query's header says of the columns.
    """
    positions = {name: position for position, name in enumerate(names)}
    things = {name: text.thing for name, text in texts.items() if text.thing in positions}
    hidden = {name + _SUFFIX for name in names} | set(things.values())
    return tuple(
        Column(name, position, positions.get(name + _SUFFIX), positions[things.get(name) or name])
        for name, position in positions.items()
        if name not in hidden
    )


def is_number(term: Term | None) -> bool:
    """Tell whether a term is a number."""
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def with_labels(preview: Preview, texts: Mapping[str, ColumnText], labels: Mapping[str, str]) -> Preview:
    """Return an answer in which labels stand in place of the things that they name.

    Args:
        preview: the answer.
        texts: what the query's header says of the columns.
        labels: of things for which the answer has no label itself, by IRI.
    """
    shown = columns(preview.names, texts)
    return replace(
        preview,
        names=tuple(column.name for column in shown),
        rows=tuple(tuple(_shown(row, column, labels) for column in shown) for row in preview.rows),
    )


def _shown(row: Sequence[Term | None], column: Column, labels: Mapping[str, str]) -> Term | None:
    value = row[column.value]
    if column.label is not None:
        return value if row[column.label] is None else row[column.label]
    known = labels.get(value.value) if isinstance(value, ox.NamedNode) else None
    return value if known is None else ox.Literal(known)
