import type { BenchmarkTest } from "../../contract/benchmark.ts";
import { median } from "../median.ts";

interface Entry {
  depth: number;
  tokensPerSecond: number;
}

/** So much slower than at depth 0 is a token at this depth assumed to be, until it was measured there. */
const slowdown = (depth: number): number => 1 + depth / 8192;

/** What is known of a model's speeds, to tell how long a test will take. */
export class SpeedBook {
  readonly #read: Entry[] = [];
  readonly #written: Entry[] = [];

  /** Tests that both read and write tell neither speed. */
  learn({ promptTokens, generatedTokens, depth }: BenchmarkTest, samples: readonly number[]): void {
    if (samples.length === 0 || (promptTokens > 0 && generatedTokens > 0)) return;
    const entries = promptTokens > 0 ? this.#read : this.#written;
    const known = entries.findIndex((entry) => entry.depth === depth);
    const entry = { depth, tokensPerSecond: median(samples) };
    if (known === -1) entries.push(entry);
    else entries[known] = entry;
  }

  /** Of one timed run. Null: not known yet. */
  secondsOfRun({ promptTokens, generatedTokens, depth }: BenchmarkTest): number | null {
    const reading = secondsFor(this.#read, promptTokens, depth);
    const writing = secondsFor(this.#written, generatedTokens, depth);
    return reading === null || writing === null ? null : reading + writing;
  }

  /** Of filling the context before it, its warm-up and its timed runs. Null: not known yet. */
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
