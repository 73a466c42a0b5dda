"""The picture of any answer: bars where it has labels and numbers, a network where it is a graph."""

from collections.abc import Mapping, Sequence
from math import isfinite

import pyoxigraph as ox
from flask_babel import gettext as _

from fsp.catalogue.labels import labels
from fsp.execution.interface import Executor
from fsp.execution.preview import Preview, Term, short
from fsp.pictures.bars import Bar, draw_bars
from fsp.pictures.canvas import Cell, Picture
from fsp.pictures.of_graph import draw_graph
from fsp.prefixes import PREFIXES
from fsp.web.links import href

__all__ = ["draw_result"]

_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


def draw_result(executor: Executor, result: Preview, names: Mapping[str, str]) -> Picture | None:
    """Draw an answer, as far as it is shown.

    Args:
        executor: evaluates the query for the labels of a graph.
        result: the answer.
        names: labels of the things in its solutions, by their IRIs.

    Returns:
        The picture; None where there is nothing to draw, or only a part of a graph.

    Raises:
        FspError: as `Executor.execute`.
    """
    if result.text is not None:
        return _draw_graph(executor, result.text) if result.whole else None
    bars = _bars(result, names)
    return draw_bars(_("The answer as a chart"), (_("What"), "", "", _("Number")), bars, href) if bars else None


def _draw_graph(executor: Executor, turtle: str) -> Picture | None:
    triples = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
    nodes = (node for triple in triples for node in (triple.subject, triple.object))
    named = labels(executor, (node.value for node in nodes if isinstance(node, ox.NamedNode)))
    triples += [ox.Triple(ox.NamedNode(iri), _LABEL, ox.Literal(label)) for iri, label in named.items()]
    return draw_graph(_("The answer as a graph"), triples, href)


def _bars(result: Preview, names: Mapping[str, str]) -> list[Bar]:
    """Return a bar for each solution: the first column of numbers, called by the first of the others."""
    columns = [[row[position] for row in result.rows] for position in range(len(result.names))]
    values = next((column for column in map(_numbers, columns) if column), None)
    called = next((column for column in columns if not _numbers(column)), None)
    if values is None or called is None:
        return []
    pairs = zip(called, values, strict=True)
    return [Bar(_cell(term, names), value) for term, value in pairs if value is not None]


def _numbers(column: Sequence[Term | None]) -> list[float | None]:
    """Return the numbers of a column; none at all where anything else is in it."""
    bound = [term for term in column if term is not None]
    if not all(isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS for term in bound):
        return []
    values = [None if term is None else float(str(getattr(term, "value", "nan"))) for term in column]
    finite = [value if value is not None and isfinite(value) else None for value in values]
    return finite if any(value is not None for value in finite) else []


def _cell(term: Term | None, names: Mapping[str, str]) -> Cell:
    if isinstance(term, ox.NamedNode):
        # Another scheme than that of the web could run code where it is a link.
        iri = term.value if term.value.startswith(("http://", "https://")) else None
        return Cell(names.get(term.value) or short(term), iri)
    return Cell(term.value if isinstance(term, ox.Literal) else "" if term is None else str(term))
