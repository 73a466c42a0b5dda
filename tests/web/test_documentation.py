"""The documentation is whole: whatever can be set, run or asked stands in it."""

from pathlib import Path

import click
import pytest
from flask import Flask

from fsp.cli import main
from fsp.dataset.files import FORMATS
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from fsp.settings import Settings, environment_variable, flag, setting_fields

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
    """Return the text of a page."""
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("field", setting_fields(), ids=lambda field: field.name)
def test_every_setting_is_documented_with_its_default(field) -> None:  # noqa: ANN001 - a dataclass field
    """Its row names flag, variable and default."""
    row = next(line for line in page("settings.md").splitlines() if line.startswith(f"| `{flag(field.name)}`"))
    assert f"`{environment_variable(field.name)}`" in row
    default = getattr(Settings(), field.name)
    if field.name != "workers":
        assert (f"`{default}`" if default else "none") in row


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_is_documented(name: str) -> None:
    """Somewhere in the pages."""
    pages = [path.read_text(encoding="utf-8") for path in (*DOCS.glob("*.md"), DOCS.parent / "README.md")]
    assert any(f"fsp {name}" in text for text in pages)


def test_every_route_is_documented(app: Flask) -> None:
    """With its methods' meaning, in one table."""
    text = page("http-api.md")
    for rule in app.url_map.iter_rules():
        assert f"`{rule.rule.rstrip('/') or '/'}`" in text


def test_every_format_is_documented() -> None:
    """By name and media type; and every suffix of a file."""
    for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        assert f"| `{format_.name}` | `{format_.media_type}` |" in page("http-api.md")
    for suffix in FORMATS:
        assert f"`{suffix}`" in page("settings.md")
