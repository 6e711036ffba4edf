import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { trialModel } from "../../../electron/workbench/fit/trialModel.ts";
import { attentionTrial, trialTypes } from "../../../electron/workbench/fit/trials.ts";
import { writeGguf } from "../../../electron/workbench/fit/writeGguf.ts";
import { engineForTests } from "../../support/engine/engineForTests.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const engine = engineForTests();
afterAll(() => engine.dispose());

// llama.cpp's own reader and kernels verify the files that we write.
it.each(trialTypes)("llama.cpp loads a trial of %s and measures it", async (typeName) => {
  const path = join(await temporaryFolder(), "trial.gguf");
  const shape = { ...attentionTrial.shape, layers: 1, vocabulary: 512, typeName, outputType: typeName };
  await writeGguf(path, trialModel(shape, 256));
  const settings = { flashAttention: null, kvCacheType: null, memoryMapped: null };
  const model = { path, family: "other", chatTemplate: null, ...settings } as const;
  const place = { contextSize: 256, batchSize: 64, threads: 1, gpuLayers: 0 };
  const loaded = await engine.client.request("load", { ...model, ...place });
  expect(loaded).toMatchObject({ outcome: "done", value: { contextSize: 256 } });
  const tests = [
    { promptTokens: 0, generatedTokens: 2, depth: 0 },
    { promptTokens: 64, generatedTokens: 0, depth: 0 },
  ];
  const params = { tests, repeats: 1, seed: 1, firstTokenPromptTokens: 1 };
  const measured = await engine.client.request("measure", params);
  expect(measured).toMatchObject({ outcome: "done", value: { complete: true } });
  for (const { samples } of measured.value?.tests ?? []) expect(samples[0]).toBeGreaterThan(0);
});
