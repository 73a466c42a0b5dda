"""The prefixes, and what can do without the library that has them as namespaces."""

import subprocess
import sys

import pytest
from rdflib import namespace

from fsp.prefixes import PREFIXES


# `geo` is GeoSPARQL there, and the W3C's vocabulary of positions here.
@pytest.mark.parametrize("prefix", [name for name in PREFIXES if name != "geo" and hasattr(namespace, name.upper())])
def test_a_prefix_stands_for_what_it_stands_for_elsewhere(prefix: str) -> None:
    """Those that rdflib knows, from the specifications, are the same here."""
    assert PREFIXES[prefix] == str(getattr(namespace, prefix.upper()))


def test_a_start_from_a_store_does_not_wait_for_rdflib() -> None:
    """Neither the process that holds the data nor what starts it imports what only pages and validation need."""
    code = "import sys, fsp.execution.parent, fsp.cli.engine; print('rdflib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
