"""The namespaces that the project uses, for rdflib; `fsp.prefixes` names each IRI once."""

from rdflib import Namespace

from fsp.prefixes import BASE_IRI, GRAPH_IRI, PREFIXES

__all__ = ["ADMS", "BASE", "CV", "FSP", "GEO", "GRAPH", "SCHEMA", "SCHEME", "SHAPES", "SSSOM", "THING"]

BASE = Namespace(BASE_IRI)
FSP = Namespace(PREFIXES["fsp"])
SCHEME = Namespace(BASE + "scheme/")
THING = Namespace(BASE + "id/")
SHAPES = Namespace(BASE + "shapes#")
GRAPH = Namespace(GRAPH_IRI)
ADMS = Namespace(PREFIXES["adms"])
CV = Namespace(PREFIXES["cv"])
GEO = Namespace(PREFIXES["geo"])
SCHEMA = Namespace(PREFIXES["schema"])
SSSOM = Namespace(PREFIXES["sssom"])
