"""Read RDF/XML with the place of each triple: that of its property's element."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from xml.sax import SAXParseException, make_parser
from xml.sax.handler import feature_external_ges, feature_external_pes, feature_namespaces, property_lexical_handler
from xml.sax.xmlreader import InputSource

import rdflib
from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler
from rdflib.term import Node

from fsp.validation.reading import Fault, Lines, Reading, Triple

__all__ = ["read_rdfxml"]

_AS_WRITTEN = threading.Lock()
_DOCTYPE = (
    "A DOCTYPE stands here. It is refused, since the entities that it declares can be made to grow without end or to "
    "read other files. Take it away, and write out whatever &name; it declares."
)

_NO_STATEMENT = (
    "This is not RDF/XML: the elements here make no statement. Each needs a namespace, and elements for things and for "
    "their properties take turns."
)


def read_rdfxml(content: bytes, text: str, base: str) -> Reading:
    """Read RDF/XML up to the first fault: what follows one cannot be told in XML.

    Args:
        content: the bytes, whose encoding the XML declaration names.
        text: the same as text, for places.
        base: what relative IRIs are resolved against.
    """
    lines = Lines(text)
    graph = _Recorder(lines)
    handler = _Handler(graph)
    handler.reset()
    parser = make_parser()  # noqa: S317 - what defusedxml adds, the refusal of a DOCTYPE, is below
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.setFeature(feature_external_pes, False)
    parser.setContentHandler(handler)
    parser.setProperty(property_lexical_handler, _Lexical())
    source = InputSource(base)
    source.setByteStream(io.BytesIO(content))
    with _literals_as_written():
        try:
            parser.parse(source)
        except SAXParseException as error:
            offset = lines.offset(error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1)
            graph.reading.faults.append(Fault(offset, f"This is not well-formed XML: {error.getMessage()}."))
        except _DoctypeError:
            graph.reading.faults.append(Fault(max(text.find("<!DOCTYPE"), 0), _DOCTYPE))
        except RecursionError:
            graph.reading.faults.append(Fault(0, "The elements are nested too deeply."))
        except (ParserError, ValueError, AssertionError, KeyError) as error:
            # rdflib puts the place before its own words.
            words = str(error).split(": ", 1)[-1] or "this is not RDF/XML"
            graph.reading.faults.append(Fault(graph.here, f"This is not RDF/XML: {words.rstrip('.')}."))
        except (AttributeError, IndexError, TypeError):
            # rdflib's parser trips over what its own checks miss, such as elements without a namespace.
            graph.reading.faults.append(Fault(graph.here, _NO_STATEMENT))
    graph.reading.prefixes = {prefix: str(namespace) for prefix, namespace in graph.namespaces() if prefix}
    return graph.reading


class _DoctypeError(Exception):
    """The file has a DOCTYPE."""


class _Lexical:
    """Refuses a DOCTYPE before anything that it declares is used."""

    def startDTD(self, *_: object) -> None:  # noqa: N802 - SAX names it
        raise _DoctypeError

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - comments and sections are of no interest
        return lambda *_: None


class _Recorder(Graph):
    """A graph that notes where the parser is when it adds a triple."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(bind_namespaces="none")
        self.reading = Reading()
        self.starts: list[int] = []
        self.things: dict[Node, int] = {}
        self._lines = lines

    @property
    def here(self) -> int:
        """The offset of the innermost element that is open."""
        return self.starts[-1] if self.starts else 0

    def begin(self, line: int, column: int) -> None:
        """Note where an element begins."""
        self.starts.append(self._lines.offset(line, column))

    def add(self, triple: Triple) -> Self:
        """Keep a triple with its place."""
        subject = self.things.setdefault(triple[0], self.here)
        self.reading.triples.setdefault(triple, (subject, self.here, self.here))
        return self


class _Handler(RDFXMLHandler):
    """rdflib's handler, which tells the graph where each element begins."""

    store: _Recorder

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: ANN401, N802 - as SAX has it
        self.store.begin(self.locator.getLineNumber() or 1, (self.locator.getColumnNumber() or 0) + 1)
        super().startElementNS(name, qname, attrs)
        subject = getattr(self.current, "subject", None)
        if subject is not None:
            self.store.things.setdefault(subject, self.store.here)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: ANN401, N802 - as SAX has it
        super().endElementNS(name, qname)
        self.store.starts.pop()


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Keep rdflib from writing literals anew; its RDF/XML parser has no switch of its own for that."""
    with _AS_WRITTEN:
        before = rdflib.NORMALIZE_LITERALS
        rdflib.NORMALIZE_LITERALS = False
        try:
            yield
        finally:
            rdflib.NORMALIZE_LITERALS = before
