"""What is installed: the wheel, made from the source archive, is a whole service with its editor."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = "fsp/web/assets/"


def build(target: str, folder: Path, output: Path) -> Path:
    """Build a wheel or a source archive (PEP 517), with the same tools as pip but without a new environment."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(output)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = output.iterdir()
    return made


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive of this folder."""
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(source_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The wheel that is made from the source archive."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(source_archive) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    with ZipFile(build("wheel", unpacked, tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


def test_the_source_archive_holds_no_work_of_others(source_archive: Path) -> None:
    """Packages are pinned in it, and brought when the wheel is made."""
    with tarfile.open(source_archive) as archive:
        names = archive.getnames()
    assert [name for name in names if "node_modules" in name or name.endswith(("editor.js", "licences.txt"))] == []
    assert any(name.endswith("editor/package-lock.json") for name in names)


def test_the_wheel_brings_the_editor(wheel: ZipFile) -> None:
    """Bundled: it imports nothing, and so needs neither Node nor a network."""
    script = wheel.read(ASSETS + "editor.js").decode()
    assert "EditorView" in script
    assert not {"import ", "require("} & {line[:8].lstrip() for line in script.splitlines()}
    assert "https://" not in script.replace("https://w3id.org", "")


def test_the_wheel_names_whose_work_is_in_it(wheel: ZipFile) -> None:
    """Each package that is bundled is there with its version and the text of its licence."""
    notices = wheel.read(ASSETS + "editor-licences.txt").decode()
    packages = json.loads((ROOT / "editor" / "package-lock.json").read_bytes())["packages"]
    for name in ("@codemirror/view", "@lezer/lr", "codemirror-lang-sparql"):
        assert f"\n{name} {packages[f'node_modules/{name}']['version']} (MIT)\n" in notices
    assert notices.count("Permission is hereby granted") == notices.count("(MIT)")


def test_the_wheel_holds_the_service_and_its_data(wheel: ZipFile) -> None:
    """Nothing else is in it: no sources of the editor, no packages, no tests."""
    names = wheel.namelist()
    for name in ("fsp/share/data/cases.ttl", "fsp/share/queries/contracts.rq", "fsp/web/templates/sparql.html"):
        assert name in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"fsp"}
    assert [name for name in names if name.endswith((".ts", ".map")) or "node_modules" in name] == []


def test_npm_packages_are_pinned_by_digest() -> None:
    """And by no address: the registry is whichever npm is told to use."""
    lock = json.loads((ROOT / "editor" / "package-lock.json").read_bytes())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    manifest = json.loads((ROOT / "editor" / "package.json").read_bytes())
    pins = manifest["dependencies"] | manifest["devDependencies"]
    assert pins == {name: packages[f"node_modules/{name}"]["version"] for name in pins}
