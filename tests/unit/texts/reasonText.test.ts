import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import { reasonText } from "../../../electron/texts/reasonText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
const inAll = (key: string, facts = {}) =>
  languages.map((language) => spaced(reasonText(openTexts(language), key, facts)));

test("a reason is a sentence in each language, with figures in its format", () => {
  expect(inAll("models:family.reasons.largestQuick", { least: 5.5 })).toEqual([
    "The largest that writes at least 5.5 tok/s",
    "Le plus grand qui atteint 5,5 tok/s",
    "生成速度至少 5.5 tok/s 的最大模型",
  ]);
  expect(inAll("hardware:machine.noise.spread", { fraction: 0.304 })[1]).toBe("Les passes de mesure varient de 30 %.");
});

test("a fact named count chooses the plural form; in French, 1.5 is singular", () => {
  expect(inAll("models:family.reasons.likelyQuickOn", { count: 1 }).slice(0, 2)).toEqual([
    "Likely fast enough on 1 core",
    "Sans doute assez rapide avec 1 cœur",
  ]);
  const noise = inAll("hardware:machine.noise.otherLoad", { count: 1.5 });
  expect(noise[0]).toBe("Other programs kept 1.5 cores busy meanwhile, so it may be faster.");
  expect(noise[1]).toContain("D’autres programmes occupaient 1,5 cœur pendant la mesure");
});

test("a fact is only text", () => {
  const said = "$t(shell:quit) {{count}} lng";
  expect(reasonText(openTexts("en"), "hardware:engine.reasons.failed", { said, lng: "fr", defaultValue: "no" })).toBe(
    `The trial failed: ${said}`,
  );
});
