import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BackendProbe } from "../../../electron/contract/engine.ts";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import type { LoadProgress } from "../../../electron/contract/models.ts";
import { inspectModelFile } from "../../../electron/workbench/engine/inspectModelFile.ts";
import { probeBackends } from "../../../electron/workbench/engine/probeBackends.ts";
import { memoryNeed } from "../../../electron/workbench/models/memoryNeed.ts";
import {
  type EngineForTests,
  engineForTests,
  enginePaths,
  loadNano,
  nanoPath,
  question,
} from "../../support/engine/engineForTests.ts";
import { usualLoad } from "../../support/engine/usualLoad.ts";
import { gpuReport } from "../../support/gpu/gpuReport.ts";
import { lavapipe, softwareVulkan } from "../../support/gpu/softwareVulkan.ts";

// The same tests for each backend, on whatever this machine has. Where Vulkan has no graphics card, it runs in software
// if Mesa's lavapipe is installed.

const before = { ...process.env };
/** With `npm run test:gpu`, drivers also compile what they compiled in earlier runs. Otherwise, that takes too long. */
const isThorough = process.env["R1_GPU_REPORT"] !== undefined;
if (isThorough) {
  const anew = { MESA_SHADER_CACHE_DISABLE: "true", __GL_SHADER_DISK_CACHE: "0", CUDA_CACHE_DISABLE: "1" };
  Object.assign(process.env, anew);
}
let probes = await probeBackends(enginePaths);
const real = probes.find(({ backend }) => backend === "vulkan");
if (lavapipe !== null && (real === undefined || !real.usable || real.software)) {
  Object.assign(process.env, softwareVulkan(lavapipe));
  const again = await probeBackends(enginePaths);
  probes = probes.map((probe) => again.find((other) => other.usable && other.backend === probe.backend) ?? probe);
}
afterAll(() => {
  process.env = before;
});

describe.each(["metal", "cuda", "vulkan"] as const)("%s", (backend) => {
  const probe = probes.find((one) => one.backend === backend) as BackendProbe;
  const why = `not run here: ${probe.reason.code}${backend === "vulkan" ? " (needs a card, or on Debian mesa-vulkan-drivers)" : ""}`;
  const kind = probe.software ? "software" : "card";
  let opened: EngineForTests | null = null;
  const engine = (): EngineForTests => (opened ??= engineForTests({ backend }));

  beforeAll(() => gpuReport(backend, probe.usable ? `${kind}, ${probe.devices.join(" + ")}` : why));
  afterEach(({ task }) => gpuReport(backend, `${task.result?.state ?? "skipped"}  ${task.name}`));
  afterAll(async () => await opened?.dispose());

  it("is found, with its devices and their memory", ({ skip }) => {
    if (!probe.usable) return skip(why);
    expect(probe.reason).toEqual({ code: "found" });
    expect(probe.devices.length).toBeGreaterThan(0);
    expect(probe.memory?.totalBytes).toBeGreaterThan(0);
    expect(probe.memory?.freeBytes).toBeLessThanOrEqual(probe.memory?.totalBytes ?? 0);
    gpuReport(backend, `memory ${((probe.memory?.totalBytes ?? 0) / 1e9).toFixed(1)} GB (${kind})`);
  });

  it("compiles its programs while the model is loaded, and says so if that takes long", async ({ skip }) => {
    if (!probe.usable) return skip(why);
    const { client } = engine();
    await client.start();
    const told: LoadProgress[] = [];
    const { chatTemplate } = await inspectModelFile(enginePaths, nanoPath);
    const startedAt = performance.now();
    const { value } = await client.request(
      "load",
      { ...usualLoad, gpuLayers: "auto", path: nanoPath, chatTemplate },
      { onEvent: (event) => told.push(event) },
    );
    const loadMs = performance.now() - startedAt;
    const isTold = told.some(({ isPreparing }) => isPreparing);
    if (probe.software && isThorough) expect(isTold).toBe(true);
    if (!isTold) expect(loadMs - (value?.loadMs ?? 0)).toBeLessThan(2000);
    else expect(told.findIndex(({ isPreparing }) => isPreparing)).toBe(told.length - 1);
    const first = await client.request("generate", question("What is 17 + 25?", { maxTokens: 2 }));
    const ttftMs = first.value?.ttftMs ?? Number.POSITIVE_INFINITY;
    if (isTold) expect(ttftMs).toBeLessThan(loadMs);
    gpuReport(backend, `first load ${Math.round(loadMs)} ms, first token ${Math.round(ttftMs)} ms (${kind})`);
  }, 240_000);

  it.for([0, 2, 5])("answers with %i of 5 layers on it", { timeout: 240_000 }, async (gpuLayers, { skip }) => {
    if (!probe.usable) return skip(why);
    const { client } = engine();
    const { value } = await loadNano(client, { gpuLayers });
    expect(value).toMatchObject({ gpuLayers, layers: 5 });
    let answer = "";
    const onEvent = (event: GenerateEvent): void => {
      if (event.kind === "piece" && event.part === "answer") answer += event.text;
    };
    const { outcome, value: stats } = await client.request("generate", question("What is 17 + 25?"), { onEvent });
    expect(outcome).toBe("done");
    expect(answer).toMatch(/42/);
    expect(stats?.stopReason).toBe("end");
    gpuReport(backend, `${gpuLayers} layers: ${stats?.tokensPerSecond?.toFixed(1)} tok/s (${kind})`);
  });

  it("is measured", async ({ skip }) => {
    if (!probe.usable) return skip(why);
    const { client } = engine();
    await loadNano(client, { gpuLayers: "auto" });
    const tests = [
      { promptTokens: 64, generatedTokens: 0, depth: 0 },
      { promptTokens: 0, generatedTokens: 16, depth: 0 },
    ];
    const params = { tests, repeats: 2, seed: 1, firstTokenPromptTokens: null, testMs: 20_000 };
    const { value } = await client.request("measure", params);
    expect(value?.complete).toBe(true);
    for (const { name, samples } of value?.tests ?? []) {
      expect(samples.every((speed) => speed > 0)).toBe(true);
      gpuReport(backend, `${name}: ${samples.map((speed) => speed.toFixed(1)).join(", ")} tok/s (${kind})`);
    }
  }, 240_000);

  it("uses the memory that was predicted, where its driver says how much is in use", async ({ skip }) => {
    if (!probe.usable) return skip(why);
    const { client } = engine();
    const { shape } = await inspectModelFile(enginePaths, nanoPath);
    if (shape === null) throw new Error("R1 Nano has no shape.");
    const used: number[] = [];
    const predicted: number[] = [];
    for (const contextSize of [2048, 65_536]) {
      await loadNano(client, { gpuLayers: 5, contextSize });
      let gpuBytes: number | null = null;
      const onEvent = (event: GenerateEvent): void => {
        if (event.kind === "live") gpuBytes = event.live.memory?.gpuBytes ?? gpuBytes;
      };
      await client.request("generate", question("Hello", { maxTokens: 2 }), { onEvent });
      expect(gpuBytes).not.toBeNull();
      used.push(gpuBytes ?? 0);
      // Without layers on the card, so that it counts all of them.
      const asked = { contextSize, batchSize: 128, gpuLayers: 0, kvCacheType: null };
      predicted.push(memoryNeed(shape, asked).keyValueBytes);
    }
    const [more, less] = [(used[1] ?? 0) - (used[0] ?? 0), (predicted[1] ?? 0) - (predicted[0] ?? 0)];
    gpuReport(backend, `keys and values: ${less} bytes more predicted, ${more} more in use (${kind})`);
    if (more === 0) return skip("the driver does not say how much of its memory is in use");
    expect(more).toBeGreaterThan(less * 0.8);
    expect(more).toBeLessThan(less * 1.25 + 256e6);
  }, 240_000);

  it("refuses a context that its memory cannot hold, and goes on with one that it can", async ({ skip }) => {
    if (!probe.usable) return skip(why);
    const { client } = engine();
    // Each token of R1 Nano has 512 bytes of keys and values.
    const contextSize = Math.ceil((probe.memory?.totalBytes ?? 0) / 256);
    const refused: string = await loadNano(client, { gpuLayers: 5, contextSize }).then(
      () => "loaded",
      (error: { code: string }) => error.code,
    );
    // llama.cpp ends the engine if the driver's largest buffer is too small, which lavapipe's is.
    expect(["model-too-large", "engine-out-of-memory"]).toContain(refused);
    gpuReport(backend, `a context of ${contextSize} tokens: ${refused} (${kind})`);
    expect(await loadNano(client, { gpuLayers: 5 })).toMatchObject({ value: { gpuLayers: 5 } });
  }, 240_000);
});
