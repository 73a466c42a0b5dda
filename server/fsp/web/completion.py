"""The terms that queries over this dataset are made of, for completion in the editor: found by queries themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request
from rdflib import Literal, URIRef
from rdflib.term import Identifier

from fsp.errors import LimitError
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.web.operations import operation, query
from fsp.web.schemas import ref
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("completion", __name__)

_MOST = 2000
"""Terms of one kind that are listed; more are found by what is typed."""
_LONGEST_TEXT = 100
_LONGEST_DEFINITION = 300
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*\w)?", re.ASCII)
"""Local names that need no escapes (SPARQL 1.1, rule 169)."""

_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("owl", "rdf", "rdfs", "skos"))
_TERMS = {
    "class": "{ ?thing a ?term } UNION { ?term a owl:Class } UNION { ?term a rdfs:Class }",
    "property": "{ ?thing ?term ?value } UNION { ?term a owl:ObjectProperty } UNION { ?term a owl:DatatypeProperty } "
    "UNION { ?term a rdf:Property }",
    "concept": "?term a skos:Concept",
    "thing": "?term rdfs:label ?name",
    "graph": "GRAPH ?term { ?thing a ?class }",
}
"""Patterns that find the terms of each kind; one that is of several is of the first."""
_LABELS = """\
SELECT ?term ?label ?definition
WHERE {{
  {{ SELECT DISTINCT ?term WHERE {{ {{ {pattern} }} FILTER(isIRI(?term)) }} LIMIT {most} }}
  OPTIONAL {{ ?term rdfs:label|skos:prefLabel ?label }}
  OPTIONAL {{ ?term skos:definition|rdfs:comment ?definition }}
}}"""
_SEARCH = """\
SELECT DISTINCT ?term ?label
WHERE {{
  {{ {pattern} }}
  ?term rdfs:label|skos:prefLabel ?label
  FILTER(isIRI(?term) && CONTAINS(LCASE(STR(?label)), {text}))
}}
LIMIT {most}"""


@dataclass(frozen=True, slots=True)
class _Term:
    """One term: what it is and how people call it."""

    iri: str
    kind: str
    label: str
    definition: str


@blueprint.get("/sparql/vocabulary.json")
@operation(
    {"application/json": ref("Vocabulary")},
    parameters=[query("text", "Only the terms whose label holds this.")],
    headers=["ETag"],
    errors=[502, 503],
)
def vocabulary() -> Response:
    """List the prefixes and terms of the dataset; with `text`, the terms whose label holds it."""
    text = request.args.get("text", "")[:_LONGEST_TEXT].lower()
    terms: dict[str, _Term] = {}
    complete = True
    for kind, pattern in _TERMS.items():
        found, whole = _find(current_service().executor, kind, pattern, text)
        complete = complete and whole
        for term in found:
            terms.setdefault(term.iri, term)
    response = jsonify(_document(sorted(terms.values(), key=lambda term: term.iri), complete=complete))
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _find(executor: Executor, kind: str, pattern: str, text: str) -> tuple[list[_Term], bool]:
    """Return terms of one kind, and whether these are all; a dataset may be too large for a query over all of it."""
    literal = Literal(text).n3()
    template = _SEARCH if text else _LABELS
    query = _PROLOGUE + template.format(pattern=pattern, text=literal, most=_MOST)
    try:
        rows = solutions(executor, query)
    except LimitError:
        return [], False
    terms: dict[str, list[Mapping[str, Identifier]]] = {}
    for row in rows:
        if isinstance(row.get("term"), URIRef):
            terms.setdefault(str(row["term"]), []).append(row)
    found = [_Term(iri, kind, _best(rows, "label"), _best(rows, "definition")) for iri, rows in terms.items()]
    return found, len(found) < _MOST


def _best(rows: Iterable[Mapping[str, Identifier]], name: str) -> str:
    """Return a text in English where there is one, else any; the same one each time."""
    texts = [row[name] for row in rows if name in row]
    texts.sort(key=lambda text: (_language(text) not in {"en", "en-gb"}, _language(text), str(text)))
    return str(texts[0]) if texts else ""


def _language(text: Identifier) -> str:
    return (text.language or "").lower() if isinstance(text, Literal) else ""


def _document(terms: Iterable[_Term], *, complete: bool) -> dict[str, Any]:
    prefixes = dict(PREFIXES)
    listed = list(_entries(terms, prefixes))
    return {"prefixes": dict(sorted(prefixes.items())), "terms": listed, "complete": complete}


def _entries(terms: Iterable[_Term], prefixes: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the terms as a query writes them; the prefixes of things and concepts are added to the others."""
    for term in terms:
        entry = {"name": _name(term.iri, prefixes), "label": term.label, "kind": term.kind}
        if term.definition:
            entry["definition"] = term.definition[:_LONGEST_DEFINITION]
        yield entry


def _name(iri: str, prefixes: dict[str, str]) -> str:
    """Return a prefixed name where one can be written, else the IRI in angle brackets."""
    for base in (str(THING), str(SCHEME)):
        kind, slash, local = iri.removeprefix(base).partition("/")
        if iri.startswith(base) and slash and _LOCAL.fullmatch(kind) and _LOCAL.fullmatch(local):
            namespace = f"{base}{kind}/"
            return f"{kind}:{local}" if prefixes.setdefault(kind, namespace) == namespace else f"<{iri}>"
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
