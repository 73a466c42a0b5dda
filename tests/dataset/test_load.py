"""Loading files into a store."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from fsp.dataset.files import Dataset, DatasetFile, dataset_of
from fsp.dataset.load import load
from fsp.errors import DataError

GRAPH = "https://w3id.org/fsp/graph/"
DEFAULT = ox.DefaultGraph()

TRIPLES = {
    "x.ttl": "<http://x/s> <http://x/p> <o> .",
    "x.nt": f"<http://x/s> <http://x/p> <{GRAPH}o> .",
    "x.n3": "<http://x/s> <http://x/p> <o> .",
    "x.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
        '<rdf:Description rdf:about="http://x/s"><x:p rdf:resource="o"/></rdf:Description></rdf:RDF>'
    ),
    "x.jsonld": '{"@id": "http://x/s", "http://x/p": {"@id": "o"}}',
    "x.trig": "<http://x/s> <http://x/p> <o> .",
    "x.nq": f"<http://x/s> <http://x/p> <{GRAPH}o> .",
}


def write(folder: Path, files: dict[str, str]) -> Dataset:
    """Write files and return the dataset that they are."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return dataset_of([folder])


def quads(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """Return what one graph holds."""
    return list(store.quads_for_pattern(None, None, None, graph))


@pytest.mark.parametrize("name", TRIPLES)
@pytest.mark.parametrize("compressed", [False, True])
def test_every_format_is_a_named_graph_and_in_the_default_graph(tmp_path: Path, name: str, compressed: bool) -> None:
    """Each format is read, compressed or not; relative IRIs resolve against the graph's own IRI (RFC 3986, 5.1)."""
    file = tmp_path / (name + ".gz" if compressed else name)
    content = TRIPLES[name].encode()
    file.write_bytes(gzip.compress(content) if compressed else content)
    store = load(dataset_of([file]))
    triple = ox.Triple(ox.NamedNode("http://x/s"), ox.NamedNode("http://x/p"), ox.NamedNode(GRAPH + "o"))
    assert [quad.triple for quad in quads(store, ox.NamedNode(GRAPH + file.name))] == [triple]
    assert [quad.triple for quad in quads(store, DEFAULT)] == [triple]


def test_quads_keep_the_names_of_their_graphs(tmp_path: Path) -> None:
    """N-Quads and TriG keep their graphs; what they hold outside of any is in the file's own graph."""
    dataset = write(tmp_path, {"x.trig": "<http://x/g> { <http://x/s> <http://x/p> 1 } <http://x/s> <http://x/p> 2 ."})
    store = load(dataset)
    assert sorted(str(graph) for graph in store.named_graphs()) == ["<http://x/g>", f"<{GRAPH}x.trig>"]
    assert len(quads(store, DEFAULT)) == 2


def test_blank_nodes_of_two_files_never_merge(tmp_path: Path) -> None:
    """A label names a blank node within its file alone (RDF 1.1 Concepts, section 3.4)."""
    store = load(write(tmp_path, {"a.ttl": "_:b <http://x/p> 1 .", "b.ttl": "_:b <http://x/p> 2 ."}))
    assert len({quad.subject for quad in quads(store, DEFAULT)}) == 2


def test_a_blank_node_is_the_same_node_in_the_default_graph(tmp_path: Path) -> None:
    """A query can go from the default graph into a named graph by way of a blank node."""
    store = load(write(tmp_path, {"a.ttl": "_:b <http://x/p> 1 ."}))
    assert bool(store.query(f"ASK {{ ?b <http://x/p> 1 . GRAPH <{GRAPH}a.ttl> {{ ?b <http://x/p> 1 }} }}")) is True


def test_a_file_outside_of_the_default_graph_is_reached_by_graph_alone(tmp_path: Path) -> None:
    """Shapes, registers and the dataset's description do not mix with the data."""
    (tmp_path / "a.ttl").write_text("<http://x/s> <http://x/p> 1 .", encoding="utf-8")
    store = load(Dataset((DatasetFile(tmp_path / "a.ttl", "a.ttl", in_default_graph=False),)))
    assert quads(store, DEFAULT) == []
    assert len(quads(store, ox.NamedNode(GRAPH + "a.ttl"))) == 1


def test_content_made_from_other_files_is_loaded_as_a_file_is() -> None:
    """What is published but lies in no RDF file, such as the canned queries, has its graph and counts in the digest."""
    made = DatasetFile(Path("queries"), "queries.ttl", content=b"<http://x/s> <http://x/p> 1 .")
    other = DatasetFile(Path("queries"), "queries.ttl", content=b"<http://x/s> <http://x/p> 2 .")
    assert len(quads(load(Dataset((made,))), ox.NamedNode(GRAPH + "queries.ttl"))) == 1
    assert Dataset((made,)).digest != Dataset((other,)).digest


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("bad.ttl", "<http://x/s> <http://x/p> 1 .\n<http://x/s> <http://x/p> .\n", (2, 27)),
        ("bad.nt", '<http://x/s> <http://x/p> "1" .\nnonsense\n', (2, 1)),
        ("bad.nq", "<http://x/s> nonsense 1 .\n", (1, 14)),
        ("bad.trig", "<http://x/g> {\n  <http://x/s> nonsense 1 }\n", (2, 16)),
    ],
)
def test_a_syntax_error_says_file_line_and_column(tmp_path: Path, name: str, text: str, place: tuple[int, int]) -> None:
    """Whoever wrote the file can go to the place."""
    with pytest.raises(DataError) as caught:
        load(write(tmp_path, {name: text}))
    assert (caught.value.line, caught.value.column) == place
    assert str(caught.value).startswith(f"{name}, line {place[0]}, column {place[1]}: ")


def test_a_file_that_is_not_compressed_as_its_name_says_is_named(tmp_path: Path) -> None:
    """A damaged archive is an error of data, not a crash."""
    with pytest.raises(DataError, match=r"^x\.ttl\.gz cannot be read: "):
        load(write(tmp_path, {"x.ttl.gz": "<http://x/s> <http://x/p> 1 ."}))
