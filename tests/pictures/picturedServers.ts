import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Server, ServerAbilities, ServerList } from "../../electron/contract/servers.ts";

const abilities: ServerAbilities = {
  endsThought: false,
  skipsThinking: true,
  continues: false,
  continuesThought: false,
  countsTokens: true,
  showsPrompt: false,
  followsSchema: false,
};
const hourMs = 3_600_000;

/** A server that is used for weeks, one on this machine, and two that are not as they should be. */
const servers = (): Server[] => [
  {
    id: "workstation",
    name: "Workstation",
    url: "https://gpu.example.org/v1",
    host: "gpu.example.org",
    isThisMachine: false,
    isEncrypted: true,
    dialect: "vllm",
    abilities,
    keyFrom: "keychain",
    keyVariable: null,
    certificate: { subject: "CN=gpu.example.org, O=Laboratory", sha256: "a".repeat(64), validTo: Date.UTC(2027, 4, 1) },
    models: [
      { modelId: "w1", name: "deepseek-ai/DeepSeek-R1", contextLength: 131_072 },
      { modelId: "w2", name: "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", contextLength: 65_536 },
    ],
    test: {
      state: "done",
      at: Date.now() - hourMs,
      findings: {
        latencyMs: 41,
        leftOut: 2,
        asked: "deepseek-ai/DeepSeek-R1",
        thoughtField: "reasoning",
        counting: "tokenize",
        ttftMs: 412,
        tokensPerSecond: 31.4,
      },
    },
  },
  {
    id: "ollama",
    name: "Ollama",
    url: "http://localhost:11434",
    host: "localhost:11434",
    isThisMachine: true,
    isEncrypted: true,
    dialect: "ollama",
    abilities,
    keyFrom: "none",
    keyVariable: null,
    certificate: null,
    models: [{ modelId: "o1", name: "deepseek-r1:8b", contextLength: null }],
    test: {
      state: "done",
      at: Date.now() - 30 * hourMs,
      findings: {
        latencyMs: 6,
        leftOut: 0,
        asked: null,
        thoughtField: null,
        counting: null,
        ttftMs: null,
        tokensPerSecond: null,
      },
    },
  },
  {
    id: "attic",
    name: "The machine in the attic with the long name",
    url: "http://192.168.1.20:8080",
    host: "192.168.1.20:8080",
    isThisMachine: false,
    isEncrypted: false,
    dialect: null,
    abilities,
    keyFrom: "environment",
    keyVariable: "ATTIC_KEY",
    certificate: null,
    models: [],
    test: {
      state: "failed",
      at: Date.now() - 60_000,
      problem: {
        code: "server-key-refused",
        facts: { server: "The machine in the attic with the long name", case: "withKey" },
        detail: "HTTP 401",
      },
    },
  },
];

export const picturedServers = (): ServerList => ({ servers: servers(), canKeepKey: true });

/** Stores those with models in a home, so that their models are listed. */
export async function addServers(home: string): Promise<void> {
  const stored = servers()
    .filter(({ models }) => models.length > 0)
    .map(({ id, name, url, dialect, abilities: kept, models, test }) => ({
      id,
      name,
      url,
      dialect,
      abilities: kept,
      models: models.map(({ name: model, contextLength }) => ({ name: model, contextLength })),
      test,
    }));
  await writeFile(join(home, "servers.json"), JSON.stringify({ servers: stored }), { mode: 0o600 });
}
