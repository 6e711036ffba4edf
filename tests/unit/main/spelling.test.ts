import { expect, test, vi } from "vitest";
import { chooseSpeller, usesSystemSpeller } from "../../../electron/main/spelling.ts";

vi.mock("electron", () => ({ protocol: {} }));

function speller(platform: NodeJS.Platform, languages: string[]) {
  const calls: [string, unknown][] = [];
  const note =
    (name: string) =>
    (value: unknown): void =>
      void calls.push([name, value]);
  chooseSpeller(
    {
      availableSpellCheckerLanguages: ["de", "en-GB", "en-US", "fr"],
      setSpellCheckerDictionaryDownloadURL: note("address"),
      setSpellCheckerEnabled: note("enabled"),
      setSpellCheckerLanguages: note("languages"),
    },
    platform,
    languages,
  );
  return calls;
}

test("macOS checks with its own speller, in the languages that it chooses", () => {
  expect(usesSystemSpeller("darwin")).toBe(true);
  expect(speller("darwin", ["en-GB"])).toEqual([["enabled", true]]);
});

test("Windows checks with its own speller in the user's languages, and finds no dictionary to download", () => {
  expect(usesSystemSpeller("win32")).toBe(true);
  expect(speller("win32", ["en-gb", "fr-CA", "fr", "eo"])).toEqual([
    ["address", "workbench://app/no-dictionaries/"],
    ["languages", ["en-GB", "fr"]],
    ["enabled", true],
  ]);
});

test("Linux has no speller of its own, so nothing is checked and no language is left to fetch a dictionary for", () => {
  expect(usesSystemSpeller("linux")).toBe(false);
  expect(speller("linux", ["en-GB"])).toEqual([
    ["languages", []],
    ["enabled", false],
  ]);
});
