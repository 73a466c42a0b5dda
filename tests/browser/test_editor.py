"""The editor at /sparql in a real browser: by keyboard alone, without JavaScript, and for assistive technology."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from support import Serve, Service

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ERRORS_OF_STATUS = "Failed to load resource: the server responded with a status of 400"
"""What the browser itself notes where a query is refused, as it should be."""
SECONDS = 30_000


@contextmanager
def opened(browser: Browser, service: Service, **options: object) -> Iterator[Page]:
    """Open a page that may ask nobody but the service, break no rule of its policy, and log no error."""
    context = browser.new_context(base_url=service.url, **options)  # type: ignore[arg-type]
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    origins: set[str] = set()
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ERRORS_OF_STATUS):
            errors.append(message.text)

    page.on("request", lambda request: origins.add(urlsplit(request.url).netloc))
    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert origins <= {urlsplit(service.url).netloc, ""}
    assert errors == []


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page of the shared service, with scripts."""
    with opened(browser, service, viewport={"width": 1280, "height": 900}) as page:
        yield page


def focused(page: Page) -> str:
    """Return the id, or else the class, of what has the focus, within the editor too."""
    script = "let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement; e.id || e.className"
    return str(page.evaluate(f"(() => {{ {script.replace('e.id ||', 'return e.id ||')} }})()"))


def tab_to(page: Page, target: str, key: str = "Tab") -> None:
    """Press Tab until something has the focus."""
    for _ in range(60):
        if target in focused(page):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never comes to {target}")


def write(page: Page, text: str) -> None:
    """Go to the editor by keyboard and type a text in place of what is there."""
    tab_to(page, "cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Escape")


def options(page: Page) -> Locator:
    """Return what the editor offers."""
    return page.locator(".cm-tooltip-autocomplete [role=option]")


def let_lists_open(page: Page) -> None:
    """Wait as long as the editor does: 100 ms before it offers something, and 75 ms before keys are meant for that."""
    page.wait_for_timeout(400)


def take(page: Page, name: str, key: str = "Enter") -> None:
    """Choose a completion with the arrow keys."""
    expect(options(page).first).to_be_visible()
    page.wait_for_timeout(100)  # keys that come within 75 ms of the list are meant for the text: the editor's own rule
    selected = page.locator(".cm-tooltip-autocomplete [aria-selected=true]")
    for _ in range(60):
        page.keyboard.press("ArrowDown")
        if selected.inner_text().startswith(name):
            break
    expect(selected).to_contain_text(name)
    page.keyboard.press(key)
    expect(options(page)).to_have_count(0)


def text(page: Page) -> str:
    """Return the query that the form would send."""
    return str(page.evaluate("document.querySelector('#query').value"))


def answer(page: Page) -> list[str]:
    """Return the names of the columns of the answer."""
    return page.locator("#outcome thead th").all_inner_texts()


def test_a_query_is_written_with_completion_and_run_by_keyboard(page: Page) -> None:
    """Terms of the dataset complete and declare their prefixes; Ctrl+Enter runs; labels are shown, as links."""
    page.goto("/sparql")
    write(page, "SELECT ?result WHERE { ?result a fsp:Outc")
    page.keyboard.press("Control+Space")
    take(page, "fsp:Outcome")
    page.keyboard.type(" . ?thing skos:prefLabel ?l }")
    page.keyboard.press("Escape")

    assert text(page) == (
        "PREFIX fsp: <https://w3id.org/fsp/def#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT ?result WHERE { ?result a fsp:Outcome . ?thing skos:prefLabel ?l }"
    )
    write(page, "PREFIX fsp: <https://w3id.org/fsp/def#> SELECT ?result WHERE { ?result a fsp:Outcome }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_have_text("27 solutions.")
    assert answer(page) == ["result"]
    link = page.get_by_role("link", name="More recycling in Trafford")
    assert str(link.first.get_attribute("href")).startswith("/doc/outcome/")


def test_a_thing_is_found_by_its_label(page: Page) -> None:
    """Who knows the name of a council need not know its IRI."""
    page.goto("/sparql")
    write(page, "SELECT ?p WHERE { ?s ?p Traffo")
    page.keyboard.press("Control+Space")
    take(page, "organisation:trafford-council")

    assert text(page) == (
        "PREFIX organisation: <https://w3id.org/fsp/id/organisation/>\n"
        "SELECT ?p WHERE { ?s ?p organisation:trafford-council"
    )


def test_variables_and_words_complete(page: Page) -> None:
    """Those of the query itself, and those of SPARQL."""
    page.goto("/sparql")
    write(page, "SELECT ?contract WHERE { ?contract ?p ?o FILTER(CONTA")
    page.keyboard.press("Control+Space")
    take(page, "CONTAINS")
    page.keyboard.type("?con")
    take(page, "?contract")

    assert text(page) == "SELECT ?contract WHERE { ?contract ?p ?o FILTER(CONTAINS(?contract"


@pytest.mark.parametrize(
    "lines",
    [
        ["SELECT ?n WHERE { ?s ?p ?n } ORDER BY ?n", "LIMIT 3"],
        ["SELECT ?n WHERE { ?s ?p ?n } ORDER BY", "?n"],
        ["SELECT ?first ?f", "WHERE { ?first ?p ?f }"],
        ["PREFIX fsp: <https://w3id.org/fsp/def#> SELECT * { ?s a fsp:Contract", "}"],
    ],
)
def test_enter_is_a_new_line(page: Page, lines: list[str]) -> None:
    """Also where something can follow the word before it: a list only takes the place of what was picked from it."""
    page.goto("/sparql")
    first, second = lines
    write(page, first[:-1])
    page.keyboard.type(first[-1])
    let_lists_open(page)
    page.keyboard.press("Enter")
    expect(options(page)).to_have_count(0)
    page.keyboard.type(second)

    assert [line.strip() for line in text(page).split("\n")] == lines


def test_a_whole_word_opens_no_list(page: Page) -> None:
    """Where nothing else begins like it; who asks for the list gets it, and it closes when the query runs."""
    page.goto("/sparql")
    write(page, "SELECT ?name WHERE { ?s ?p ?name } LIMI")
    page.keyboard.type("T")
    let_lists_open(page)
    expect(options(page)).to_have_count(0)
    page.keyboard.type(" 1")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Space")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(options(page)).to_have_count(0)
    expect(page.locator("#state")).to_have_text("1 solution.")


def test_tab_takes_what_was_picked(page: Page) -> None:
    """And stays in the editor then."""
    page.goto("/sparql")
    write(page, "SELECT ?contract WHERE { ?contract ?p ?o . ")
    page.keyboard.type("?con")
    take(page, "?contract", "Tab")

    assert text(page) == "SELECT ?contract WHERE { ?contract ?p ?o . ?contract"
    assert "cm-content" in focused(page)


def test_nothing_completes_within_text(page: Page) -> None:
    """In a string, a comment or an IRI the colon of a prefix declares nothing."""
    page.goto("/sparql")
    written = 'SELECT * WHERE { ?s ?p "skos:x" . ?s <urn:org:x> ?o } # fsp:'
    write(page, written)

    assert text(page) == written


def test_an_error_is_shown_at_its_place_and_mended(page: Page) -> None:
    """The mark is where the service says, counted in code points; the words are read aloud; the cursor is there."""
    page.goto("/sparql")
    write(page, 'SELECT * WHERE { ?s ?p "\U0001f600" } ORDER ?s')
    page.keyboard.press("Control+Enter")

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("expected BY")
    expect(page.locator("#state")).to_have_text("There is no answer.")
    expect(page.locator(".cm-lintRange-error")).to_have_text("?s")
    assert "cm-content" in focused(page)
    page.keyboard.type("BY ")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#outcome h2")).to_have_text("Answer")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    expect(alert).to_have_count(0)


def test_stop_ends_the_work_on_the_server(browser: Browser, serve: Serve) -> None:
    """Its only worker answers the next query long before the limit of the stopped one. No former answer stays."""
    with (
        serve("--workers", "1", "--timeout", "60", "--queue-wait", "5") as service,
        opened(browser, service) as page,
    ):
        page.goto("/sparql?text=ASK {}")
        expect(page.locator("#outcome h2")).to_have_text("Answer")
        write(page, ENDLESS)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#state")).to_have_text("Running …")
        expect(page.locator("#time")).not_to_have_text("0.0 s")
        tab_to(page, "stop")
        page.keyboard.press("Enter")
        expect(page.locator("#state")).to_contain_text("Stopped.")
        expect(page.locator("#stop")).to_be_disabled()
        assert focused(page) == "state"
        expect(page.locator("#outcome h2")).to_have_count(0)
        tab_to(page, "cm-content", "Shift+Tab")
        write(page, "ASK {}")
        page.keyboard.press("Control+Enter")

        expect(page.locator("#state")).to_have_text("Yes (true).", timeout=10_000)


def test_a_link_restores_the_query(browser: Browser, page: Page, service: Service) -> None:
    """Elsewhere, it brings the text at once and then the answer, which can be stopped."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/sparql")
    written = 'SELECT ?a\nWHERE { BIND("50 % & more + \u00e9" AS ?a) }'
    write(page, written)
    tab_to(page, "link")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")

    assert page.url == link
    with opened(browser, service) as other:
        other.goto(link)
        expect(other.locator("#outcome td")).to_have_text("50 % & more + \u00e9")
        assert text(other) == written


def test_a_link_to_an_endless_query_opens_at_once(browser: Browser, serve: Serve) -> None:
    """Its text is there while it runs."""
    with serve("--workers", "1", "--timeout", "60") as service, opened(browser, service) as page:
        page.goto(f"/sparql?text={ENDLESS}")
        expect(page.locator("#state")).to_have_text("Running …")
        expect(page.locator(".cm-content")).to_contain_text("COUNT")
        page.locator("#stop").click()
        expect(page.locator("#state")).to_contain_text("Stopped.")


def test_tab_leads_through_the_editor(page: Page) -> None:
    """The keyboard is not trapped (WCAG 2.1.2), not even by a list of completions."""
    page.goto("/sparql")
    tab_to(page, "cm-content")
    page.keyboard.press("Tab")
    assert focused(page) == "run"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Space")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "run"


def test_a_ready_made_query_is_an_example(page: Page) -> None:
    """Chosen by keyboard, it stands in the editor, and undo brings the former text back."""
    page.goto("/sparql")
    former = text(page)
    tab_to(page, "example")
    for _ in range(60):
        if page.locator("#example").input_value() == "charitable-arms":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("charitableArmOf")
    assert "cm-content" in focused(page)
    page.keyboard.press("Control+z")

    assert text(page) == former


def test_all_columns_come_as_the_query_names_them(page: Page) -> None:
    """In the table, where SELECT * leaves their order open (SPARQL 1.1 Query, section 16.1)."""
    page.goto("/sparql")
    write(page, "SELECT * WHERE { ?thing a ?class ; ?about ?of } LIMIT 2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_have_text("2 solutions.")

    assert answer(page) == ["thing", "class", "about", "of"]


def test_an_answer_is_shown_raw(page: Page) -> None:
    """The arrow keys choose how; one view is shown at a time."""
    page.goto("/sparql?text=SELECT ?a WHERE { VALUES ?a { 1 2 } }")
    expect(page.locator("#outcome table")).to_be_visible()
    expect(page.locator("#outcome pre")).to_be_hidden()
    page.get_by_role("radio", name="Table").press("ArrowRight")
    page.get_by_role("radio", name="Raw (TSV)").check()

    expect(page.locator("#outcome table")).to_be_hidden()
    expect(page.locator("#outcome pre")).to_have_text("?a\n1\n2", use_inner_text=True)


def test_numbers_are_shown_as_a_chart(page: Page) -> None:
    """A bar for each solution, drawn by the service, called by its label and leading to its page."""
    query = "SELECT ?class (COUNT(?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?things)"
    page.goto(f"/sparql?text={query}")
    page.get_by_role("radio", name="Chart").check()

    chart = page.locator("#outcome svg")
    expect(chart).to_be_visible()
    expect(page.locator("#outcome table")).to_be_hidden()
    expect(chart.locator(".bar")).to_have_count(page.locator("#outcome tbody tr").count())
    expect(chart.locator('a[href="/def#CaseStudy"]')).to_have_text("case study: 6")


def test_a_graph_is_shown_as_a_graph(page: Page) -> None:
    """Its things by label, which the query need not ask for; its text is there too."""
    query = "CONSTRUCT WHERE { ?arm <https://w3id.org/fsp/def#charitableArmOf> ?company }"
    page.goto(f"/sparql?text={quote(query)}")

    expect(page.locator("#outcome svg")).to_contain_text("John Laing Charitable Trust")
    page.get_by_role("radio", name="Raw (Turtle)").check()
    expect(page.locator("#outcome svg")).to_be_hidden()
    expect(page.locator("#outcome pre")).to_contain_text("charitableArmOf")


def test_without_javascript_the_page_is_whole(browser: Browser, service: Service) -> None:
    """A text field, examples, answers and errors; nothing is offered that would not work."""
    with opened(browser, service, java_script_enabled=False) as page:
        page.goto("/sparql")
        expect(page.locator("#stop")).to_be_hidden()
        expect(page.locator("#link")).to_be_hidden()
        page.locator("#example").select_option("charitable-arms")
        page.get_by_role("button", name="Write it below").click()
        assert "charitableArmOf" in page.locator("#query").input_value()
        page.get_by_role("button", name="Run the query").click()
        expect(page.locator("#outcome table")).to_be_visible()
        page.locator("#query").fill("SELECT")
        page.get_by_role("button", name="Run a very long query").click()
        expect(page.get_by_role("alert")).to_contain_text("Line 1, column 7")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_assistive_technology_finds_no_fault(browser: Browser, service: Service, width: int, scheme: str) -> None:
    """Axe has no violation with an answer, a list of completions or an error, and nothing is wider than the window."""
    with opened(browser, service, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        page.goto("/sparql?text=SELECT ?s (1 AS ?n) WHERE { ?s ?p ?o } LIMIT 20")
        expect(page.locator("#outcome table")).to_be_visible()
        check_page(page)
        page.get_by_role("radio", name="Chart").check()
        check_page(page)
        write(page, "SELECT * WHERE { ?s fsp:h")
        page.keyboard.press("Control+Space")
        expect(options(page).first).to_be_visible()
        check_page(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        check_page(page)


def check_page(page: Page) -> None:
    """See that axe ran and found nothing, and that the page is no wider than its window."""
    result = Axe().run(page).response
    assert len(result["passes"]) > 15
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
