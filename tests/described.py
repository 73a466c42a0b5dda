"""The IRIs that the shipped graphs describe, for the tests that open them all."""

from functools import cache

import pyoxigraph as ox

from fsp.catalogue.rdf import published_dataset
from fsp.namespaces import BASE

__all__ = ["described", "path_of", "tried"]

_MANY = ("/id/identifier/", "/id/grant/", "/id/local-authority/", "/id/organisation/")


@cache
def described() -> dict[str, set[str]]:
    """Return the IRIs under the dataset's base that some shipped graph has as a subject, by document."""
    found: dict[str, set[str]] = {}
    for file in published_dataset().files:
        with file.open() as stream:
            for quad in ox.parse(stream, file.format, base_iri=file.graph):
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE):
                    found.setdefault(quad.subject.value.partition("#")[0], set()).add(quad.subject.value)
    return found


@cache
def tried() -> dict[str, set[str]]:
    """Return them with one in twenty of the many that only registers and imports have, which are alike."""
    many = [iri for iri in described() if path_of(iri).startswith(_MANY) and "%" not in iri]
    return {iri: subjects for iri, subjects in described().items() if iri not in set(many) - set(many[::20])}


def path_of(iri: str) -> str:
    """Return the path of an IRI at the service."""
    return "/" + iri.removeprefix(BASE)
