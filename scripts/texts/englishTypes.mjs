import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";

const folder = join(root, "electron", "texts");
export const englishTypesFile = join(folder, "english.d.ts");

/**
 * Returns the English texts as a type: JSON is valid as one, but TypeScript infers no literal types from a JSON file.
 */
export function englishTypes() {
  const files = readdirSync(join(folder, "en")).filter((name) => name.endsWith(".json"));
  const parts = files.map((name) => {
    const text = readFileSync(join(folder, "en", name), "utf8")
      .trimEnd()
      .replaceAll("\n", "\n  ");
    return `  ${name.replace(/\.json$/, "")}: ${text};\n`;
  });
  return `// Written by \`npm run texts\` from en/*.json.\nexport interface English {\n${parts.join("")}}\n`;
}
