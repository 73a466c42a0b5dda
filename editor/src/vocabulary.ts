// The terms of the dataset, as the service lists them.

export interface Term {
  name: string;
  label: string;
  kind: string;
  definition?: string;
}

interface Listed {
  prefixes: Record<string, string>;
  terms: Term[];
  complete: boolean;
}

const EMPTY: Listed = { prefixes: {}, terms: [], complete: true };

export class Vocabulary {
  readonly #address: string;
  #listed: Promise<Listed> | undefined;
  #prefixes: Record<string, string> = {};

  constructor(address: string) {
    this.#address = address;
  }

  /** Prefixes that are known by now, with their namespaces. */
  get prefixes(): Readonly<Record<string, string>> {
    return this.#prefixes;
  }

  /** Bring the list, so that it is there when something is typed. */
  load(): Promise<Listed> {
    this.#listed ??= this.#fetch(this.#address);
    return this.#listed;
  }

  /** The terms that a word may mean; where the dataset is too large for one list, the service is asked for the word. */
  async terms(word: string): Promise<Term[]> {
    const listed = await this.load();
    if (listed.complete || word.length < 3) {
      return listed.terms;
    }
    const found = await this.#fetch(`${this.#address}?${new URLSearchParams({ text: word })}`);
    const names = new Set(listed.terms.map((term) => term.name));
    return [...listed.terms, ...found.terms.filter((term) => !names.has(term.name))];
  }

  async #fetch(address: string): Promise<Listed> {
    try {
      const reply = await fetch(address);
      const listed = reply.ok ? ((await reply.json()) as Listed) : EMPTY;
      this.#prefixes = { ...this.#prefixes, ...listed.prefixes };
      return listed;
    } catch {
      return EMPTY; // without the service there is nothing to complete; running the query will say so
    }
  }
}
