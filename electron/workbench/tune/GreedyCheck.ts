import type { EngineRequests, GreedyParams } from "../../contract/engineProtocol.ts";

type Draw = (params: GreedyParams) => Promise<EngineRequests["greedy"]["result"]>;

const question = "How many prime numbers are there below 50, and why?";
/** Inserted before the question if a longer prompt is needed. */
const paragraph =
  "Harbours were measured in tides before they were measured in ships. Whoever kept the books wrote down the hour, the height of the water and the name of the vessel, and trusted the first two.\n";
const guessedPromptTokens = 20;

export interface Drawing {
  threads: number;
  /** The prompt is made longer if it must fill a batch. */
  leastPromptTokens: number;
  /** Number of tokens to generate. Fewer if the model ends earlier. */
  count: number;
  contextSize: number;
}

/** Generates the most likely tokens after a fixed prompt. */
export class GreedyCheck {
  readonly #draw: Draw;
  #questionTokens: number | null = null;
  #paragraphTokens: number | null = null;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  async tokens({ threads, leastPromptTokens, count, contextSize }: Drawing): Promise<number[]> {
    this.#questionTokens ??= (await this.#drawAfter(0, 0, threads)).promptTokens;
    let paragraphs = 0;
    if (leastPromptTokens > this.#questionTokens) {
      this.#paragraphTokens ??= (await this.#drawAfter(1, 0, threads)).promptTokens - this.#questionTokens;
      const room = contextSize - count - this.#questionTokens;
      const wanted = Math.ceil((leastPromptTokens - this.#questionTokens) / this.#paragraphTokens);
      paragraphs = Math.max(0, Math.min(wanted, Math.floor(room / this.#paragraphTokens)));
    }
    return (await this.#drawAfter(paragraphs, count, threads)).tokens;
  }

  /** Returns the approximate length of the prompt. */
  promptTokens(leastPromptTokens: number): number {
    return Math.max(leastPromptTokens, this.#questionTokens ?? guessedPromptTokens);
  }

  #drawAfter(paragraphs: number, tokens: number, threads: number): ReturnType<Draw> {
    const content = paragraph.repeat(paragraphs) + question;
    return this.#draw({ prompt: { messages: [{ role: "user", content }], thinking: "on" }, tokens, threads });
  }
}

/** Returns the first position, counted from 1, at which two sequences differ, or null if they are the same. */
export function firstDifference(one: readonly number[], other: readonly number[]): number | null {
  const longest = Math.max(one.length, other.length);
  for (let at = 0; at < longest; at++) if (one[at] !== other[at]) return at + 1;
  return null;
}
