"""Write a dataset as one file, with every literal as its source has it."""

from collections.abc import Iterator
from typing import IO, Any

import pyoxigraph as ox

from fsp.dataset.files import Dataset, DatasetFile
from fsp.dataset.load import data_errors
from fsp.prefixes import PREFIXES

__all__ = ["EXPORT_FORMATS", "write_dataset"]

EXPORT_FORMATS: dict[str, ox.RdfFormat] = {
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""The formats by name; those of quads hold every named graph, the others the default graph alone."""


def write_dataset(dataset: Dataset, output: IO[bytes], format_name: str) -> None:
    """Write a dataset, statement by statement.

    Not through a store: that would write `25.0` as `25`.

    Args:
        dataset: what to write.
        output: where to write.
        format_name: one of `EXPORT_FORMATS`.

    Raises:
        DataError: a file cannot be read or parsed.
    """
    format_ = EXPORT_FORMATS[format_name]
    files = list(enumerate(dataset.files, start=1))
    quads = (quad for number, file in files for quad in _quads(file, number))
    if format_.supports_datasets:
        ox.serialize(quads, output, format_, prefixes=PREFIXES)
        return
    in_default = (quad.triple for number, file in files if file.in_default_graph for quad in _quads(file, number))
    ox.serialize(in_default, output, format_, prefixes=PREFIXES)


def _quads(file: DatasetFile, number: int) -> Iterator[ox.Quad]:
    """Yield the statements of a file, each in a named graph.

    No two files share a blank node: each is named by the file's number and its own, in the order in which they stand.
    So the same files always give the same bytes.
    """
    own = ox.NamedNode(file.graph)
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: Any) -> Any:  # noqa: ANN401 - a term of any kind
        if isinstance(term, ox.Triple):
            return ox.Triple(named(term.subject), term.predicate, named(term.object))
        if not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term, ox.BlankNode(f"f{number}b{len(names)}"))

    with data_errors(file), file.open() as stream:
        for quad in ox.parse(stream, file.format, base_iri=file.graph):
            graph = own if quad.graph_name == ox.DefaultGraph() else named(quad.graph_name)
            yield ox.Quad(named(quad.subject), quad.predicate, named(quad.object), graph)
