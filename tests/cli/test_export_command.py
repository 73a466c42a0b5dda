"""`fsp export`: the whole dataset as one file."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from fsp.catalogue.rdf import published_dataset
from fsp.cli import main


def test_the_whole_dataset_leaves_by_graph(runner: CliRunner, tmp_path: Path) -> None:
    """Each published file is a named graph of the export; the suffix names the format."""
    output = tmp_path / "all.trig"
    result = runner.invoke(main, ["export", "--output", str(output)])
    assert (result.exit_code, result.output) == (0, "")
    graphs = {quad.graph_name.value for quad in ox.parse(path=str(output), format=ox.RdfFormat.TRIG)}
    assert graphs == {file.graph for file in published_dataset().files}
    assert [path.name for path in tmp_path.iterdir()] == ["all.trig"]


def test_stdout_gets_trig_by_default(runner: CliRunner, tmp_path: Path) -> None:
    """So that it can be piped on."""
    (tmp_path / "a.ttl").write_text("<http://x/s> <http://x/p> 25.0 .", encoding="utf-8")
    quads = list(ox.parse(runner.invoke(main, ["export", str(tmp_path)]).stdout, ox.RdfFormat.TRIG))
    assert [(str(quad.object), quad.graph_name.value) for quad in quads] == [
        ('"25.0"^^<http://www.w3.org/2001/XMLSchema#decimal>', "https://w3id.org/fsp/graph/a.ttl")
    ]


def test_a_failed_export_leaves_the_former_file(runner: CliRunner, tmp_path: Path) -> None:
    """Whole or not at all."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.nt").write_text('<http://x/s> <http://x/p> "1" .\nnonsense\n', encoding="utf-8")
    output = tmp_path / "out.nq"
    output.write_text("former", encoding="utf-8")
    result = runner.invoke(main, ["export", str(source), "--output", str(output)])
    assert result.exit_code == 2
    assert "a.nt, line 2" in result.stderr
    assert output.read_text(encoding="utf-8") == "former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.nq"]


@pytest.mark.parametrize("arguments", [["--output", "out.docx"], ["--format", "docx"], ["--output", "none/out.nq"]])
def test_an_unusable_output_is_refused(runner: CliRunner, arguments: list[str]) -> None:
    """With the formats that there are, before anything is read."""
    result = runner.invoke(main, ["export", *arguments])
    assert result.exit_code in {1, 2}
    assert result.stderr
