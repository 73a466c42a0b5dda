"""Every page of the site, found by its routes, for the tests that try them all."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Flask

__all__ = ["EMBEDDED", "PAGE", "pages"]

PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
"""What a browser sends."""

EMBEDDED = "/reconcile/preview"
"""How the address of the page begins that other sites show within theirs: it has one link and no navigation."""
_ASKED = "SELECT ?thing ?name WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?name } LIMIT 20"
_NAMES = "Trafford MBC\nCity of Hounslow\nNowhere"
_BARNSLEY = "https://w3id.org/fsp/id/organisation/barnsley-council"
_EXAMPLES: dict[str, list[str]] = {
    "/sparql": ["/sparql", f"/sparql?query={quote(_ASKED)}"],
    "/sparql.<suffix>": ["/sparql.html"],
    "/queries.<suffix>": ["/queries.html"],
    "/queries/<name>": [
        "/queries/charitable-arms",
        "/queries/timeline",
        "/queries/case-as-graph",
        "/queries/contract-value-by-sector?sector=nonsense",
    ],
    "/assets/<path:filename>": ["/assets/fsp.css"],
    "/api/<tag>": ["/api/queries", "/api/sparql"],
    "/validate/<any('case', 'example'):name>.xlsx": ["/validate/case.xlsx"],
    "/cases/<name>": ["/cases/trafford"],
    "/cases/<name>/<picture>.svg": ["/cases/trafford/timeline.svg"],
    "/compare": ["/compare?case=trafford&case=hounslow", "/compare?case=trafford"],
    "/compare.csv": ["/compare.csv?case=trafford&case=hounslow"],
    "/id/<path:name>": ["/id/case/trafford"],
    "/doc/<path:name>": ["/doc/case/trafford", "/doc/case/atlantis"],
    "/def.<suffix>": ["/def.html"],
    "/def/<version>": ["/def/0.0.1"],
    "/alignments.<suffix>": ["/alignments.html"],
    "/alignments/<version>": ["/alignments/0.0.1"],
    "/shapes.<suffix>": ["/shapes.html"],
    "/scheme/<scheme>": ["/scheme/principle"],
    "/scheme/<scheme>/<concept>": ["/scheme/principle/charitable-arms"],
    "/dataset.<suffix>": ["/dataset.html"],
    "/dataset/<path:name>": ["/dataset/nonsense"],
    "/download/<name>": ["/download/fsp.ttl"],
    "/sitemap/<int:number>.xml": ["/sitemap/1.xml"],
    "/queries/<name>/<parameter>": ["/queries/jobs/phase"],
    "/reconcile/about": ["/reconcile/about", f"/reconcile/about?names={quote(_NAMES)}"],
    "/reconcile/preview": [f"/reconcile/preview?id={quote(_BARNSLEY)}"],
    "/reconcile/suggest/<any('entity', 'type', 'property'):what>": ["/reconcile/suggest/type?prefix=body"],
    "/reconcile/flyout/<any('entity', 'type', 'property'):what>": [f"/reconcile/flyout/entity?id={quote(_BARNSLEY)}"],
    "/graph/<path:name>": ["/graph/data/cases.ttl"],
}
"""An address or more for each rule that has variables, and where one is not enough: a new rule needs its own."""


def pages(app: Flask) -> Iterator[str]:
    """Yield the addresses that answer a browser with a page, and one that is not there."""
    client = app.test_client()
    seen: set[bytes] = set()
    yield "/nothing-here"
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()):
            continue
        for address in _EXAMPLES.get(rule.rule) or [_plain(rule.rule)]:
            with client.get(address, headers=PAGE) as reply:
                is_page = reply.mimetype == "text/html" and not reply.location
                if is_page and reply.data not in seen:  # several addresses have the same page
                    seen.add(reply.data)
                    yield address


def _plain(rule: str) -> str:
    if "<" in rule:
        raise LookupError(f"{rule} has variables: give an example of it in tests/sitepages.py.")
    return rule
