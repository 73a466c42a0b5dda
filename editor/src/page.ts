// What the page hands to the editor: its texts, in the language of the page, and its parts.

export interface Texts {
  query: string;
  running: string;
  stopped: string;
  failed: string;
  wrong: string;
  copied: string;
  linked: string;
  kinds: Record<string, string>;
}

export interface Page {
  form: HTMLFormElement;
  textarea: HTMLTextAreaElement;
  state: HTMLElement;
  time: HTMLElement;
  run: HTMLButtonElement;
  stop: HTMLButtonElement;
  link: HTMLButtonElement;
  texts: Texts;
  vocabulary: string;
  starts: boolean;
}

export const ANSWER = "#outcome";

/** The page's parts; undefined where there is no editor in it. */
export function readPage(): Page | undefined {
  const form = document.querySelector<HTMLFormElement>("form[data-vocabulary]");
  if (form === null) {
    return undefined;
  }
  return {
    form,
    textarea: part(form, "textarea"),
    state: part(form, "#state"),
    time: part(form, "#time"),
    run: part(form, "#run"),
    stop: part(form, "#stop"),
    link: part(form, "#link"),
    texts: JSON.parse(part(document, "#editor-texts").textContent ?? "{}") as Texts,
    vocabulary: form.dataset.vocabulary ?? "",
    starts: form.dataset.starts !== undefined,
  };
}

function part<E extends Element>(within: ParentNode, selector: string): E {
  const found = within.querySelector<E>(selector);
  if (found === null) {
    throw new Error(`The page lacks ${selector}`);
  }
  return found;
}
