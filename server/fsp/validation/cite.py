"""Find words in a source text, and make the citation of their place."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import Node

from fsp.namespaces import FSP, SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.validation.source import Passage, SourceText

__all__ = ["BASES", "Found", "citation_graph", "find_words", "nearest", "source_of"]

BASES = ("stated", "by-position", "interpreted")
"""How a statement can rest on a passage: the concepts of the scheme `basis`."""

_OA = Namespace(PREFIXES["oa"])
_ALIKE = ('"\u201c\u201d\u201e\u201f', "'\u2018\u2019\u201a\u201b`", "-\u2010\u2011\u2012\u2013\u2014")


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in a text.

    Attributes:
        passages: each place, in order.
        exact: whether the text has them character by character; else white space, quotation marks or dashes differ.
    """

    passages: tuple[Passage, ...]
    exact: bool


def find_words(text: SourceText, words: str) -> Found:
    """Find words: exactly, else with other white space, quotation marks and dashes.

    Args:
        text: the source text.
        words: what to find; white space at its ends does not count.
    """
    words = words.strip()
    if not words:
        return Found((), exact=True)
    passages = _matches(text, re.escape(words))
    if passages:
        return Found(passages, exact=True)
    return Found(_matches(text, r"\s+".join(_tolerant(word) for word in words.split())), exact=False)


def nearest(text: SourceText, words: str) -> Passage | None:
    """Return the sentence that has most in common with words; None where none has anything."""
    wanted = words.casefold().split()

    def likeness(sentence: Passage) -> float:
        matcher = SequenceMatcher(None, wanted, sentence.text.casefold().split(), autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks())

    best = max(text.sentences(), key=likeness, default=None)
    return best if best is not None and likeness(best) else None


def source_of(text: SourceText, graph: Graph) -> URIRef | None:
    """Return the source of a graph that is this very text, by its digest; None where there is none."""
    found = [
        node for node in graph.subjects(FSP.sha256, Literal(text.sha256)) if (node, RDF.type, FSP.SourceText) in graph
    ]
    return next((node for node in sorted(found, key=str) if isinstance(node, URIRef)), None)


def citation_graph(passage: Passage, source: URIRef, basis: str) -> tuple[URIRef, Graph]:
    """Return the citation of a passage, and its triples.

    Args:
        passage: the passage.
        source: the source text that it is in.
        basis: one of `BASES`.
    """
    name = str(source).rstrip("/").rpartition("/")[2]
    ending = "" if basis == "stated" else f"-{basis}"
    citation = URIRef(f"{THING}citation/{name}-{passage.start}-{passage.end}{ending}")
    label = f"Characters {passage.start} to {passage.end} of the {name.replace('-', ' ')}, {basis.replace('-', ' ')}"
    graph = Graph(bind_namespaces="none")
    values: tuple[tuple[URIRef, Node], ...] = (
        (RDF.type, FSP.Citation),
        (RDFS.label, Literal(label, lang="en")),
        (_OA.hasSource, source),
        (FSP.startOffset, Literal(str(passage.start), datatype=XSD.integer)),
        (FSP.endOffset, Literal(str(passage.end), datatype=XSD.integer)),
        (FSP.sha256, Literal(passage.sha256)),
        (FSP.basis, URIRef(f"{SCHEME}basis/{basis}")),
    )
    for predicate, value in values:
        graph.add((citation, predicate, value))
    return citation, graph


def _matches(text: SourceText, pattern: str) -> tuple[Passage, ...]:
    return tuple(text.passage(found.start(), found.end()) for found in re.finditer(pattern, text.text))


def _tolerant(word: str) -> str:
    """Return a pattern for a word in which quotation marks and dashes stand for all that look alike."""
    return "".join(
        next((f"[{re.escape(alike)}]" for alike in _ALIKE if char in alike), re.escape(char)) for char in word
    )
