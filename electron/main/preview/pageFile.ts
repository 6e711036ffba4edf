import { extname } from "node:path";
import type { PreviewPage } from "../../contract/preview.ts";
import { ownFolder } from "./previewScheme.ts";

const types: Record<string, string> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".htm": "text/html",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
};

export interface ServedText {
  text: string;
  type: string;
}

/** Returns what is at a path of a page, such as "/style.css", or null if nothing is. */
export function pageFile({ kind, files }: PreviewPage, path: string): ServedText | null {
  const index = files.findIndex(({ name }) => path === `/${name}`);
  const file = files[index];
  if (file === undefined) return null;
  const type = types[extname(file.name).toLowerCase()] ?? "text/plain";
  if (index === 0) return { text: documentOf(kind, file.text), type: "text/html; charset=utf-8" };
  if (type === "text/html") return { text: withOwnScript(file.text), type: "text/html; charset=utf-8" };
  return { text: file.text, type: `${type}; charset=utf-8` };
}

function documentOf(kind: PreviewPage["kind"], text: string): string {
  if (kind === "html") return withOwnScript(text);
  // Drawn by the parser of HTML, which also takes a drawing that is not whole.
  const style = "<style>body{margin:0;min-height:100vh;display:grid;place-items:center}svg{max-width:100%}</style>";
  return withOwnScript(`<!doctype html><meta charset="utf-8">${style}${text.replace(/^\s*<\?xml[^>]*>/, "")}`);
}

/** Puts our script before all others, on the line that is there: line numbers stay those of the page. */
function withOwnScript(text: string): string {
  const at = endOfDoctype(text);
  return `${text.slice(0, at)}<script src="${ownFolder}begin.js"></script>${text.slice(at)}`;
}

/** Returns where the doctype ends, or 0 if there is none: anything before it would put the page in quirks mode. */
function endOfDoctype(text: string): number {
  let at = 0;
  for (;;) {
    at += /^[\s\uFEFF]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0;
    if (!text.startsWith("<!--", at)) break;
    const end = text.indexOf("-->", at);
    if (end === -1) return 0;
    at = end + 3;
  }
  if (text.slice(at, at + 9).toLowerCase() !== "<!doctype") return 0;
  return text.indexOf(">", at) + 1;
}
