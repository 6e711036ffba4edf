import type { EngineRequests, GreedyParams } from "../../contract/engineProtocol.ts";
import type { KnownSpeeds } from "./visitTests.ts";

type Draw = (params: GreedyParams) => Promise<EngineRequests["greedy"]["result"]>;

const question =
  "A train leaves at 9:40 and arrives at 13:05, with a stop of 12 minutes. How long does it travel, and how do you check that?";
/** In front of the question where a longer prompt is needed. */
const paragraph =
  "Harbours were measured in tides before they were measured in ships. Whoever kept the books wrote down the hour, the height of the water and the name of the vessel, and trusted the first two.\n";
/** Of the drawing; a difference in the last digits shows within the first tokens or rarely at all. */
const drawSeconds = 1.5;
const guessedPromptTokens = 60;

/** Draws the likeliest tokens after one fixed prompt, made longer where it must fill a batch. */
export class GreedyCheck {
  readonly #draw: Draw;
  /** Fixed with the first drawing: all are compared token by token. */
  #tokens = 0;
  #questionTokens = guessedPromptTokens;
  #paragraphTokens: number | null = null;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  async tokens(
    threads: number,
    leastPromptTokens: number,
    contextSize: number,
    speeds: KnownSpeeds,
  ): Promise<number[]> {
    if (this.#tokens === 0) {
      this.#tokens = Math.round(Math.max(8, Math.min(48, drawSeconds * speeds.writtenTokensPerSecond)));
      this.#questionTokens = (await this.#drawAfter(0, 0, threads)).promptTokens;
    }
    let paragraphs = 0;
    if (leastPromptTokens > this.#questionTokens) {
      this.#paragraphTokens ??= (await this.#drawAfter(1, 0, threads)).promptTokens - this.#questionTokens;
      const room = contextSize - this.#tokens - this.#questionTokens;
      const wanted = Math.ceil((leastPromptTokens - this.#questionTokens) / this.#paragraphTokens);
      paragraphs = Math.max(0, Math.min(wanted, Math.floor(room / this.#paragraphTokens)));
    }
    return (await this.#drawAfter(paragraphs, this.#tokens, threads)).tokens;
  }

  seconds(leastPromptTokens: number, { readTokensPerSecond, writtenTokensPerSecond }: KnownSpeeds): number {
    const read = Math.max(leastPromptTokens, this.#questionTokens);
    return read / readTokensPerSecond + this.#tokens / writtenTokensPerSecond;
  }

  #drawAfter(paragraphs: number, tokens: number, threads: number): ReturnType<Draw> {
    const content = paragraph.repeat(paragraphs) + question;
    return this.#draw({ prompt: { messages: [{ role: "user", content }], thinking: "on" }, tokens, threads });
  }
}

/** Where two drawings part, counted from 1; null: they are the same. */
export function firstDifference(one: readonly number[], other: readonly number[]): number | null {
  const longest = Math.max(one.length, other.length);
  for (let at = 0; at < longest; at++) if (one[at] !== other[at]) return at + 1;
  return null;
}
