import { loadedBy } from "./htmlFacts.ts";
import type { PreviewFile, PreviewKind } from "../../../electron/contract/preview.ts";

/**
 * Returns the files of a page as they are shown and saved: styles and scripts that its document does not name are put
 * into it by name.
 */
export function shownFiles(kind: PreviewKind, files: readonly PreviewFile[]): PreviewFile[] {
  const plain = files.map(({ name, text }) => ({ name, text }));
  const [main, ...others] = plain;
  if (kind !== "html" || main === undefined) return plain;
  // Also a script that imports it; words that only name it load nothing.
  const loaded = new Set(loadedBy(main.text));
  const isLoaded = (name: string): boolean =>
    loaded.has(name) || [`"${name}"`, `'${name}'`, `/${name}`].some((address) => main.text.includes(address));
  const styles = others.filter(({ name }) => name.endsWith(".css") && !isLoaded(name));
  const scripts = others.filter(({ name }) => /\.m?js$/.test(name) && !isLoaded(name));
  let { text } = main;
  const links = styles.map(({ name }) => `<link rel="stylesheet" href="${name}">\n`).join("");
  if (links !== "") text = insertBefore(text, /<\/head>|<body[\s>]/i, links, "start");
  const tags = scripts.map(({ name, text: code }) => {
    const type = /^[ \t]{0,20}(?:import|export)\s/m.test(code) ? ' type="module"' : "";
    return `<script${type} src="${name}"></script>\n`;
  });
  if (tags.length > 0) text = insertBefore(text, /<\/body>|<\/html>/i, tags.join(""), "end");
  return [{ name: main.name, text }, ...others];
}

function insertBefore(text: string, mark: RegExp, added: string, otherwise: "start" | "end"): string {
  const at = text.search(mark);
  if (at !== -1) return text.slice(0, at) + added + text.slice(at);
  return otherwise === "start" ? afterDoctype(text, added) : `${text}\n${added}`;
}

function afterDoctype(text: string, added: string): string {
  const [doctype = ""] = /^\s{0,200}<!doctype[^>]{0,300}>\s?/i.exec(text) ?? [];
  return doctype + added + text.slice(doctype.length);
}
