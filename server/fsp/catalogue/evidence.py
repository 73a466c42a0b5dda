"""The evidence of an answer: the citations that the things in its rows rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fsp.catalogue.labels import batches
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES

__all__ = ["Citation", "Evidence", "find_evidence"]

MOST_CITATIONS = 5000
"""As many as are read for one page of an answer."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage of a source that something rests on.

    Attributes:
        iri: of the citation.
        source: IRI of the source text.
        source_sha256: SHA-256 of that text, where it is known.
        start: code points before the passage.
        end: code points up to its end.
        sha256: SHA-256 of the passage.
        basis: IRI of how it supports what rests on it: stated, by position or interpreted.
        property: IRI of the one property that it is evidence for; None where it is for the thing as a whole.
    """

    iri: str
    source: str
    source_sha256: str | None
    start: int
    end: int
    sha256: str
    basis: str
    property: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The citations of some things.

    Attributes:
        by_thing: for each thing the citations that it rests on, in the order of the source.
        whole: whether none was left out.
    """

    by_thing: Mapping[str, Sequence[Citation]]
    whole: bool = True

    def of(self, things: Iterable[str]) -> list[tuple[Citation, list[str]]]:
        """Return the citations of some things in the order of the source, each with those that rest on it."""
        found: dict[Citation, list[str]] = {}
        for thing in dict.fromkeys(things):
            for citation in self.by_thing.get(thing, ()):
                found.setdefault(citation, []).append(thing)
        return sorted(found.items(), key=lambda item: _place(item[0]))


def find_evidence(executor: Executor, iris: Iterable[str]) -> Evidence:
    """Return the citations of some things.

    Args:
        executor: evaluates the query.
        iris: of the things; many rest on none, such as those that no source speaks of.

    Raises:
        FspError: as `Executor.execute`.
    """
    by_thing: dict[str, list[Citation]] = {}
    left = MOST_CITATIONS
    for values in batches(iris):
        rows = solutions(executor, _QUERY.replace("$values", values).replace("$limit", str(left + 1)))
        for row in rows[:left]:
            text = {name: str(term) for name, term in row.items()}
            by_thing.setdefault(text["thing"], []).append(_citation(text))
        left -= len(rows)
        if left < 0:
            break
    return Evidence({thing: sorted(found, key=_place) for thing, found in by_thing.items()}, whole=left >= 0)


_QUERY = f"""PREFIX fsp: <{FSP}>
PREFIX oa: <{PREFIXES["oa"]}>
SELECT DISTINCT ?thing ?citation ?source ?sourceSha256 ?start ?end ?sha256 ?basis ?property WHERE {{
  VALUES ?thing {{ $values }}
  ?thing fsp:restsOn ?citation .
  ?citation oa:hasSource ?source ; fsp:startOffset ?start ; fsp:endOffset ?end ; fsp:sha256 ?sha256 ; fsp:basis ?basis .
  OPTIONAL {{ ?source fsp:sha256 ?sourceSha256 }}
  OPTIONAL {{ ?citation fsp:evidenceFor ?property }}
}}
LIMIT $limit"""


def _citation(text: Mapping[str, str]) -> Citation:
    return Citation(
        text["citation"],
        text["source"],
        text.get("sourceSha256"),
        int(text["start"]),
        int(text["end"]),
        text["sha256"],
        text["basis"],
        text.get("property"),
    )


def _place(citation: Citation) -> tuple[str, int, int, str, str]:
    return (citation.source, citation.start, citation.end, citation.iri, citation.property or "")
