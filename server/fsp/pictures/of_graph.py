"""A graph of triples as a network: its things, by label, and the properties that tie them."""

from collections.abc import Iterable

import pyoxigraph as ox

from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import short
from fsp.namespaces import FSP
from fsp.pictures.canvas import Cell, Link, Picture
from fsp.pictures.network import Tie, draw_network
from fsp.prefixes import PREFIXES

__all__ = ["draw_graph", "read_triples"]

_MOST_BYTES = 2 << 20
_MOST = 30
"""Fewer things than of an answer in rows: each has more ties."""
_LABELS = tuple(PREFIXES[prefix] + name for prefix, name in (("skos", "prefLabel"), ("rdfs", "label")))
_TYPE = PREFIXES["rdf"] + "type"
_PROVENANCE = {
    PREFIXES["oa"] + "hasSource",
    *(str(FSP[name]) for name in ("restsOn", "basis", "evidenceFor", "describedIn")),
}
"""What leads from each thing to its citations, bases, sources and case: so many that nothing else would be seen."""


def read_triples(executor: Executor, query: str, timeout: float | None = None) -> list[ox.Triple]:
    """Return the triples of a CONSTRUCT or DESCRIBE: all, or as many as two megabytes of N-Triples hold.

    Args:
        executor: evaluates the query.
        query: its text.
        timeout: seconds that it may take, if fewer than the service's own limit.

    Raises:
        FspError: as `Executor.execute`, and later limits while the triples are read.
    """
    data = bytearray()
    with executor.execute(QueryRequest(query, solutions=None, graph=BY_NAME["nt"], timeout=timeout)) as answer:
        for chunk in answer:
            data += chunk
            if len(data) > _MOST_BYTES:
                del data[data.rindex(b"\n") + 1 :]
                break
    return [quad.triple for quad in ox.parse(bytes(data), ox.RdfFormat.N_TRIPLES)]


def draw_graph(title: str, triples: Iterable[ox.Triple], link: Link) -> Picture | None:
    """Draw the triples that tie one named thing to another.

    Args:
        title: what the picture is about.
        triples: the graph; its labels name the things, and its types are left out, as is what it rests on where the
            graph has more than that.
        link: gives the address that a picture links to for an IRI.

    Returns:
        The picture; None where no triple ties two things.
    """
    ordered = sorted(triples, key=str)
    labels = {
        triple.subject.value: triple.object.value
        for property_ in reversed(_LABELS)
        for triple in ordered
        if triple.predicate.value == property_
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }
    ties = [
        Tie(
            _cell(triple.subject, labels),
            _cell(triple.object, labels),
            Cell(short(triple.predicate), triple.predicate.value),
        )
        for triple in ordered
        if triple.predicate.value != _TYPE
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    ]
    told = [tie for tie in ties if tie.label.iri not in _PROVENANCE]
    ties = [Tie(tie.source, tie.target, Cell(tie.label.text)) for tie in told or ties]
    return draw_network(title, ties, link, most=_MOST) if ties else None


def _cell(node: ox.NamedNode, labels: dict[str, str]) -> Cell:
    # Another scheme than that of the web could run code where it is a link.
    iri = node.value if node.value.startswith(("http://", "https://")) else None
    return Cell(labels.get(node.value) or short(node), iri)
