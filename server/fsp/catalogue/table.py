"""An answer as a table for people: a thing is shown by its label, where the answer has one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fsp.execution.preview import Preview

__all__ = ["Column", "columns", "with_labels"]

_SUFFIX = "Label"


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


def with_labels(preview: Preview) -> Preview:
    """Return an answer in which labels stand in place of the things that they name."""
    shown = columns(preview.names)
    return replace(
        preview,
        names=tuple(column.name for column in shown),
        rows=tuple(
            tuple(
                row[column.value if column.label is None or row[column.label] is None else column.label]
                for column in shown
            )
            for row in preview.rows
        ),
    )
