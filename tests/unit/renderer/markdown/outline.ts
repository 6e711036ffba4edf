import type { Element, Root, RootContent } from "hast";
import { parseMarkdown } from "../../../../renderer/features/chats/markdown/parseMarkdown.ts";

const marks: Record<string, [string, string]> = {
  strong: ["<b>", "</b>"],
  em: ["<i>", "</i>"],
  del: ["<del>", "</del>"],
  br: ["<br>", ""],
  code: ["<code>", "</code>"],
  p: ["", "¶"],
  div: ["", "¶"],
  li: ["• ", ""],
};

/**
 * Returns the rendered text in one line: formulas as `⟦tex⟧` or, on their own lines, `⟦⟦tex⟧⟧`; code blocks as
 * `‹code›`; links as `[text](address)`; cells as `|cell`. Anything without its own mark is named, as in `h1(text)`.
 */
export function outline(markdown: string): string {
  return outlineOf(parseMarkdown(markdown)).trim();
}

function outlineOf(node: Root | RootContent): string {
  if (node.type === "text") return node.value;
  if (node.type === "root") return node.children.map((child) => (isLayout(child, "") ? "" : outlineOf(child))).join("");
  return node.type === "element" ? outlineElement(node) : `{${node.type}}`;
}

function outlineElement({ tagName, properties, children }: Element): string {
  const inside = children.map((child) => (isLayout(child, tagName) ? "" : outlineOf(child))).join("");
  const classes = Array.isArray(properties["className"]) ? properties["className"] : [];
  if (classes.includes("math-inline")) return `⟦${inside}⟧`;
  if (classes.includes("math-display")) return `⟦⟦${inside}⟧⟧`;
  const mark = marks[tagName];
  switch (tagName) {
    case "pre":
      return inside.startsWith("⟦⟦") ? inside : `‹${inside.replace(/^<code>|<\/code>$/g, "").trimEnd()}›`;
    case "a":
      return `[${inside}](${String(properties["href"])})`;
    case "td":
    case "th":
      return `|${inside}`;
    case "input":
      return properties["checked"] === true ? "[x]" : "[ ]";
    case "span":
    case "table":
    case "thead":
    case "tbody":
    case "tr":
      return inside;
    default:
      return mark ? `${mark[0]}${inside.trim()}${mark[1]}` : `${tagName}(${inside.trim()})`;
  }
}

/** Matches the line ends between elements. */
const isLayout = (node: RootContent, parent: string): boolean =>
  node.type === "text" && node.value.trim() === "" && node.value.includes("\n") && parent !== "p" && parent !== "code";
