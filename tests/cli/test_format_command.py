"""`fsp format`: Turtle in one style."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fsp.cli import main

MESSY = "@prefix b: <urn:b> .\n@prefix a: <urn:a:> .\na:x a:p 25.0,1 . # kept\n"
NEAT = "@prefix a: <urn:a:> .\n\na:x a:p 1, 25.0 . # kept\n"


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A file that is not in the style."""
    path = tmp_path / "messy.ttl"
    path.write_text(MESSY, encoding="utf-8")
    path.chmod(0o640)
    return path


def test_a_file_is_formatted_in_place(runner: CliRunner, messy: Path) -> None:
    """Its permissions stay, nothing else is left in the folder, and doing it again changes nothing."""
    result = runner.invoke(main, ["format", str(messy)])
    again = runner.invoke(main, ["format", str(messy)])

    assert (result.exit_code, result.stderr) == (0, f"Formatted {messy}.\n")
    assert (again.exit_code, again.output) == (0, "")
    assert messy.read_text(encoding="utf-8") == NEAT
    assert messy.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in messy.parent.iterdir()] == ["messy.ttl"]


@pytest.mark.parametrize(
    ("option", "words"), [("--check", "would be formatted"), ("--diff", "+a:x a:p 1, 25.0 . # kept")]
)
def test_what_would_change_is_told(runner: CliRunner, messy: Path, option: str, words: str) -> None:
    """By exit code 1, and nothing is written."""
    result = runner.invoke(main, ["format", option, str(messy.parent)])

    assert result.exit_code == 1
    assert words in result.stdout
    assert messy.read_text(encoding="utf-8") == MESSY


def test_stdin_is_formatted_to_stdout(runner: CliRunner) -> None:
    """So that an editor can use it."""
    result = runner.invoke(main, ["format", "-"], input=MESSY)

    assert (result.exit_code, result.stdout) == (0, NEAT)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ttl", b"<a> <b> .", "a.ttl:1:9: "),
        ("a.ttl", b'<a> <b> "\xe9" .', "not UTF-8"),
        ("a.trig", b"", "only .ttl, .turtle is formatted"),
        ("none.ttl", None, "cannot be read"),
    ],
)
def test_what_cannot_be_formatted_is_left(
    runner: CliRunner, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    """With exit code 2 and the place."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = runner.invoke(main, ["format", str(path)])

    assert result.exit_code == 2
    assert words in result.stderr
    assert content is None or path.read_bytes() == content
