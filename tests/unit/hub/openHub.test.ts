import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { catalogNames } from "../../../electron/workbench/catalog/catalogNames.ts";
import { openHub } from "../../../electron/workbench/hub/openHub.ts";
import { startHubServer } from "../../support/hub/hubServer.mjs";
import { testNetwork } from "../../support/testNetwork.ts";

const catalogFile = fileURLToPath(new URL("../../../resources/catalog.json", import.meta.url));
const repo = "unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF";
const stem = "DeepSeek-R1-Distill-Qwen-1.5B";

test("the hub's files have the names of the catalogue, where it has them; others those of their files", async () => {
  const files = {
    [`${stem}-Q4_K_M.gguf`]: { sizeBytes: 100 },
    [`${stem}-Q2_K.gguf`]: { sizeBytes: 50 },
    "another-Q2_K.gguf": { sizeBytes: 10 },
  };
  const server = await startHubServer({ repo, files });
  onTestFinished(() => server.close());
  const learned: string[] = [];
  const { handlers } = openHub({
    settings: {
      get: () => settingsSchema.parse({ hubEndpoint: server.endpoint }),
      change: () => Promise.resolve(settingsSchema.parse({})),
    },
    secrets: undefined,
    network: testNetwork(),
    resolveProxy: undefined,
    confirmHub: () => Promise.resolve(true),
    nameOf: catalogNames(catalogFile),
    onListing: ({ models }) => learned.push(...models.map(({ file }) => file.path)),
  });
  const { models } = await handlers["hub.listing"]({ repo, revision: "main" });
  expect(models.map(({ name, quantization }) => [name, quantization])).toEqual([
    ["another", "Q2_K"],
    ["R1-Distill-Qwen-1.5B", "Q2_K"],
    ["R1-Distill-Qwen-1.5B", "Q4_K_M"],
  ]);
  expect(learned).toContain(`${stem}-Q4_K_M.gguf`);
});
