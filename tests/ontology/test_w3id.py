"""The redirects for w3id.org lead each identifier to its place, as Apache itself carries them out.

303 is the answer of *Cool URIs for the Semantic Web*, section 4.2, for what is no document.
"""

import http.client
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from described import described, tried
from fsp.dataset.files import project_folder
from fsp.namespaces import BASE
from support import free_port

OTHER_TARGETS = ("", "def/1.1.0", "alignments/1.1.0", "context.jsonld", "logo.svg", "sparql", "graph/data/cases.ttl")
"""What is promised beside the subjects of the data."""
SERVICE = "https://fsp.example.org"
REDIRECTS = project_folder() / "ontology" / "w3id"
BINARY = shutil.which("apache2", path="/usr/sbin:/usr/bin") or shutil.which("httpd", path="/usr/sbin:/usr/bin")
MODULES = next(
    (folder for folder in map(Path, ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")) if folder.exists()), None
)

pytestmark = pytest.mark.skipif(
    BINARY is None or MODULES is None, reason="Apache is not installed: apt-get install apache2-bin"
)


@pytest.fixture(scope="module")
def w3id() -> Iterator[int]:
    """Port of an Apache that serves the folder as w3id.org would."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)  # where root starts Apache, it reads files as another user
        shutil.copytree(REDIRECTS, root / "site" / "fsp")
        (root / "httpd.conf").write_text(configuration(root, port), encoding="utf-8")
        command = [str(BINARY), "-f", str(root / "httpd.conf"), "-D", "FOREGROUND"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                assert any("resuming normal operations" in line for line in server.stderr), "Apache did not start"
                yield port
            finally:
                server.terminate()


def configuration(root: Path, port: int) -> str:
    """Return what Apache needs to serve a folder whose `.htaccess` it obeys."""
    modules = ("mpm_event", "authz_core", "headers", "rewrite")
    loads = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules)
    return f"""{loads}
ServerRoot {root}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {root}/pid
ErrorLog /dev/stderr
DocumentRoot {root}/site
<Directory {root}/site>
    AllowOverride All
    Require all granted
</Directory>
"""


def ask(port: int, path: str, accept: str = "*/*") -> tuple[int, str | None]:
    """Return status and `Location` of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept": accept})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.getheader("Location")


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", ""),
        ("*/*", ""),
        ("text/turtle", "?format=ttl"),
        ("application/ld+json", "?format=jsonld"),
        ("application/rdf+xml", "?format=rdf"),
        ("application/n-triples", "?format=nt"),
    ],
)
@pytest.mark.parametrize("path", ["def", "def/1.1.0", "alignments"])
def test_terms_are_given_in_the_format_asked_for(w3id: int, path: str, accept: str, place: str) -> None:
    """The ontology is reached as a page or as data, in each of its versions."""
    assert ask(w3id, f"/fsp/{path}", accept) == (303, f"{SERVICE}/{path}{place}")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "scheme/principle",
        "scheme/principle/charitable-arms",
        "id/case/trafford",
        "id/period/year-2008-9",
        "dataset",
        "shapes",
        "graph/data/cases.ttl",
        "context.jsonld",
        "sparql?query=ASK%20%7B%7D",
        "queries/cases-by-principle",
    ],
)
def test_everything_else_leads_to_the_same_path_of_the_service(w3id: int, path: str) -> None:
    """Each identifier keeps its path."""
    assert ask(w3id, f"/fsp/{path}") == (303, f"{SERVICE}/{path}")


@pytest.mark.parametrize("path", ["nothing", "id/case", "id/case/a/b/c/d", "scheme/", "def/draft"])
def test_what_is_no_identifier_is_not_found(w3id: int, path: str) -> None:
    """A path that can name nothing of ours is answered with 404, not sent on."""
    assert ask(w3id, f"/fsp/{path}")[0] == 404


def test_every_identifier_of_the_cases_is_led_on(w3id: int, published: Graph) -> None:
    """Each IRI of ours in the published graph gets a redirect."""
    paths = {
        node.removeprefix("https://w3id.org").partition("#")[0]
        for node in published.all_nodes()
        if isinstance(node, URIRef) and node.startswith(BASE)
    }

    assert dict.fromkeys(paths, 303) == {path: ask(w3id, path)[0] for path in paths}


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_every_redirect_leads_to_what_opens(w3id: int, client: FlaskClient, accept: str) -> None:
    """What Apache sends each identifier to, the service answers with 200: none is promised that does not open.

    All are sent on; of the many that are alike, one in twenty is followed to the service.
    """
    promised = {*described(), *(f"{BASE}{path}" for path in OTHER_TARGETS)}
    followed = promised - (described().keys() - tried().keys())
    led, opened = {}, {}
    for iri in promised:
        led[iri], location = ask(w3id, iri.removeprefix("https://w3id.org"), accept)
        if iri in followed:
            path = (location or "").removeprefix(SERVICE)
            with client.get(path, headers={"Accept": accept}, follow_redirects=True) as reply:
                opened[iri] = reply.status_code

    assert led == dict.fromkeys(promised, 303)
    assert opened == dict.fromkeys(followed, 200)


def test_the_service_is_named_once() -> None:
    """Whoever hands the file in has one line to change."""
    assert (REDIRECTS / ".htaccess").read_text(encoding="utf-8").count(SERVICE) == 1
