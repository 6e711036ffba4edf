import type { CodeBlock } from "./CodeBlocks.ts";
import { isComponent } from "./isComponent.ts";
import { type FileLanguage, fileNameIn } from "./fileName.ts";
import { isDocument, isDrawing } from "./htmlFacts.ts";

/** A block of code that may be a file of a page. */
export interface Candidate {
  /** Its position among the blocks of its reply. */
  index: number;
  language: FileLanguage;
  code: string;
  isClosed: boolean;
  isComponent: boolean;
  /** The name that the reply gives it. */
  name: string | null;
}

const languages: Record<string, FileLanguage> = {
  html: "html",
  htm: "html",
  xhtml: "html",
  "": "html",
  text: "html",
  xml: "html",
  css: "css",
  javascript: "js",
  js: "js",
  mjs: "js",
  typescript: "jsx",
  ts: "jsx",
  jsx: "jsx",
  tsx: "jsx",
  react: "jsx",
  svg: "svg",
};

/** Closed blocks are not examined again while the reply goes on. */
const known = new WeakMap<CodeBlock, Candidate | null>();

/** Returns what a block is if it may be a file of a page, or null. */
export function candidateOf(block: CodeBlock, index: number): Candidate | null {
  const before = known.get(block);
  if (before !== undefined) return before;
  const candidate = examine(block, index);
  if (block.isClosed) known.set(block, candidate);
  return candidate;
}

function examine({ language, info, above, code, isClosed }: CodeBlock, index: number): Candidate | null {
  // "js:app.js" and "html title=index.html" are usual too.
  const [word = "", ...rest] = language.split(/[:,{]/);
  const named = Object.hasOwn(languages, word) ? languages[word] : undefined;
  if (named === undefined || code.trim() === "") return null;
  let own = named;
  if (own === "html" && isDrawing(code)) own = "svg";
  // Without a language, only what is certainly a page.
  if (own === "html" && !/^x?html?$/.test(word) && !isDocument(code)) return null;
  if (own === "svg" && !isDrawing(code)) return null;
  const hasComponent = (own === "js" || own === "jsx") && isComponent(code);
  if (hasComponent) own = "jsx";
  const firstLine = code.slice(0, 200).split("\n", 1)[0] ?? "";
  const comment = /^\s*(?:<!--|\/\*|\/\/)/.test(firstLine) ? firstLine : "";
  const name = [rest.join(" "), info, comment, above]
    .map((text) => fileNameIn(text, own))
    .find((found) => found !== null);
  return { index, language: own, code, isClosed, isComponent: hasComponent, name: name ?? null };
}
