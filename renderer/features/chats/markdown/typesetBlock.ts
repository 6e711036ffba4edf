import type { Element, ElementContent, Root, RootContent } from "hast";
import { isCostlyText } from "../costlyText.ts";
import { blockLimits } from "./answerLimits.ts";
import { type TreeCounts, TreeTooLarge, type TypesetBlock } from "./answerTree.ts";
import { parseMarkdown } from "./parseMarkdown.ts";
import { typesetFormula } from "./typesetFormula.ts";

/** Quotes and lists nested deeper than people write them. */
const deepNesting = /^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){24}/m;
const fenceOpening = /^ {0,3}(?:`{3,}|~{3,})/;
/** The line under a table's header row. */
const delimiterRow = /^[-|: \t>]*-[-|: \t>]*$/;
const blank = /^[ \t>]*$/;

/**
 * Returns one block of Markdown ready to be rendered, with its formulas typeset, or null if it must be shown as plain
 * text because it exceeds the limits or breaks the parser.
 */
export function typesetBlock(source: string): TypesetBlock | null {
  const start = performance.now();
  if (!isWorthParsing(source)) return null;
  try {
    const counts: TreeCounts = { nodes: 0, formulas: 0, cells: 0, numbers: 0 };
    const root: Root = { type: "root", children: [] };
    for (const child of parseMarkdown(source).children) root.children.push(...finish(child, 1, counts));
    // An unused definition is invisible when rendered, but the model wrote it.
    if (root.children.length === 0 && source.trim() !== "")
      root.children.push(...finish(asParagraph(source), 1, counts));
    return { root, counts, workMs: performance.now() - start };
  } catch {
    return null;
  }
}

function isWorthParsing(source: string): boolean {
  if (source.length > (fenceOpening.test(source) ? blockLimits.codeChars : blockLimits.chars)) return false;
  return !deepNesting.test(source) && !isVastTable(source) && !isCostlyText(source);
}

/** Missing cells of rows are filled in, so a small text can produce a vast table. */
function isVastTable(source: string): boolean {
  let columns = 0;
  let cells = 0;
  for (const line of source.split("\n")) {
    if (blank.test(line)) columns = 0;
    else if (line.includes("|") && delimiterRow.test(line)) columns = Math.max(columns, line.split("|").length - 1);
    else cells += columns;
    if (cells > 2 * blockLimits.cells) return true;
  }
  return false;
}

const asParagraph = (source: string): Element => ({
  type: "element",
  tagName: "p",
  properties: {},
  children: [{ type: "text", value: source.trim() }],
});

/** Returns the node as it is sent to the page: without positions, and with every formula typeset. */
function finish(node: RootContent | ElementContent, depth: number, counts: TreeCounts): (Element | ElementContent)[] {
  if (node.type === "text") {
    // White space between blocks has no meaning.
    if (depth === 1 && node.value.trim() === "") return [];
    count(counts, 1);
    return [{ type: "text", value: node.value }];
  }
  if (node.type !== "element") return [];
  if (depth > blockLimits.depth) throw new TreeTooLarge();
  count(counts, 1);
  const formula = formulaIn(node);
  if (formula) return [finishFormula(formula, counts)];
  if (node.tagName === "td" || node.tagName === "th") counts.cells++;
  if (counts.cells > blockLimits.cells || hasVastLine(node)) throw new TreeTooLarge();
  const children: ElementContent[] = [];
  for (const child of node.children) children.push(...(finish(child, depth + 1, counts) as ElementContent[]));
  return [{ type: "element", tagName: node.tagName, properties: { ...node.properties }, children }];
}

/** Elements whose text is laid out as a whole. */
const lines = new Set("p h1 h2 h3 h4 h5 h6 li td th".split(" "));
const lists = new Set("ul ol blockquote table pre".split(" "));

function hasVastLine(element: Element): boolean {
  if (element.tagName === "pre") {
    return deepText(element)
      .split("\n")
      .some((line) => line.length > blockLimits.lineChars);
  }
  return lines.has(element.tagName) && deepText(element).length > blockLimits.lineChars;
}

/** Returns the text of an element without that of the blocks inside it. */
function deepText({ children }: Element): string {
  return children
    .map((child) => {
      if (child.type === "text") return child.value;
      return child.type === "element" && !lines.has(child.tagName) && !lists.has(child.tagName) ? deepText(child) : "";
    })
    .join("");
}

function count(counts: TreeCounts, nodes: number): void {
  counts.nodes += nodes;
  if (counts.nodes > blockLimits.nodes) throw new TreeTooLarge();
}

interface WrittenFormula {
  tex: string;
  /** Including the delimiters. */
  written: string;
  isDisplay: boolean;
}

/** Matches `code.math-inline` and `pre > code.math-display`. */
function formulaIn(element: Element): WrittenFormula | null {
  const [first] = element.children;
  const isDisplay = element.tagName === "pre" && first?.type === "element" && hasClass(first, "math-display");
  const isInline = element.tagName === "code" && hasClass(element, "math-inline");
  if (!isDisplay && !isInline) return null;
  const code = isDisplay ? first : element;
  const tex = textIn(code);
  return { tex, written: String(code.properties["dataWritten"] ?? tex), isDisplay };
}

function finishFormula({ tex, written, isDisplay }: WrittenFormula, counts: TreeCounts): Element {
  const typeset = typesetFormula(tex, isDisplay);
  counts.formulas++;
  counts.numbers += typeset?.numbers ?? 0;
  count(counts, typeset?.nodes ?? 1);
  return {
    type: "element",
    tagName: "formula",
    properties: {
      written: typeset ? tex : written,
      isDisplay,
      isTypeset: typeset !== null,
      numbers: typeset?.numbers ?? 0,
    },
    children: typeset?.content ?? [],
  };
}

const hasClass = ({ properties: { className } }: Element, name: string): boolean =>
  Array.isArray(className) && className.includes(name);

const textIn = ({ children }: Element): string =>
  children.map((child) => (child.type === "text" ? child.value : "")).join("");
