import { expect, test } from "vitest";
import { readCatalogFile } from "../../../electron/workbench/catalog/catalogFile.ts";
import { fromVariant } from "../../../electron/workbench/fit/createFit.ts";
import { placeForServer } from "../../../electron/workbench/fit/placeForServer.ts";
import { predictSpeed, type TimedModel } from "../../../electron/workbench/fit/predictSpeed.ts";
import { distill7b } from "./distill7b.ts";
import { weightCosts } from "./weightCosts.ts";

const catalog = await readCatalogFile("resources/catalog.json");

/** Full R1 in Q4_K_M: 404 GB, nearly all of it experts, in 58 of its 61 layers. */
function fullR1(): TimedModel {
  const entry = catalog.find(({ id }) => id === "r1-0528");
  const variant = entry?.variants.find(({ quantization }) => quantization === "Q4_K_M");
  if (entry === undefined || variant === undefined) throw new Error("The catalogue has no full R1 in Q4_K_M.");
  return fromVariant(entry, variant);
}

const expertBytes = ({ matrices }: TimedModel): number =>
  matrices.reduce((sum, { use, sizeBytes }) => sum + (use === "experts" ? sizeBytes : 0), 0);
const place = (model: TimedModel, gigabytes: number[], contextSize = 16_384, usableBytes = 500e9) =>
  placeForServer(model, { contextSize, usableBytes, devices: gigabytes.map((size) => ({ freeBytes: size * 1e9 })) });

test("of full R1, a card of 16 GB takes everything but the experts: main memory has all of these", () => {
  const placed = place(fullR1(), [16]);
  expect(placed.placement).toEqual({
    by: "experts",
    layersInMemory: 61,
    expertLayersInMemory: 58,
    expertLayers: 58,
  });
  expect(placed.deviceBytes).toBeLessThan(16e9 * 0.9);
  expect(placed.memoryBytes).toBeGreaterThanOrEqual(expertBytes(fullR1()));
  expect(placed.isReadFromDisk).toBe(false);
});

test("a larger card takes the experts of the last layers, and is never filled beyond nine tenths", () => {
  const model = fullR1();
  let before = 59;
  for (let gigabytes = 16; gigabytes <= 500; gigabytes += 4) {
    const { placement, deviceBytes, memoryBytes } = place(model, [gigabytes]);
    if (placement.by !== "experts") throw new Error(`With ${gigabytes} GB, llama-server decides.`);
    const { layersInMemory, expertLayersInMemory } = placement;
    expect(deviceBytes).toBeLessThanOrEqual(gigabytes * 1e9 * 0.9);
    expect(expertLayersInMemory).toBeLessThanOrEqual(before);
    // The three layers without experts come first, and `--n-cpu-moe` counts them.
    expect(layersInMemory).toBe(expertLayersInMemory === 0 ? 0 : expertLayersInMemory + 3);
    const onDevice = (expertBytes(model) * (58 - expertLayersInMemory)) / 58;
    expect((memoryBytes ?? 0) + onDevice).toBeGreaterThan(expertBytes(model) - 1);
    before = expertLayersInMemory;
  }
  expect(before).toBe(0);
});

test("a longer context leaves less room for experts", () => {
  const layers = [4096, 32_768, 131_072].map((contextSize) => {
    const { placement } = place(fullR1(), [80], contextSize);
    return placement.by === "experts" ? placement.expertLayersInMemory : null;
  });
  expect(layers).not.toContain(null);
  expect(layers).toEqual(layers.toSorted((one, other) => Number(one) - Number(other)));
  expect(layers[2]).toBeGreaterThan(layers[0] ?? 0);
});

test.each([
  { what: "several devices", model: fullR1(), gigabytes: [24, 24] },
  { what: "a card that is too small without any experts", model: fullR1(), gigabytes: [8] },
  {
    what: "a model without experts",
    model: { key: "7b", shape: distill7b.shape, matrices: distill7b.matrices, certainty: "known" as const },
    gigabytes: [24],
  },
])("llama-server itself places the model with $what", ({ model, gigabytes }) => {
  expect(place(model, gigabytes)).toMatchObject({ placement: { by: "itself" }, deviceBytes: null, memoryBytes: null });
});

test("without a device, all of it lies in main memory", () => {
  const placed = place(fullR1(), []);
  expect(placed).toMatchObject({ placement: { by: "processor" }, deviceBytes: 0, isReadFromDisk: false });
  expect(placed.memoryBytes).toBeGreaterThan(fullR1().shape.weightsBytes);
});

test.each([{ gigabytes: [] }, { gigabytes: [24] }, { gigabytes: [24, 24] }])(
  "what main memory does not hold is read from the disk: $gigabytes",
  ({ gigabytes }) => {
    expect(place(fullR1(), gigabytes, 16_384, 128e9).isReadFromDisk).toBe(true);
    expect(place(fullR1(), gigabytes, 16_384, 500e9).isReadFromDisk).toBe(false);
  },
);

test("experts in main memory cost what main memory costs, everything else what the card does", () => {
  const cost = { generateSecondsPerByte: 1e-11, readSecondsPerWeight: 1e-12 };
  const slow = { generateSecondsPerByte: 1e-10, readSecondsPerWeight: 1e-11 };
  const types = ["Q4_K", "Q6_K", "Q8_0", "F16", "F32"];
  const card = weightCosts(Object.fromEntries(types.map((type) => [type, cost])));
  const processor = weightCosts(Object.fromEntries(types.map((type) => [type, slow])));
  const model = fullR1();
  const secondsWith = (experts: number): number => {
    const places = [
      { costs: card, share: 1, experts: 1 - experts },
      { costs: processor, share: 0, experts },
    ];
    return 1 / predictSpeed(model, { places, threads: 2, depth: 0 }).generation.value;
  };
  const active = (expertBytes(model) * model.shape.activeExperts) / model.shape.experts;
  expect(secondsWith(1) - secondsWith(0)).toBeCloseTo(active * 9e-11, 6);
  expect(secondsWith(0.5) - secondsWith(0)).toBeCloseTo((active * 9e-11) / 2, 6);
  const whole = predictSpeed(model, { places: [{ costs: card, share: 1 }], threads: 2, depth: 0 });
  expect(secondsWith(0)).toBeCloseTo(1 / whole.generation.value, 9);
});
