// The editor of the SPARQL page. Without it the page is whole: a form, and an answer that the service makes.
import { createEditor, setText } from "./editor";
import { copyLink, showLink } from "./link";
import { readPage } from "./page";
import { Runner } from "./run";
import { Vocabulary } from "./vocabulary";

const page = readPage();
if (page !== undefined) {
  const vocabulary = new Vocabulary(page.vocabulary);
  const view = createEditor(page, vocabulary, () => page.form.requestSubmit(page.run));
  const runner = new Runner(page, view);
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    showLink(page);
    void runner.run();
  });
  page.stop.addEventListener("click", () => runner.stop());
  page.link.addEventListener("click", () => void copyLink(page));
  for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]")) {
    part.hidden = part.dataset.scripted === "no";
  }
  const examples = document.querySelector<HTMLFormElement>("form[data-examples]");
  examples?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const parameters = new URLSearchParams(new FormData(examples) as unknown as Record<string, string>);
    const reply = await fetch(`${examples.action}?${parameters}`, { headers: { Accept: "text/html" } });
    const made = new DOMParser().parseFromString(await reply.text(), "text/html");
    setText(view, made.querySelector("textarea")?.value ?? "");
    view.focus();
  });
  void vocabulary.load();
  if (page.starts) {
    void runner.run();
  }
}
