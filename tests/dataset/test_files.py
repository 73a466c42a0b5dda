"""Which files a dataset is made of, and the graphs that they are."""

from pathlib import Path

import pytest

from fsp.dataset.files import DatasetFile, dataset_of, project_dataset
from fsp.errors import DataError

GRAPH = "https://w3id.org/fsp/graph/"


def test_the_graph_of_a_file_is_its_path_below_the_root_with_its_suffix() -> None:
    """One rule names every graph; characters that an IRI does not take are escaped."""
    assert DatasetFile(Path("x"), "data/cases.ttl").graph == GRAPH + "data/cases.ttl"
    assert DatasetFile(Path("x"), "sub/é x.nt.gz").graph == GRAPH + "sub/%C3%A9%20x.nt.gz"


def test_the_project_publishes_ontology_and_cases_in_the_default_graph_and_the_rest_by_name() -> None:
    """The default graph is ontology, schemes, cases and links; shapes, registers and the description are not in it."""
    by_name = {file.name: file.in_default_graph for file in project_dataset().files}
    assert by_name["ontology/fsp.ttl"] is True
    assert by_name["ontology/schemes/sector.ttl"] is True
    for name, in_default_graph in by_name.items():
        expected = name.startswith("ontology/") or name in {"data/cases.ttl", "data/links.ttl"}
        assert (name, in_default_graph) == (name, expected)


def test_files_that_a_caller_names_are_all_in_the_default_graph(tmp_path: Path) -> None:
    """A folder is taken at any depth, without hidden files and files that are no RDF."""
    (tmp_path / "sub").mkdir()
    for name in ("a.ttl", "sub/b.nt.gz", "sub/c.trig", "notes.txt", ".hidden.ttl"):
        (tmp_path / name).write_bytes(b"")
    dataset = dataset_of([tmp_path])
    assert [file.name for file in dataset.files] == ["a.ttl", "sub/b.nt.gz", "sub/c.trig"]
    assert dataset.default_graphs is None


def test_files_of_one_name_in_two_folders_are_two_graphs(tmp_path: Path) -> None:
    """The root is what the named files share, so that no two of them fall together."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.ttl").write_bytes(b"")
    dataset = dataset_of([tmp_path / "one" / "x.ttl", tmp_path / "two" / "x.ttl"])
    assert [file.name for file in dataset.files] == ["one/x.ttl", "two/x.ttl"]


def test_the_digest_is_that_of_the_data_wherever_it_lies(tmp_path: Path) -> None:
    """The same files give the same digest in another folder and order; another byte or name gives another."""
    for folder in ("here", "there", "changed", "renamed"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.ttl").write_text("<a> <b> <c> .", encoding="utf-8")
        (tmp_path / folder / "b.ttl").write_text("<d> <e> <f> .", encoding="utf-8")
    (tmp_path / "changed" / "b.ttl").write_text("<d> <e> <g> .", encoding="utf-8")
    (tmp_path / "renamed" / "b.ttl").rename(tmp_path / "renamed" / "c.ttl")
    here = dataset_of([tmp_path / "here" / "b.ttl", tmp_path / "here" / "a.ttl"]).digest
    assert dataset_of([tmp_path / "there"]).digest == here
    assert dataset_of([tmp_path / "changed"]).digest != here
    assert dataset_of([tmp_path / "renamed"]).digest != here


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("missing.ttl", "There is no file or folder missing.ttl."),
        ("notes.txt", "notes.txt: the format is unknown."),
        ("empty", "The folder empty holds no RDF file."),
    ],
)
def test_what_is_no_rdf_is_refused_by_name(tmp_path: Path, name: str, expected: str) -> None:
    """A missing file, an unknown suffix and an empty folder each say what is wrong."""
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError) as caught:
        dataset_of([tmp_path / name])
    assert str(caught.value)[: len(expected)] == expected
    assert caught.value.file == str(tmp_path / name)
