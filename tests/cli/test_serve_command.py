"""`fsp serve` and `fsp load`, as users run them."""

import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import click
import pytest
from click.testing import CliRunner

from fsp.cli import main
from fsp.cli.options import settings_options
from fsp.settings import Settings, environment_variable, flag, setting_fields
from support import Serve, Service, free_port

TRIPLE = "<http://x/s> <http://x/p> 1 ."


def count(service: Service) -> int:
    """Return how many triples a service's default graph holds."""
    reply = service.request("/sparql?format=json&query=" + quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


def test_other_files_are_served_as_the_union_of_all(serve: Serve, tmp_path: Path) -> None:
    """And the service description says so."""
    (tmp_path / "a.ttl").write_text(TRIPLE, encoding="utf-8")
    (tmp_path / "b.nq").write_text('<http://x/s> <http://x/p> "2" <http://x/g> .\n', encoding="utf-8")
    with serve(str(tmp_path)) as service:
        assert count(service) == 2
        description = service.request("/sparql").text
        assert "sd:UnionDefaultGraph" in description
        assert "<http://x/g>" in description
        assert "<https://w3id.org/fsp/graph/a.ttl>" in description


def test_the_published_default_graph_names_its_parts(service: Service) -> None:
    """The default graph of the project's own data is not the union of all, and is not said to be."""
    description = service.request("/sparql").text
    assert "sd:UnionDefaultGraph" not in description
    assert "dcterms:hasPart" in description


def test_a_store_is_served_and_a_new_load_waits_for_a_new_start(serve: Serve, tmp_path: Path) -> None:
    """Workers share it; a service that runs keeps what it opened, however often its workers are replaced."""
    data, store = tmp_path / "a.ttl", str(tmp_path / "store")
    load = [sys.executable, "-m", "fsp", "load", str(data), "--store", store]
    data.write_text(TRIPLE, encoding="utf-8")
    done = subprocess.run(load, check=True, capture_output=True, text=True)
    assert done.stdout == f"{store} holds 1 triples in 1 named graphs.\n"
    with serve("--store", store) as service:
        assert count(service) == 1
        digest = json.loads(service.request("/health").body)["digest"]
        data.write_text(TRIPLE + TRIPLE.replace("1", "2"), encoding="utf-8")
        subprocess.run(load, check=True, capture_output=True)
        # A worker that meets a limit is replaced by one that opens the store anew.
        bomb = quote(
            'SELECT (CONCAT(?f, ?f) AS ?g) { VALUES ?x { 1 } BIND(REPLACE("'
            + "a" * 9000
            + '", "a", "'
            + "b" * 9000
            + '") AS ?a) BIND(CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a) AS ?f) }'
        )
        assert service.request(f"/sparql?query={bomb}").status == 503
        assert count(service) == 1
    with serve("--store", store) as service:
        assert count(service) == 2
        assert json.loads(service.request("/health").body)["digest"] != digest


def test_a_taken_port_gets_a_clear_message() -> None:
    """Exit code 2 and what to do, without a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "fsp", "serve", "--port", str(port)]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert f"Port {port} is in use" in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [["missing.ttl"], ["--store", "missing"], ["--port", "0"], ["--timeout", "0"], ["--workers", "none"]],
)
def test_what_cannot_be_served_is_refused(arguments: list[str]) -> None:
    """In one sentence, with exit code 2."""
    command = [sys.executable, "-m", "fsp", "serve", "--port", str(free_port()), *arguments]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in ended.stderr


def read_settings(runner: CliRunner, *arguments: str, env: dict[str, str] | None = None) -> Settings:
    """Read settings as `fsp serve` does."""
    read: list[Settings] = []

    @click.command()
    @settings_options(file=True)
    def command(settings: Settings) -> None:
        read.append(settings)

    result = runner.invoke(command, arguments, env=env)
    assert result.exit_code == 0, result.output
    return read[0]


def test_a_setting_comes_from_flag_environment_file_or_default(runner: CliRunner, tmp_path: Path) -> None:
    """In this order of precedence."""
    file = tmp_path / "fsp.toml"
    file.write_text('timeout = 5\nworkers = 3\nservice = ["http://x/a", "http://x/b"]\n', encoding="utf-8")
    arguments = ("--settings", str(file))
    assert read_settings(runner) == Settings()
    assert read_settings(runner, *arguments) == Settings(timeout=5.0, workers=3, service=("http://x/a", "http://x/b"))
    by_environment = read_settings(runner, *arguments, env={"FSP_TIMEOUT": "6", "FSP_SERVICE": "http://x/c"})
    assert by_environment == Settings(timeout=6.0, workers=3, service=("http://x/c",))
    assert read_settings(runner, *arguments, "--timeout", "7", env={"FSP_TIMEOUT": "6"}).timeout == 7.0


@pytest.mark.parametrize(
    ("text", "expected"), [("timeouts = 5", "no setting 'timeouts'"), ("timeout =", "is not TOML")]
)
def test_a_file_of_settings_is_checked(runner: CliRunner, tmp_path: Path, text: str, expected: str) -> None:
    """A slip in a name is not passed over."""
    file = tmp_path / "fsp.toml"
    file.write_text(text, encoding="utf-8")
    result = runner.invoke(main, ["serve", "--settings", str(file)])
    assert result.exit_code == 2
    assert expected in re.sub(r"\s+", " ", result.stderr)


def test_every_setting_is_a_flag_and_a_variable(runner: CliRunner) -> None:
    """The help of `fsp serve` lists each."""
    output = runner.invoke(main, ["serve", "--help"]).output
    for field in setting_fields():
        assert flag(field.name) in output
        assert environment_variable(field.name) in re.sub(r"\s+", "", output)
