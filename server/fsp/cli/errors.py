"""Errors on the command line: one sentence on stderr, and an exit code."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from fsp.errors import FspError

__all__ = ["FAILED", "NEGATIVE", "FspGroup", "unforeseen_told"]

_log = logging.getLogger(__name__)

NEGATIVE = 1
"""Exit code where a command did its work and the answer is no."""
FAILED = 2
"""Exit code where a command could not do its work."""


class _CommandError(click.ClickException):
    exit_code = FAILED


class FspGroup(click.Group):
    """A group of commands that turns the project's exceptions into a sentence and an exit code.

    A command's module is imported when the command is wanted: one that needs little starts at once.

    Args:
        modules: the module of each command, by the command's name. Its function has the module's name, or that name
            and an underscore where it would hide a builtin.
    """

    def __init__(self, *arguments: Any, modules: Mapping[str, str], **options: Any) -> None:  # noqa: ANN401 - as click
        super().__init__(*arguments, **options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """Return the names of the commands."""
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by its name."""
        if cmd_name not in self._modules:
            return None
        module = import_module(self._modules[cmd_name])
        command: click.Command = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command."""
        try:
            return super().invoke(ctx)
        except FspError as error:
            raise _CommandError(str(error)) from error


@contextmanager
def unforeseen_told(consequence: str) -> Iterator[None]:
    """Tell an error that nobody foresaw in one line; where it came from is logged for who looks for it.

    Args:
        consequence: what the error means for the user, in a sentence.
    """
    try:
        yield
    except (FspError, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        _log.debug("An unforeseen error.", exc_info=True)
        words = " ".join(f"{type(error).__name__}: {error}".split())
        raise _CommandError(
            f"{consequence} This is a fault of fsp, not of your file: please report it ({words})."
        ) from error
