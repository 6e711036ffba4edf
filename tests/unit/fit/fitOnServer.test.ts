import { expect, test } from "vitest";
import { readCatalogFile } from "../../../electron/workbench/catalog/catalogFile.ts";
import { fromVariant } from "../../../electron/workbench/fit/createFit.ts";
import { fitOnServer, type ServerFitQuestion } from "../../../electron/workbench/fit/fitOnServer.ts";
import { onlyCardBytes } from "../../../electron/workbench/hardware/onlyCardBytes.ts";
import { cpuProbe, type BackendProbe } from "../../../electron/contract/engine.ts";

const catalog = await readCatalogFile("resources/catalog.json");
function modelOf(id: string) {
  const entry = catalog.find((each) => each.id === id);
  const variant = entry?.variants.find(({ quantization }) => quantization === "Q4_K_M");
  if (entry === undefined || variant === undefined) throw new Error(`The catalogue has no ${id} in Q4_K_M.`);
  return fromVariant(entry, variant);
}
const question: ServerFitQuestion = {
  verdict: "no",
  contextLength: 163_840,
  contextSize: null,
  usableBytes: 400e9,
  cardBytes: 24e9,
};

test("full R1 that does not fit into main memory says how llama-server would place it, if it would fit there", () => {
  const full = modelOf("r1-0528");
  expect(fitOnServer(full, question)).toEqual({ expertLayersInMemory: 57, expertLayers: 58 });
  expect(fitOnServer(full, { ...question, verdict: "fits" })).toBeNull();
  expect(fitOnServer(full, { ...question, cardBytes: null })).toBeNull();
  // Neither a card for what is no expert, nor main memory for the experts.
  expect(fitOnServer(full, { ...question, cardBytes: 6e9 })).toBeNull();
  expect(fitOnServer(full, { ...question, usableBytes: 200e9 })).toBeNull();
  // A model without experts.
  expect(fitOnServer(modelOf("r1-distill-llama-70b"), { ...question, usableBytes: 20e9 })).toBeNull();
});

test("only one real card counts", () => {
  const card: BackendProbe = {
    ...cpuProbe,
    backend: "cuda",
    devices: ["NVIDIA L4"],
    memory: { totalBytes: 24e9, freeBytes: 23e9 },
  };
  expect(onlyCardBytes([card, cpuProbe])).toBe(23e9);
  expect(onlyCardBytes([{ ...card, devices: ["NVIDIA L4", "NVIDIA L4"] }, cpuProbe])).toBeNull();
  expect(onlyCardBytes([{ ...card, software: true }, { ...card, usable: false }, cpuProbe])).toBeNull();
});
