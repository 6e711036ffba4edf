import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { type GgufPlan, ggufBytes, scalar } from "../../support/GgufPlan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";

/** Returns the tiny model in three parts: all keys in the first, four tensors in each. */
function parts(): GgufPlan[] {
  const whole = tinyLlama();
  return [0, 1, 2].map((index) => ({
    ...whole,
    keys: [
      ...(index === 0 ? whole.keys : []),
      { key: "split.no", value: scalar("uint16", index) },
      { key: "split.count", value: scalar("uint16", 3) },
      { key: "split.tensors.count", value: scalar("int32", 12) },
    ],
    tensors: whole.tensors.slice(index * 4, index * 4 + 4),
  }));
}

async function written(plans: (GgufPlan | null)[]): Promise<string[]> {
  const folder = await temporaryFolder();
  return await Promise.all(
    plans.map(async (plan, index) => {
      const path = join(folder, `tiny-0000${index + 1}-of-00003.gguf`);
      if (plan !== null) await writeFile(path, ggufBytes(plan));
      return path;
    }),
  );
}

test("a complete set counts as one model", async () => {
  const [first = ""] = await written(parts());
  const facts = await readFacts(first);
  const alone = parts().map((plan) => ggufBytes(plan).length);
  expect(facts.sizeBytes).toBe(alone.reduce((sum, bytes) => sum + bytes, 0));
  expect(facts.shape?.weightsBytes).toBe(tinyLlama().tensors.reduce((sum, { data }) => sum + data.length, 0));
});

test("missing parts are named", async () => {
  const [one = null, , three = null] = parts();
  const [first = ""] = await written([one, null, three]);
  await expect(readFacts(first)).rejects.toMatchObject({
    code: "model-truncated",
    facts: { case: "partsMissing", count: 1, total: 3, names: ["tiny-00002-of-00003.gguf"] },
  });
});

test("a later part says which file to choose", async () => {
  const [, second = ""] = await written(parts());
  await expect(readFacts(second)).rejects.toMatchObject({
    code: "model-header-invalid",
    facts: { case: "laterPart", part: 2, total: 3, file: "tiny-00001-of-00003.gguf" },
  });
});

test("parts in the wrong order, or of other models, are refused", async () => {
  const [one = null, two = null, three = null] = parts();
  const [first = ""] = await written([one, three, two]);
  await expect(readFacts(first)).rejects.toMatchObject({ code: "model-header-invalid" });
  const [again = ""] = await written([one, two, two]);
  await expect(readFacts(again)).rejects.toMatchObject({ code: "model-header-invalid" });
});

test("a damaged part is named", async () => {
  const [one = null, two = null, three = null] = parts();
  if (three !== null) three.magic = "FUGG";
  const [first = ""] = await written([one, two, three]);
  await expect(readFacts(first)).rejects.toMatchObject({
    code: "model-not-gguf",
    detail: "tiny-00003-of-00003.gguf",
  });
  if (three !== null) three.magic = "GGUF";
  const [again = "", , last = ""] = await written([one, two, three]);
  await truncate(last, 40);
  await expect(readFacts(again)).rejects.toMatchObject({
    code: "model-truncated",
    facts: { case: "part", file: "tiny-00003-of-00003.gguf" },
    detail: "tiny-00003-of-00003.gguf: after 40 bytes",
  });
});
