"""The documentation is true: its links lead somewhere, its commands work, and its figures are those of the data."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from fsp.dataset.files import project_folder
from support import Service

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in ROOT.rglob("*.md")
    if not {"node_modules", ".venv"} & set(page.relative_to(ROOT).parts)
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


def blocks(text: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield each block of code with its language, and the output that the text shows right after it."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    for position, (language, code) in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else ("", "")
        yield language, code, following[1] if following[0] == "text" else None


CURL = [(code, output) for language, code, output in blocks(README) if language == "sh" and code.startswith("curl")]
PYTHON = [(code, output) for language, code, output in blocks(README) if language == "python"]
COMMANDS = [
    line
    for language, code, _ in blocks(README)
    if language == "sh" and code.startswith("fsp")
    for line in code.splitlines()
]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    """A link from one page to another file of the project finds it."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith(("http:", "https:"))]

    assert [target for target in local if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_model_is_made_from_ontology_and_data() -> None:
    """The Turtle, the table and the diagram of docs/model.md are what `make docs` would write."""
    script = runpy.run_path(str(ROOT / "docs" / "refresh.py"))
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")

    assert script["refreshed"](text) == text
    assert "<|--" not in text
    assert text.count("```turtle") > 10
    assert text.count("```mermaid") == 1


def test_a_subject_that_is_not_there_is_told() -> None:
    """A page that quotes a thing which the cases no longer have is an error that names it."""
    script = runpy.run_path(str(ROOT / "docs" / "refresh.py"))

    with pytest.raises(LookupError, match="case:atlantis"):
        script["refreshed"]("<!-- turtle case:atlantis -->\n<!-- end -->\n")


def test_every_page_is_in_the_index() -> None:
    """docs/README.md leads to each page beside it."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"({page.name})" not in index] == ["README.md"]


def test_every_decision_is_listed() -> None:
    """The list of decisions names each one by its title, in order."""
    folder = ROOT / "docs" / "decisions"
    titles = [
        f"- [{page.read_text(encoding='utf-8').splitlines()[0].removeprefix('# ')}]({page.name})"
        for page in sorted(folder.glob("0*.md"))
    ]

    assert titles == [
        line for line in (folder / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("- [")
    ]


def test_no_two_decisions_have_one_number() -> None:
    """A decision's number is its own, and its title begins with it."""
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]

    assert sorted(set(numbers)) == numbers
    assert [page.read_text(encoding="utf-8")[2:6] for page in pages] == numbers


@pytest.mark.parametrize(("command", "output"), CURL)
def test_curl_of_the_readme(service: Service, command: str, output: str | None) -> None:
    """Each curl command of the README is answered, with the output that it shows."""
    quiet = 'curl() { command curl --silent --show-error --fail "$@"; }\n'
    script = quiet + command.replace(ADDRESS, service.url.rstrip("/"))
    answer = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout != ""
    assert output is None or output == answer.stdout.replace("\r\n", "\n")


@pytest.mark.parametrize(("code", "output"), PYTHON)
def test_python_of_the_readme(service: Service, code: str, output: str | None) -> None:
    """The Python program of the README prints what it shows."""
    program = code.replace(ADDRESS, service.url.rstrip("/"))
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert output is not None
    assert output == answer.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_command_line_of_the_readme(command: str, tmp_path: Path) -> None:
    """Each `fsp` command of the README succeeds."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "data").symlink_to(project_folder() / "data")
    answer = subprocess.run(
        shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stderr if answer.returncode else "") == (0, "")


def test_the_readme_has_commands_of_each_kind() -> None:
    """The tests above find what they try."""
    assert (len(CURL), len(PYTHON)) == (2, 1)
    assert len(COMMANDS) >= 4


def test_make_knows_what_the_readme_names() -> None:
    """Each `make` target that a page names is one of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {
        target
        for page in PAGES
        for target in re.findall(r"\bmake ([a-z]+)\b(?=`|  | PORT)", (ROOT / page).read_text(encoding="utf-8"))
    }

    assert {"serve", "test", "docs", "help"} <= targets
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, flags=re.MULTILINE)} == set()


def test_the_citation_file_names_this_version() -> None:
    """CITATION.cff is of the released version, and has what the format requires (Citation File Format 1.2.0)."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == version("fsp")
