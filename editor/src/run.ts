// Running: the service makes the same page as for a browser without scripts, and its answer takes its place in this one.
import type { EditorView } from "@codemirror/view";
import { markFault } from "./editor";
import { ANSWER, type Page } from "./page";

export class Runner {
  readonly #page: Page;
  readonly #view: EditorView;
  #running: AbortController | undefined;

  constructor(page: Page, view: EditorView) {
    this.#page = page;
    this.#view = view;
  }

  /** Run the query; one that still runs is stopped before. */
  async run(): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    const stopClock = this.#begin();
    let outcome = "";
    try {
      const answer = await ask(this.#page.form, running.signal);
      outcome = this.#show(answer);
    } catch {
      document.querySelector(ANSWER)?.replaceChildren(); // what stands there answers another query
      outcome = running.signal.aborted ? this.#page.texts.stopped : this.#page.texts.failed;
    }
    stopClock();
    if (this.#running === running) {
      this.#running = undefined;
      this.#end(outcome);
    }
  }

  /** Stop the query. The service notices that nobody waits any more, and ends its work. */
  stop(): void {
    this.#running?.abort();
  }

  /** Show that a query runs, and for how long: seconds are not read aloud, the state is. */
  #begin(): () => void {
    const { state, time, stop } = this.#page;
    const start = performance.now();
    const show = () => {
      time.textContent = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    };
    state.textContent = this.#page.texts.running;
    document.querySelector(ANSWER)?.setAttribute("aria-busy", "true");
    markFault(this.#view, "");
    stop.disabled = false;
    show();
    const clock = setInterval(show, 100);
    return () => {
      clearInterval(clock);
      show();
    };
  }

  #end(outcome: string): void {
    const { state, stop } = this.#page;
    state.textContent = outcome;
    if (document.activeElement === stop) {
      state.focus(); // a disabled button loses it; on Run, an Enter that came too late would ask again
    }
    stop.disabled = true;
    document.querySelector(ANSWER)?.removeAttribute("aria-busy");
  }

  /** Put the answer into the page, and return what it says in short. */
  #show(answer: Document): string {
    const made = answer.querySelector(ANSWER);
    const place = document.querySelector(ANSWER);
    if (made === null || place === null) {
      throw new Error("The answer is no page of this service.");
    }
    place.replaceWith(document.adoptNode(made));
    const fault = made.querySelector<HTMLElement>("[role=alert]");
    if (fault !== null) {
      const { line, column } = fault.dataset;
      markFault(this.#view, fault.textContent?.trim() ?? "", number(line), number(column));
      return this.#page.texts.wrong;
    }
    return made.querySelector("[data-summary]")?.textContent?.trim() ?? "";
  }
}

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<Document> {
  const reply = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
    headers: { Accept: "text/html" },
    signal,
  });
  return new DOMParser().parseFromString(await reply.text(), "text/html");
}

function number(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}
