"""The organisations of an OCDS release: who they are, how they are identified, and what roles links say."""

from dataclasses import dataclass, field

import pyoxigraph as ox

from fsp.linking.imports.identifiers import Identifier, org_id
from fsp.linking.imports.statements import Statements
from fsp.linking.imports.terms import thing

__all__ = ["Release", "describe_party", "referred", "settle_roles"]

_ROLES = {"buyer", "supplier"}


@dataclass(slots=True)
class Release:
    """A release while it is described.

    Attributes:
        told: the statements about the record that it is, or is a part of.
        at: where it stands in the record.
        ocid: the identifier of its contracting process; empty where there is none.
        parties: the organisations by the identifiers that the release refers to them by.
        roles: the roles that are said by a link, of each organisation.
    """

    told: Statements
    at: str
    ocid: str = ""
    parties: dict[str, ox.NamedNode] = field(default_factory=dict)
    roles: dict[ox.NamedNode, set[str]] = field(default_factory=dict)


def describe_party(release: Release, party: str) -> None:
    """Describe an organisation that the release lists.

    Args:
        release: the release.
        party: where the organisation stands in the record.
    """
    record = release.told.record
    identifiers = _identifiers(release, party)
    own = record.leaves.get(f"{party}/id")
    local = "" if own is None or own.value is None else str(own.value)
    iri = _organisation(release, local or party, identifiers)
    if local:
        release.parties.setdefault(local, iri)
    if local in {one.org_id for one in identifiers}:
        record.take(f"{party}/id")
    release.told.organisation(iri, record.text(f"{party}/name"), identifiers)
    release.told.name(iri, record.text(f"{party}/identifier/legalName"))


def _organisation(release: Release, local: str, identifiers: list[Identifier]) -> ox.NamedNode:
    """Return the IRI of an organisation: by its identifier, or by its place in the process where it has none."""
    if identifiers:
        return thing("organisation", identifiers[0].org_id)
    return thing("organisation", release.ocid or release.told.node.value, local)


def _identifiers(release: Release, party: str) -> list[Identifier]:
    record = release.told.record
    found = []
    for at in (f"{party}/identifier", *record.each(f"{party}/additionalIdentifiers")):
        scheme = record.leaves.get(f"{at}/scheme")
        value = record.leaves.get(f"{at}/id")
        if value is None or value.value in (None, ""):
            continue
        written = str(value.value)
        identifier = org_id(str(scheme.value) if scheme and scheme.value else None, written)
        if identifier is None:
            record.leave(f"{at}/id", "no identifier in a form of org-id.guide")
            continue
        record.take(f"{at}/id")
        record.take(f"{at}/scheme")
        if not written.endswith(identifier.value):
            record.find(f"{at}/id", "an identifier in another spelling, written as its register does")
        found.append(identifier)
    return found


def referred(release: Release, at: str, role: str) -> ox.NamedNode | None:
    """Return the organisation that the release refers to from a place, and note that a link says its role."""
    record = release.told.record
    local = record.code(f"{at}/id")
    name = record.text(f"{at}/name")
    if local is None and name is None:
        return None
    iri = release.parties.get(local or "")
    if iri is None:
        # OCDS 1.1 asks for an entry in `parties`; publishers forget it.
        iri = _organisation(release, local or at, _identifiers(release, at))
        release.told.organisation(iri, name, [])
        if local:
            release.parties[local] = iri
    release.told.name(iri, name)
    release.roles.setdefault(iri, set()).add(role)
    return iri


def settle_roles(release: Release, party: str) -> None:
    """Count a role as mapped where a link says it; any other is kept as it stands."""
    record = release.told.record
    local = record.leaves.get(f"{party}/id")
    iri = release.parties.get(str(local.value)) if local else None
    for role in record.each(f"{party}/roles"):
        value = record.peek(role)
        if iri is not None and value in _ROLES and value in release.roles.get(iri, set()):
            record.take(role)
