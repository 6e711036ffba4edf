import type { Element, ElementContent, Root, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import katex from "katex";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toHast } from "mdast-util-to-hast";
import { gfmTable } from "micromark-extension-gfm-table";
import { escapeHtml } from "./escapeHtml.ts";
import { everyMark, type Formula, markMath } from "./markMath.ts";

/** More of these stay plain: for some texts, parsing takes much more than linear time. */
const maxChars = 40_000;
const maxMarks = 2_000;
const maxCells = 20_000;
/** Text without any of these is the same in Markdown, apart from its paragraphs. */
const marks = /[*_`#[\]|<>~$\\&=+-]|^[ \t]*\d+[.)]|^(?: {4}|\t)/m;
const maxDepth = 60;

const allowedTags = new Set(
  "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split(" "),
);
const allowedLink = /^(https?:\/\/|mailto:)/i;

/**
 * Returns an answer as HTML without anything active: elements of text only, links to the web that nothing follows by
 * itself, images as their description, and formulas as MathML. What cannot be formatted is returned as plain text.
 */
export function htmlOfAnswer(text: string): string {
  if (!marks.test(text)) return paragraphs(text);
  if (isCostly(text)) return plain(text);
  try {
    const { text: markdown, formulas } = markMath(text);
    const tree = fromMarkdown(markdown, {
      // HTML is text, so that nothing of it is lost.
      extensions: [gfmTable(), { disable: { null: ["htmlFlow", "htmlText"] } }],
      mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
    });
    const safe: Root = { type: "root", children: [] };
    for (const child of (toHast(tree) as Root).children)
      safe.children.push(...cleaned(child, { depth: 0, isCode: false, formulas }));
    return withFormulas(toHtml(safe), formulas);
  } catch {
    return plain(text);
  }
}

function isCostly(text: string): boolean {
  if (text.length > maxChars || (text.match(/[*_`[\]~<!]/g)?.length ?? 0) > maxMarks) return true;
  const lines = text.split("\n");
  const widest = lines.reduce((most, line) => Math.max(most, line.split("|").length), 0);
  return widest > 2 && widest * lines.length > maxCells;
}

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join("\n");

const plain = (text: string): string => `<pre class="plain">${escapeHtml(text)}</pre>`;

interface Place {
  depth: number;
  /** In code, nothing is a formula. */
  isCode: boolean;
  formulas: readonly Formula[];
}

/** Returns what may stay of a node: nothing, the node, or what it contains. */
function cleaned(node: RootContent, { depth, isCode, formulas }: Place): ElementContent[] {
  if (depth > maxDepth) throw new Error("Nested too deeply");
  if (node.type === "text") {
    const source = (_: string, index: string): string => formulas[Number(index)]?.source ?? "";
    return [isCode ? { ...node, value: node.value.replaceAll(everyMark, source) } : node];
  }
  if (node.type !== "element") return [];
  if (node.tagName === "img") {
    const alt = node.properties["alt"];
    return [{ type: "text", value: `[${typeof alt === "string" ? alt : ""}]` }];
  }
  const children = node.children.flatMap((child) =>
    cleaned(child, { depth: depth + 1, isCode: isCode || node.tagName === "code", formulas }),
  );
  const isAllowed = allowedTags.has(node.tagName);
  const properties = propertiesOf(node);
  return !isAllowed || (node.tagName === "a" && properties === null)
    ? children
    : [{ type: "element", tagName: node.tagName, properties: properties ?? {}, children }];
}

function propertiesOf({ tagName, properties }: Element): Element["properties"] | null {
  if (tagName === "a") {
    const { href } = properties;
    return typeof href === "string" && allowedLink.test(href) ? { href, rel: ["noreferrer", "noopener"] } : null;
  }
  if (tagName === "ol" && typeof properties["start"] === "number") return { start: properties["start"] };
  const { align } = properties;
  return (tagName === "td" || tagName === "th") && typeof align === "string" ? { align } : {};
}

function withFormulas(html: string, formulas: readonly Formula[]): string {
  return html.replaceAll(everyMark, (_, index: string) => {
    const formula = formulas[Number(index)];
    return formula === undefined ? "" : htmlOfFormula(formula);
  });
}

function htmlOfFormula({ tex, isBlock, source }: Formula): string {
  try {
    return katex.renderToString(tex, {
      displayMode: isBlock,
      output: "mathml",
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 500,
      maxSize: 50,
    });
  } catch {
    return `<code>${escapeHtml(source)}</code>`;
  }
}
