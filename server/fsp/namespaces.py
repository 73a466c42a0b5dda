"""The namespaces that the project uses: each one is named here once."""

from rdflib import Namespace
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, TIME, VANN, VOID, XSD

__all__ = ["BASE", "FSP", "GRAPH", "PREFIXES", "SCHEME", "SHAPES", "THING"]

BASE = Namespace("https://w3id.org/fsp/")
FSP = Namespace(BASE + "def#")
SCHEME = Namespace(BASE + "scheme/")
THING = Namespace(BASE + "id/")
SHAPES = Namespace(BASE + "shapes#")
GRAPH = Namespace(BASE + "graph/")

PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "fsp": str(FSP),
    "oa": "http://www.w3.org/ns/oa#",
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": "https://schema.org/",
    "sh": str(SH),
    "skos": str(SKOS),
    "time": str(TIME),
    "unit": "http://qudt.org/vocab/unit/",
    "vann": str(VANN),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""Every prefix of the project's Turtle and of its pages, by name."""
