"""What the measuring runs on."""

import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path

from measuring.systems import command, is_installed

__all__ = ["disturbance", "machine", "versions"]

_IDLE_LOAD = 0.7
"""Load average below which a machine counts as quiet."""


def machine() -> dict[str, str]:
    """Return processor, memory and operating system."""
    cpu = _field(Path("/proc/cpuinfo"), "model name") or platform.processor()
    memory = int((_field(Path("/proc/meminfo"), "MemTotal") or "0 kB").split()[0]) / 1024**2
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return {
        "processor": f"{cpu}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"{release}, Linux {platform.release()}",
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """Return the versions of service, engine and peers, as far as they are installed."""
    found = {}
    for package in ("fsp", "pyoxigraph", "oxigraph", "rdflib", "rdflib-endpoint", "flask", "waitress"):
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    if is_installed("virtuoso-t"):
        run = subprocess.run([command("virtuoso-t"), "-?"], check=False, capture_output=True, text=True)
        lines = [line for line in (run.stdout + run.stderr).splitlines() if line.startswith("Version")]
        found["virtuoso"] = lines[0].removeprefix("Version").split()[0] if lines else "unknown"
    return found


def disturbance() -> str:
    """Return a sentence where other work keeps the machine busy, or nothing."""
    load = os.getloadavg()[0]
    return (
        f"The machine was busy with other work before the run (load average {load:.1f})." if load > _IDLE_LOAD else ""
    )


def _field(file: Path, name: str) -> str:
    for line in file.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
