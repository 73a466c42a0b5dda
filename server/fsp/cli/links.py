"""`fsp links`: the links to other data."""

import click

from fsp.cli.review import review

__all__ = ["links"]


@click.group()
def links() -> None:
    """Review the links between imported bodies and those of cases and registers."""


links.add_command(review)
