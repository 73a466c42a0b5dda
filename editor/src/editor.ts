// The editor in place of the form's text field, with which it shares its text.
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./complete";
import type { Page } from "./page";
import { declareWhenTyped } from "./prefixes";
import { theme } from "./theme";
import type { Vocabulary } from "./vocabulary";

/**
 * Put the editor in place of the text field. Tab takes what was picked from a list with the arrow keys, and else leads
 * out of the editor (WCAG 2.1.2).
 */
export function createEditor(page: Page, vocabulary: Vocabulary, run: () => void): EditorView {
  const host = document.createElement("div");
  host.className = "editor";
  page.textarea.before(host);
  // Within a shadow root the editor's styles are adopted sheets, which the page's policy allows; else they were
  // <style> elements, which it does not.
  const root = host.attachShadow({ mode: "open" });
  const runs = {
    key: "Mod-Enter",
    run: (view: EditorView) => {
      closeCompletion(view);
      run();
      return true;
    },
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: page.textarea.value,
      extensions: [
        Prec.highest(keymap.of([runs])),
        lineNumbers(),
        highlightActiveLineGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        overwriting,
        sparql(),
        autocompletion({
          override: [completions(vocabulary, page.texts.kinds)],
          selectOnOpen: false, // so that Enter is a new line until something is picked
          icons: false,
          maxRenderedOptions: 8, // so that the list needs no scrolling, which would take the focus
        }),
        declareWhenTyped(() => vocabulary.prefixes),
        keymap.of([
          { key: "Tab", run: acceptCompletion },
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": page.texts.query, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            page.textarea.value = update.state.doc.toString();
          }
        }),
        theme,
      ],
    }),
  });
  page.textarea.hidden = true;
  page.form.querySelector("label")?.addEventListener("click", () => view.focus());
  return view;
}

/**
 * Write over a selection ourselves: where the browser does it, it carries the look of the former text over to the new
 * one, as a style attribute, which the page's policy refuses.
 */
const overwriting = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    if (inputType !== "insertText" || data === null || view.composing || view.state.selection.main.empty) {
      return false;
    }
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** Replace the text, in a way that can be undone. */
export function setText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/**
 * Mark what the service says is wrong, and put the cursor there; without a place, take the mark away.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points as the service counts
 */
export function markFault(view: EditorView, message: string, line?: number, column?: number): void {
  if (line === undefined || line > view.state.doc.lines) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const { from, to, text } = view.state.doc.line(line);
  const before = Array.from(text).slice(0, (column ?? 1) - 1);
  const start = Math.min(from + before.join("").length, to);
  const end = start + (/^[^\s]+/.exec(view.state.sliceDoc(start, to))?.[0].length ?? 0);
  const fault: Diagnostic = { from: start, to: end, severity: "error", message };
  view.dispatch(setDiagnostics(view.state, [fault]));
  view.dispatch({ selection: { anchor: start }, scrollIntoView: true });
  view.focus();
}
