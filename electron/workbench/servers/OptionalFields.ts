import type { Thinking } from "../../contract/chats.ts";

/** Without them a reply is the same; only its figures are less exact. */
const figureFields = ["stream_options", "return_progress"];
/** Fields that a server may not know. What else is asked for is never left out. */
const extraFields = ["top_k", "min_p", "seed", "reasoning_control", "separate_reasoning"];
/** They say whether to think, and belong to the others unless Off was chosen: a server must not think then unasked. */
const thinkingFields = ["think", "thinking", "chat_template_kwargs"];

type Body = Record<string, unknown>;

/** Decides which fields a request goes without, once a server has refused it because of some. */
export class OptionalFields {
  readonly #body: Body;
  readonly #optional: string[];
  /** Those that the server named, or refused before. */
  readonly #refused: Set<string>;
  /** What is left out next if a refusal names no field: each group alone, then both. */
  readonly #next: string[][];
  #tried: readonly string[] = [];

  /** `refused`: the fields that the server is known to refuse. */
  constructor(body: Body, thinking: Thinking, refused: Iterable<string> = []) {
    this.#body = body;
    const others = thinking === "off" ? extraFields : [...extraFields, ...thinkingFields];
    this.#optional = [...figureFields, ...others].filter((name) => body[name] !== undefined);
    this.#refused = new Set([...refused].filter((name) => this.#optional.includes(name)));
    this.#next = [figureFields, others, [...figureFields, ...others]];
  }

  get leftOut(): string[] {
    return this.#optional.filter((name) => this.#refused.has(name) || this.#tried.includes(name));
  }

  /** The request without the fields that are left out. */
  get body(): Body {
    const { leftOut } = this;
    return Object.fromEntries(Object.entries(this.#body).filter(([name]) => !leftOut.includes(name)));
  }

  /**
   * Leaves out what a refusal names, or else what may have been meant. Returns false if there is nothing more to leave out.
   */
  leaveOutMore(said: string): boolean {
    const before = this.leftOut;
    const named = this.#optional.filter((name) => !before.includes(name) && said.includes(name));
    if (named.length > 0) {
      for (const name of named) this.#refused.add(name);
      return true;
    }
    for (let next = this.#next.shift(); next !== undefined; next = this.#next.shift()) {
      this.#tried = next;
      if (this.leftOut.some((name) => !before.includes(name))) return true;
    }
    return false;
  }
}
