"""The name of a case in an address, and the case of a name."""

import pyoxigraph as ox

from fsp.namespaces import THING

__all__ = ["case_iri", "case_name"]

_CASE = str(THING) + "case/"


def case_name(iri: str) -> str:
    """Return what names a case in an address: the end of its IRI, or the whole of one that others gave."""
    name = iri.removeprefix(_CASE)
    return name if name != iri and name and "/" not in name else iri


def case_iri(name: str) -> str | None:
    """Return the IRI that a name means: itself, where it is one, or the project's own of that ending.

    Args:
        name: what stands in an address.

    Returns:
        The IRI; None where the name can be none.
    """
    iri = name if name.startswith(("http://", "https://", "urn:")) else _CASE + name
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None
