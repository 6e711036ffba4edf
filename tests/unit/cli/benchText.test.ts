import { expect, test } from "vitest";
import { benchDocument } from "../../../electron/cli/benchDocument.ts";
import { benchProgress, benchText, finishedTests } from "../../../electron/cli/benchText.ts";
import type { BenchmarkState } from "../../../electron/contract/benchmark.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";

const english = openTexts("en");
const result = benchmarkResult({
  leftOut: [{ name: "pp512", depth: 2048, reason: { code: "context", facts: { most: 2048 } } }],
  noise: {
    noisy: true,
    reasons: [{ code: "other-load", facts: { case: "test", test: "tg128", share: 0.25 } }],
    otherLoadCores: 0.5,
    stolenCores: 0,
  },
});

test("a result is a table with its conditions above and its disturbances below", () => {
  expect(benchText(english, result)).toBe(
    `DeepSeek R1 Distill, Q4_K_M, 1.12 GB; llama.cpp b6000 on CPU
2 threads, all layers on the CPU, batch 512, flash attention on, KV cache f16

test   depth  tok/s     middle half           range  runs
pp512      0  104.0  102.0 to 106.0  100.0 to 108.0     5
tg128      0  25.00  25.00 to 26.00  25.00 to 26.00     5

loaded in 0.90 s, first token after 1.20 s, peak memory 2.00 GB.
Left out: pp512 at depth 2,048. The model’s context holds 2,048 tokens at most.
Noisy: Other programs used 25 % of the processor during tg128.
`,
  );
});

test("in Chinese, columns are aligned as well: each character is two cells wide", () => {
  const lines = benchText(openTexts("zh-CN"), result).split("\n");
  expect(lines[1]).toBe("2 个线程，所有层都在 CPU 上，批大小 512，Flash attention 开启，KV 缓存 f16");
  const columns = (line = ""): number => Array.from(line).reduce((sum, each) => sum + (each > "\u2E80" ? 2 : 1), 0);
  const table = lines.slice(3, 6);
  expect(table[0]).toContain("四分位区间");
  expect(new Set(table.map(columns)).size).toBe(1);
});

test("progress shows the test, the run, its speed, the time left and noise", () => {
  const run = { id: "b", modelId: "m", modelName: "Distill", plan: { kind: "quick" as const }, startedAt: 0 };
  const tests = [
    { name: "pp512", depth: 0, repeats: 2, samples: [100, 102] },
    { name: "tg128", depth: 2048, repeats: 5, samples: [24.2] },
  ];
  const progress = { tests, leftOut: [], test: 1, run: 2, secondsLeft: 42.4, fraction: 0.4, noise: result.noise };
  const state: BenchmarkState = { state: "measuring", run, progress };
  expect(benchProgress(english, state)).toBe("tg128 at depth 2,048: timed run 2 of 5, 24.2 tok/s; 42 s left (noisy)");
  expect(benchProgress(openTexts("fr"), state).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(
    "tg128 à la profondeur 2 048 : passe 2 sur 5, 24,2 tok/s ; encore 42 s (perturbé)",
  );
  expect(finishedTests(english, state)).toEqual(["pp512: 101.0 tok/s"]);
  expect(benchProgress(english, { state: "preparing", run, step: "hashing", fraction: 0.25 })).toBe(
    "Computing the model file’s SHA-256, 25 %",
  );
});

test("for programs, messages are in English, beside codes and facts", () => {
  const { conditions, leftOut } = benchDocument(result);
  expect(conditions.noise.reasons).toEqual([
    {
      kind: "other-load",
      facts: { case: "test", test: "tg128", share: 0.25 },
      message: "Other programs used 25 % of the processor during tg128.",
    },
  ]);
  expect(leftOut).toEqual([
    {
      name: "pp512",
      depth: 2048,
      reason: "context",
      facts: { most: 2048 },
      message: "The model’s context holds 2,048 tokens at most.",
    },
  ]);
});
