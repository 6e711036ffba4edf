import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tensorTypes } from "../../../electron/contract/tensorTypes.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { randomTypes, randomWeights } from "../../../electron/workbench/fit/randomWeights.ts";
import {
  attentionTrial,
  generateTrial,
  overheadTrial,
  readTrial,
  tokenTrial,
  trialTypes,
  vocabularyTrial,
} from "../../../electron/workbench/fit/trials.ts";
import { trialModel } from "../../../electron/workbench/fit/trialModel.ts";
import { typeBits, typeBytes } from "../../../electron/workbench/fit/typeBytes.ts";
import { writeGguf } from "../../../electron/workbench/fit/writeGguf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("every tested type can be generated, in whole blocks, the same each time", () => {
  for (const name of trialTypes) {
    expect(randomTypes).toContain(name);
    const type = Object.values(tensorTypes).find((each) => each.name === name);
    const bytes = randomWeights(name, 10_000);
    expect(bytes.length % (type?.blockBytes ?? 0)).toBe(0);
    expect(bytes.equals(randomWeights(name, 10_000))).toBe(true);
  }
});

test("random numbers are small and finite", () => {
  const floats = randomWeights("F32", 4000);
  for (let at = 0; at < floats.length; at += 4) expect(Math.abs(floats.readFloatLE(at))).toBeLessThan(0.1);
  const halves = randomWeights("F16", 4000);
  // Five bits of exponent, of which all ones would mean infinity.
  for (let at = 0; at < halves.length; at += 2) expect((halves.readUInt16LE(at) >> 10) & 31).toBe(8);
});

test("a block's scale is at its documented position", () => {
  const q6 = randomWeights("Q6_K", 2100);
  for (let block = 0; block < 10; block++) expect(q6.readUInt16LE(block * 210 + 208)).toBe(0x0c00);
});

test.each(["Q4_K", "IQ1_M", "F16"])("a trial of %s is a sound file of the shape and size it says", async (typeName) => {
  const path = join(await temporaryFolder(), "trial.gguf");
  const { shape, contextSize } = generateTrial(typeName, 1);
  const small = { ...shape, width: 512, feedForward: 1024 };
  const sizeBytes = await writeGguf(path, trialModel(small, contextSize));
  const facts = await readFacts(path);
  expect(facts).toMatchObject({ architecture: "llama", layers: 1, sizeBytes, problems: [{ code: "model-not-chat" }] });
  expect(facts.shape).toMatchObject({ width: 512, heads: 16, keyValueHeads: 4, keyLength: 128, feedForward: 1024 });
  const [inLayers] = facts.matrices.filter(({ use }) => use === "layers");
  expect(inLayers).toMatchObject({ typeName, sizeBytes: ((inLayers?.weights ?? 0) * (typeBits(typeName) ?? 0)) / 8 });
});

test("every trial is above the size below which the engine uses one thread", () => {
  const types = trialTypes.flatMap((name) => [generateTrial(name, 96e6), readTrial(name)]);
  for (const { id, shape } of [vocabularyTrial, overheadTrial, tokenTrial, attentionTrial, ...types]) {
    const model = trialModel(shape, 256);
    const sizeBytes = model.tensors.reduce(
      (sum, { typeName, dimensions }) =>
        sum +
        typeBytes(
          typeName,
          dimensions.reduce((product, size) => product * size, 1),
        ),
      0,
    );
    expect(sizeBytes, id).toBeGreaterThan(32 * 1024 ** 2);
  }
});

test("a cancelled write stops, and a missing folder is refused", async () => {
  const folder = await temporaryFolder();
  const model = trialModel({ ...overheadTrial.shape, vocabulary: 512 }, 256);
  await expect(writeGguf(join(folder, "a.gguf"), model, AbortSignal.abort())).rejects.toThrow();
  await writeFile(join(folder, "file"), "");
  await expect(writeGguf(join(folder, "file", "a.gguf"), model)).rejects.toThrow();
});
