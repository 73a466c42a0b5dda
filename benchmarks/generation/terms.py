"""RDF terms as N-Triples writes them."""

import hashlib
from datetime import date

__all__ = ["concept", "date_literal", "decimal_literal", "integer_literal", "iri", "sha256_literal", "text", "thing"]

_PREFIXES = {
    "cv": "http://data.europa.eu/m8g/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "fsp": "https://w3id.org/fsp/def#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "unit": "http://qudt.org/vocab/unit/",
}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def iri(name: str) -> str:
    """Return the IRI of a prefixed name, such as `fsp:Partnership`."""
    prefix, _, local = name.partition(":")
    return f"<{_PREFIXES[prefix]}{local}>"


def thing(kind: str, name: str) -> str:
    """Return the IRI of a described thing."""
    return f"<https://w3id.org/fsp/id/{kind}/{name}>"


def concept(scheme: str, name: str) -> str:
    """Return the IRI of a concept in a scheme."""
    return f"<https://w3id.org/fsp/scheme/{scheme}/{name}>"


def text(words: str) -> str:
    """Return English text; the generator's words hold no character that N-Triples escapes."""
    return f'"{words}"@en'


def date_literal(day: date) -> str:
    """Return an `xsd:date`."""
    return f'"{day.isoformat()}"^^<{_XSD}date>'


def decimal_literal(number: float) -> str:
    """Return an `xsd:decimal` with one digit after its point."""
    return f'"{number:.1f}"^^<{_XSD}decimal>'


def integer_literal(number: int) -> str:
    """Return an `xsd:integer`."""
    return f'"{number}"^^<{_XSD}integer>'


def sha256_literal(words: str) -> str:
    """Return the SHA-256 of the words' UTF-8 bytes as a plain string."""
    return f'"{hashlib.sha256(words.encode()).hexdigest()}"'
