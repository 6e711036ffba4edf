import { extname } from "node:path";
import type { PreviewPage } from "../../contract/preview.ts";
import { componentPage } from "./componentPage.ts";
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

const htmlType = "text/html; charset=utf-8";

export interface ServedText {
  text: string;
  type: string;
}

/** Returns the path of a page's document: its first file if that is one, and else what shows it. */
export function documentPath({ kind, files }: PreviewPage): string {
  return kind === "html" ? `/${files[0]?.name ?? ""}` : "/";
}

/** Returns what is at a path of a page, such as "/style.css", or null if nothing is. At "/" is its document. */
export function pageFile(page: PreviewPage, asked: string): ServedText | null {
  const path = asked === "/" ? documentPath(page) : asked;
  if (path === "/") return { text: withOwnScript(documentOf(page)), type: htmlType };
  const file = page.files.find(({ name }) => path === `/${name}`);
  if (file === undefined) return null;
  if (path === documentPath(page)) return { text: withOwnScript(file.text), type: htmlType };
  const type = types[extname(file.name).toLowerCase()] ?? "text/plain";
  if (type === "text/html") return { text: withOwnScript(file.text), type: htmlType };
  return { text: file.text, type: `${type}; charset=utf-8` };
}

function documentOf({ kind, files }: PreviewPage): string {
  if (kind === "component") return componentPage(files);
  // Drawn by the parser of HTML, which also takes a drawing that is not whole.
  const style = "<style>body{margin:0;min-height:100vh;display:grid;place-items:center}svg{max-width:100%}</style>";
  return `<!doctype html><meta charset="utf-8">${style}${files[0]?.text.replace(/^\s*<\?xml[^>]*>/, "") ?? ""}`;
}

/** Libraries here are not byte for byte what their addresses have, so their hashes would only keep them out. */
const integrity = /(<(?:script|link)\b[^>]{0,2000}?)\sintegrity\s*=\s*(?:"[^"]*"|'[^']*')/gi;

/** Puts our script before all others, on the line that is there: line numbers stay those of the page. */
function withOwnScript(given: string): string {
  const text = given.replace(integrity, "$1");
  const at = endOfDoctype(text);
  return `${text.slice(0, at)}<script src="${ownFolder}libraries/begin.js"></script>${text.slice(at)}`;
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
