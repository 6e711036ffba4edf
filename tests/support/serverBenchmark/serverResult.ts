import type { ServerBenchmarkResult, ServerRun } from "../../../electron/contract/serverBenchmark.ts";
import { speedOf } from "../../../electron/workbench/benchmark/speedOf.ts";

const clock = { promptTokens: 510, promptMs: 255, writtenTokens: 128, writtenMs: 3200 };

function runOf(number: number, tokensPerSecond: number | null, ttftMs: number): ServerRun {
  return {
    number,
    startedAt: 1000 + number,
    ttftMs,
    tokensPerSecond,
    counts: "usage",
    promptTokens: 512,
    cachedTokens: 2,
    writtenTokens: 128,
    askedAgain: 0,
    server: clock,
  };
}

/** Returns a result of a server on another machine. */
export function serverResult(
  given: Partial<ServerBenchmarkResult> & { speeds?: (number | null)[]; times?: number[] } = {},
): ServerBenchmarkResult {
  const { speeds = [38, 40, 39, 41, 40], times = [310, 320, 330, 340, 350], ...rest } = given;
  const runs = speeds.map((speed, index) => runOf(index + 1, speed, times[index] ?? 300));
  const known = speeds.filter((speed) => speed !== null);
  return {
    kind: "server",
    id: "result-1",
    appVersion: "0.1.0",
    startedAt: Date.UTC(2026, 10, 30, 9),
    endedAt: Date.UTC(2026, 10, 30, 9, 1),
    plan: { promptTokens: 512, writtenTokens: 128, repeats: 5 },
    ending: "complete",
    problem: null,
    server: {
      id: "gpu-1a2b3c",
      name: "Workstation",
      host: "gpu.example.org",
      isThisMachine: false,
      dialect: "llama-server",
    },
    model: { id: "deepseek-r1@gpu-1a2b3c", name: "deepseek-r1", named: "deepseek-r1" },
    runs,
    failures: [],
    ttft: speedOf(runs.map(({ ttftMs }) => ttftMs)),
    writing: known.length === 0 ? null : speedOf(known),
    serverReading: speedOf([2000, 2000, 2000, 2000, 2000]),
    serverWriting: speedOf([40, 40, 40, 40, 40]),
    ...rest,
  };
}
