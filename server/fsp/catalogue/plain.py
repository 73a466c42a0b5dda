"""An answer as plain rows: one object a row, for programs that know nothing of RDF."""

import math
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from fsp.catalogue.answer import ExplainedAnswer
from fsp.catalogue.evidence import Citation
from fsp.catalogue.table import is_number
from fsp.execution.preview import Term as Cell
from fsp.prefixes import PREFIXES

__all__ = ["plain_answer", "plain_value"]

_XSD = PREFIXES["xsd"]


def plain_answer(answer: ExplainedAnswer) -> dict[str, Any]:
    """Return an answer as what JSON can hold.

    `rows` holds one object a row: for each variable its value, and for each thing without a label of the query's own
    its label under the name of the variable and `Label`. Numbers and truth values are JSON's, dates are text, and what
    is unbound is null. `evidence` names for each row, counted from 1, the citations that the things in it rest on.
    """
    cited, whole = answer.cited()
    return {
        "query": answer.query.name,
        "question": answer.query.summary,
        "version": answer.query.version,
        "total": answer.total,
        "page": answer.part.number,
        "pages": answer.pages,
        "pageSize": answer.part.size,
        "truncated": answer.truncated,
        "coverage": [
            {"stating": covered.stating, "all": covered.all, "text": covered.text} for covered in answer.coverage
        ],
        "columns": [
            {"name": column.name, "label": text.label, "description": text.description}
            for column in answer.columns
            for text in (answer.query.column(column.name),)
        ],
        "rows": [_row(answer, row) for row in answer.rows.rows],
        "evidence": [_evidence(answer, *found) for found in cited],
        "evidenceTruncated": not whole,
    }


def plain_value(term: Cell | None) -> str | int | float | bool | None:
    """Return a term as what JSON can hold: a number or truth value, else text; None for what is unbound."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)
    if term.datatype.value == _XSD + "boolean":
        return term.value in {"true", "1"}
    return _number(term.value) if is_number(term) else term.value


def _number(text: str) -> int | float | str:
    """Return a number, or its text where JSON has no such number: INF, -INF, NaN and what is no number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    if number.adjusted() < _DIGITS and number == number.to_integral_value():
        return int(number)
    return float(number) if math.isfinite(float(number)) else text


_DIGITS = 30
"""Beyond it a whole number is written as a float: 1e400 has no use for four hundred digits."""


def _row(answer: ExplainedAnswer, row: Sequence[Cell | None]) -> dict[str, Any]:
    names = answer.rows.names
    plain: dict[str, Any] = {}
    for name, value in zip(names, row, strict=True):
        plain[name] = plain_value(value)
        if isinstance(value, ox.NamedNode) and name + "Label" not in names:
            plain[name + "Label"] = answer.labels.get(value.value)
    return plain


def _evidence(answer: ExplainedAnswer, number: int, citation: Citation, things: list[str]) -> dict[str, Any]:
    return {
        "row": number,
        "things": things,
        "citation": citation.iri,
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "basis": answer.labels.get(citation.basis, citation.basis),
        "property": citation.property,
    }
