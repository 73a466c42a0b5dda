"""`fsp citations`: the published citations, and invented ones against an invented text."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fsp.cli import main

TEXT = "The council runs buses. It pays £5."


@pytest.fixture(autouse=True)
def no_source_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands here are given their source, or none."""
    monkeypatch.delenv("FSP_SOURCE", raising=False)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Cite the first sentence of two, rightly."""
    (tmp_path / "source.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(
        f"""@prefix fsp: <https://w3id.org/fsp/def#> . @prefix ex: <http://example.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        ex:source a fsp:SourceText ; fsp:characterCount {len(TEXT)} ;
          fsp:sha256 "{hashlib.sha256(TEXT.encode()).hexdigest()}" .
        ex:citation a fsp:Citation ; <http://www.w3.org/ns/oa#hasSource> ex:source ; fsp:startOffset 0 ;
          fsp:endOffset 23 ; fsp:sha256 "{hashlib.sha256(TEXT[:23].encode()).hexdigest()}" .
        ex:buses rdfs:label "Buses"@en ; fsp:restsOn ex:citation .""",
        encoding="utf-8",
    )
    return ["citations", "--data", str(tmp_path / "data.ttl"), "--source", str(tmp_path / "source.txt")]


def test_without_the_text_the_form_is_checked(runner: CliRunner) -> None:
    """Of the published citations; exit code 0."""
    result = runner.invoke(main, ["citations"])
    assert result.exit_code == 0
    assert "citations well-formed, nothing wrong." in result.stdout


def test_an_uncovered_sentence_fails(runner: CliRunner, arguments: list[str]) -> None:
    """Exit code 1, with the sentence and its place."""
    result = runner.invoke(main, arguments)
    assert result.exit_code == 1
    assert (
        result.stdout
        == """\
1 citations recomputed, nothing wrong.

Covered: 1 of 2 sentences, 67.6% of their characters.

Sentences that no citation covers:
  24-35  It pays £5.
"""
    )


def test_a_wrong_citation_is_told_with_what_rests_on_it(
    runner: CliRunner, arguments: list[str], tmp_path: Path
) -> None:
    """By label and IRI."""
    (tmp_path / "source.txt").write_text(TEXT.replace("runs", "owns"), encoding="utf-8")
    result = runner.invoke(main, arguments)
    assert result.exit_code == 1
    assert "it now reads “The council owns buses.”" in result.stdout
    assert "supports Buses (<http://example.org/buses>)" in result.stdout


def test_csv_has_a_row_for_each_finding(runner: CliRunner, arguments: list[str]) -> None:
    """With a header (RFC 4180)."""
    rows = list(csv.DictReader(io.StringIO(runner.invoke(main, [*arguments, "--format", "csv"]).stdout)))
    assert rows == [
        {
            "finding": "uncovered sentence",
            "start": "24",
            "end": "35",
            "text": "It pays £5.",
            "citation": "",
            "thing": "",
        }
    ]


def test_json_has_the_share(runner: CliRunner, arguments: list[str]) -> None:
    """Beside what was found."""
    document = json.loads(runner.invoke(main, [*arguments, "--format", "json"]).stdout)
    assert (document["passes"], document["checked"], document["sentences"]) == (False, 1, 2)
    assert document["share"] == pytest.approx(23 / 34, abs=1e-4)
    assert [one["finding"] for one in document["findings"]] == ["uncovered sentence"]


def test_a_text_that_cannot_be_read_is_named(runner: CliRunner, arguments: list[str], tmp_path: Path) -> None:
    """Exit code 2."""
    result = runner.invoke(main, [*arguments[:-1], str(tmp_path / "absent.txt")])
    assert result.exit_code == 2
    assert "absent.txt cannot be read" in result.stderr
