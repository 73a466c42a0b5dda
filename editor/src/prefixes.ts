// PREFIX lines that come by themselves: with a completed name, and with the colon of a known prefix.
import { syntaxTree } from "@codemirror/language";
import { type ChangeSpec, EditorState, type Extension } from "@codemirror/state";
import { isText } from "./place";

/** The change that declares a prefix; undefined where it is declared already. */
export function declaration(state: EditorState, prefix: string, namespace: string): ChangeSpec | undefined {
  const text = state.doc.toString();
  const declared = new RegExp(`\\bprefix\\s+${prefix.replace(/[^\w]/g, "\\$&")}\\s*:`, "i");
  if (declared.test(text)) {
    return undefined;
  }
  return { from: lastDeclaration(state), insert: `PREFIX ${prefix}: <${namespace}>\n` };
}

/** Declare a known prefix when its colon is typed. */
export function declareWhenTyped(prefixes: () => Readonly<Record<string, string>>): Extension {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.isUserEvent("input.type")) {
      return transaction;
    }
    const { from, to } = transaction.startState.selection.main;
    let typed = "";
    transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
      typed += inserted.toString();
    });
    if (typed !== ":" || from !== to) {
      return transaction;
    }
    const prefix = prefixBefore(transaction.startState, from);
    const namespace = prefix === undefined ? undefined : prefixes()[prefix];
    if (prefix === undefined || namespace === undefined) {
      return transaction;
    }
    const change = declaration(transaction.startState, prefix, namespace);
    return change === undefined ? transaction : [transaction, { changes: change, sequential: false }];
  });
}

/** The word before a place where a prefixed name can stand. */
function prefixBefore(state: EditorState, position: number): string | undefined {
  if (isText(state, position)) {
    return undefined;
  }
  const line = state.doc.lineAt(position);
  const before = line.text.slice(0, position - line.from);
  return /prefix\s+[\w-]*$/i.test(before) ? undefined : /[A-Za-z][\w-]*$/.exec(before)?.[0];
}

/** Where the next declaration goes: the line behind the last one, or the start. */
function lastDeclaration(state: EditorState): number {
  let end = 0;
  syntaxTree(state).iterate({
    enter: (node) => {
      if (node.name === "PrefixDecl" || node.name === "BaseDecl") {
        end = Math.min(state.doc.lineAt(node.to).to + 1, state.doc.length);
      }
    },
  });
  return end;
}
