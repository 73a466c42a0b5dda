"""The command `fsp`: one module a command."""

import click

from fsp.cli.errors import FspGroup

__all__ = ["main"]


_COMMANDS = (
    "add",
    "citations",
    "cite",
    "convert",
    "export",
    "format",
    "links",
    "load",
    "query",
    "reconcile",
    "registers",
    "serve",
    "sparql",
    "template",
    "validate",
)


@click.group(
    cls=FspGroup,
    modules={name: f"fsp.cli.{name}" for name in _COMMANDS} | {"import": "fsp.cli.import_"},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="fsp", prog_name="fsp")
def main() -> None:
    """Serve, query, check and export the knowledge graph of public service partnerships.

    \b
    Examples:
      fsp serve
      fsp sparql 'SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class'
      fsp export --output everything.trig

    \b
    Exit codes:
      0  done
      1  done, and the answer is no: something does not conform, or does not match
      2  not done: the command, a file or a query cannot be used, or a limit was met
    """  # noqa: D301 - click reads \b as a control character
