import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const renderer = fileURLToPath(new URL("../../../renderer", import.meta.url));
const filesOf = (ending: RegExp): string[] =>
  readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((path) => ending.test(path));
const read = (path: string): string => readFileSync(join(renderer, path), "utf8");

/** The selectors of a sheet, without those of conditions such as @media. */
function selectorsOf(path: string): string[] {
  const sheet = read(path).replaceAll(/\/\*.*?\*\//gsu, "");
  return [...sheet.matchAll(/([^{}]+)\{/gu)].map(([, selector = ""]) => selector.trim());
}

/** The folder that a sheet belongs to: one screen's, or the frame's. */
const ownerOf = (path: string): string => path.split(/[\\/]/u).slice(0, 2).join("/");

test("no two screens style the same class: all of them share one page", () => {
  const owners = new Map<string, Set<string>>();
  for (const path of filesOf(/\.css$/u)) {
    for (const selector of selectorsOf(path)) {
      const [, name] = /^\.([\w-]+)$/u.exec(selector) ?? [];
      if (name !== undefined) owners.set(name, (owners.get(name) ?? new Set()).add(ownerOf(path)));
    }
  }
  expect(owners.size).toBeGreaterThan(200);
  const shared = [...owners].filter(([, folders]) => folders.size > 1).map(([name]) => name);
  expect(shared).toEqual([]);
});

test("each class that is styled is used", () => {
  const code = filesOf(/\.(tsx?|html)$/u)
    .map(read)
    .join("\n");
  const classes = new Set(
    filesOf(/\.css$/u).flatMap((path) =>
      selectorsOf(path).flatMap((selector) =>
        selector.startsWith("@") ? [] : [...selector.matchAll(/\.([a-z][\w-]*)/giu)].map(([, name = ""]) => name),
      ),
    ),
  );
  // Made in a template from a state or a column, and by KaTeX.
  const made = /^(is-(memory|speed|paused|stalled|added|removed|error|warn)|katex-display)$/u;
  const unused = [...classes].filter(
    (name) => !made.test(name) && !new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "u").test(code),
  );
  expect(unused).toEqual([]);
});

test("in forced colours, words on a filled ground keep their colour: else the page's is painted between them", () => {
  const rules = filesOf(/\.css$/u).flatMap((path) => [...read(path).matchAll(/([^{}]+)\{([^{}]*)\}/gu)]);
  const onFilled = rules.filter(([, , body = ""]) => /[^-]color: HighlightText/u.test(body));
  expect(onFilled.length).toBeGreaterThan(2);
  for (const [, selector = "", body] of onFilled) expect(body, selector.trim()).toContain("forced-color-adjust: none");
});
