import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import { catalogues } from "../../../electron/texts/catalogues.ts";
import { englishTypes, englishTypesFile } from "../../../scripts/texts/englishTypes.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Returns every text of a catalogue by its full key. */
function flatten(value: object, prefix: string): [key: string, text: string][] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === "string" ? [[`${prefix}${name}`, part]] : flatten(part as object, `${prefix}${name}.`),
  );
}
const textsOf = (language: (typeof languages)[number]) =>
  new Map(Object.entries(catalogues[language]).flatMap(([capability, part]) => flatten(part, `${capability}:`)));

const plural = /_(?:zero|one|two|few|many|other)$/;
/** Returns the facts that a text names, each with its format. */
const factsIn = (text: string): string[] =>
  Array.from(text.matchAll(/\{\{([^}]+)\}\}/g), ([, fact = ""]) => fact.replaceAll(" ", "")).toSorted();

test("each language has every text, in the plural forms that it needs, with the facts of the English one", () => {
  const english = textsOf("en");
  const bare = (keys: Iterable<string>) =>
    Array.from(new Set(Array.from(keys, (key) => key.replace(plural, "")))).toSorted();
  for (const language of languages) {
    const texts = textsOf(language);
    expect(bare(texts.keys()), language).toEqual(bare(english.keys()));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of texts) {
      const base = key.replace(plural, "");
      const original = english.get(key) ?? english.get(`${base}_other`);
      expect(factsIn(text), `${language} ${key}`).toEqual(factsIn(original ?? ""));
      expect(text.trim(), `${language} ${key}`).toBe(text);
      expect(text, `${language} ${key}`).not.toBe("");
      if (!plural.test(key)) continue;
      for (const form of forms) expect(texts.has(`${base}_${form}`), `${language} ${base}_${form}`).toBe(true);
    }
  }
});

test("after digits, French has no “de”: 1 000 000 tokens", () => {
  const texts = Array.from(textsOf("fr")).filter(([key]) => key.endsWith("_many"));
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.filter(([, text]) => /\{\{count, number\}\} de /.test(text))).toEqual([]);
});

test("Chinese has one word for the hub’s token", () => {
  expect(Array.from(textsOf("zh-CN")).filter(([, text]) => /(?<!访问)令牌/.test(text))).toEqual([]);
});

test("Chinese has a space between its own and Latin letters or digits, and full-width punctuation", () => {
  const pairs =
    /\p{Script=Han}[\dA-Za-z]|[\d%A-Za-z]\p{Script=Han}|\p{Script=Han}[!(),:;?]|(?<!hf)[!),:;?]\p{Script=Han}|\.{3}/u;
  expect(Array.from(textsOf("zh-CN")).filter(([, text]) => pairs.test(text))).toEqual([]);
});

test("Chinese has one word for one thing", () => {
  const others = /界面|帐户|其它|还需 \{\{time|最多还需|首个 token 用时|放不下|除非您另行/;
  expect(Array.from(textsOf("zh-CN")).filter(([, text]) => others.test(text))).toEqual([]);
});

test("no text is unused", () => {
  const sources = ["electron", "renderer"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"))
      .map((name) => readFileSync(join(root, room, name), "utf8")),
  );
  /** Keys as written in the code; the expression in a template may stand for one name. */
  const written = sources.flatMap((source) =>
    Array.from(source.matchAll(/["`]([\w.:${}-]+)["`]/g), ([, key = ""]) => key),
  );
  const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new Set(written.filter((key) => !key.includes("${")));
  const patterns = Array.from(
    new Set(written.filter((key) => key.includes("${"))),
    (key) =>
      new RegExp(
        `^(?:\\w+:)?${key
          .split(/\$\{[^}]*\}/)
          .map(literally)
          .join("[\\w-]+")}$`,
      ),
  );
  const isWritten = (key: string): boolean =>
    whole.has(key) || whole.has(key.replace(/^\w+:/, "")) || patterns.some((pattern) => pattern.test(key));
  // Every code has a text, which the compiler checks.
  const keys = Array.from(textsOf("en").keys()).filter((key) => !key.startsWith("failures:"));
  const unused = keys.filter(
    (key) => ![key, key.replace(plural, ""), key.replace(/_[A-Za-z]+$/, "")].some((name) => isWritten(name)),
  );
  expect(unused).toEqual([]);
});

test("each sentence for a case of a failure is for a case that its code can have", () => {
  const contract = readFileSync(join(root, "electron", "contract", "errors.ts"), "utf8");
  const cases = Object.entries(catalogues.en.failures).flatMap(([code, texts]) =>
    Object.keys(texts).flatMap((part) =>
      part.includes("_") ? [[code, part.slice(part.indexOf("_") + 1)] as const] : [],
    ),
  );
  expect(cases.length).toBeGreaterThan(50);
  expect(cases.filter(([, name]) => !contract.includes(`"${name}"`))).toEqual([]);
});

test("the compiler knows the current texts (`npm run texts` updates it)", () => {
  expect(readFileSync(englishTypesFile, "utf8")).toBe(englishTypes());
});
