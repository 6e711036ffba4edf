import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerBenchmarkResult } from "../../electron/contract/serverBenchmark.ts";
import { remoteModelId } from "../../electron/workbench/servers/serverModel.ts";
import { serverResult } from "../support/serverBenchmark/serverResult.ts";

const hourMs = 3_600_000;
const named = "deepseek-ai/DeepSeek-R1";

/** The model of a server on another machine, as the list of models has it. */
export const measuredOnServer = {
  server: { id: "workstation", name: "Workstation", host: "gpu.example.org", isThisMachine: false, dialect: "vllm" },
  model: { id: remoteModelId("workstation", named), name: named, named },
} as const;

const problem = { code: "server-cut" as const, facts: { server: "Workstation", case: "measuring" } };
const earlier: (Parameters<typeof serverResult>[0] & { hoursAgo: number })[] = [
  { hoursAgo: 2, speeds: [31.2, 31.6, 31.4, 31.9, 31.5], times: [402, 398, 411, 420, 405] },
  {
    hoursAgo: 28,
    speeds: [24.8, 25.1, 25.3, 24.9],
    times: [612, 598, 640, 655],
    failures: [{ number: 3, problem }],
  },
  {
    hoursAgo: 50,
    server: { id: "ollama", name: "Ollama", host: "localhost:11434", isThisMachine: true, dialect: "ollama" },
    model: { id: "deepseek-r1-8b@ollama", name: "deepseek-r1:8b", named: "deepseek-r1:8b" },
  },
];

/** Adds results of servers to a home: two of one server, and one of a server on this machine. */
export async function addServerResults(home: string): Promise<void> {
  const folder = join(home, "server-benchmarks");
  await mkdir(folder, { mode: 0o700 });
  for (const [index, { hoursAgo, ...given }] of earlier.entries()) {
    const startedAt = Date.now() - hoursAgo * hourMs;
    const result: ServerBenchmarkResult = serverResult({
      id: `0000000${index}-0000-4000-8000-000000000001`,
      startedAt,
      endedAt: startedAt + 60_000,
      ...measuredOnServer,
      // vLLM tells no times of its own.
      serverReading: null,
      serverWriting: null,
      ...given,
    });
    const day = new Date(startedAt).toISOString().slice(0, 10);
    await writeFile(join(folder, `${day}-${result.id}.json`), JSON.stringify({ version: 1, result }), { mode: 0o600 });
  }
}
