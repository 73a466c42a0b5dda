"""The formats of answers: one list, used by negotiation, command line, documentation and service description."""

from dataclasses import dataclass

__all__ = ["BY_NAME", "GRAPH_FORMATS", "SOLUTION_FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: what a caller writes after `?format=`; also the suffix of a file.
        media_type: the type as registered, without parameters.
        label: the format's name for people.
        specification: IRI of the format in the W3C's list of unique URIs for file formats.
        aliases: other names and media types that callers send for it.
    """

    name: str
    media_type: str
    label: str
    specification: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`. Formats of text carry their charset: without it CSV would be read as ASCII."""
        if self.media_type.startswith("text/"):
            return f"{self.media_type}; charset=utf-8"
        return self.media_type


_FORMATS_NS = "http://www.w3.org/ns/formats/"

SOLUTION_FORMATS: tuple[Format, ...] = (
    Format(
        "json", "application/sparql-results+json", "JSON", f"{_FORMATS_NS}SPARQL_Results_JSON",
        ("application/json", "text/json", "srj"),
    ),
    Format(
        "xml", "application/sparql-results+xml", "XML", f"{_FORMATS_NS}SPARQL_Results_XML",
        ("application/xml", "text/xml", "srx"),
    ),
    Format("csv", "text/csv", "CSV", f"{_FORMATS_NS}SPARQL_Results_CSV"),
    Format("tsv", "text/tab-separated-values", "TSV", f"{_FORMATS_NS}SPARQL_Results_TSV"),
)  # fmt: skip
"""For SELECT and ASK; the first is the default."""

GRAPH_FORMATS: tuple[Format, ...] = (
    Format(
        "ttl", "text/turtle", "Turtle", f"{_FORMATS_NS}Turtle",
        ("turtle", "n3", "application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3", "application/n3"),
    ),
    Format("nt", "application/n-triples", "N-Triples", f"{_FORMATS_NS}N-Triples", ("ntriples", "n-triples")),
    Format(
        "rdf", "application/rdf+xml", "RDF/XML", f"{_FORMATS_NS}RDF_XML",
        ("xml", "rdfxml", "rdf+xml", "application/xml", "text/xml"),
    ),
    Format(
        "jsonld", "application/ld+json", "JSON-LD", f"{_FORMATS_NS}JSON-LD",
        ("json", "json-ld", "application/json", "application/x-json+ld"),
    ),
)  # fmt: skip
"""For CONSTRUCT and DESCRIBE; the first is the default."""

BY_NAME: dict[str, Format] = {format_.name: format_ for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS)}
"""Every format by its name."""
