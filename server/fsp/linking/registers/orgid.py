"""The lists of org-id.guide as RDF. They are under a share-alike licence: their register stays in a file of its own."""

import json
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS

from fsp.errors import DataError
from fsp.linking.registers.provenance import describe
from fsp.linking.registers.sources import ODBL, read_sources
from fsp.namespaces import BASE, THING
from fsp.prefixes import PREFIXES

__all__ = ["org_id_lists_graph"]

_LIST = Namespace(THING + "org-id-list/")
_DATASET = BASE["dataset/org-id-lists"]
_STATUS = URIRef(PREFIXES["adms"] + "status")
_DEPRECATED = URIRef("http://purl.org/adms/status/Deprecated")
"""The list is out of use. What is `owl:deprecated` in this project is an IRI of its own that was retired."""
_TITLE = "Lists of organisation identifiers for the UK, after org-id.guide"
_DESCRIPTION = (
    "The lists whose codes begin the org-ids of bodies in the United Kingdom. This register and what is derived from it"
    " is under the Open Database License: it stays apart from the rest of the data."
)


def org_id_lists_graph(folder: Path) -> Graph:
    """Return the lists as a graph.

    Args:
        folder: the source folder, with `SOURCE.md` and a JSON file for each list in `lists`.

    Raises:
        DataError: a file is missing or has another form.
    """
    graph = Graph(bind_namespaces="none")
    describe(graph, _DATASET, (_TITLE, _DESCRIPTION), ODBL, read_sources(folder))
    paths = sorted((folder / "lists").glob("*.json"))
    if not paths:
        raise DataError("The folder lists holds no list.", file=str(folder / "lists"))
    for path in paths:
        try:
            _add(graph, json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path.name} is not a list of org-id.guide: {error!r}.", file=str(path)) from error
    return graph


def _add(graph: Graph, entry: dict[str, Any]) -> None:
    code = str(entry["code"])
    node = _LIST[code]
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(code)))
    graph.add((node, DCTERMS.title, Literal(" ".join(entry["name"]["en"].split()), "en")))
    graph.add((node, DCTERMS.isPartOf, _DATASET))
    graph.add((node, DCAT.landingPage, URIRef(f"http://org-id.guide/list/{code}")))
    graph.add((node, DCAT.keyword, Literal(entry["listType"], "en")))
    licence = entry["data"].get("licenseStatus")
    if licence:
        graph.add((node, DCTERMS.rights, Literal(f"Licence of the list: {licence.replace('_', ' ')}", "en")))
    for former in entry["formerPrefixes"] or ():
        graph.add((node, SKOS.altLabel, Literal(former)))
    if entry["deprecated"]:
        graph.add((node, _STATUS, _DEPRECATED))
