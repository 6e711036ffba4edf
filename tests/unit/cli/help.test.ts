import stringWidth from "string-width";
import { expect, test } from "vitest";
import { commandNames, commandOptions } from "../../../electron/cli/commandOptions.ts";
import { helpDocument, helpText } from "../../../electron/cli/help.ts";
import { languages } from "../../../electron/contract/languages.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const pages = languages.flatMap((language) =>
  [null, ...commandNames].map((about) => [language, about ?? "all commands", helpText(openTexts(language), about)]),
);

test.each(pages)("%s, %s: fits 80 columns, and no line begins with a closing sign", (_language, _about, text) => {
  for (const line of text?.split("\n") ?? []) {
    expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect(line).not.toMatch(/^\s*[:;!?»”）。，、；：！？]/);
    expect(line).toBe(line.trimEnd());
  }
});

test("every command and each of its options is listed, under the same name in every language", () => {
  for (const language of languages) {
    const all = helpText(openTexts(language), null);
    for (const name of commandNames) {
      expect(all).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
      const own = helpText(openTexts(language), name);
      expect(own).toContain(`r1 ${name}`);
      for (const option of [...Object.keys(commandOptions[name]), "json", "help"]) {
        expect(own).toMatch(new RegExp(`^ {2,6}(-[a-z], )?--?${option}( |$)`, "m"));
      }
    }
  }
});

test("an option is beside its description", () => {
  const text = helpText(openTexts("en"), "bench");
  expect(text).toMatch(/^Usage: {2}r1 bench \[OPTIONS\]$/m);
  expect(text).toMatch(/^ {2}-p, --n-prompt N {5}Tests that read N tokens; 0 for none; default: 512$/m);
  expect(text).toMatch(/^ {2}-pg N,M {14}A test that reads N tokens and then writes M$/m);
  expect(helpText(openTexts("zh-CN"), "bench")).toMatch(/^ {2}-t, --threads N {6}线程数；默认与回复时相同$/m);
});

test("programs get the same as data", () => {
  expect(helpDocument(openTexts("en"), "fit")).toEqual({
    commands: [
      {
        name: "fit",
        usage: ["r1 fit [OPTIONS] MODEL"],
        summary: "Check whether a model fits this machine, and how fast it would be",
        description: expect.stringContaining("from the catalogue"),
        options: [
          expect.objectContaining({ name: "--context", short: null, value: "N" }),
          expect.objectContaining({ name: "--depth", short: null, value: "N" }),
          {
            name: "--measure-again",
            short: null,
            value: null,
            description: "Measure this machine again",
          },
        ],
      },
    ],
  });
});
