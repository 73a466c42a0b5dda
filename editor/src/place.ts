// Where in a query a place is.
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

const WHOLE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>/g;
const BEGUN = /["'#]|<[^<>\s]*$/;

/** Whether names mean nothing at a place: in a string, a comment or an IRI, also one that is not ended yet. */
export function isText(state: EditorState, position: number): boolean {
  if (/^(?:String|Comment|IriRef)$/.test(syntaxTree(state).resolveInner(position, -1).name)) {
    return true;
  }
  const line = state.doc.lineAt(position);
  return BEGUN.test(line.text.slice(0, position - line.from).replace(WHOLE, ""));
}
