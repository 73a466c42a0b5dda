"""Collects statements as lines of N-Triples."""

from collections.abc import Iterable

from generation.terms import iri, text

__all__ = ["Writer"]

_TYPE = iri("rdf:type")
_LABEL = iri("rdfs:label")
_DESCRIPTION = iri("dcterms:description")
_PREDICATES: dict[str, str] = {}


class Writer:
    """Takes statements and gives them back as lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, subject: str, *statements: tuple[str, str]) -> None:
        """Add statements about one subject.

        Args:
            subject: the subject's term.
            statements: each a prefixed name for the predicate, and the object's term.
        """
        for predicate, value in statements:
            term = _PREDICATES.get(predicate) or _PREDICATES.setdefault(predicate, iri(predicate))
            self._lines.append(f"{subject} {term} {value} .\n")

    def describe(self, subject: str, classes: Iterable[str], label: str, description: str = "") -> None:
        """Add a thing's classes, label and, if there is one, description."""
        for class_ in classes:
            self._lines.append(f"{subject} {_TYPE} {iri(class_)} .\n")
        self._lines.append(f"{subject} {_LABEL} {text(label)} .\n")
        if description:
            self._lines.append(f"{subject} {_DESCRIPTION} {text(description)} .\n")

    def take(self) -> list[str]:
        """Return the lines collected so far and forget them."""
        lines, self._lines = self._lines, []
        return lines
