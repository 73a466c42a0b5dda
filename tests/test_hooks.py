"""The pre-commit hooks and the example of a workflow: well-formed, and their commands are real."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from fsp.cli import main

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = ROOT / "docs" / "examples" / "validate.yml"
CONTRACT = "<https://w3id.org/fsp/id/contract/new>   a   <https://w3id.org/fsp/def#Contract> .\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the tests' own interpreter."""
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False)


def test_pre_commit_knows_the_hooks() -> None:
    """By its own check of the manifest."""
    checked = run("pre_commit", "validate-manifest", str(HOOKS))

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("hook", yaml.safe_load(HOOKS.read_text(encoding="utf-8")), ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_command_of_ours(hook: dict[str, str], runner: CliRunner, tmp_path: Path) -> None:
    """On files of the names that it asks for: it tells a faulty one, or changes one of another style."""
    program, command = shlex.split(hook["entry"])
    path = tmp_path / "case.ttl"
    path.write_text(CONTRACT, encoding="utf-8")

    assert program == "fsp"
    assert re.search(hook["files"], "cases/case.ttl")
    assert not re.search(hook["files"], "cases/case.ttl.md")
    before = path.read_text(encoding="utf-8")
    result = runner.invoke(main, [command, str(path)])
    assert result.exit_code == 1 or path.read_text(encoding="utf-8") != before


def test_the_workflow_is_one() -> None:
    """By the schema of workflows."""
    checked = run("check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW))

    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_commands_of_the_workflow_work(tmp_path: Path) -> None:
    """In a repository with a faulty case: the check fails, and the files are there that later steps take."""
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    steps = workflow["jobs"]["validate"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("fsp ")]
    taken = [
        step["with"].get("sarif_file") or step["with"]["path"] for step in steps if step.get("if") and "uses" in step
    ]
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "case.ttl").write_text(CONTRACT, encoding="utf-8")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "CASES": workflow["env"]["CASES"],
    }
    codes = [
        subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=False)
        for command in commands
    ]

    assert [code.returncode for code in codes] == [1, 0]
    assert taken == ["fsp.sarif", "report.html"]
    assert all((tmp_path / name).is_file() for name in taken)
