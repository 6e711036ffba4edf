import type { Element, Root, Text } from "hast";
import type { Html, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { toHast, type State } from "mdast-util-to-hast";
import { cjkFriendlyExtension } from "micromark-extension-cjk-friendly";
import { gfmStrikethroughCjkFriendly } from "micromark-extension-cjk-friendly-gfm-strikethrough";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { arrangeNodes } from "./arrangeNodes.ts";
import { arrangeTree } from "./arrangeTree.ts";
import { hideBars, showBars } from "./barsInFormulas.ts";
import { findHtml } from "./findHtml.ts";
import { findMath } from "./findMath.ts";
import { htmlSyntax } from "./htmlSyntax.ts";
import { linkNodes, linkSyntax } from "./linkSyntax.ts";
import { mathNodes, mathSyntax, type FormulaNode } from "./mathSyntax.ts";
import { paragraphSyntax } from "./paragraphSyntax.ts";
import { plainLineEnds } from "./plainLineEnds.ts";

const syntax = [
  gfmFootnote(),
  gfmTable(),
  gfmTaskListItem(),
  cjkFriendlyExtension(),
  gfmStrikethroughCjkFriendly({ singleTilde: false }),
];
const nodes = [
  gfmFootnoteFromMarkdown(),
  gfmTableFromMarkdown(),
  gfmTaskListItemFromMarkdown(),
  gfmStrikethroughFromMarkdown(),
  linkNodes(),
];

/**
 * Returns one block of markdown as a tree. Pure, and without a page: it runs in a worker.
 *
 * - Raw HTML is text, in a `div` with the class `raw-html` where it stands between paragraphs; only `<br>` may become
 *   a `br`. The tree has elements and texts only. Addresses of links and images are as they were written.
 * - A formula is `code` with the class `math-inline`, or `pre > code` with `math-display`, and its TeX as the only
 *   text; the property `dataWritten` of the `code` is how it was written.
 * - A code block is `pre > code`; the `pre` has the property `dataClosed`: whether its fence has an end.
 * - If anything is written from right to left, each block has its `dir`.
 * - In cells, a number and its unit are a `span` with the class `unbroken`.
 *
 * Throws what the parser throws; on very deep nesting that is a `RangeError`.
 */
export function parseMarkdown(source: string): Root {
  const text = plainLineEnds(source);
  const math = findMath(text);
  const { hidden, bar } = hideBars(text, math);
  const parsed = fromMarkdown(hidden, {
    extensions: [...syntax, linkSyntax(text), mathSyntax(math), paragraphSyntax(math), htmlSyntax(findHtml(text))],
    mdastExtensions: [...nodes, mathNodes(math)],
  });
  arrangeNodes(parsed);
  const tree = toHast(parsed, { handlers: { formula, html } });
  if (tree.type !== "root") throw new Error(`A text became a ${tree.type}.`);
  noteFences(tree, hidden);
  if (bar !== null) showBars(tree, bar);
  arrangeTree(tree);
  return tree;
}

function formula(state: State, node: FormulaNode): Element {
  const code: Element = {
    type: "element",
    tagName: "code",
    properties: {
      className: ["language-math", node.isDisplay ? "math-display" : "math-inline"],
      dataWritten: node.written,
    },
    children: [{ type: "text", value: node.tex }],
  };
  const element: Element = node.isDisplay
    ? { type: "element", tagName: "pre", properties: {}, children: [code] }
    : code;
  state.patch(node as Nodes, element);
  return element;
}

/** Returns HTML as text. Only HTML between paragraphs, which was marked before, gets its own element. */
function html(_state: State, { value, data }: Html): Element | Text {
  const text: Text = { type: "text", value };
  if (data?.hName !== "div") return text;
  return { type: "element", tagName: "div", properties: { className: ["raw-html"] }, children: [text] };
}

/** Records which code fences are closed. */
function noteFences(node: Root | Element, source: string): void {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "pre") child.properties["dataClosed"] = isClosed(child, source);
    noteFences(child, source);
  }
}

function isClosed({ position }: Element, source: string): boolean {
  const fence = source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
  return /\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.test(fence);
}
