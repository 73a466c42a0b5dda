"""The command `fsp` as a whole: help, version, errors."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fsp import __version__
from fsp.cli import main


def commands() -> list[str]:
    """Return the names of all commands."""
    return main.list_commands(click.Context(main))


def test_it_says_its_version(runner: CliRunner) -> None:
    """`fsp --version` names the version of the package."""
    assert runner.invoke(main, ["--version"]).output == f"fsp, version {__version__}\n"


@pytest.mark.parametrize("name", commands())
def test_every_command_explains_itself(runner: CliRunner, name: str) -> None:
    """Help has a sentence on the command, an example, and a text for each option."""
    result = runner.invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"  fsp {name}" in result.output
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_the_exit_codes_are_documented(runner: CliRunner) -> None:
    """Scripts can rely on them."""
    output = runner.invoke(main, ["--help"]).output
    for line in ("0  done", "1  done, and the answer is no", "2  not done"):
        assert line in output


def test_an_error_is_one_sentence_on_stderr(runner: CliRunner, tmp_path: Path) -> None:
    """No traceback, and exit code 2."""
    (tmp_path / "bad.ttl").write_text("<http://x/s> nonsense .", encoding="utf-8")
    result = runner.invoke(main, ["load", str(tmp_path / "bad.ttl"), "--store", str(tmp_path / "store")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: bad.ttl, line 1, column 14: ")
    assert result.stderr.count("\n") == 1
