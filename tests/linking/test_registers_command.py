"""`fsp registers` shows what a newer state would change, and takes it whole or not at all."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from register_sample import AUTHORITIES, BARNSLEY, CARDIFF, write_source

from fsp.cli import main
from fsp.linking.registers import register

FILE = "data/registers/local-authorities.ttl"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own, where registers are read and written."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.setattr(register, "project_folder", lambda: folder)
    return folder


def rows(text: str) -> list[tuple[str, ...]]:
    """Return what the command wrote as CSV, without the header."""
    return [tuple(row) for row in csv.reader(StringIO(text))][1:]


def test_a_refresh_shows_each_change_and_writes_nothing(project: Path, tmp_path: Path, runner: CliRunner) -> None:
    """A new name, a missing authority and the new state of the source, as a table with one row a change."""
    first = write_source(tmp_path / "first")
    assert runner.invoke(main, ["registers", "refresh", str(first), "--apply"]).exit_code == 0
    before = (project / FILE).read_bytes()
    renamed = {**BARNSLEY, "official-name": "Barnsley City Council", "gss-code": "E08000016"}
    others = tuple(one for one in AUTHORITIES if one not in (BARNSLEY, CARDIFF))
    second = write_source(tmp_path / "second", (renamed, *others), commit="b" * 40)

    result = runner.invoke(main, ["registers", "refresh", str(second)])

    assert result.exit_code == 1
    found = rows(result.stdout)
    own = "local-authorities"
    assert (own, "CRF", "City of Cardiff Council", "removed", "", "", "") in found
    names = ("Barnsley Council (en)", "Barnsley City Council (en)")
    assert (own, "BNS", "Barnsley City Council", "changed", "prefLabel", *names) in found
    assert (own, "b" * 40, "UK local authority names and codes", "added", "", "", "") in found
    assert "Nothing was written: --apply takes these changes." in result.stderr
    assert "mended 1: A date that is a spreadsheet's year becomes that year." in result.stderr
    assert (project / FILE).read_bytes() == before


def test_a_changed_code_is_shown_with_its_days(project: Path, tmp_path: Path, runner: CliRunner) -> None:
    """What is said of an identifier is shown at the thing that it identifies."""
    assert project.is_dir()
    first = write_source(tmp_path / "first")
    runner.invoke(main, ["registers", "refresh", str(first), "--apply"])
    changes = first / "uk-local-authorities" / "gss_code_changes.csv"
    changes.write_text(changes.read_text(encoding="utf-8").replace("2025-04-01", "2025-05-01"), encoding="utf-8")
    result = runner.invoke(main, ["registers", "refresh", str(first)])
    assert [row[4:] for row in rows(result.stdout)] == [
        ("gss-code", "E08000016 (2009-01-01 to 2025-03-31)", "E08000016 (2009-01-01 to 2025-04-30)"),
        ("gss-code", "E08000038 (2025-04-01 to )", "E08000038 (2025-05-01 to )"),
    ]


def test_what_was_taken_is_what_was_shown(project: Path, tmp_path: Path, runner: CliRunner) -> None:
    """After --apply the same refresh shows nothing; the file is Turtle in the project's style."""
    source = write_source(tmp_path / "source")
    applied = runner.invoke(main, ["registers", "refresh", str(source), "--apply"])
    again = runner.invoke(main, ["registers", "refresh", str(source)])
    assert (applied.exit_code, again.exit_code) == (0, 0)
    assert rows(again.stdout) == []
    assert len(Graph().parse(project / FILE)) > 50
    assert runner.invoke(main, ["format", "--check", str(project / FILE)]).exit_code == 0


def test_a_register_that_cannot_be_made_leaves_all_as_they_were(
    project: Path, tmp_path: Path, runner: CliRunner
) -> None:
    """One register is sound and the other is not: neither is written."""
    source = write_source(tmp_path / "source")
    (source / "org-id" / "lists").mkdir(parents=True)
    (source / "org-id" / "lists" / "gb-x.json").write_text("{}", encoding="utf-8")
    (source / "org-id" / "SOURCE.md").write_text(
        f"From github.com/org-id/register, commit {'c' * 40} (2026-01-01).", encoding="utf-8"
    )
    result = runner.invoke(main, ["registers", "refresh", str(source), "--apply"])
    assert result.exit_code == 2
    assert "gb-x.json is not a list of org-id.guide" in result.stderr
    assert not (project / "data").exists()


def test_a_folder_without_reference_data_is_refused(project: Path, tmp_path: Path, runner: CliRunner) -> None:
    """The error says which folders are looked for."""
    assert project.is_dir()
    result = runner.invoke(main, ["registers", "refresh", str(tmp_path)])
    assert result.exit_code == 2
    assert "has no folder uk-local-authorities or org-id" in result.stderr


def test_the_list_names_graph_licence_and_source(runner: CliRunner) -> None:
    """One row for each source of each published register."""
    result = runner.invoke(main, ["registers", "list"])
    assert result.exit_code == 0
    assert {(row[0], row[1]) for row in rows(result.stdout)} == {
        (name, f"https://w3id.org/fsp/graph/data/registers/{name}.ttl")
        for name in ("local-authorities", "org-id-lists")
    }
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in result.stdout


def test_a_truncated_source_is_refused(project: Path, tmp_path: Path, runner: CliRunner) -> None:
    """Where a row is cut, and where a row is missing that another names as its successor; nothing is written."""
    source = write_source(tmp_path / "source")
    main_table = source / "uk-local-authorities" / "uk_local_authorities_current.csv"
    whole = main_table.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = (
        ("".join(whole)[:-60], "line 5: fewer cells than columns"),
        ("".join(whole[:-1]), "CMA was replaced by CBD, and there is no row of that code"),
    )
    for content, message in cut:
        main_table.write_text(content, encoding="utf-8")
        result = runner.invoke(main, ["registers", "refresh", str(source), "--apply"])
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert list(project.iterdir()) == []
