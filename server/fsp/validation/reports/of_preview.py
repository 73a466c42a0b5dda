"""What a case would change, in words: for a terminal, for a page, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyoxigraph as ox
from rich.text import Text

from fsp.catalogue.table import columns
from fsp.execution.preview import Term
from fsp.turtle.slips import known_namespaces
from fsp.validation.gains import Gain
from fsp.validation.preview import Preview, QueryChange, Row
from fsp.validation.reports.words import counted, printable, wrapped

__all__ = ["Cells", "cells", "gained", "preview_object", "preview_text", "row_groups", "summary", "unasked"]

Cells = list[tuple[str, str]]
"""A row for people: names of variables with what stands there, without the empty ones."""

_MOST_ROWS = 3
_MARKS = {"new": ("+", "green"), "changed": ("~", "yellow"), "gone": ("-", "red")}
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


def summary(preview: Preview) -> str:
    """Return in one sentence how much would change."""
    number = len(preview.changes)
    some = "no" if number == 0 else f"{number:,} of"
    queries = counted(preview.asked, "ready-made query", "ready-made queries")
    return f"With this in, {some} {queries} would give other rows."


def unasked(preview: Preview) -> str:
    """Return in a sentence what could not be told; empty where that is nothing."""
    return f"No time was left to ask {', '.join(preview.unasked)}." if preview.unasked else ""


def gained(gain: Gain) -> str:
    """Return in a sentence how the number of cases of a principle, sector or place would change."""
    if gain.after != gain.before + 1:
        return f"The {gain.kind} “{gain.label}” would have {counted(gain.after, 'case')} instead of {gain.before:,}."
    return f"The {gain.kind} “{gain.label}” would have its {_ordinal(gain.after)} case."


def row_groups(change: QueryChange) -> list[tuple[str, list[Cells]]]:
    """Return the rows of a changed answer for people, under `new`, `changed` and `gone`; empty groups are left out."""
    groups = [
        ("new", [cells(change.names, row) for row in change.new]),
        ("changed", [_both(cells(change.names, one), cells(change.names, two)) for one, two in change.changed]),
        ("gone", [cells(change.names, row) for row in change.gone]),
    ]
    return [(kind, rows) for kind, rows in groups if rows]


def cells(names: Sequence[str], row: Row) -> Cells:
    """Return a row for people: a label stands in place of the thing that it names."""
    found = []
    for column in columns(names):
        term = row[column.value if column.label is None or row[column.label] is None else column.label]
        if term is not None:
            found.append((column.name, _shown(term)))
    return found


def preview_text(preview: Preview, width: int) -> Text:
    """Return all of it with the styles that a terminal can show, the first few rows of each query."""
    text = wrapped(summary(preview), width, style="bold")
    for gain in preview.gains:
        text.append_text(wrapped(gained(gain), width, "   "))
    for change in preview.changes:
        text.append("\n")
        text.append_text(wrapped(f"{change.query.name}: {change.query.summary}", width, style="bold"))
        for kind, rows in row_groups(change):
            for line in _lines(kind, rows, width):
                text.append_text(line)
    if preview.unasked:
        text.append("\n")
        text.append_text(wrapped(unasked(preview), width))
    return text


def preview_object(preview: Preview) -> dict[str, Any]:
    """Return all of it as what JSON can hold; terms as in SPARQL 1.1 Query Results JSON, section 3.2.2."""
    return {
        "asked": preview.asked,
        "unasked": list(preview.unasked),
        "gains": [
            {"kind": gain.kind, "iri": gain.iri, "label": gain.label, "before": gain.before, "after": gain.after}
            for gain in preview.gains
        ],
        "changes": [
            {
                "query": change.query.name,
                "question": change.query.summary,
                "new": [_bindings(change.names, row) for row in change.new],
                "changed": [
                    {"before": _bindings(change.names, before), "after": _bindings(change.names, after)}
                    for before, after in change.changed
                ],
                "gone": [_bindings(change.names, row) for row in change.gone],
            }
            for change in preview.changes
        ],
    }


def _lines(kind: str, rows: Sequence[Cells], width: int) -> Iterator[Text]:
    mark, style = _MARKS[kind]
    for row in rows[:_MOST_ROWS]:
        line = wrapped("; ".join(f"{name}: {value}" for name, value in row), width, "     ")
        yield Text.assemble((f"   {mark} ", style), line[5:])
    if len(rows) > _MOST_ROWS:
        yield wrapped(f"and {counted(len(rows) - _MOST_ROWS, f'more {kind} row')}", width, "     ")


def _both(before: Cells, after: Cells) -> Cells:
    """Return a row that says what stood there, where it is not the same."""
    old, new = dict(before), dict(after)
    names = dict.fromkeys((*new, *old))
    return [(name, new[name] if old.get(name) == new.get(name) else _change(old, new, name)) for name in names]


def _change(old: dict[str, str], new: dict[str, str], name: str) -> str:
    return f"{old.get(name, 'nothing')} → {new.get(name, 'nothing')}"


def _shown(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return _prefixed(term)
    return printable(term.value if isinstance(term, ox.Literal) else str(term))


def _prefixed(term: ox.NamedNode) -> str:
    """Return an IRI with a prefix that the project uses, those of its things too, or as it is."""
    for prefix, namespace in known_namespaces().items():
        local = term.value.removeprefix(namespace)
        if local != term.value and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return term.value


def _bindings(names: Sequence[str], row: Row) -> dict[str, dict[str, str]]:
    return {name: _binding(term) for name, term in zip(names, row, strict=True) if term is not None}


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        datatype = term.datatype.value
        kind = {} if datatype.endswith("XMLSchema#string") else {"datatype": datatype}
        return {"type": "literal", "value": term.value, **kind}
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    return {"type": "bnode", "value": str(term)}


def _ordinal(number: int) -> str:
    if number == 1:
        return "first"
    ending = "th" if number % 100 in _TEENS else _ORDINALS.get(number % 10, "th")
    return f"{number:,}{ending}"
