import type { BenchmarkTest } from "../../contract/benchmark.ts";
import { median } from "../median.ts";

interface Entry {
  depth: number;
  tokensPerSecond: number;
}

/** How many times slower a token is assumed to be at this depth than at depth 0, until it has been measured. */
const slowdown = (depth: number): number => 1 + depth / 8192;

/** The known speeds of a model, used to estimate how long a test will take. */
export class SpeedBook {
  readonly #read: Entry[] = [];
  readonly #written: Entry[] = [];

  /** Adds the speeds of a test. A test that both reads and writes gives neither speed. */
  learn({ promptTokens, generatedTokens, depth }: BenchmarkTest, samples: readonly number[]): void {
    if (samples.length === 0 || (promptTokens > 0 && generatedTokens > 0)) return;
    const entries = promptTokens > 0 ? this.#read : this.#written;
    const known = entries.findIndex((entry) => entry.depth === depth);
    const entry = { depth, tokensPerSecond: median(samples) };
    if (known === -1) entries.push(entry);
    else entries[known] = entry;
  }

  /** Returns the seconds of one timed run, or null if not known yet. */
  secondsOfRun({ promptTokens, generatedTokens, depth }: BenchmarkTest): number | null {
    const reading = secondsFor(this.#read, promptTokens, depth);
    const writing = secondsFor(this.#written, generatedTokens, depth);
    return reading === null || writing === null ? null : reading + writing;
  }

  /** Returns the seconds of filling the context, the warm-up and the timed runs, or null if not known yet. */
  secondsOfTest(test: BenchmarkTest, repeats: number): number | null {
    const filling = secondsFor(this.#read, test.depth, test.depth / 2);
    const warmingUp = secondsFor(this.#read, test.promptTokens, test.depth);
    const run = this.secondsOfRun(test);
    return filling === null || warmingUp === null || run === null ? null : filling + warmingUp + run * repeats;
  }
}

function secondsFor(entries: readonly Entry[], tokens: number, depth: number): number | null {
  if (tokens === 0) return 0;
  const nearest = entries.toSorted((a, b) => Math.abs(a.depth - depth) - Math.abs(b.depth - depth))[0];
  if (nearest === undefined) return null;
  return (tokens / nearest.tokensPerSecond) * (slowdown(depth) / slowdown(nearest.depth));
}
