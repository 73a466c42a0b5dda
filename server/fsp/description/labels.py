"""The names of things for people: one question for many IRIs."""

import re
from collections.abc import Iterable

from rdflib import DCTERMS, FOAF, RDFS, SH, SKOS, Literal

from fsp.description.describe import term
from fsp.description.foreign import foreign_label
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.prefixes import PREFIXES

__all__ = ["labels", "words"]

_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title, SH.name, FOAF.name)
"""The properties that name a thing, the best first."""
_AT_ONCE = 300
_ACRONYMS = {name: name for name in ("IRI", "RDF", "SHACL", "SPARQL", "URI", "URL")}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def labels(executor: Executor, iris: Iterable[str], language: str = "en") -> dict[str, str]:
    """Return the labels of those of some IRIs that have one.

    Args:
        executor: evaluates the query.
        iris: IRIs; what is no IRI has no label.
        language: which to prefer where there are several.

    Raises:
        FspError: as `Executor.execute`.
    """
    asked = sorted({iri for iri in iris if _is_iri(iri)})
    best: dict[str, tuple[tuple[bool, int, str], str]] = {}
    for start in range(0, len(asked), _AT_ONCE):
        for row in solutions(executor, _query(asked[start : start + _AT_ONCE])):
            label = row["label"]
            if not isinstance(label, Literal):
                continue
            rank = (label.language not in {None, language}, _LABELS.index(row["property"]), str(label))
            known = best.get(str(row["thing"]))
            if known is None or rank < known[0]:
                best[str(row["thing"])] = (rank, str(label))
    return {iri: label for iri, (_, label) in best.items()}


def words(iri: str) -> str:
    """Return words for a term that has no label: those of `foreign_label`, else the last part of its IRI as words."""
    known = foreign_label(iri)
    if known is not None:
        return known
    for namespace in PREFIXES.values():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            first, *rest = _CAMEL.sub(" ", local).replace("_", " ").split(" ")
            return " ".join([first, *(_ACRONYMS.get(word.upper(), word.lower()) for word in rest)])
    return iri


def _query(iris: list[str]) -> str:
    properties = " ".join(f"<{property_}>" for property_ in _LABELS)
    chosen = f"VALUES ?thing {{ {' '.join(map(term, iris))} }} VALUES ?property {{ {properties} }}"
    pattern = f"{{ {chosen} ?thing ?property ?label }}"
    return f"SELECT DISTINCT ?thing ?property ?label WHERE {{ {pattern} UNION {{ GRAPH ?graph {pattern} }} }}"


def _is_iri(text: str) -> bool:
    try:
        term(text)
    except ValueError:
        return False
    return True
