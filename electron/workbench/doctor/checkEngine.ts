import type { DoctorCheck } from "../../contract/doctor.ts";
import type { BackendProbe } from "../../contract/engine.ts";
import { toProblem } from "../../contract/errors.ts";
import { EngineClient } from "../engine/EngineClient.ts";
import { inspectModelFile } from "../engine/inspectModelFile.ts";
import { findModelFiles } from "../models/modelFiles.ts";
import { makeDoctorFolder } from "./doctorFolder.ts";
import { type DoctorOptions, finding } from "./DoctorOptions.ts";

/** Enough for the built-in model to think and to answer. */
const contextSize = 1024;

/** Starts an engine of its own, has the built-in model answer, and tries each backend. */
export async function checkEngine({
  engine,
  builtInModels,
  signal,
}: Pick<DoctorOptions, "engine" | "builtInModels" | "signal">): Promise<DoctorCheck[]> {
  // The home, which has the app's own results, stays as it is.
  const cache = await makeDoctorFolder();
  const client = new EngineClient({ ...engine, cacheFolder: cache.path });
  try {
    const beganAt = performance.now();
    const { libraryVersion, llamaRelease, probes } = await client.start();
    const [model] = await findModelFiles(builtInModels);
    const answer = model === undefined ? "" : await answered(client, engine, model.path, signal);
    signal.throwIfAborted();
    const facts = { library: libraryVersion, release: llamaRelease, ms: performance.now() - beganAt };
    const check =
      answer === ""
        ? finding("engine", false, { code: "engineSilent" })
        : finding("engine", true, { code: "engineGood", facts });
    return [check, ...probes.map(backendCheck)];
  } catch (error) {
    signal.throwIfAborted();
    return [{ name: "engine", ok: false, problem: toProblem(error) }];
  } finally {
    await client.close();
    cache.remove();
  }
}

/** Resolves with what the built-in model writes. */
async function answered(
  client: EngineClient,
  engine: DoctorOptions["engine"],
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const { chatTemplate, family } = await inspectModelFile(engine, path);
  const load = { path, family, chatTemplate, contextSize, batchSize: 128, threads: 1, gpuLayers: 0 };
  await client.request("load", { ...load, flashAttention: null, kvCacheType: null, memoryMapped: null }, { signal });
  let text = "";
  const messages = [{ role: "user" as const, content: "1 + 1" }];
  const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, seed: 1 };
  await client.request(
    "generate",
    { chat: null, messages, thinking: "off", sampling, maxTokens: 32 },
    { signal, onEvent: (event) => (text += event.kind === "piece" ? event.text : "") },
  );
  return text.trim();
}

/** A backend that this machine does not have is no fault; one whose trial ends badly is. */
function backendCheck({ backend, usable, reason, devices }: BackendProbe): DoctorCheck {
  const isFaulty = ["late", "endedBySignal", "endedWithCode", "failed", "notStarted"].includes(reason.code);
  return { name: "backends", ok: usable || !isFaulty, backend, reason, devices };
}
