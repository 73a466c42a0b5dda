"""Errors on the command line: one sentence on stderr, and an exit code."""

from typing import Any

import click

from fsp.errors import FspError

__all__ = ["FAILED", "NEGATIVE", "FspGroup"]

NEGATIVE = 1
"""Exit code where a command did its work and the answer is no."""
FAILED = 2
"""Exit code where a command could not do its work."""


class _CommandError(click.ClickException):
    exit_code = FAILED


class FspGroup(click.Group):
    """A group of commands that turns the project's exceptions into a sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command."""
        try:
            return super().invoke(ctx)
        except FspError as error:
            raise _CommandError(str(error)) from error
