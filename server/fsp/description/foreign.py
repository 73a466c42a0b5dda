"""What pages call the properties and units of other vocabularies, which the data do not label themselves."""

from collections.abc import Mapping

from fsp.pictures.units import UNITS, unit_name
from fsp.prefixes import PREFIXES

__all__ = ["foreign_label"]

_PROPERTIES: Mapping[str, str] = {
    "dcterms:description": "description",
    "dcterms:isPartOf": "part of",
    "dcterms:spatial": "place",
    "org:classification": "type",
    "org:member": "member",
    "org:memberDuring": "time of taking part",
    "org:memberOf": "member of",
    "org:organization": "partnership or board",
    "org:role": "role",
    "org:unitOf": "unit of",
    "rdf:type": "kind",
    "rdfs:label": "name",
    "skos:altLabel": "other name",
}
_BY_IRI = {
    PREFIXES[prefix] + name: label for key, label in _PROPERTIES.items() for prefix, _, name in [key.partition(":")]
}


def foreign_label(iri: str) -> str | None:
    """Return what people call a property or a unit of another vocabulary; None for everything else."""
    unit = iri.removeprefix(PREFIXES["unit"])
    if unit != iri and unit in UNITS:
        return unit_name(unit)
    return _BY_IRI.get(iri)
