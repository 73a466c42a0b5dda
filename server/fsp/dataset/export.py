"""Write a dataset as one file, with every literal as its source has it."""

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from fsp.dataset.files import Dataset, DatasetFile
from fsp.dataset.load import data_errors
from fsp.namespaces import PREFIXES

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
    quads = (quad for file in dataset.files for quad in _quads(file))
    if format_.supports_datasets:
        ox.serialize(quads, output, format_, prefixes=PREFIXES)
        return
    in_default = (quad.triple for file in dataset.files if file.in_default_graph for quad in _quads(file))
    ox.serialize(in_default, output, format_, prefixes=PREFIXES)


def _quads(file: DatasetFile) -> Iterator[ox.Quad]:
    """Yield the statements of a file, each in a named graph; no two files share a blank node."""
    own = ox.NamedNode(file.graph)
    with data_errors(file), file.open() as stream:
        for quad in ox.parse(stream, file.format, base_iri=file.graph, rename_blank_nodes=True):
            in_own = quad.graph_name == ox.DefaultGraph()
            yield ox.Quad(quad.subject, quad.predicate, quad.object, own) if in_own else quad
