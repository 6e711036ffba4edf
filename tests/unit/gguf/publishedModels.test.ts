import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { publishedHeader } from "../../support/publishedHeader.ts";
import { publishedModels } from "../../support/publishedModels.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("there are many, of many architectures", () => {
  expect(publishedModels.length).toBeGreaterThanOrEqual(30);
  expect(new Set(publishedModels.map(({ architecture }) => architecture)).size).toBeGreaterThanOrEqual(20);
});

test.each(publishedModels.map((model) => [model.name, model] as const))(
  "%s is accepted, with its facts right",
  async (_name, model) => {
    const { header, fileBytes } = publishedHeader(model);
    const path = join(await temporaryFolder(), "model.gguf");
    await writeFile(path, header);
    // The weights are a hole in the file, so none of their terabytes is on the disk.
    await truncate(path, fileBytes);
    const facts = await readFacts(path);
    const { dimensions } = model;
    const { experts } = dimensions;
    expect(facts).toMatchObject({
      name: model.name,
      architecture: model.architecture,
      quantization: model.quantization,
      layers: dimensions.layers,
      contextLength: dimensions.context,
      // To the last weight, so that a wrong figure in the table would be noticed.
      parameters: model.parameters,
      sizeBytes: fileBytes,
      problems: [],
      shape: {
        width: dimensions.width,
        heads: dimensions.heads,
        vocabulary: dimensions.vocabulary,
        experts: experts?.count ?? 0,
        activeExperts: experts?.active ?? 0,
      },
    });
  },
);
