"""Schemathesis makes requests from the description, right ones and wrong ones, and finds no answer that breaks it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import Service

ROOT = Path(__file__).parents[2]


def test_schemathesis_passes(service: Service) -> None:
    """Every check, with what `schemathesis.toml` says of them; the same requests each time."""
    command = [
        *(str(Path(sys.executable).parent / "schemathesis"), "run", f"{service.url.rstrip('/')}/openapi.json"),
        *("--seed", "1", "--max-examples", "3", "--generation-database", "none"),
        *("--phases", "examples,coverage,fuzzing", "--no-color"),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    tested = re.search(r"Tested: (\d+)", run.stdout)

    if run.returncode:
        pytest.fail(run.stdout + run.stderr)
    assert tested is not None
    assert int(tested[1]) > 60
