import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineState } from "../../electron/contract/engine.ts";
import type { MachineProfile } from "../../electron/contract/hardware.ts";
import type { SolveResult } from "../../electron/contract/solve.ts";
import { machineId } from "../../electron/workbench/benchmark/benchmarkConditions.ts";
import { solveFigures } from "../../electron/workbench/benchmark/solveFigures.ts";
import { benchmarkResult, conditionsWith, testResult } from "../support/benchmark/benchmarkResult.ts";

const hourMs = 3_600_000;
const model = { id: "deepseek-r1-distill-qwen-1.5b-q4_k_m", name: "R1-Distill-Qwen-1.5B" };
const smaller = { id: "qwen3-0.6b-q8_0", name: "Qwen3 0.6B", quantization: "Q8_0" };
const earlier = [
  { id: "a", hoursAgo: 3, writing: 25.4, changes: {}, right: 33 },
  { id: "b", hoursAgo: 27, writing: 23.1, changes: {} },
  { id: "c", hoursAgo: 60, writing: 17.9, changes: { settings: { threads: 4 } } },
  { id: "d", hoursAgo: 80, writing: 21, changes: { power: { source: "battery" as const } } },
  { id: "e", hoursAgo: 90, writing: 22.7, changes: {} },
  { id: "f", hoursAgo: 91, writing: 61.3, changes: { model: smaller }, right: 19 },
];

/** Adds results of benchmarks on this machine to a home: some that can be compared, one with other settings, one on battery. */
export async function addResults(home: string, profile: MachineProfile, engine: EngineState): Promise<void> {
  const machine = {
    id: machineId(profile),
    cpuModel: profile.cpu.model,
    physicalCores: profile.cpu.physicalCores,
    memoryBytes: profile.memory.totalBytes,
  };
  // Otherwise the app would offer to measure again after a change of the engine.
  const { llamaRelease = "b0", libraryVersion = "0" } = "info" in engine && engine.info ? engine.info : {};
  for (const { id, hoursAgo, writing, changes, right } of earlier) {
    const startedAt = Date.now() - hoursAgo * hourMs;
    const samples = (middle: number) => [0.97, 0.99, 1, 1.01, 1.04].map((share) => middle * share);
    const result = benchmarkResult({
      id: `0000000${id}-0000-4000-8000-000000000000`,
      startedAt,
      endedAt: startedAt + 5 * 60_000,
      conditions: conditionsWith({ model, machine, engine: { llamaRelease, libraryVersion }, ...changes }),
      ...(right === undefined ? {} : { solve: solved(right, writing) }),
      tests: [0, 2048, 8192].flatMap((depth, index) => [
        testResult(512, 0, samples(writing * (6 - index)), depth),
        testResult(0, 128, samples(writing * (1 - index * 0.12)), depth),
      ]),
    });
    const day = new Date(startedAt).toISOString().slice(0, 10);
    const path = join(home, "benchmarks", `${day}-${result.id}.json`);
    await writeFile(path, JSON.stringify({ version: 2, result }), { mode: 0o600 });
  }
}

/** What a model solved that writes this fast: so many of 40 problems. */
function solved(right: number, tokensPerSecond: number): SolveResult {
  const kinds = ["arithmetic", "counting", "logic", "units"] as const;
  const problems = Array.from({ length: 40 }, (_, index) => {
    const tokens = 400 + ((index * 397) % 1600);
    return {
      kind: kinds[index % 4] ?? "logic",
      level: "easy" as const,
      right: (index * 27) % 40 < right,
      tokens,
      seconds: tokens / tokensPerSecond,
      cut: false,
    };
  });
  return { level: "easy", seed: 1, wanted: 40, ...solveFigures(problems), problems };
}
