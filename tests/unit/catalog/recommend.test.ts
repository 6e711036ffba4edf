import { expect, test } from "vitest";
import type { Catalog, CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { reasonText } from "../../../electron/texts/reasonText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { createCatalog } from "../../../electron/workbench/catalog/createCatalog.ts";
import { recommend } from "../../../electron/workbench/catalog/recommend.ts";
import type { Predict } from "../../../electron/workbench/fit/createFit.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { nano } from "../renderer/fakeBridge.ts";

const english = openTexts("en");
const catalogFile = new URL("../../../resources/catalog.json", import.meta.url).pathname;

interface Rows {
  models: CatalogModel[];
  chosen: { model: CatalogModel; variant: CatalogVariant };
  /** As shown in a row. */
  speedOf: (variant: CatalogVariant) => number | null;
}

const ofVerdict = (models: CatalogModel[], verdicts: string[]) =>
  models.filter(({ variants }) => variants.some(({ verdict }) => verdicts.includes(verdict)));

/** What each reason claims, and whether the table's rows confirm it. */
const claims: readonly [reason: RegExp, holds: (rows: Rows) => boolean][] = [
  [/^The only one that fits$/, ({ models, chosen }) => isOnly(ofVerdict(models, ["fits", "tight"]), chosen.model)],
  [/^The largest that fits$/, ({ models, chosen }) => ofVerdict(models, ["fits"]).at(-1) === chosen.model],
  [/^The smallest that fits$/, ({ models, chosen }) => ofVerdict(models, ["fits"])[0] === chosen.model],
  [
    /^The largest that writes at least 5 tok\/s$/,
    ({ models, chosen, speedOf }) => {
      const quick = (variant: CatalogVariant) => variant.verdict === "fits" && (speedOf(variant) ?? 0) >= 5;
      return quick(chosen.variant) && models.findLast(({ variants }) => variants.some(quick)) === chosen.model;
    },
  ],
  [
    /^The fastest that fits$/,
    ({ models, chosen, speedOf }) => {
      const best = ({ variants }: CatalogModel) =>
        Math.max(...variants.flatMap((each) => (each.verdict === "fits" ? [speedOf(each) ?? 0] : [])));
      return models.every((model) => best(model) <= best(chosen.model));
    },
  ],
  [
    /^Likely fast enough (without a GPU|on 1 core|on 2 cores)$/,
    ({ chosen, speedOf }) => speedOf(chosen.variant) === null,
  ],
  [
    /^Fits with a short context$/,
    ({ models, chosen }) => chosen.variant.verdict === "tight" && ofVerdict(models, ["fits"]).length === 0,
  ],
];
const isOnly = (models: CatalogModel[], model: CatalogModel): boolean => models.length === 1 && models[0] === model;

function reasonThatHolds({ models, recommended }: Catalog, speedOf: Rows["speedOf"]): string | null {
  if (recommended === null) {
    expect(ofVerdict(models, ["fits", "tight"])).toEqual([]);
    return null;
  }
  const model = models.find(({ variants }) => variants.some(({ id }) => id === recommended.variantId));
  const variant = model?.variants.find(({ id }) => id === recommended.variantId);
  if (model === undefined || variant === undefined) throw new Error("It advises what is not in the table.");
  expect(variant.verdict).not.toBe("no");
  const { code, facts = {} } = recommended.reason;
  const reason = reasonText(english, `models:family.reasons.${code}`, facts);
  const claim = claims.find(([pattern]) => pattern.test(reason));
  expect(claim, reason).toBeDefined();
  expect(claim?.[1]({ models, chosen: { model, variant }, speedOf }), JSON.stringify(recommended)).toBe(true);
  return reason;
}

const predictBy =
  (bytesPerSecond: number): Predict =>
  ({ shape }) => {
    const value = bytesPerSecond / shape.weightsBytes;
    return { generation: { value, low: value, high: value }, reading: { value, low: value, high: value } };
  };

test("on no machine does the recommendation's reason contradict a row", async () => {
  const seen = new Set<string | null>();
  const memories = [1, 3, 3.5, 4, 5, 6, 8, 12, 16, 24, 32, 64, 256, 1024];
  const speeds = [null, 1e8, 1e9, 4e9, 8e9, 2e10, 5e10, 5e11, 4e12];
  const machines = [
    { cores: 1, hasGpu: false },
    { cores: 2, hasGpu: false },
    { cores: 8, hasGpu: false },
    { cores: 8, hasGpu: true },
  ];
  const now = { memoryBytes: 0, speed: null as number | null };
  const catalog = createCatalog({
    catalogFile,
    home: await temporaryFolder(),
    models: () => Promise.resolve([]),
    machine: () => Promise.resolve({ memoryBytes: now.memoryBytes, cores: 8, hasGpu: false }),
    predictor: () => Promise.resolve(now.speed === null ? null : predictBy(now.speed)),
  });
  const speedOf: Rows["speedOf"] = ({ speed }) => speed?.generation.value ?? null;
  for (const gigabytes of memories) {
    for (const speed of speeds) {
      Object.assign(now, { memoryBytes: gigabytes * 1e9, speed });
      const got = await catalog.get();
      seen.add(reasonThatHolds(got, speedOf));
      for (const machine of machines) {
        const recommended = recommend(got.models, { memoryBytes: now.memoryBytes, ...machine }, speedOf);
        seen.add(reasonThatHolds({ ...got, recommended }, speedOf));
      }
    }
  }
  // Otherwise the grid would prove little.
  expect(seen.size).toBeGreaterThanOrEqual(7);
});

test("the speed used is the one shown in the row: measured, if available", async () => {
  const name = "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M";
  const here: FileModel = {
    ...nano,
    id: "seven",
    source: { kind: "file", path: `/m/${name}.gguf` },
    sizeBytes: 4_683_073_184,
  };
  const advised = async (measuredTokensPerSecond: number | null) => {
    const catalog = createCatalog({
      catalogFile,
      home: await temporaryFolder(),
      models: () => Promise.resolve([{ ...here, measuredTokensPerSecond }]),
      machine: () => Promise.resolve({ memoryBytes: 16e9, cores: 8, hasGpu: false }),
      predictor: () => Promise.resolve(predictBy(1.8e10)),
    });
    const got = await catalog.get();
    reasonThatHolds(got, ({ installedModelId, speed }) =>
      installedModelId === "seven" ? (measuredTokensPerSecond ?? null) : (speed?.generation.value ?? null),
    );
    return got.recommended;
  };
  expect(await advised(9)).toMatchObject({ variantId: "r1-distill-qwen-7b-q4_k_m" });
  expect(await advised(3)).toMatchObject({ reason: { code: "largestQuick", facts: { least: 5 } } });
});

test("a model is called the only one that fits only if no other fits", () => {
  const variant = (id: string, verdict: CatalogVariant["verdict"]) =>
    ({ id, size: "balanced", verdict, sizeBytes: 1e9 }) as CatalogVariant;
  const model = (id: string, verdict: CatalogVariant["verdict"]) =>
    ({ id, parameters: 1e9, activeParameters: 1e9, variants: [variant(id, verdict)] }) as CatalogModel;
  const slow = { memoryBytes: 8e9, cores: 2, hasGpu: false };
  expect(recommend([model("a", "fits"), model("b", "fits")], slow, () => 1)?.reason.code).toBe("fastest");
  expect(recommend([model("a", "fits"), model("b", "no")], slow, () => 1)?.reason.code).toBe("onlyOne");
  expect(recommend([model("a", "tight"), model("b", "no")], slow, () => 1)?.reason.code).toBe("shortContext");
  expect(recommend([model("a", "no")], slow, () => 1)).toBeNull();
});
