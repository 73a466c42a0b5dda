"""Where CI is set, no test can be skipped without notice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SKIPPED_BY_CALL = """
import pytest

def test_one():
    pytest.skip("no engine")
"""
SKIPPED_BY_MARK = """
import pytest

@pytest.mark.skipif(True, reason="no engine")
def test_one():
    pass
"""
SKIPPED_BY_FIXTURE = """
import pytest

@pytest.fixture
def engine():
    pytest.skip("no engine")

def test_one(engine):
    pass
"""
EXPECTED_TO_FAIL = """
import pytest

@pytest.mark.xfail(reason="a known fault")
def test_one():
    raise AssertionError
"""


def run(folder: Path, text: str, *, in_ci: bool) -> subprocess.CompletedProcess[str]:
    """Run one test file in a process of its own, with the project's hooks."""
    (folder / "test_one.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment["PYTHONPATH"] = str(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", folder / "pytest.ini", folder]
    return subprocess.run(
        command, env=environment | ({"CI": "true"} if in_ci else {}), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("text", [SKIPPED_BY_CALL, SKIPPED_BY_MARK, SKIPPED_BY_FIXTURE])
def test_a_skipped_test_fails_in_ci(tmp_path: Path, text: str) -> None:
    """However a test is skipped, the run fails and says why it was skipped."""
    finished = run(tmp_path, text, in_ci=True)

    assert finished.returncode == pytest.ExitCode.TESTS_FAILED
    assert "nothing may be skipped where CI is set: no engine" in finished.stdout


def test_a_skipped_test_is_skipped_elsewhere(tmp_path: Path) -> None:
    """Without CI a test that lacks something is skipped, and the run passes."""
    finished = run(tmp_path, SKIPPED_BY_CALL, in_ci=False)

    assert finished.returncode == pytest.ExitCode.OK
    assert "1 skipped" in finished.stdout


def test_a_known_fault_is_no_skip(tmp_path: Path) -> None:
    """A test that is expected to fail, and does, passes in CI too."""
    assert run(tmp_path, EXPECTED_TO_FAIL, in_ci=True).returncode == pytest.ExitCode.OK
