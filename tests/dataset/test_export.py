"""Writing a dataset as one file."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from fsp.dataset.export import EXPORT_FORMATS, write_dataset
from fsp.dataset.files import Dataset, DatasetFile

GRAPH = "https://w3id.org/fsp/graph/"
DATASET = Dataset(
    (
        DatasetFile(Path("a"), "a.ttl", content=b"<http://x/s> <http://x/p> 25.0 ."),
        DatasetFile(Path("b"), "b.ttl", in_default_graph=False, content=b'<http://x/s> <http://x/p> "shape" .'),
    )
)


@pytest.mark.parametrize("format_name", ["trig", "nq", "jsonld"])
def test_formats_of_quads_hold_every_named_graph(format_name: str) -> None:
    """Each file is one named graph, and a literal stands as it was written, not as the engine normalises it."""
    output = io.BytesIO()
    write_dataset(DATASET, output, format_name)
    quads = {str(quad) for quad in ox.parse(output.getvalue(), EXPORT_FORMATS[format_name])}
    decimal = '"25.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert quads == {
        f"<http://x/s> <http://x/p> {decimal} <{GRAPH}a.ttl>",
        f'<http://x/s> <http://x/p> "shape" <{GRAPH}b.ttl>',
    }


@pytest.mark.parametrize("format_name", ["ttl", "nt", "rdf"])
def test_formats_of_triples_hold_the_default_graph_alone(format_name: str) -> None:
    """What is asked by GRAPH alone is not in them."""
    output = io.BytesIO()
    write_dataset(DATASET, output, format_name)
    triples = [str(quad.triple) for quad in ox.parse(output.getvalue(), EXPORT_FORMATS[format_name])]
    assert triples == ['<http://x/s> <http://x/p> "25.0"^^<http://www.w3.org/2001/XMLSchema#decimal>']
