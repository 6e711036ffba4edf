import { expect, test } from "vitest";
import type { MatrixGroup, ModelShape } from "../../../electron/contract/models.ts";
import type { MachineCosts } from "../../../electron/workbench/fit/MachineCosts.ts";
import { type Observation, predictSpeed, type TimedModel } from "../../../electron/workbench/fit/predictSpeed.ts";
import { weightCosts } from "./weightCosts.ts";

/** Round numbers: 10 GB/s of any type, 10¹⁰ weights and tokens a second. */
const cost = { generateSecondsPerByte: 1e-10, readSecondsPerWeight: 1e-10 };
const costs = weightCosts({ Q4_K: cost, Q6_K: cost, F16: cost });
const shape: ModelShape = {
  layers: 10,
  width: 1000,
  heads: 10,
  keyValueHeads: 2,
  keyLength: 100,
  valueLength: 100,
  feedForward: 4000,
  vocabulary: 50_000,
  experts: 0,
  activeExperts: 0,
  latentKeyValueElements: null,
  weightsBytes: 1e9,
  repackableBytes: 0,
  largestTensorBytes: 1e8,
};
const layers: MatrixGroup = { typeName: "Q4_K", use: "layers", weights: 2e9, sizeBytes: 1e9 };
const model = (matrices: MatrixGroup[] = [layers], more: Partial<ModelShape> = {}, key = "a"): TimedModel => ({
  key,
  shape: { ...shape, ...more },
  matrices,
  certainty: "known",
});
const situation = (changed: Partial<MachineCosts> = {}, depth = 0) => ({
  places: [{ costs: { ...costs, ...changed }, share: 1 }],
  threads: 2,
  depth,
});
const width = ({ low, high }: { low: number; high: number }): number => Math.log(high / low);
/** The part of the cache that a generated token reads, at the cost of F16 bytes. */
const cacheSeconds = (depth: number): number => (depth + 64) * 10 * 2 * 200 * 2 * 1e-10;

test("generation reads the bytes of the weights and of the cache, prefill computes with the weights: units", () => {
  const { generation, reading } = predictSpeed(model(), situation());
  expect(generation.value).toBeCloseTo(1 / (1e9 * 1e-10 + cacheSeconds(0)), 6);
  expect(reading.value).toBeCloseTo(1 / (2e9 * 1e-10), 6);
  expect(generation.low).toBeLessThan(generation.value);
  expect(generation.high).toBeGreaterThan(generation.value);
});

test("each part of the sum slows it down by its own amount", () => {
  const seconds = (changed: Partial<MachineCosts>, depth = 0): number =>
    1 / predictSpeed(model(), situation(changed, depth)).generation.value;
  const plain = seconds({});
  expect(seconds({ tokenSeconds: 1e-3 }) - plain).toBeCloseTo(1e-3, 9);
  expect(seconds({ layerSeconds: 1e-3 }) - plain).toBeCloseTo(10 * 1e-3, 9);
  expect(seconds({ logitSeconds: 1e-7 }) - plain).toBeCloseTo(50_000 * 1e-7, 9);
  // Ten layers of ten heads of 200 elements for each earlier token, which takes longer than reading the cache.
  const attention = 20_000 * 1e-9;
  expect(seconds({ attentionGenerateSeconds: 1e-9 }, 1000) - plain).toBeCloseTo(1064 * attention - cacheSeconds(0), 9);
  const read = (depth: number): number =>
    1 / predictSpeed(model(), situation({ attentionReadSeconds: 1e-9 }, depth)).reading.value;
  expect(read(1000) - read(0)).toBeCloseTo(1000 * attention, 9);
});

test.each([1.01, 2, 10])("%s times the bytes are never faster", (factor) => {
  const larger = { ...layers, weights: layers.weights * factor, sizeBytes: layers.sizeBytes * factor };
  const [small, large] = [predictSpeed(model(), situation()), predictSpeed(model([larger]), situation())];
  expect(large.generation.value).toBeLessThan(small.generation.value);
  expect(large.reading.value).toBeLessThan(small.reading.value);
});

test("of a mixture, a token reads only the active experts, and a prompt all that its tokens reach", () => {
  const experts: MatrixGroup = { ...layers, use: "experts" };
  const mixture = { experts: 100, activeExperts: 5 };
  const { generation, reading } = predictSpeed(model([experts], mixture), situation());
  expect(generation.value).toBeCloseTo(1 / (0.05 * 1e9 * 1e-10 + cacheSeconds(0)), 6);
  const dense = predictSpeed(model(), situation());
  expect(reading.value).toBeGreaterThan(dense.reading.value * 10);
  // 512 tokens reach every expert, about 26 tokens each: 5 % of the work.
  expect(reading.value).toBeCloseTo(dense.reading.value * 20, -1);
  expect(width(generation)).toBeGreaterThan(width(dense.generation));
});

test("a type that was not measured costs the same per weight as a related one, with a wider range", () => {
  const unknown: MatrixGroup = { ...layers, typeName: "Q5_K", sizeBytes: 1.375e9 };
  const [known, estimated] = [predictSpeed(model(), situation()), predictSpeed(model([unknown]), situation())];
  expect(estimated.generation.value).toBeLessThan(known.generation.value);
  expect(width(estimated.generation)).toBeGreaterThan(width(known.generation));
  const iq: MatrixGroup = { ...layers, typeName: "IQ2_S", sizeBytes: 6.4e8 };
  const other = predictSpeed(model([iq]), situation());
  expect(width(other.generation)).toBeGreaterThan(width(estimated.generation));
});

test("a guessed shape, another number of threads, a split and a noisy machine each widen the range", () => {
  const plain = width(predictSpeed(model(), situation()).generation);
  const half = { costs, share: 0.5 };
  const unsure = [
    predictSpeed({ ...model(), certainty: "guessed" }, situation()),
    predictSpeed(model(), { ...situation(), threads: 4 }),
    predictSpeed(model(), { ...situation(), places: [half, half] }),
    predictSpeed(model(), situation({ spread: 0.5 })),
    predictSpeed(model([layers], { weightsBytes: 5e7 }), situation()),
  ];
  for (const { generation } of unsure) expect(width(generation)).toBeGreaterThan(plain);
});

test("layers on a graphics card cost what the card costs, by their share", () => {
  const card = { ...costs, types: { Q4_K: { ...cost, generateSecondsPerByte: 1e-12 } } };
  const on = (share: number) => [
    { costs: card, share },
    { costs, share: 1 - share },
  ];
  const [all, half, none] = [1, 0.5, 0].map(
    (share) => predictSpeed(model(), { ...situation(), places: on(share) }).generation.value,
  );
  expect(all).toBeGreaterThan(half ?? 0);
  expect(half).toBeGreaterThan(none ?? 0);
});

const measured = (tokensPerSecond: number, key: string, error = 0.03): Observation => ({
  model: model([layers], {}, key),
  situation: situation(),
  kind: "generation",
  tokensPerSecond,
  error,
});

test("measurements of other models shift the prediction part of the way and narrow its range", () => {
  const before = predictSpeed(model(), situation());
  const slower = [measured(before.generation.value * 0.8, "b"), measured(before.generation.value * 0.8, "c")];
  const after = predictSpeed(model(), situation(), slower);
  expect(after.generation.value).toBeLessThan(before.generation.value * 0.95);
  expect(after.generation.value).toBeGreaterThan(before.generation.value * 0.8);
  expect(width(after.generation)).toBeLessThan(width(before.generation));
  expect(after.reading).toEqual(before.reading);
});

test("the model's own measurement takes precedence, and each further one narrows the range", () => {
  const before = predictSpeed(model(), situation());
  const truth = before.generation.value * 0.7;
  let last = width(before.generation);
  for (let count = 1; count <= 5; count++) {
    const observations = Array.from({ length: count }, () => measured(truth, "a"));
    const { generation } = predictSpeed(model(), situation(), observations);
    expect(Math.abs(generation.value / truth - 1)).toBeLessThan(0.1);
    expect(width(generation)).toBeLessThan(last);
    last = width(generation);
  }
});

test("a rough measurement shifts less than an exact one", () => {
  const before = predictSpeed(model(), situation()).generation.value;
  const after = (error: number) => predictSpeed(model(), situation(), [measured(before / 2, "a", error)]).generation;
  expect(after(0.3).value).toBeGreaterThan(after(0.03).value);
});

test("without any measured type, nothing can be predicted", () => {
  expect(() => predictSpeed(model(), situation({ types: {} }))).toThrow("No tensor type was measured.");
});
