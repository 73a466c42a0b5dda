"""The links as tables: identifiers as CSV, mappings as SSSOM."""

import csv
from io import StringIO

from rdflib.term import Identifier as Term

from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import BASE, GRAPH, THING
from fsp.prefixes import PREFIXES

__all__ = ["CSV_COLUMNS", "SSSOM_COLUMNS", "identifiers_csv", "mappings_sssom"]

CSV_COLUMNS = (
    "iri",
    "label",
    "kind",
    "scheme",
    "identifier",
    "uri",
    "valid_from",
    "valid_to",
    "relation",
    "identified",
    "confidence",
    "source",
)
"""The columns of the table of identifiers."""
SSSOM_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "mapping_justification",
    "mapping_date",
    "see_also",
    "confidence",
    "comment",
)
"""The columns of the table of mappings, in the order in which SSSOM lists its slots."""

_PROLOGUE = """
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""
_IDENTIFIERS = (
    _PROLOGUE
    + """
SELECT ?iri ?label ?scheme ?identifier ?uri ?valid_from ?valid_to ?relation ?identified ?confidence ?source
WHERE {
  ?node a adms:Identifier ; skos:notation ?identifier ; dcterms:conformsTo ?scheme ;
    sssom:confidence ?confidence ; dcterms:source ?source .
  ?body adms:identifier ?node .
  OPTIONAL { ?close skos:closeMatch ?body }
  BIND(COALESCE(?close, ?body) AS ?iri)
  BIND(IF(BOUND(?close), "closeMatch", "identifier") AS ?relation)
  OPTIONAL { ?iri rdfs:label ?label }
  OPTIONAL { ?body rdfs:label ?identified }
  OPTIONAL { ?node schema:url ?uri }
  OPTIONAL { ?node schema:validFrom ?valid_from }
  OPTIONAL { ?node schema:validThrough ?valid_to }
}
ORDER BY ?iri ?scheme ?identifier ?source"""
)
_MAPPING = """?mapping a owl:Axiom ; owl:annotatedSource ?subject_id ; owl:annotatedProperty ?predicate_id ;
    owl:annotatedTarget ?object_id ; sssom:mapping_justification ?mapping_justification ;
    sssom:confidence ?confidence ; dcterms:source ?source .
  OPTIONAL { ?mapping rdfs:comment ?comment }
  OPTIONAL { ?mapping dcterms:date ?mapping_date }
  OPTIONAL { ?mapping sssom:predicate_modifier ?modifier BIND("Not" AS ?predicate_modifier) }"""
_MAPPINGS = (
    _PROLOGUE
    + f"""
SELECT DISTINCT ?subject_id ?subject_label ?predicate_id ?predicate_modifier ?object_id ?mapping_justification ?source
  ?mapping_date ?confidence ?comment
WHERE {{
  {{ {_MAPPING} }} UNION {{ GRAPH <{GRAPH}data/reviewed-links.ttl> {{ {_MAPPING} }} }}
  OPTIONAL {{ ?subject_id rdfs:label ?subject_label }}
}}
ORDER BY ?subject_id ?predicate_id ?object_id ?source"""
)
_CURIES = {
    "company": "http://business.data.gov.uk/id/company/",
    "fsp-id": str(THING),
    "opendatacommunities": "http://opendatacommunities.org/id/",
    "os": "http://data.ordnancesurvey.co.uk/id/",
    "owl": PREFIXES["owl"],
    "planning": "https://www.planning.data.gov.uk/entity/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "statistics": "http://statistics.data.gov.uk/id/statistical-geography/",
    "wikidata": "http://www.wikidata.org/entity/",
}
_HEADER = (
    f"mapping_set_id: {BASE}links.sssom.tsv",
    "mapping_set_title: Links of the cases of public service partnerships",
    "mapping_set_description: What the bodies and places of the cases are, match or are not, in the data of others.",
    "license: https://creativecommons.org/licenses/by/4.0/",
)

_Row = dict[str, str]


def identifiers_csv(executor: Executor) -> str:
    """Return the identifiers of the cases' bodies and places as CSV: one row an identifier.

    Args:
        executor: evaluates the query.

    Raises:
        FspError: as `Executor.execute`.
    """
    rows = _merged(solutions(executor, _IDENTIFIERS), " ")
    for row in rows:
        row["kind"] = row["iri"].removeprefix(THING).partition("/")[0]
        row["scheme"] = row["scheme"].rsplit("/", 1)[-1]
    return _table(CSV_COLUMNS, rows, ",")


def mappings_sssom(executor: Executor) -> str:
    """Return the mappings of the cases' bodies and places as SSSOM/TSV, with its metadata before the table.

    Args:
        executor: evaluates the query.

    Raises:
        FspError: as `Executor.execute`.
    """
    rows = _merged(solutions(executor, _MAPPINGS), "|")
    for row in rows:
        row["see_also"] = row.pop("source")
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            row[column] = _curie(row[column])
    metadata = [*_HEADER, "curie_map:", *(f"  {prefix}: {iri}" for prefix, iri in _CURIES.items())]
    return "".join(f"#{line}\n" for line in metadata) + _table(SSSOM_COLUMNS, rows, "\t")


def _merged(found: list[dict[str, Term]], separator: str) -> list[_Row]:
    """Return a row for each group of solutions that differ in their source alone."""
    rows: dict[tuple[tuple[str, str], ...], _Row] = {}
    for solution in found:
        row = {name: str(term) for name, term in solution.items()}
        source = row.pop("source")
        known = rows.setdefault(tuple(sorted(row.items())), row)
        known["source"] = f"{known['source']}{separator}{source}" if "source" in known else source
    return list(rows.values())


def _table(columns: tuple[str, ...], rows: list[_Row], delimiter: str) -> str:
    output = StringIO()
    writer = csv.DictWriter(output, columns, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def _curie(iri: str) -> str:
    """Return an IRI as a CURIE; the longest prefix that fits is taken."""
    found = {prefix: start for prefix, start in _CURIES.items() if iri.startswith(start)}
    if not found:
        return iri
    prefix = max(found, key=lambda prefix: len(found[prefix]))
    return f"{prefix}:{iri.removeprefix(found[prefix])}"
