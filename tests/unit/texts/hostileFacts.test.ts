import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import { catalogues } from "../../../electron/texts/catalogues.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

/** Keys with their texts, such as "models:facts.weights" with "{{weights}} weights". */
function* textsIn(prefix: string, texts: object): Generator<[key: string, text: string]> {
  for (const [name, value] of Object.entries(texts) as [string, string | object][]) {
    const key = prefix.endsWith(":") ? `${prefix}${name}` : `${prefix}.${name}`;
    if (typeof value === "string") yield [key, value];
    else yield* textsIn(key, value);
  }
}

test.each(languages)("in %s, no fact is read as a part of a text", (language) => {
  const { i18n } = openTexts(language);
  const say = i18n.t as unknown as (key: string, options: object) => string;
  let filled = 0;
  for (const [capability, catalogue] of Object.entries(catalogues[language])) {
    for (const [key, text] of textsIn(`${capability}:`, catalogue)) {
      const placeholders = [...text.matchAll(/\{\{(\w+)(?:, ?(\w+))?\}\}/g)].map(([all, name = "", format]) => ({
        all,
        name,
        format,
      }));
      const hostile = `$t(shell:quit) ${placeholders.map(({ all }) => all).join(" ")} $&`;
      const facts = Object.fromEntries(
        placeholders.map(({ name, format }) => [
          name,
          format === undefined ? hostile : format === "list" ? [hostile] : 1234567,
        ]),
      );
      const free = placeholders.filter(({ format }) => format === undefined);
      if (free.length === 0) continue;
      const said = say(key, { replace: facts, lng: language });
      expect(said.split(hostile).length - 1, key).toBeGreaterThanOrEqual(free.length);
      const rest = said.replaceAll(hostile, "");
      expect(rest, key).not.toContain("{{");
      filled++;
    }
  }
  expect(filled).toBeGreaterThan(100);
});

test("a stored failure without its facts is told by the sentence that needs none", () => {
  const texts = openTexts("en");
  const facts = { case: "smallerContext", name: "R1 {{needed, bytes}}" };
  expect(failureText(texts, { code: "model-too-large", facts }).what).toBe("The model does not fit into memory.");
  const whole = { ...facts, needed: 5e9, context: 4096, free: 4e9 };
  expect(failureText(texts, { code: "model-too-large", facts: whole }).what).toBe(
    "R1 {{needed, bytes}} needs 5.00 GB of memory with a context of 4,096 tokens, but only 4.00 GB are free.",
  );
});
