import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GenerateParams, LoadParams, Sampling } from "../../../electron/contract/engineProtocol.ts";
import type { EngineState } from "../../../electron/contract/engine.ts";
import { EngineClient, type EngineClientOptions } from "../../../electron/workbench/engine/EngineClient.ts";
import { inspectModelFile } from "../../../electron/workbench/engine/inspectModelFile.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { usualLoad } from "./usualLoad.ts";

const appRoot = fileURLToPath(new URL("../../..", import.meta.url));
export const enginePaths = appPaths(join(appRoot, "out", "main")).engine;
export const nanoPath = join(appRoot, "resources", "models", "r1-nano.gguf");
export const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, seed: 1 };

export interface EngineForTests {
  client: EngineClient;
  states: EngineState[];
  dispose(): Promise<void>;
}

/** Shared by all engines of a test file, so that the backends are probed only once. */
const cacheFolder = mkdtempSync(join(tmpdir(), "engine-"));
process.on("exit", () => rmSync(cacheFolder, { recursive: true, force: true }));

/** Returns a client of the real, built engine. */
export function engineForTests(options: Partial<EngineClientOptions> = {}): EngineForTests {
  const states: EngineState[] = [];
  const onState = (state: EngineState): void => {
    states.push(state);
  };
  const client = new EngineClient({ ...enginePaths, cacheFolder, onState, ...options });
  return {
    client,
    states,
    dispose: () => client.close(),
  };
}

/** Loads R1 Nano as the workbench would. */
export async function loadNano(client: EngineClient, overrides: Partial<LoadParams> = {}, signal?: AbortSignal) {
  const { chatTemplate } = await inspectModelFile(enginePaths, nanoPath);
  const params: LoadParams = { ...usualLoad, path: nanoPath, chatTemplate, ...overrides };
  return await client.request("load", params, signal === undefined ? {} : { signal });
}

/** Returns a question with a long reply: the model is made to continue whatever it writes. */
export function question(content: string, overrides: Partial<GenerateParams> = {}): GenerateParams {
  return {
    chat: null,
    messages: [{ role: "user", content }],
    thinking: "on",
    sampling: greedy,
    maxTokens: null,
    ...overrides,
  };
}
