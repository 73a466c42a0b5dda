// What can follow: variables of the query, terms of the dataset by name or label, and the words of SPARQL.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { isText } from "./place";
import { declaration } from "./prefixes";
import type { Term, Vocabulary } from "./vocabulary";
import { FUNCTIONS, KEYWORDS } from "./words";

const LIKELY = 50;
const VARIABLE = /^[?$]\w*$/;
const WORD = /^[A-Za-z][\w-]*(?::[\w-]*)?$/;

/** A source of completions for CodeMirror. */
export function completions(vocabulary: Vocabulary, kinds: Record<string, string>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable !== null) {
      return offer(context, variable.from, variables(context.state, variable.from), VARIABLE);
    }
    const word = context.matchBefore(/[A-Za-z][\w-]*(?::[\w-]*)?/);
    if ((word === null && !context.explicit) || isText(context.state, context.pos)) {
      return null;
    }
    const from = word?.from ?? context.pos;
    const likely = likelyKinds(context.state.sliceDoc(Math.max(0, from - 1000), from));
    const terms = await vocabulary.terms(word?.text ?? "");
    const named = terms.map((term) => ofTerm(term, vocabulary, kinds, likely.includes(term.kind) ? LIKELY : 0));
    return offer(context, from, [...named, ...WORDS], WORD);
  };
}

/** Offer what can follow, unless the word is whole and nothing goes on from it; who asks for it is told all the same. */
function offer(context: CompletionContext, from: number, options: Completion[], form: RegExp): CompletionResult | null {
  const names = options.map((option) => (option.displayLabel ?? option.label).toLowerCase());
  const isOpen = (text: string) => context.explicit || !isWhole(text, names);
  if (!isOpen(context.state.sliceDoc(from, context.pos))) {
    return null;
  }
  return { from, options, validFor: (text) => form.test(text) && isOpen(text) };
}

/** Whether a text is one of some names, in small letters, and the beginning of no other. */
function isWhole(text: string, names: readonly string[]): boolean {
  const begun = names.filter((name) => name.startsWith(text.toLowerCase()));
  return begun.length > 0 && begun.every((name) => name === text.toLowerCase());
}

const WORDS: Completion[] = [
  ...KEYWORDS.map((word) => ({ label: word })),
  ...FUNCTIONS.map((word) => ({ label: word, displayLabel: `${word}( )`, apply: `${word}(` })),
];

function ofTerm(term: Term, vocabulary: Vocabulary, kinds: Record<string, string>, boost: number): Completion {
  const kind = kinds[term.kind] ?? "";
  return {
    label: `${term.name} ${term.label}`, // so that it is found by either
    displayLabel: term.name,
    detail: term.label === "" ? kind : `${term.label} (${kind})`,
    boost,
    ...(term.definition === undefined ? {} : { info: term.definition }),
    apply: (view, _completion, from, to) => insert(view, term.name, vocabulary.prefixes, from, to),
  };
}

/** Write a name, and declare its prefix. */
function insert(view: EditorView, name: string, prefixes: Readonly<Record<string, string>>, from: number, to: number) {
  const prefix = /^([A-Za-z][\w-]*):/.exec(name)?.[1];
  const namespace = prefix === undefined ? undefined : prefixes[prefix];
  const declared = namespace && prefix ? declaration(view.state, prefix, namespace) : undefined;
  const changes = view.state.changes([...(declared === undefined ? [] : [declared]), { from, to, insert: name }]);
  view.dispatch({
    changes,
    selection: { anchor: changes.mapPos(to, 1) },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function variables(state: EditorState, except: number): Completion[] {
  const found = new Set<string>();
  syntaxTree(state).iterate({
    enter: (node) => {
      if (node.name === "Var" && node.from !== except) {
        found.add(state.sliceDoc(node.from, node.to));
      }
    },
  });
  return [...found].map((name) => ({ label: name, type: "variable" }));
}

/** Kinds of terms that are likely behind a text: classes after `a`, else by the place in the triple pattern. */
export function likelyKinds(before: string): string[] {
  const text = before.replace(/<[^<>\s]*>|"[^"\n]*"|\d\.\d/g, "x").replace(/#[^\n]*/g, "");
  if (/(?:^|\s)(?:a|rdf:type)\s+$/.test(text)) {
    return ["class"];
  }
  if (/\bGRAPH\s+$/i.test(text)) {
    return ["graph"];
  }
  const [, sign, rest = ""] = /([.;{}]?)([^.;{}]*)$/.exec(text) ?? [];
  const words = rest.split(/\s+/).filter((word) => word !== "").length;
  if (/[/|^]\s*$/.test(text) || words === (sign === ";" ? 0 : 1)) {
    return ["property"];
  }
  return ["thing", "concept"];
}
