"""The generator makes data like the published ones, the same each time."""

import gzip
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF

from fsp.dataset.files import DatasetFile, project_dataset
from fsp.namespaces import FSP
from fsp.validation.validate import validate_files

ROOT = Path(__file__).parents[2]
SEED = 459
"""Five cases of this seed hold a thing of every class that the generator writes."""


def generate(output: Path, *, cases: int = 5, seed: int = SEED) -> Path:
    """Run the command."""
    command = [sys.executable, ROOT / "benchmarks/generate.py", "--output", output, "--cases", str(cases)]
    subprocess.run([*command, "--seed", str(seed)], check=True, capture_output=True)
    return output


def published_cases() -> rdflib.Graph:
    """Return the cases that the project publishes."""
    return rdflib.Graph().parse(ROOT / "data/cases.ttl")


@pytest.fixture(name="sample", scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("sample") / "cases.nt")


def test_sample_conforms_with_no_result(sample: Path) -> None:
    """Generated cases obey the shapes: the report holds no result of any severity."""
    report = validate_files([DatasetFile(sample, sample.name)], project_dataset())
    assert report.results == ()


def test_sample_has_classes_of_published_cases(sample: Path) -> None:
    """The generator uses no class of its own, and every class that a question about money, people or time needs."""
    made = set(rdflib.Graph().parse(sample).objects(None, RDF.type))
    published = set(published_cases().objects(None, RDF.type))
    needed = {
        FSP[name] for name in ("CharitableArm", "Contract", "ContractChange", "Commitment", "Activity", "Outcome")
    }
    assert (made - published, needed - made) == (set(), set())


def test_sample_has_properties_of_published_cases(sample: Path) -> None:
    """The generator uses no property that the published cases lack."""
    made = set(rdflib.Graph().parse(sample).predicates())
    assert made - set(published_cases().predicates()) == set()


def test_same_seed_gives_same_bytes(sample: Path, tmp_path: Path) -> None:
    """The same number and seed give the same bytes; another seed gives others."""
    same = generate(tmp_path / "same.nt").read_bytes()
    other = generate(tmp_path / "other.nt", seed=SEED + 1).read_bytes()
    assert (same == sample.read_bytes(), other == sample.read_bytes()) == (True, False)


def test_compressed_output_holds_the_same(sample: Path, tmp_path: Path) -> None:
    """A name that ends in .gz gives the same lines, compressed."""
    assert gzip.decompress(generate(tmp_path / "cases.nt.gz").read_bytes()) == sample.read_bytes()


def test_size_of_a_case(tmp_path: Path) -> None:
    """A thousand cases are forty to fifty thousand triples, as the marks of the project reckon."""
    store = ox.Store()
    store.bulk_load(path=generate(tmp_path / "cases.nt", cases=1000))
    assert 40_000 <= len(store) <= 50_000


def test_unknown_suffix_is_refused(tmp_path: Path) -> None:
    """An output that is neither .nt nor .nt.gz is refused with a sentence that says so."""
    command = [sys.executable, ROOT / "benchmarks/generate.py", "--output", tmp_path / "cases.ttl"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr.splitlines()[-1]) == (
        2,
        "generate.py: error: --output must end in .nt or .nt.gz",
    )
