import { expect, test } from "vitest";
import type { LeftOutReason } from "../../../electron/contract/benchmark.ts";
import { languages } from "../../../electron/contract/languages.ts";
import type { NoiseReason } from "../../../electron/contract/noise.ts";
import type { TuneChange, TuneTrial } from "../../../electron/contract/tune.ts";
import { leftOutLines } from "../../../electron/texts/benchmark/leftOutLines.ts";
import { leftOutText } from "../../../electron/texts/benchmark/leftOutText.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { changeText } from "../../../electron/texts/tune/changeText.ts";
import { trialText } from "../../../electron/texts/tune/trialText.ts";
import type { Expect, ReasonsMatch } from "../../../electron/texts/typeChecks.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const inAll = (write: (texts: ReturnType<typeof openTexts>) => string): string[] =>
  languages.map((language) => write(openTexts(language)).replaceAll(/[\u00a0\u202f]/g, " "));

test.each<[NoiseReason, ...string[]]>([
  [
    { code: "other-load", facts: { case: "deep", test: "tg128", depth: 2048, share: 0.2425 } },
    "Other programs used 24 % of the processor during tg128 at depth 2,048.",
    "D’autres programmes ont utilisé 24 % du processeur pendant tg128 à la profondeur 2 048.",
    "tg128（深度 2,048）测试期间，其他程序占用了 24% 的处理器。",
  ],
  [
    { code: "spread", facts: { case: "test", test: "pp512", share: 0.18 } },
    "The timed runs of pp512 vary widely: their middle half spans 18 % of the median.",
    "Les passes de pp512 varient beaucoup : leur moitié centrale s’étend sur 18 % de la médiane.",
    "pp512 的各次计时运行差异较大：四分位距达中位数的 18%。",
  ],
  [
    { code: "power", facts: { case: "battery" } },
    "The machine switched to battery during the measurements.",
    "La machine est passée sur batterie pendant les mesures.",
    "测量期间，本机切换到了电池供电。",
  ],
])("what disturbed a measurement is shown in each language: %j", (reason, ...told) => {
  expect(inAll((texts) => noiseText(texts, reason))).toEqual(told);
});

test.each<[LeftOutReason, ...string[]]>([
  [
    { code: "time", facts: { case: "tooLong", needed: 216, left: 150 } },
    "It would take about 4 min, and the time left for it is 3 min.",
    "Elle durerait environ 4 min, et il lui reste 3 min.",
    "约需 4 分钟，而剩余时间为 3 分钟。",
  ],
  [
    { code: "context", facts: { most: 2048 } },
    "The model’s context holds 2,048 tokens at most.",
    "Le contexte du modèle contient au plus 2 048 tokens.",
    "模型的上下文最多容纳 2,048 个 token。",
  ],
])("why a test was left out is shown in each language: %j", (reason, ...told) => {
  expect(inAll((texts) => leftOutText(texts, reason))).toEqual(told);
});

test("tests left out for the same reason share a line, unless it is about one test's own time", () => {
  const context: LeftOutReason = { code: "context", facts: { most: 2048 } };
  const time: LeftOutReason = { code: "time", facts: { case: "unfinished", spent: 60 } };
  const tests = [
    { name: "pp512", depth: 2048, reason: context },
    { name: "tg128", depth: 2048, reason: context },
    { name: "pp512", depth: 4096, reason: time },
    { name: "tg128", depth: 8192, reason: context },
    { name: "tg128", depth: 4096, reason: time },
  ];
  expect(inAll((texts) => leftOutLines(texts, tests).join("\n"))).toEqual([
    `Left out: pp512 at depth 2,048, tg128 at depth 2,048 and tg128 at depth 8,192. The model’s context holds 2,048 tokens at most.
Left out: pp512 at depth 4,096. Its first timed run was not finished after 1 min.
Left out: tg128 at depth 4,096. Its first timed run was not finished after 1 min.`,
    `Mesures omises : pp512 à la profondeur 2 048, tg128 à la profondeur 2 048 et tg128 à la profondeur 8 192. Le contexte du modèle contient au plus 2 048 tokens.
Mesure omise : pp512 à la profondeur 4 096. Sa première passe n’était pas terminée après 1 min.
Mesure omise : tg128 à la profondeur 4 096. Sa première passe n’était pas terminée après 1 min.`,
    `跳过 pp512（深度 2,048）、tg128（深度 2,048）、tg128（深度 8,192）。模型的上下文最多容纳 2,048 个 token。
跳过 pp512（深度 4,096）。经过 1 分钟，第一次计时运行仍未完成。
跳过 tg128（深度 4,096）。经过 1 分钟，第一次计时运行仍未完成。`,
  ]);
});

test.each<[TuneChange, ...string[]]>([
  [{ setting: "threads", to: 1, from: 4 }, "1 thread instead of 4", "1 thread au lieu de 4", "1 个线程（原为 4 个）"],
  [
    { setting: "batchSize", to: 2048, from: 512 },
    "batch size 2,048 instead of 512",
    "taille de lot 2 048 au lieu de 512",
    "批大小 2,048（原为 512）",
  ],
  // As an earlier version stored it.
  [{ setting: "gpuLayers", to: 12 }, "12 layers on the GPU", "12 couches sur le GPU", "GPU 上 12 层"],
  [
    { setting: "flashAttention", to: false, from: true },
    "flash attention off",
    "flash attention désactivée",
    "关闭 Flash attention",
  ],
])("a changed setting is shown in each language: %j", (change, ...told) => {
  expect(inAll((texts) => changeText(texts, change))).toEqual(told);
});

test.each<[TuneTrial["why"], ...string[]]>([
  [null, "", "", ""],
  [{ finding: { code: "changed", facts: { ratio: 1.65 } } }, "65 % faster.", "65 % plus rapide.", "快 65%。"],
  [
    { finding: { code: "within-spread", facts: { ratio: 0.988 } } },
    "1.2 % slower, which is within the spread.",
    "1,2 % plus lent, ce qui reste dans la dispersion.",
    "慢 1.2%，在波动范围之内。",
  ],
  [{ problem: { code: "model-not-gguf" } }, ...inAll(({ i18n }) => i18n.t("failures:model-not-gguf.what"))],
  [
    { noise: { code: "throttled", facts: {} } },
    ...inAll((texts) => noiseText(texts, { code: "throttled", facts: {} })),
  ],
])("the outcome of a trial is shown in each language: %j", (why, ...told) => {
  expect(inAll((texts) => trialText(texts, { why }))).toEqual(told);
});

test("a test is described in words, with what was in the context before it", () => {
  const meaning = (name: string, depth = 0): string[] => inAll((texts) => testMeaning(texts, { name, depth }));
  expect(meaning("pp512")).toEqual([
    "Reads 512 tokens into an empty context",
    "Lit 512 tokens dans un contexte vide",
    "在空上下文中读取 512 个 token",
  ]);
  expect(meaning("tg128", 2048)).toEqual([
    "Writes 128 tokens after 2,048",
    "Écrit 128 tokens après 2 048",
    "在 2,048 个 token 之后生成 128 个 token",
  ]);
  expect(meaning("pp1280+tg3072")[0]).toBe("Reads 1,280 tokens, then writes 3,072 into an empty context");
  expect(meaning("pp1")[0]).toBe("Reads 1 token into an empty context");
  expect(meaning("odd")[0]).toBe("odd");
});

type Reasons =
  | { code: "a"; facts: { case: "x"; size: number } | { case: "y" } }
  | { code: "b"; facts: { name: string } };
type Fitting = { a_x: "{{size, bytes}}"; a_y: "y"; b: "{{name}}" };
export type Fits = Expect<ReasonsMatch<Reasons, Fitting>>;
// @ts-expect-error a text is missing
export type Missing = Expect<ReasonsMatch<Reasons, Omit<Fitting, "a_y">>>;
// @ts-expect-error a text without a reason
export type Unused = Expect<ReasonsMatch<Reasons, Fitting & { c: "c" }>>;
// @ts-expect-error a text that names a fact of another case
export type OtherCase = Expect<ReasonsMatch<Reasons, Omit<Fitting, "a_y"> & { a_y: "{{size, bytes}}" }>>;
