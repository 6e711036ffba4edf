import type { PreviewFile } from "../../contract/preview.ts";
import { ownFolder } from "./previewScheme.ts";

/** What a component may import, and the file that has it. React is always there. */
const imports: Record<string, string> = {
  "chart.js": "chart.js",
  d3: "d3.js",
  katex: "katex.js",
};
/** three.js has only modules, and the addons are modules of their own. */
const threeImport = /from\s*["']three(?:\/(?:addons|examples\/jsm)\/([\w./-]+?)(?:\.js)?)?["']/g;
/** Classes that only Tailwind has, as components of models have them without loading it. */
const tailwindClasses =
  /class(?:Name)?=["'{`][^"'}]*\b(?:flex|grid|rounded|shadow|[mp][xytrbl]?-\d|text-(?:sm|lg|xl)|bg-[a-z]+-\d{2,3})\b/;

/** Returns the document in which a React component runs. Its own script compiles the files and shows the component. */
export function componentPage(files: readonly PreviewFile[]): string {
  const text = files.map((file) => file.text).join("\n");
  const wanted = Object.entries(imports)
    .filter(([name]) => new RegExp(`from\\s*["']${name.replace(".", "\\.")}(?:/[\\w-]+)?["']`).test(text))
    .map(([, file]) => file);
  if (tailwindClasses.test(text)) wanted.push("tailwind.js");
  const scripts = ["react.js", "react-dom.js", "babel.js", ...wanted].map(
    (file) => `<script src="${ownFolder}libraries/${file}"></script>`,
  );
  const addons = [...text.matchAll(threeImport)].map(([, addon]) => addon);
  scripts.push(...[...new Set(addons)].map(threeScript));
  const names = files.map(({ name }) => name).join(" ");
  return [
    '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    "<style>body{font-family:system-ui,sans-serif}</style>",
    ...scripts,
    `<script src="${ownFolder}libraries/component.js" data-files="${names}"></script>`,
    '<div id="root"></div>',
  ].join("");
}

/** Returns what gives three.js, or one of its addons, to `requireLibrary`: before the component, as modules are. */
function threeScript(addon: string | undefined): string {
  const file = addon === undefined ? "three.js" : `three-addons/${addon}.js`;
  const given = addon === undefined ? "globalThis.THREE" : `(globalThis.threeAddons ??= {})["${addon}"]`;
  return `<script type="module">import * as all from "${ownFolder}libraries/${file}"; ${given} = all;</script>`;
}
