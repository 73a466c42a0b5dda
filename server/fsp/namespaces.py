"""The namespaces that the project uses: each one is named here once."""

from rdflib import Namespace
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, TIME, VANN, VOID, XSD

__all__ = ["ADMS", "BASE", "CV", "FSP", "GEO", "GRAPH", "PREFIXES", "SCHEMA", "SCHEME", "SHAPES", "SSSOM", "THING"]

BASE = Namespace("https://w3id.org/fsp/")
FSP = Namespace(BASE + "def#")
SCHEME = Namespace(BASE + "scheme/")
THING = Namespace(BASE + "id/")
SHAPES = Namespace(BASE + "shapes#")
GRAPH = Namespace(BASE + "graph/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
CV = Namespace("http://data.europa.eu/m8g/")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
SCHEMA = Namespace("https://schema.org/")
SSSOM = Namespace("https://w3id.org/sssom/")

PREFIXES: dict[str, str] = {
    "adms": str(ADMS),
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": str(CV),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "geo": str(GEO),
    "fsp": str(FSP),
    "oa": "http://www.w3.org/ns/oa#",
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "sssom": str(SSSOM),
    "time": str(TIME),
    "unit": "http://qudt.org/vocab/unit/",
    "vann": str(VANN),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""Every prefix of the project's Turtle and of its pages, by name."""
