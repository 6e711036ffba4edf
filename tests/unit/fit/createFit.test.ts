import { expect, test } from "vitest";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { GgufFacts, Model } from "../../../electron/contract/models.ts";
import { createFit } from "../../../electron/workbench/fit/createFit.ts";
import type { KnownTrials, SpeedTrialsOwner } from "../../../electron/workbench/fit/speedTrials.ts";
import { typicalCosts } from "../../../electron/workbench/fit/typicalCosts.ts";
import { nano } from "../renderer/fakeBridge.ts";

const info = { backend: "cpu", computeCores: 4, probes: [] } as unknown as EngineInfo;
const shape = (weightsBytes: number) => ({
  layers: 28,
  width: 1536,
  heads: 12,
  keyValueHeads: 2,
  keyLength: 128,
  valueLength: 128,
  feedForward: 8960,
  vocabulary: 151_936,
  experts: 0,
  activeExperts: 0,
  latentKeyValueElements: null,
  weightsBytes,
  repackableBytes: 0,
  largestTensorBytes: 1e8,
});

/** Returns the predicted speed of a model of this size, with these cores available and a choice of threads or none. */
async function predicted(weightsBytes: number, cores: number, chosen: number | null): Promise<number> {
  const model: Model = { ...nano, id: "m", source: { kind: "file", path: "/m.gguf" }, measuredTokensPerSecond: null };
  const matrices = [{ use: "layers", typeName: "Q4_K", weights: weightsBytes * 1.8, sizeBytes: weightsBytes }] as const;
  const facts = { shape: shape(weightsBytes), matrices: [...matrices] } as unknown as GgufFacts;
  const costs = typicalCosts(2);
  const kept = { machine: "m", app: "", threads: 2, measuredAt: 1, noisy: false, cpu: costs, cards: [] };
  const known: KnownTrials = { kept, info, threads: cores };
  const fit = createFit({
    trials: { here: () => Promise.resolve(known) } as unknown as SpeedTrialsOwner,
    catalog: () => Promise.resolve([]),
    library: {
      list: () => Promise.resolve([model]),
      choose: () => Promise.resolve(model),
      answering: () => Promise.resolve(model),
      facts: () => Promise.resolve(facts),
    } as Parameters<typeof createFit>[0]["library"],
    choices: { get: () => Promise.resolve({ threads: chosen, gpuLayers: null }) },
    replySpeeds: () => Promise.resolve([]),
    setting: () => null,
    heldBy: () => null,
    usableBytes: () => Promise.resolve(16e9),
  });
  const { speed } = await fit.of({ kind: "model", modelId: "m" }, { contextSize: null, depth: 0 });
  return speed?.generation.value ?? 0;
}

test("the speed is predicted for the threads with which the model would be loaded now", async () => {
  const two = await predicted(1e9, 2, null);
  expect(await predicted(1e9, 1, null)).toBeLessThan(two * 0.7);
  expect(await predicted(1e9, 4, null)).toBeGreaterThan(two * 1.3);
  // A choice takes precedence, however many cores there are.
  expect(await predicted(1e9, 1, 2)).toBeCloseTo(two, 6);
  // A tiny model gets one thread.
  expect(await predicted(1e6, 4, null)).toBeCloseTo(await predicted(1e6, 4, 1), 6);
});
