import { expect, test } from "vitest";
import { findLibrary } from "../../../electron/main/preview/findLibrary.ts";
import { PageNotes } from "../../../electron/main/preview/PageNotes.ts";
import type { PreviewLibraries } from "../../../electron/main/preview/PreviewLibraries.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const versions: Record<string, string> = {
  three: "0.187.0",
  "three-r128": "0.128.0",
  react: "18.3.1",
  "@tailwindcss/browser": "4.3.4",
};

/** What is said of a page that loads these addresses. */
async function notes(...urls: string[]): Promise<string[]> {
  const said: string[] = [];
  const libraries = { version: (name: string) => Promise.resolve(versions[name] ?? null) };
  const notesOfPage = new PageNotes(openTexts("en"), libraries as unknown as PreviewLibraries, (text) =>
    said.push(text),
  );
  for (const url of urls) {
    const found = findLibrary(url);
    if (found === null) notesOfPage.refused(url);
    else await notesOfPage.loaded(found);
  }
  return said;
}

test("another version than the one that was asked for is named, once", async () => {
  const three = "https://unpkg.com/three@0.160.0/build/three.module.js";
  expect(await notes(three, three)).toEqual(["three 0.160.0 was asked for; 0.187.0 is here."]);
  expect(await notes("https://cdn.tailwindcss.com")).toEqual([
    expect.stringMatching(/^Tailwind 3 was asked for; 4\.3\.4 is here\./),
  ]);
});

test("nothing is said where the version is here, as exactly as it was asked for, or where none was", async () => {
  const found = ["react@18", "react@18.3.1", "react", "react@18.3/umd/react.development.js"];
  expect(await notes(...found.map((each) => `https://unpkg.com/${each}`))).toEqual([]);
  expect(await notes("https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js")).toEqual([]);
});

test("a library that is not here is said to be missing, and other hosts have none", async () => {
  expect(await notes("https://unpkg.com/vue@3", "https://unpkg.com/svelte")).toHaveLength(1);
  expect(await notes("https://example.com/react.js")).toEqual([]);
});
