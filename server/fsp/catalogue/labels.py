"""What things are called, so that people need not read IRIs."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Literal
from rdflib.term import Identifier

from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import PREFIXES

__all__ = ["labels"]

_AT_ONCE = 1000
"""IRIs in one query."""
_QUERY = f"""\
SELECT ?thing ?label
WHERE {{
  VALUES ?thing {{ %s }}
  ?thing <{PREFIXES["skos"]}prefLabel>|<{PREFIXES["rdfs"]}label> ?label
}}"""


def labels(executor: Executor, iris: Iterable[str]) -> dict[str, str]:
    """Return the label of each thing that has one: in English, else without a language, else in any.

    Args:
        executor: evaluates the query.
        iris: of the things.

    Raises:
        FspError: as `Executor.execute`.
    """
    found: dict[str, Identifier] = {}
    for values in _batches(iris):
        for row in solutions(executor, _QUERY % values):
            thing = str(row["thing"])
            found[thing] = min(found.get(thing, row["label"]), row["label"], key=_rank)
    return {thing: str(label) for thing, label in found.items()}


def _batches(iris: Iterable[str]) -> Iterator[str]:
    terms = list(dict.fromkeys(str(ox.NamedNode(iri)) for iri in iris))
    for start in range(0, len(terms), _AT_ONCE):
        yield " ".join(terms[start : start + _AT_ONCE])


def _rank(label: Identifier) -> tuple[int, str]:
    language = label.language if isinstance(label, Literal) else None
    if language is None:
        return 1, str(label)
    return (0 if language.lower().split("-")[0] == "en" else 2), str(label)
