import type { PreviewFile, PreviewKind } from "../../../electron/contract/preview.ts";
import { previewLimits } from "../../../electron/contract/previewLimits.ts";
import type { CodeBlock } from "./CodeBlocks.ts";
import { type Candidate, candidateOf } from "./candidateOf.ts";
import { hasOwn, isDocument, isEmptyPlace, isLargeFragment, loadedBy } from "./htmlFacts.ts";
import { fileNameIn } from "./fileName.ts";

/** A file of a page. `block` is the position of its code among the blocks of its reply. */
export interface PageFile extends PreviewFile {
  block: number;
}

/** A page that a reply holds. */
export interface FoundPage {
  kind: PreviewKind;
  /** The first one is the document, the drawing or the component. */
  files: PageFile[];
  /** Whether the reply names the first file. */
  isNamed: boolean;
  /** Whether one of its blocks is still being written. */
  isPartial: boolean;
}

/** Code for a server, which no page can run. */
const isForServer = (code: string): boolean => /\brequire\s*\(|\bmodule\.exports\b|\bprocess\.env\b/.test(code);

/** Returns the page that the blocks of code of one reply make, or null. */
export function pageOf(blocks: readonly CodeBlock[]): FoundPage | null {
  const candidates = blocks.flatMap((block, index) => candidateOf(block, index) ?? []);
  if (candidates.length === 0) return null;
  const documents = candidates.filter(({ language, code }) => language === "html" && isDocument(code));
  const components = candidates.filter(({ isComponent, isClosed }) => isComponent && isClosed);
  const main = lastOfFirstName(documents);
  // The document of a React app is only the place for its component.
  if (components.length > 0 && (main === null || isEmptyPlace(main.code))) return componentPage(components, candidates);
  if (main !== null) return htmlPage(main, candidates);
  const drawing = candidates.findLast(
    ({ language, code, isClosed }) => language === "svg" && (isClosed || code.length > 200),
  );
  const fragment = largest(candidates.filter(({ language, code }) => language === "html" && isLargeFragment(code)));
  if (drawing !== undefined && (fragment === null || fragment.code.length < drawing.code.length)) {
    return page("svg", drawing, []);
  }
  return fragment === null ? null : htmlPage(fragment, candidates);
}

/** Returns the last document of the name that the first one has: it is often written again, improved. */
function lastOfFirstName(documents: readonly Candidate[]): Candidate | null {
  const wanted = documents.find(({ name }) => name?.startsWith("index.")) ?? documents[0];
  return documents.findLast(({ name }) => name === wanted?.name || name === null) ?? null;
}

const largest = (found: readonly Candidate[]): Candidate | null =>
  found.reduce<Candidate | null>(
    (best, one) => (best === null || one.code.length > best.code.length ? one : best),
    null,
  );

function componentPage(components: readonly Candidate[], candidates: readonly Candidate[]): FoundPage | null {
  const main = components.find(({ name }) => /^App\./i.test(name ?? "")) ?? components.at(-1);
  if (main === undefined) return null;
  const others = candidates.filter(
    ({ index, language, name, code }) =>
      index !== main.index &&
      name !== null &&
      name !== main.name &&
      !/\bcreateRoot\s*\(/.test(code) &&
      language !== "html" &&
      language !== "svg",
  );
  return page(
    "component",
    main,
    others.map((other) => ({ candidate: other, name: other.name ?? "" })),
  );
}

function htmlPage(main: Candidate, candidates: readonly Candidate[]): FoundPage {
  const loaded = loadedBy(main.code);
  const others: { candidate: Candidate; name: string }[] = [];
  for (const language of ["css", "js"] as const) {
    const all = candidates.filter((one) => one.language === language && !isForServer(one.code));
    const wanted = loaded.filter((name) => fileNameIn(name, language) === name);
    const unnamed = all.filter(({ name }) => name === null || !wanted.includes(name));
    for (const name of wanted) {
      const candidate = all.findLast((one) => one.name === name);
      if (candidate !== undefined) others.push({ candidate, name });
    }
    // What the page asks for and nothing is named after is what has no name.
    const missing = wanted.filter((name) => !others.some((other) => other.name === name));
    const left = largest(unnamed.filter(({ name }) => name === null));
    const [firstMissing] = missing;
    if (firstMissing !== undefined) {
      const candidate = left ?? largest(unnamed);
      if (candidate !== null) others.push({ candidate, name: firstMissing });
    } else if (wanted.length === 0 && !hasOwn(main.code, language)) {
      const candidate = largest(unnamed);
      if (candidate !== null) {
        others.push({ candidate, name: candidate.name ?? (language === "css" ? "style.css" : "script.js") });
      }
    }
  }
  const pages = candidates.filter(
    ({ index, language, name }) => language === "html" && index !== main.index && name !== null && name !== main.name,
  );
  return page("html", main, [...others, ...pages.map((one) => ({ candidate: one, name: one.name ?? "" }))]);
}

function page(
  kind: PreviewKind,
  main: Candidate,
  others: readonly { candidate: Candidate; name: string }[],
): FoundPage {
  const usual = kind === "component" ? "App.tsx" : kind === "svg" ? "image.svg" : "index.html";
  const files: PageFile[] = [{ name: main.name ?? usual, text: main.code, block: main.index }];
  let isPartial = !main.isClosed;
  let chars = main.code.length;
  for (const { candidate, name } of others) {
    if (files.length >= previewLimits.files || files.some((file) => file.name === name)) continue;
    if (chars + candidate.code.length > previewLimits.pageChars) continue;
    chars += candidate.code.length;
    files.push({ name, text: candidate.code, block: candidate.index });
    isPartial ||= !candidate.isClosed;
  }
  return { kind, files, isNamed: main.name !== null, isPartial };
}
