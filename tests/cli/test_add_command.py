"""`fsp add`: a new case goes into the data all at once or not at all."""

import difflib
import fcntl
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from fsp.cli import main
from fsp.dataset.files import project_folder
from fsp.turtle.write import format_text

CASE = Path(__file__).parents[1] / "shapes" / "base.ttl"
ADD = [sys.executable, "-m", "fsp", "add"]
PREFIXES = """@prefix case: <https://w3id.org/fsp/id/case/> .
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture(scope="module")
def published() -> str:
    """The published cases in the project's style."""
    return format_text((project_folder() / "data" / "cases.ttl").read_text(encoding="utf-8"))


@pytest.fixture
def data(published: str, tmp_path: Path) -> Path:
    """A copy of the published cases, in a folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "cases.ttl"
    path.write_text(published, encoding="utf-8")
    return path


def add(runner: CliRunner, file: Path, data: Path, *options: str) -> Result:
    """Run the command."""
    return runner.invoke(main, ["add", str(file), "--data", str(data), *options])


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that a change takes away, and those that it adds."""
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line for line in diff if line[0] == "-"], [line for line in diff if line[0] == "+"]


def triples(text: str) -> set[ox.Triple]:
    """Return the triples of a text."""
    return {quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)}


def prefixes(text: str) -> str:
    """Return the lines of a text that declare prefixes."""
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("@prefix"))


def renamed(tmp_path: Path, name: str) -> Path:
    """Return the invented case as another one: every thing of it has another IRI."""
    text = CASE.read_text(encoding="utf-8")
    own = {str(quad.subject)[1:-1].rpartition("/")[2] for quad in ox.parse(text, ox.RdfFormat.TURTLE)}
    for word in sorted(own, key=len, reverse=True):
        text = text.replace(f":{word} ", f":{name}-{word} ").replace(f":{word},", f":{name}-{word},")
    path = tmp_path / f"{name}.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_diff_shows_the_new_case_and_nothing_else(runner: CliRunner, data: Path, published: str) -> None:
    """No line is taken away, all triples of the case are there, and the file is in the project's style."""
    result = add(runner, CASE, data)
    after = data.read_text(encoding="utf-8")
    removed, added = lines(published, after)

    assert result.exit_code == 0, result.output
    assert "new    The harbour buses" in result.stdout
    assert removed == []
    assert "+# Case: The harbour buses" in added
    assert triples(after) == triples(published) | triples(CASE.read_text(encoding="utf-8"))
    assert format_text(after) == after
    assert [path.name for path in data.parent.iterdir()] == ["cases.ttl"]


def test_adding_again_adds_nothing(runner: CliRunner, data: Path) -> None:
    """What is there already is fine."""
    add(runner, CASE, data)
    once = data.read_bytes()
    result = add(runner, CASE, data)

    assert (result.exit_code, result.output) == (0, "Nothing to add: all of it is in the data already.\n")
    assert data.read_bytes() == once


def test_a_dry_run_writes_nothing(runner: CliRunner, data: Path, published: str) -> None:
    """It tells what would be added."""
    result = add(runner, CASE, data, "--dry-run")

    assert result.exit_code == 0
    assert result.stdout.startswith("Would add ")
    assert data.read_text(encoding="utf-8") == published


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("case:new a fsp:CaseStudy .", 1, "Does not conform"),
        ("case:new rdfs:label 1", 2, "case.ttl:4:22"),
        ("case:barnsley rdfs:label 'Another label'@en .", 1, "is there already, and its rdfs:label is"),
        ("case:barnsley a fsp:Outcome .", 1, "is there already, and its rdf:type is"),
        ("[] a fsp:Remark .", 1, "Each thing of the data has an IRI of its own"),
        ("<urn:x> <urn:y> 1 .", 1, "Nothing checked"),
    ],
)
def test_a_faulty_case_is_refused(runner: CliRunner, data: Path, text: str, code: int, words: str) -> None:
    """With the report or the place; the data stays as it is."""
    published = data.read_text(encoding="utf-8")
    case = data.parent.parent / "case.ttl"
    case.write_text(f"{PREFIXES}{text}\n", encoding="utf-8")
    result = add(runner, case, data)

    assert result.exit_code == code
    assert words in result.output
    assert data.read_text(encoding="utf-8") == published


def test_data_in_another_style_is_left(runner: CliRunner, data: Path, published: str) -> None:
    """Since more than the case would change; the command that mends it is told."""
    data.write_text(published.replace(" ;\n", ";\n", 1), encoding="utf-8")
    result = add(runner, CASE, data)

    assert result.exit_code == 2
    assert f"fsp format {data}" in result.stderr


def test_a_case_in_another_format_is_added(runner: CliRunner, data: Path, published: str, tmp_path: Path) -> None:
    """As the same triples."""
    case = tmp_path / "case.nt"
    case.write_bytes(
        ox.serialize(ox.parse(CASE.read_bytes(), ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
    )
    result = add(runner, case, data)

    assert result.exit_code == 0, result.output
    assert lines(published, data.read_text(encoding="utf-8"))[0] == []
    assert triples(data.read_text(encoding="utf-8")) > triples(case.read_text(encoding="utf-8"))


def test_a_case_in_a_workbook_is_added(runner: CliRunner, data: Path, published: str, tmp_path: Path) -> None:
    """As the same triples: a published case that was taken out of the data is in it again."""
    workbook = tmp_path / "example.xlsx"
    assert runner.invoke(main, ["template", "--example", str(workbook)]).exit_code == 0
    converted = runner.invoke(main, ["convert", str(workbook)]).stdout
    (name,) = re.findall(r"^(case:\S+) a fsp:CaseStudy", converted, re.MULTILINE)
    (block,) = re.findall(rf"^{name} a fsp:CaseStudy(?:.|\n)*? \.\n", published, re.MULTILINE)
    (case,) = {triple.subject for triple in triples(prefixes(published) + block)}
    data.write_text(format_text(published.replace(block, "")), encoding="utf-8")
    result = add(runner, workbook, data)

    assert result.exit_code == 0, result.output
    there = {triple for triple in triples(data.read_text(encoding="utf-8")) if triple.subject == case}
    assert there == {triple for triple in triples(published) if triple.subject == case}


def test_two_at_once_are_both_added(data: Path, tmp_path: Path, published: str) -> None:
    """Two processes that start together: one waits for the other, and neither case is lost."""
    cases = [renamed(tmp_path, name) for name in ("one", "two")]
    processes = [
        subprocess.Popen([*ADD, str(case), "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for case in cases
    ]
    outputs = [process.communicate(timeout=120)[0].decode() for process in processes]

    assert [process.returncode for process in processes] == [0, 0], outputs
    after = data.read_text(encoding="utf-8")
    expected = triples(published).union(*(triples(case.read_text(encoding="utf-8")) for case in cases))
    assert triples(after) == expected
    assert format_text(after) == after


def test_a_killed_process_leaves_the_data_whole(runner: CliRunner, data: Path, published: str) -> None:
    """It is killed while it holds the lock: the data is as before, and the next one can add."""
    with subprocess.Popen([*ADD, str(CASE), "--data", str(data)], stdout=subprocess.DEVNULL) as process:
        folder = os.open(data.parent, os.O_RDONLY)
        while process.poll() is None:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(folder, fcntl.LOCK_UN)
            except BlockingIOError:
                process.send_signal(signal.SIGKILL)
                break
        os.close(folder)
        assert process.wait() == -signal.SIGKILL
    assert data.read_text(encoding="utf-8") == published
    assert add(runner, CASE, data).exit_code == 0


def test_a_process_killed_while_it_writes_leaves_the_data_whole(runner: CliRunner, data: Path, published: str) -> None:
    """Half of the new file is written when it is killed; what is left of it goes with the next addition."""
    code = """
import sys
from pathlib import Path
from fsp.dataset.whole import written_whole
with written_whole(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    print("half", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert data.read_text(encoding="utf-8") == published
    assert len(list(data.parent.iterdir())) == 2
    assert add(runner, CASE, data).exit_code == 0
    assert [path.name for path in data.parent.iterdir()] == ["cases.ttl"]


def test_an_unforeseen_error_is_one_line_and_changes_nothing(
    runner: CliRunner, data: Path, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and no stack trace."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("on the way\nto the end")

    monkeypatch.setattr("fsp.validation.add.check", fail)
    result = add(runner, CASE, data)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: Nothing was added. This is a fault of fsp, not of your file: please report it "
        "(ZeroDivisionError: on the way to the end).\n"
    )
    assert data.read_text(encoding="utf-8") == published
