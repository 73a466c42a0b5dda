"""What refers to a thing, and the citations that it rests on: both can be many, so they are bounded."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import OWL, SH, URIRef
from rdflib.term import Identifier

from fsp.description.describe import term
from fsp.description.labels import labels, words
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES

__all__ = ["PAGE", "Citation", "Reference", "References", "citation_at", "citations_of", "references_to"]

PAGE = 50
"""How many references a page shows."""
_MOST_CITATIONS = 200
_NO_REFERENCES = (SH.defaultValue, OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
"""What tells of a form or of a statement, and nothing of the thing that it names."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that refers to another.

    Attributes:
        iri: the thing that refers.
        label: its name.
        property_iri: the property by which it does.
        property_label: that one's name.
    """

    iri: str
    label: str
    property_iri: str
    property_label: str


@dataclass(frozen=True, slots=True)
class References:
    """Some of what refers to a thing.

    Attributes:
        shown: the references of this page, by property and thing.
        page: its number, counted from 1.
        total: how many there are in all.
    """

    shown: tuple[Reference, ...]
    page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source that a thing rests on.

    Attributes:
        iri: of the citation.
        source_iri: of the source; empty where it is not said.
        source_label: its name.
        source_sha256: digest of its text; empty where it is not said.
        start: where the passage begins, in code points.
        end: where it ends.
        sha256: digest of the passage; empty where it is not said.
        basis_iri: of the basis on which it supports the thing; empty where it is not said.
        basis_label: its name.
        properties: names of the properties that it is evidence for; none where it is for all.
    """

    iri: str
    source_iri: str
    source_label: str
    source_sha256: str
    start: int
    end: int
    sha256: str
    basis_iri: str
    basis_label: str
    properties: tuple[str, ...]


def references_to(executor: Executor, iri: str, page: int) -> References:
    """Return a page of what refers to a thing, whichever graph says it.

    Args:
        executor: evaluates the queries.
        iri: the thing.
        page: the number of the page, counted from 1.

    Raises:
        ValueError: it is no IRI.
        FspError: as `Executor.execute`.
    """
    apart = ", ".join(map(term, _NO_REFERENCES))
    refers = f"FILTER(isIRI(?thing) && ?property NOT IN ({apart})) ?thing ?property {term(iri)} ."
    anywhere = f"{{ {refers} }} UNION {{ GRAPH ?graph {{ {refers} }} }}"
    pattern = f"{{ SELECT DISTINCT ?thing ?property WHERE {{ {anywhere} }} }}"
    total = int(solutions(executor, f"SELECT (COUNT(*) AS ?total) WHERE {pattern}")[0]["total"])
    rows: Sequence[dict[str, Identifier]] = ()
    if total:
        # Citations stand in the order of their source.
        placed = f"{{ {pattern} OPTIONAL {{ ?thing <{FSP.startOffset}> ?start ; <{FSP.endOffset}> ?end }} }}"
        window = f"ORDER BY ?property ?start ?end ?thing LIMIT {PAGE} OFFSET {(page - 1) * PAGE}"
        rows = solutions(executor, f"SELECT ?thing ?property WHERE {placed} {window}")
    names = labels(executor, {str(value) for row in rows for value in row.values()})
    shown = tuple(
        Reference(
            thing := str(row["thing"]),
            names.get(thing) or words(thing),
            property_ := str(row["property"]),
            names.get(property_) or words(property_),
        )
        for row in rows
    )
    return References(shown, page, total)


def citations_of(executor: Executor, iri: str) -> tuple[Citation, ...]:
    """Return the citations that a thing rests on, in the order of their source; at most two hundred.

    Raises:
        ValueError: it is no IRI.
        FspError: as `Executor.execute`.
    """
    return _citations(executor, f"{term(iri)} <{FSP.restsOn}> ?citation .")


def citation_at(executor: Executor, iri: str) -> Citation | None:
    """Return the citation that an IRI is; None where it is none.

    Raises:
        ValueError: it is no IRI.
        FspError: as `Executor.execute`.
    """
    return next(iter(_citations(executor, f"VALUES ?citation {{ {term(iri)} }}")), None)


def _citations(executor: Executor, which: str) -> tuple[Citation, ...]:
    """Return the citations that fit a pattern for `?citation`."""
    rows = solutions(
        executor,
        f"""
        SELECT ?citation ?source ?text ?start ?end ?passage ?basis ?for WHERE {{
          {which}
          ?citation <{FSP.startOffset}> ?start ; <{FSP.endOffset}> ?end .
          OPTIONAL {{ ?citation <{FSP.sha256}> ?passage }}
          OPTIONAL {{ ?citation <{PREFIXES["oa"]}hasSource> ?source . OPTIONAL {{ ?source <{FSP.sha256}> ?text }} }}
          OPTIONAL {{ ?citation <{FSP.basis}> ?basis }}
          OPTIONAL {{ ?citation <{FSP.evidenceFor}> ?for }}
        }}
        ORDER BY ?source ?start ?end ?citation ?for LIMIT {_MOST_CITATIONS}""",
    )
    names = labels(executor, {str(value) for row in rows for value in row.values() if isinstance(value, URIRef)})
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(str(row["citation"]), []).append({name: str(value) for name, value in row.items()})
    return tuple(_citation(iri, rows, names) for iri, rows in found.items())


def _citation(iri: str, rows: Sequence[dict[str, str]], names: dict[str, str]) -> Citation:
    first = rows[0]
    source, basis = first.get("source", ""), first.get("basis", "")
    return Citation(
        iri=iri,
        source_iri=source,
        source_label=names.get(source) or words(source),
        source_sha256=first.get("text", ""),
        start=int(first["start"]),
        end=int(first["end"]),
        sha256=first.get("passage", ""),
        basis_iri=basis,
        basis_label=names.get(basis) or words(basis),
        properties=tuple(names.get(row["for"]) or words(row["for"]) for row in rows if "for" in row),
    )
