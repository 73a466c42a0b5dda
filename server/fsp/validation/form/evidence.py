"""The source text that a case is told in, as a form describes it."""

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, XSD
from rdflib.term import Node

from fsp.namespaces import FSP
from fsp.validation.cite import nearest
from fsp.validation.source import SourceText

__all__ = ["describe_source", "tell_unfound"]


def describe_source(title: str, text: SourceText) -> tuple[tuple[URIRef, Node], ...]:
    """Return what is said of a source text: its class, its title, its length and its digest."""
    return (
        (RDF.type, FSP.SourceText),
        (RDF.type, FOAF.Document),
        (RDFS.label, Literal(title, lang="en")),
        (DCTERMS.title, Literal(title, lang="en")),
        (FSP.characterCount, Literal(str(len(text.text)), datatype=XSD.integer)),
        (FSP.sha256, Literal(text.sha256)),
    )


def tell_unfound(text: SourceText, words: str, times: int) -> str:
    """Return why words are no passage.

    Args:
        text: the source text.
        words: the words.
        times: in how many places they stand.
    """
    if times:
        return f"The text has these words {times} times: copy more of the sentence, so that one place is meant."
    like = nearest(text, words)
    hint = f" Did you mean: {like.text}" if like else ""
    return f"The text above does not have these words: copy them from it.{hint}"
