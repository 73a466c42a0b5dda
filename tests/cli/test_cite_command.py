"""`fsp cite`: the citation of some words, to paste."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from fsp.cli import main
from fsp.namespaces import FSP, THING

TEXT = "Buses\n\nThe council runs\u00a0buses. It pays £5 a year.\n\n  • Drivers are “trained”. They like it. They go.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file with an invented text."""
    path = tmp_path / "Bus Report.txt"
    path.write_bytes(TEXT.encode())
    return path


def cite(runner: CliRunner, source: Path, *arguments: str) -> Result:
    """Run the command."""
    return runner.invoke(main, ["cite", "--source", str(source), *arguments])


def test_words_are_cited_by_place_and_digest(runner: CliRunner, source: Path) -> None:
    """Offsets count code points; the text that the data does not know is described too."""
    result = cite(runner, source, "It pays £5", "--basis", "interpreted")
    graph = Graph().parse(data=result.stdout, format="turtle")
    start = TEXT.index("It pays")
    citation = URIRef(f"{THING}citation/bus-report-{start}-{start + 10}-interpreted")

    assert result.exit_code == 0
    assert "made from the file's name" in result.stderr
    assert graph.value(citation, FSP.startOffset) == Literal(start)
    assert graph.value(citation, FSP.endOffset) == Literal(start + 10)
    assert graph.value(citation, FSP.sha256) == Literal(hashlib.sha256("It pays £5".encode()).hexdigest())
    assert graph.value(None, RDF.type, FSP.SourceText) == URIRef(f"{THING}source/bus-report")
    assert "It pays" not in result.stdout


def test_other_spaces_and_quotes_are_found_with_a_remark(runner: CliRunner, source: Path) -> None:
    """The citation is of the source's own characters."""
    result = cite(runner, source, "runs buses.  It pays")
    quoted = cite(runner, source, 'Drivers are "trained"')

    assert result.exit_code == quoted.exit_code == 0
    assert "Found with other white space" in result.stderr
    assert "more than one sentence" in result.stderr
    assert hashlib.sha256("Drivers are “trained”".encode()).hexdigest() in quoted.stdout


def test_several_places_are_listed(runner: CliRunner, source: Path) -> None:
    """And none of them is chosen."""
    result = cite(runner, source, "They")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "2 places" in result.stderr
    assert f"{TEXT.index('They')}-{TEXT.index('They') + 4}" in result.stderr


def test_the_nearest_sentence_is_told(runner: CliRunner, source: Path) -> None:
    """Where the words are in no place."""
    result = cite(runner, source, "The drivers are well trained.")

    assert result.exit_code == 1
    assert "Drivers are “trained”." in result.stderr


def test_a_known_source_keeps_its_name(runner: CliRunner, source: Path, tmp_path: Path) -> None:
    """It is found by its digest, whatever the file is called."""
    data = tmp_path / "data.ttl"
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    data.write_text(f'<{THING}source/known> a <{FSP}SourceText> ; <{FSP}sha256> "{digest}" .', encoding="utf-8")
    result = cite(runner, source, "It pays", "--data", str(data))

    assert result.stderr == ""
    assert "citation:known-" in result.stdout
