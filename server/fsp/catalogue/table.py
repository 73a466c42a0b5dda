"""An answer as a table for people: a thing is shown by its label, where the answer has one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from fsp.execution.preview import Preview, Term
from fsp.namespaces import PREFIXES

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
    """

    name: str
    value: int
    label: int | None


def columns(names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns to show for some variables: `caseLabel` takes the place of `case`."""
    positions = {name: position for position, name in enumerate(names)}
    return tuple(
        Column(name, position, positions.get(name + _SUFFIX))
        for name, position in positions.items()
        if not (name.endswith(_SUFFIX) and name.removesuffix(_SUFFIX) in positions)
    )


def is_number(term: Term | None) -> bool:
    """Tell whether a term is a number."""
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def with_labels(preview: Preview, labels: Mapping[str, str]) -> Preview:
    """Return an answer in which labels stand in place of the things that they name.

    Args:
        preview: the answer.
        labels: of things for which the answer has no label itself, by IRI.
    """
    shown = columns(preview.names)
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
