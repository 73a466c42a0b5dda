"""What a query's header declares of its answer: what its columns hold, and how much of what is asked the data tell."""

import re
from dataclasses import dataclass

__all__ = ["ColumnText", "Coverage", "undeclared_column"]


@dataclass(frozen=True, slots=True)
class ColumnText:
    """What a column is called, and what it holds.

    Attributes:
        label: its heading.
        description: what stands in it; empty where nothing is declared.
        thing: variable of the thing that a value belongs to, such as the measurement of a number; None for most.
    """

    label: str
    description: str = ""
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A count of how much the data tell.

    Attributes:
        text: what is counted and what is told of it, in the plural, such as 'contracts state a value'.
        query: a SELECT of one row with `?all` and `?stating`. Of the query's parameters it may have the same blocks.
    """

    text: str
    query: str


def undeclared_column(name: str) -> ColumnText:
    """Return a heading made from a variable's name: 'Agreed during' for `agreedDuringLabel`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.removesuffix("Label") or name).replace("_", " ")
    return ColumnText(words[:1].upper() + words[1:].lower())
